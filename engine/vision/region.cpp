// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/region.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

#include "engine/vision/resize.h"

namespace patchbay::vision {
namespace {

cv::Mat matOf(const Image& image) {
  return {image.height(), image.width(), image.channels() == 1 ? CV_8UC1 : CV_8UC3, const_cast<std::uint8_t*>(image.data()),
          image.stride()};
}

Image greyFrom(const cv::Mat& mat) {
  Image out{mat.cols, mat.rows, 1};
  for (int y = 0; y < mat.rows; ++y) std::copy_n(mat.ptr<std::uint8_t>(y), mat.cols, out.row(y));
  return out;
}

Result<> goOn(const StopFlag* stop) {
  if (!stop || !stop->requested()) return {};
  return fail(ErrorKind::Cancelled, "region.cancelled", TR("vision", "A newer request replaced this one."),
              TR("vision", "Nothing needs to be done."));
}

Result<> boxMissed() {
  return fail(ErrorKind::BadInput, "region.box", TR("vision", "The box lies outside the picture, or is empty."),
              TR("vision", "Draw it around the object."), "box");
}

/// Column-wise runs of a part of a picture whose other pixels are background; values are 0 and 255.
std::string runsOf(const cv::Mat& mask, int left, int top, int width, int height) {
  std::string out;
  std::int64_t run = 0;
  bool inside = false;
  const auto put = [&](bool value, std::int64_t count) {
    if (count == 0) return;
    if (value != inside) {
      out += std::to_string(run) + ' ';
      run = 0;
      inside = value;
    }
    run += count;
  };
  // Columns become rows, which are read in order.
  cv::Mat turned;
  cv::transpose(mask, turned);
  put(false, static_cast<std::int64_t>(left) * height);
  for (int x = 0; x < turned.rows; ++x) {
    put(false, top);
    const auto* column = turned.ptr<std::uint8_t>(x);
    for (int y = 0; y < turned.cols;) {
      const bool value = column[y] != 0;
      const auto* end = std::memchr(column + y, value ? 0 : 255, static_cast<std::size_t>(turned.cols - y));
      const int next = end ? static_cast<int>(static_cast<const std::uint8_t*>(end) - column) : turned.cols;
      put(value, next - y);
      y = next;
    }
    put(false, height - top - turned.cols);
  }
  put(false, static_cast<std::int64_t>(width - left - turned.rows) * height);
  return out + std::to_string(run);
}

}  // namespace

Box clipped(const Box& box, int width, int height) {
  const double left = std::clamp(std::floor(box.x), 0.0, static_cast<double>(width)),
               top = std::clamp(std::floor(box.y), 0.0, static_cast<double>(height)),
               right = std::clamp(std::ceil(box.x + box.width), 0.0, static_cast<double>(width)),
               bottom = std::clamp(std::ceil(box.y + box.height), 0.0, static_cast<double>(height));
  if (!(right > left) || !(bottom > top)) return {};
  return {left, top, right - left, bottom - top};
}

Pixels pixelsOf(const Region& region, int width, int height) {
  Pixels out;
  const auto mask = matOf(region.mask);
  const auto around = cv::boundingRect(mask);
  const auto whole = std::to_string(static_cast<std::int64_t>(width) * height);
  if (around.empty()) {
    out.runs = whole;
    return out;
  }
  const double sx = region.area.width / mask.cols, sy = region.area.height / mask.rows;
  // A pixel of the mask more on each side, over which the edge goes from inside to outside.
  const auto part =
      clipped({region.area.x + (around.x - 1) * sx, region.area.y + (around.y - 1) * sy, (around.width + 2) * sx, (around.height + 2) * sy},
              width, height);
  const cv::Mat map = (cv::Mat_<double>(2, 3) << 1 / sx, 0, (part.x + 0.5 - region.area.x) / sx - 0.5, 0, 1 / sy,
                       (part.y + 0.5 - region.area.y) / sy - 0.5);
  cv::Mat fine;
  cv::warpAffine(mask, fine, map, {static_cast<int>(part.width), static_cast<int>(part.height)}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  cv::threshold(fine, fine, 127, 255, cv::THRESH_BINARY);
  const auto tight = cv::boundingRect(fine);
  out.area = cv::countNonZero(fine);
  if (out.area == 0) {
    out.runs = whole;
    return out;
  }
  const int left = static_cast<int>(part.x) + tight.x, top = static_cast<int>(part.y) + tight.y;
  out.box = {static_cast<double>(left), static_cast<double>(top), static_cast<double>(tight.width), static_cast<double>(tight.height)};
  out.runs = runsOf(fine(tight), left, top, width, height);
  return out;
}

std::vector<std::vector<float>> polygonsOf(const Region& region, double tolerance) {
  std::vector<std::vector<cv::Point>> rings;
  std::vector<cv::Vec4i> tree;
  const auto mask = matOf(region.mask);
  // Twice as fine, so that outlines run between pixels rather than through the middle of those inside.
  cv::Mat fine;
  cv::resize(mask, fine, {}, 2, 2, cv::INTER_NEAREST);
  cv::copyMakeBorder(fine, fine, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar{0});
  cv::findContours(fine, rings, tree, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
  const double sx = region.area.width / mask.cols / 2, sy = region.area.height / mask.rows / 2;
  const auto add = [&](std::vector<float>& out, const std::vector<cv::Point>& ring) {
    std::vector<cv::Point> few;
    cv::approxPolyDP(ring, few, 2 * tolerance, true);
    if (few.size() < 3) return false;
    out.push_back(static_cast<float>(few.size()));
    for (const auto& p : few) {
      out.push_back(static_cast<float>(region.area.x + (p.x - 1 + 0.5) * sx));
      out.push_back(static_cast<float>(region.area.y + (p.y - 1 + 0.5) * sy));
    }
    return true;
  };
  std::vector<std::pair<double, std::vector<float>>> found;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (tree[i][3] >= 0) continue;  // A hole.
    std::vector<float> polygon;
    if (!add(polygon, rings[i])) continue;
    for (int hole = tree[i][2]; hole >= 0; hole = tree[static_cast<std::size_t>(hole)][0])
      add(polygon, rings[static_cast<std::size_t>(hole)]);
    found.emplace_back(cv::contourArea(rings[i]), std::move(polygon));
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::vector<float>> out;
  for (auto& [area, polygon] : found) out.push_back(std::move(polygon));
  return out;
}

Result<Region> grabCut(const Image& rgb, const Box& wanted, std::span<const Stroke> strokes, const GrabCutOptions& o, const Region* start,
                       const StopFlag* stop) {
  const auto box = clipped(wanted, rgb.width(), rgb.height());
  if (box.width < 1) {
    PB_CHECK(boxMissed());
  }
  const double mx = std::max(2.0, o.margin * box.width), my = std::max(2.0, o.margin * box.height);
  const auto area = clipped({box.x - mx, box.y - my, box.width + 2 * mx, box.height + 2 * my}, rgb.width(), rgb.height());
  const double scale = std::min(1.0, o.side / std::max(area.width, area.height));
  const int width = std::max(2, static_cast<int>(std::lround(area.width * scale))),
            height = std::max(2, static_cast<int>(std::lround(area.height * scale)));
  const double sx = width / area.width, sy = height / area.height;
  cv::Mat small;
  cv::resize(
      matOf(rgb)(cv::Rect(static_cast<int>(area.x), static_cast<int>(area.y), static_cast<int>(area.width), static_cast<int>(area.height))),
      small, {width, height}, 0, 0, cv::INTER_AREA);
  cv::Mat labels(height, width, CV_8UC1, cv::Scalar{cv::GC_BGD});
  cv::Rect inner(static_cast<int>(std::lround((box.x - area.x) * sx)), static_cast<int>(std::lround((box.y - area.y) * sy)),
                 std::max(1, static_cast<int>(std::lround(box.width * sx))), std::max(1, static_cast<int>(std::lround(box.height * sy))));
  inner &= cv::Rect(0, 0, width, height);
  if (inner.empty()) inner = {0, 0, width, height};
  labels(inner).setTo(cv::GC_PR_FGD);
  if (start && !start->mask.empty()) {
    // What was found on the smaller crop, brought to this one.
    const auto mask = matOf(start->mask);
    const double ax = start->area.width / mask.cols, ay = start->area.height / mask.rows;
    const cv::Mat map =
        (cv::Mat_<double>(2, 3) << 1 / sx / ax, 0, (area.x - start->area.x) / ax, 0, 1 / sy / ay, (area.y - start->area.y) / ay);
    cv::Mat before;
    cv::warpAffine(mask, before, map, {width, height}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT);
    labels.setTo(cv::GC_PR_BGD, before <= 127);
    cv::Mat outside(height, width, CV_8UC1, cv::Scalar{255});
    outside(inner).setTo(0);
    labels.setTo(cv::GC_BGD, outside);
  }
  for (const auto& stroke : strokes)
    for (std::size_t i = 0; i < stroke.points.size(); ++i) {
      const auto at = [&](const Point& p) {
        return cv::Point(static_cast<int>(std::lround((p.x - area.x) * sx)), static_cast<int>(std::lround((p.y - area.y) * sy)));
      };
      cv::line(labels, at(stroke.points[i > 0 ? i - 1 : 0]), at(stroke.points[i]),
               cv::Scalar{stroke.inside ? double{cv::GC_FGD} : double{cv::GC_BGD}},
               std::max(1, static_cast<int>(std::lround(2 * stroke.radius * sx))));
    }
  // A box that fills everything leaves no background to learn of: its rim is taken for it.
  const auto has = [&](int a, int b) { return cv::countNonZero(labels == a) + cv::countNonZero(labels == b) > 0; };
  if (!has(cv::GC_BGD, cv::GC_PR_BGD)) cv::rectangle(labels, cv::Rect(0, 0, width, height), cv::Scalar{cv::GC_PR_BGD});
  if (!has(cv::GC_FGD, cv::GC_PR_FGD)) labels(inner).setTo(cv::GC_PR_FGD);
  cv::Mat background, foreground;
  cv::setRNGSeed(1);  // Its start clusters colours at random.
  for (int i = 0; i < o.iterations; ++i) {
    PB_CHECK(goOn(stop));
    if (!has(cv::GC_BGD, cv::GC_PR_BGD) || !has(cv::GC_FGD, cv::GC_PR_FGD)) break;
    cv::grabCut(small, labels, inner, background, foreground, 1, i == 0 ? cv::GC_INIT_WITH_MASK : cv::GC_EVAL);
  }
  const cv::Mat found = (labels == cv::GC_FGD) | (labels == cv::GC_PR_FGD);
  return Region{greyFrom(found), area};
}

std::vector<float> enlarged(std::span<const float> grid, int columns, int rows, int width, int height) {
  const cv::Mat small(rows, columns, CV_32FC1, const_cast<float*>(grid.data()));
  std::vector<float> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  cv::Mat large(height, width, CV_32FC1, out.data());
  cv::resize(small, large, large.size(), 0, 0, cv::INTER_CUBIC);
  return out;
}

std::vector<float> colourLikeness(const Image& rgb, std::span<const Point> points, double spread) {
  cv::Mat smooth, lab;
  cv::GaussianBlur(matOf(rgb), smooth, {0, 0}, 1);
  cv::cvtColor(smooth, lab, cv::COLOR_RGB2Lab);
  std::vector<cv::Vec3f> seeds;
  for (const auto& p : points) {
    const cv::Rect near = cv::Rect(static_cast<int>(p.x) - 2, static_cast<int>(p.y) - 2, 5, 5) & cv::Rect(0, 0, rgb.width(), rgb.height());
    if (near.empty()) continue;
    const auto mean = cv::mean(lab(near));
    seeds.emplace_back(static_cast<float>(mean[0]), static_cast<float>(mean[1]), static_cast<float>(mean[2]));
  }
  std::vector<float> out(static_cast<std::size_t>(rgb.width()) * static_cast<std::size_t>(rgb.height()));
  const auto scale = static_cast<float>(-0.5 / (spread * spread));
  for (int y = 0; y < lab.rows; ++y) {
    const auto* row = lab.ptr<cv::Vec3b>(y);
    for (int x = 0; x < lab.cols; ++x) {
      float nearest = 1e9f;
      for (const auto& seed : seeds) {
        // Lightness changes within a thing more than its colour does.
        const float l = 0.6f * (static_cast<float>(row[x][0]) - seed[0]), a = static_cast<float>(row[x][1]) - seed[1],
                    b = static_cast<float>(row[x][2]) - seed[2];
        nearest = std::min(nearest, l * l + a * a + b * b);
      }
      out[static_cast<std::size_t>(y) * static_cast<std::size_t>(lab.cols) + static_cast<std::size_t>(x)] = std::exp(nearest * scale);
    }
  }
  return out;
}

Image regionAround(const Image& rgb, std::span<const float> likeness, std::span<const Point> inside, std::span<const Point> outside,
                   double tolerance) {
  const int width = rgb.width(), height = rgb.height();
  const cv::Mat p(height, width, CV_32FC1, const_cast<float*>(likeness.data()));
  cv::Mat guide, grey;
  cv::cvtColor(matOf(rgb), grey, cv::COLOR_RGB2GRAY);
  grey.convertTo(guide, CV_32F, 1 / 255.0);
  const int r = std::max(2, std::max(width, height) / 80);
  const auto mean = [&](const cv::Mat& m) {
    cv::Mat out;
    cv::boxFilter(m, out, CV_32F, {2 * r + 1, 2 * r + 1}, {-1, -1}, true, cv::BORDER_REFLECT);
    return out;
  };
  // In each window the likeness is a line of the brightness.
  constexpr double smoothness = 1e-3;
  const cv::Mat meanG = mean(guide), meanP = mean(p);
  const cv::Mat slope = (mean(guide.mul(p)) - meanG.mul(meanP)) / (mean(guide.mul(guide)) - meanG.mul(meanG) + smoothness);
  const cv::Mat offset = meanP - slope.mul(meanG);
  cv::Mat q = mean(slope).mul(guide) + mean(offset);
  double low = 0, high = 0;
  cv::minMaxLoc(q, &low, &high);
  cv::Mat level;
  q.convertTo(level, CV_8U, high > low ? 255 / (high - low) : 0, high > low ? -low * 255 / (high - low) : 255);
  cv::Mat mask;
  const double otsu = cv::threshold(level, mask, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  const double t = std::clamp(tolerance, 0.0, 1.0);
  const double cut = high > low ? (t < 0.5 ? otsu + (255 - otsu) * (1 - 2 * t) : otsu * (2 - 2 * t)) : 0;
  mask = level > std::min(cut, 254.0);
  const auto at = [&](const Point& point) {
    return cv::Point(std::clamp(static_cast<int>(point.x), 0, width - 1), std::clamp(static_cast<int>(point.y), 0, height - 1));
  };
  const int dot = std::max(1, r / 4);
  for (const auto& point : inside) cv::circle(mask, at(point), dot, cv::Scalar{255}, cv::FILLED);
  for (const auto& point : outside) cv::circle(mask, at(point), dot, cv::Scalar{0}, cv::FILLED);
  cv::Mat pieces;
  const int count = cv::connectedComponents(mask, pieces, 4);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(count));
  for (const auto& point : inside) keep[static_cast<std::size_t>(pieces.at<int>(at(point)))] = 1;
  keep[0] = 0;
  Image out{width, height, 1};
  const auto eachPixel = [&](const cv::Mat& numbers, const auto& visit) {
    for (int y = 0; y < height; ++y) {
      const auto* row = numbers.ptr<int>(y);
      auto* to = out.row(y);
      for (int x = 0; x < width; ++x) visit(static_cast<std::size_t>(row[x]), to[x]);
    }
  };
  eachPixel(pieces, [&](std::size_t piece, std::uint8_t& to) { to = keep[piece] ? 255 : 0; });
  // Holes smaller than the filter's window are noise, but where somebody said that it is not inside.
  cv::Mat holes;
  const int gaps = cv::connectedComponents(255 - matOf(out), holes, 4);
  std::vector<int> size(static_cast<std::size_t>(gaps));
  eachPixel(holes, [&](std::size_t hole, std::uint8_t&) { ++size[hole]; });
  for (const auto& point : outside) size[static_cast<std::size_t>(holes.at<int>(at(point)))] = width * height;
  eachPixel(holes, [&](std::size_t hole, std::uint8_t& to) {
    if (hole > 0 && size[hole] < r * r) to = 255;
  });
  return out;
}

}  // namespace patchbay::vision
