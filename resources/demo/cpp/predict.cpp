// SPDX-License-Identifier: 0BSD
// Says what is on a picture, with model_batch1.onnx beside this file. `predict --json PICTURE...` prints all scores.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <opencv2/dnn.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "model.h"  // classes and preprocessing, written at export

// One pass of Pillow's antialiased resampling along x: the filter is widened by the reduction, results rounded to 8 bits.
static cv::Mat resizeRows(const cv::Mat& in, int width) {
  const double scale = static_cast<double>(in.cols) / width, widen = std::max(scale, 1.0), support = (model::bicubic ? 2.0 : 1.0) * widen;
  const auto filter = [](double x) {
    x = std::abs(x);
    if (!model::bicubic) return x < 1 ? 1 - x : 0.0;
    if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0.0;
  };
  cv::Mat out(in.rows, width, CV_8UC3);
  for (int x = 0; x < width; ++x) {
    const double center = (x + 0.5) * scale;
    const int first = std::max(0, static_cast<int>(center - support + 0.5)),
              last = std::min(in.cols, static_cast<int>(center + support + 0.5));
    std::vector<double> weights;
    double sum = 0;
    for (int i = first; i < last; ++i) sum += weights.emplace_back(filter((i - center + 0.5) / widen));
    for (int y = 0; y < in.rows; ++y) {
      cv::Vec3d v(0, 0, 0);
      for (int i = first; i < last; ++i) v += cv::Vec3d(in.at<cv::Vec3b>(y, i)) * (weights[i - first] / sum);
      for (int c = 0; c < 3; ++c) out.at<cv::Vec3b>(y, x)[c] = static_cast<unsigned char>(std::clamp(std::floor(v[c] + 0.5), 0.0, 255.0));
    }
  }
  return out;
}

static cv::Mat resized(const cv::Mat& in, int width, int height) {
  const cv::Mat wide = width == in.cols ? in : resizeRows(in, width);
  if (height == in.rows) return wide;
  cv::Mat turned, out;
  cv::transpose(wide, turned);
  cv::transpose(resizeRows(turned, height), out);
  return out;
}

// Large JPEGs are read at 1/2, 1/4 or 1/8, as the training did; EXIF rotation is applied by imread.
static cv::Mat read(const std::string& name) {
  cv::Mat picture = cv::imread(name, cv::IMREAD_COLOR);
  char magic[2] = {};
  std::ifstream(name, std::ios::binary).read(magic, 2);
  if (!model::scaledDecode || picture.empty() || std::memcmp(magic, "\xFF\xD8", 2) != 0) return picture;
  const int fits = std::min(picture.cols, picture.rows) / (2 * (model::stretch ? model::width : model::resizeTo));
  if (fits >= 8) return cv::imread(name, cv::IMREAD_REDUCED_COLOR_8);
  if (fits >= 4) return cv::imread(name, cv::IMREAD_REDUCED_COLOR_4);
  return fits >= 2 ? cv::imread(name, cv::IMREAD_REDUCED_COLOR_2) : picture;
}

static cv::Mat inputOf(cv::Mat picture) {
  const int w = picture.cols, h = picture.rows, s = model::resizeTo;
  if (model::stretch) {
    picture = resized(picture, model::width, model::height);
  } else {
    picture =
        resized(picture, w <= h ? s : static_cast<int>(std::int64_t{s} * w / h), h <= w ? s : static_cast<int>(std::int64_t{s} * h / w));
    const int left = static_cast<int>(std::nearbyint((picture.cols - model::width) / 2.0)),
              top = static_cast<int>(std::nearbyint((picture.rows - model::height) / 2.0));
    picture = picture(cv::Rect(left, top, model::width, model::height)).clone();
  }
  const int shape[] = {1, 3, model::height, model::width};
  cv::Mat blob(4, shape, CV_32F);
  float* to = blob.ptr<float>();
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < model::height; ++y)
      for (int x = 0; x < model::width; ++x)  // OpenCV's pixels are BGR
        *to++ = static_cast<float>((picture.at<cv::Vec3b>(y, x)[2 - c] - model::mean[c]) / model::std[c]);
  return blob;
}

int main(int argc, char** argv) {
  const bool json = argc > 1 && std::strcmp(argv[1], "--json") == 0;
  auto net = cv::dnn::readNetFromONNX(MODEL_FILE);
  int failed = 0;
  for (int i = json ? 2 : 1; i < argc; ++i) {
    const cv::Mat picture = read(argv[i]);
    if (picture.empty()) {
      std::fprintf(stderr, "%s: this is not a picture that OpenCV reads\n", argv[i]);
      failed = 1;
      continue;
    }
    net.setInput(inputOf(picture));
    const cv::Mat logits = net.forward().reshape(1, 1).clone();
    const float* y = logits.ptr<float>();
    const int best = static_cast<int>(std::max_element(y, y + logits.cols) - y);
    double sum = 0;
    for (int k = 0; k < logits.cols; ++k) sum += std::exp(static_cast<double>(y[k]) - y[best]);
    if (json) {
      std::printf("{\"class\": %d, \"logits\": [", best);
      for (int k = 0; k < logits.cols; ++k) std::printf("%s%.9g", k ? ", " : "", static_cast<double>(y[k]));
      std::printf("]}\n");
    } else if (model::multiLabel) {
      std::printf("%s:", argv[i]);
      for (int k = 0; k < logits.cols; ++k) {
        const double score = 1 / (1 + std::exp(-static_cast<double>(y[k])));
        if (score >= model::thresholds[k]) std::printf(" %s (%.1f%%)", model::classes[k], 100 * score);
      }
      std::printf("\n");
    } else {
      std::printf("%s: %s (%.1f%%)\n", argv[i], model::classes[best], 100 / sum);
    }
  }
  return failed;
}
