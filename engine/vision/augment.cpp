// SPDX-License-Identifier: Apache-2.0
#include "engine/vision/augment.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>

#include "engine/vision/augment_ops.h"

namespace patchbay::vision {

namespace {

using Values = std::span<const double>;
using Operation = std::function<Image(const Image&, Values, Random&)>;

struct Entry {
  AugmentationInfo info;
  Operation apply;
};

AugmentParameter parameter(std::string name, Text label, std::string unit, Range allowed, Range usual) {
  return {std::move(name), std::move(label), std::move(unit), allowed, usual};
}

/// TrivialAugment, "wide" ranges: one of 14 operations at one of 31 strengths (Mueller and Hutter 2021, arXiv 2103.10158).
Image trivialAugmentWide(const Image& image, Random& random) {
  const std::uint64_t op = random.below(14);
  const double strength = static_cast<double>(random.below(31)) / 30;
  const double sign = random.chance(0.5) ? 1 : -1;
  const double factor = 1 + sign * 0.99 * strength;
  switch (op) {
    case 0:
      return ops::autocontrast(image);
    case 1:
      return ops::equalize(image);
    case 2:
      return ops::rotate(image, sign * 135 * strength);
    case 3:
      return ops::solarize(image, 256 * (1 - strength));
    case 4:
      return ops::saturation(image, factor);
    case 5:
      return ops::posterize(image, 8 - static_cast<int>(std::lround(6 * strength)));
    case 6:
      return ops::contrast(image, factor);
    case 7:
      return ops::brightness(image, factor);
    case 8:
      return ops::sharpness(image, factor);
    case 9:
      return ops::shear(image, sign * 0.99 * strength, 0);
    case 10:
      return ops::shear(image, 0, sign * 0.99 * strength);
    case 11:
      return ops::translate(image, sign * 32 * strength, 0);
    case 12:
      return ops::translate(image, 0, sign * 32 * strength);
    default:
      return image;
  }
}

std::vector<Entry> geometricEntries() {
  return {
      {{"hflip", TR("vision", "Mirror left and right"), TR("vision", "Not for text, or where left and right mean something."), true, {}},
       [](const Image& i, Values, Random&) { return ops::flipHorizontal(i); }},
      {{"vflip",
        TR("vision", "Mirror top and bottom"),
        TR("vision", "For pictures without an up, such as parts seen from above."),
        true,
        {}},
       [](const Image& i, Values, Random&) { return ops::flipVertical(i); }},
      {{"rot90",
        TR("vision", "Quarter turns"),
        TR("vision", "Turns by 0, 90, 180 or 270 degrees; pictures that are not square by 0 or 180."),
        true,
        {}},
       [](const Image& i, Values, Random& r) { return ops::quarterTurns(i, static_cast<int>(r.below(4))); }},
      {{"rotate",
        TR("vision", "Rotate"),
        TR("vision", "Turns about the centre; corners become grey."),
        true,
        {parameter("angle", TR("vision", "Angle"), "degree", {-180, 180}, {-15, 15})}},
       [](const Image& i, Values v, Random&) { return ops::rotate(i, v[0]); }},
      {{"shear",
        TR("vision", "Shear"),
        TR("vision", "Slants the picture, as a camera seen from the side does."),
        true,
        {parameter("x", TR("vision", "Sideways"), "degree", {-45, 45}, {-10, 10}),
         parameter("y", TR("vision", "Upright"), "degree", {-45, 45}, {-10, 10})}},
       [](const Image& i, Values v, Random&) {
         return ops::shear(i, std::tan(v[0] * 0.017453292519943295), std::tan(v[1] * 0.017453292519943295));
       }},
      {{"translate",
        TR("vision", "Shift"),
        TR("vision", "Moves the picture; what is uncovered becomes grey."),
        true,
        {parameter("x", TR("vision", "Sideways"), "%", {-100, 100}, {-10, 10}),
         parameter("y", TR("vision", "Up and down"), "%", {-100, 100}, {-10, 10})}},
       [](const Image& i, Values v, Random&) { return ops::translate(i, v[0] / 100 * i.width(), v[1] / 100 * i.height()); }},
      {{"crop-resize",
        TR("vision", "Crop and enlarge"),
        TR("vision", "A random part, enlarged to the full size. Too small a part can lose the defect that the label speaks of."),
        true,
        {parameter("area", TR("vision", "Part of the area"), "%", {1, 100}, {60, 100}),
         parameter("ratio", TR("vision", "Change of the sides' ratio"), "", {0.25, 4}, {0.8, 1.25})}},
       [](const Image& i, Values v, Random& r) { return ops::cropResize(i, v[0] / 100, v[1], r); }},
      {{"erase",
        TR("vision", "Erase a rectangle"),
        TR("vision", "Fills a random rectangle with noise, so that no single spot decides. Not for small defects."),
        false,
        {parameter("area", TR("vision", "Part of the area"), "%", {0.1, 80}, {2, 33}),
         parameter("ratio", TR("vision", "Ratio of its sides"), "", {0.1, 10}, {0.3, 3.3})}},
       [](const Image& i, Values v, Random& r) { return ops::erase(i, v[0] / 100, v[1], r); }},
  };
}

std::vector<Entry> colourEntries() {
  return {
      {{"brightness",
        TR("vision", "Brightness"),
        TR("vision", "Other exposure: 1 keeps it."),
        false,
        {parameter("factor", TR("vision", "Factor"), "", {0, 4}, {0.7, 1.3})}},
       [](const Image& i, Values v, Random&) { return ops::brightness(i, v[0]); }},
      {{"contrast",
        TR("vision", "Contrast"),
        TR("vision", "About the mean grey: 1 keeps it."),
        false,
        {parameter("factor", TR("vision", "Factor"), "", {0, 4}, {0.7, 1.3})}},
       [](const Image& i, Values v, Random&) { return ops::contrast(i, v[0]); }},
      {{"saturation",
        TR("vision", "Saturation"),
        TR("vision", "0 is grey, 1 keeps it. Grey pictures stay as they are."),
        false,
        {parameter("factor", TR("vision", "Factor"), "", {0, 4}, {0.6, 1.4})}},
       [](const Image& i, Values v, Random&) { return ops::saturation(i, v[0]); }},
      {{"hue",
        TR("vision", "Hue"),
        TR("vision", "Turns the colour circle. Not where colour decides the class."),
        false,
        {parameter("shift", TR("vision", "Shift"), "degree", {-180, 180}, {-18, 18})}},
       [](const Image& i, Values v, Random&) { return ops::hue(i, v[0]); }},
      {{"grey", TR("vision", "Without colour"), TR("vision", "Makes the network look at shapes."), false, {}},
       [](const Image& i, Values, Random&) { return ops::toGrey(i); }},
      {{"sharpness",
        TR("vision", "Sharpness"),
        TR("vision", "0 smooths, 1 keeps, 2 sharpens."),
        false,
        {parameter("factor", TR("vision", "Factor"), "", {0, 4}, {0.3, 1.7})}},
       [](const Image& i, Values v, Random&) { return ops::sharpness(i, v[0]); }},
      {{"blur",
        TR("vision", "Blur"),
        TR("vision", "A picture out of focus."),
        false,
        {parameter("sigma", TR("vision", "Radius"), "px", {0, 20}, {0.1, 1.5})}},
       [](const Image& i, Values v, Random&) { return ops::blur(i, v[0]); }},
      {{"noise",
        TR("vision", "Noise"),
        TR("vision", "Grain of a sensor in poor light."),
        false,
        {parameter("sigma", TR("vision", "Standard deviation, of 255"), "", {0, 100}, {0, 10})}},
       [](const Image& i, Values v, Random& r) { return ops::noise(i, v[0], r); }},
      {{"posterize",
        TR("vision", "Fewer shades"),
        TR("vision", "Keeps only the upper bits of every channel."),
        false,
        {parameter("bits", TR("vision", "Bits kept"), "", {1, 8}, {4, 8})}},
       [](const Image& i, Values v, Random&) { return ops::posterize(i, static_cast<int>(std::lround(v[0]))); }},
      {{"solarize",
        TR("vision", "Solarize"),
        TR("vision", "Inverts everything above a threshold; strong, for large data sets."),
        false,
        {parameter("threshold", TR("vision", "Threshold"), "", {0, 256}, {128, 256})}},
       [](const Image& i, Values v, Random&) { return ops::solarize(i, v[0]); }},
      {{"equalize", TR("vision", "Equalize"), TR("vision", "Spreads the shades evenly."), false, {}},
       [](const Image& i, Values, Random&) { return ops::equalize(i); }},
      {{"autocontrast", TR("vision", "Automatic contrast"), TR("vision", "Stretches every channel to the full range."), false, {}},
       [](const Image& i, Values, Random&) { return ops::autocontrast(i); }},
      {{"invert", TR("vision", "Invert"), TR("vision", "A negative; where dark-on-light and light-on-dark both occur."), false, {}},
       [](const Image& i, Values, Random&) { return ops::invert(i); }},
      {{"jpeg",
        TR("vision", "JPEG artefacts"),
        TR("vision", "Compressed and unpacked again."),
        false,
        {parameter("quality", TR("vision", "Quality"), "", {1, 100}, {40, 95})}},
       [](const Image& i, Values v, Random&) { return ops::jpegArtefacts(i, v[0]); }},
      {{"trivial-augment-wide",
        TR("vision", "TrivialAugmentWide"),
        TR("vision", "One random operation of fourteen at a random strength. A good start from 20 pictures a class; nothing to tune."),
        true,
        {}},
       [](const Image& i, Values, Random& r) { return trivialAugmentWide(i, r); }},
  };
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = [] {
    std::vector<Entry> list = geometricEntries();
    for (Entry& e : colourEntries()) list.push_back(std::move(e));
    return list;
  }();
  return all;
}

const Entry* findEntry(std::string_view name) {
  const auto it = std::find_if(entries().begin(), entries().end(), [&](const Entry& e) { return e.info.name == name; });
  return it == entries().end() ? nullptr : &*it;
}

Result<AugmentStep> stepFromValue(const Value& value) {
  AugmentStep step{.name = value["name"].asText()};
  const AugmentationInfo* info = findAugmentation(step.name);
  if (!info) {
    return fail(ErrorKind::BadInput, "augment.name", TR("vision", "There is no augmentation \"{name}\".").with("name", step.name),
                TR("vision", "Choose one of the list, such as hflip, rotate or brightness."));
  }
  step.probability = value.contains("probability") ? value["probability"].asDouble(-1) : 1;
  if (!(step.probability >= 0 && step.probability <= 1)) {
    return fail(ErrorKind::BadInput, "augment.probability",
                TR("vision", "The probability of \"{name}\" is not between 0 and 1.").with("name", step.name),
                TR("vision", "Give a number from 0 (never) to 1 (always)."));
  }
  for (const auto& [key, range] : value["ranges"].asMap()) {
    const auto p = std::find_if(info->parameters.begin(), info->parameters.end(), [&](const AugmentParameter& a) { return a.name == key; });
    const bool pair = range.asList().size() == 2 && range.asList()[0].isNumber() && range.asList()[1].isNumber();
    const Range r = pair ? Range{range.asList()[0].asDouble(), range.asList()[1].asDouble()} : Range{};
    const bool known = p != info->parameters.end();
    if (!pair || !known || !(r.from <= r.to && r.from >= p->allowed.from && r.to <= p->allowed.to)) {
      return fail(ErrorKind::BadInput, "augment.range",
                  TR("vision", "The range \"{key}\" of \"{name}\" cannot be used.").with("key", key).with("name", step.name),
                  known ? TR("vision", "Give [from, to] within {lo} and {hi}.").with("lo", p->allowed.from).with("hi", p->allowed.to)
                        : TR("vision", "Remove it: this augmentation has no such parameter."));
    }
    step.ranges[key] = r;
  }
  return step;
}

}  // namespace

const std::vector<AugmentationInfo>& augmentationCatalogue() {
  static const std::vector<AugmentationInfo> all = [] {
    std::vector<AugmentationInfo> list;
    for (const Entry& e : entries()) list.push_back(e.info);
    return list;
  }();
  return all;
}

const AugmentationInfo* findAugmentation(std::string_view name) {
  const Entry* entry = findEntry(name);
  return entry ? &entry->info : nullptr;
}

AugmentRecipe standardRecipe() { return {AugmentStep{.name = "trivial-augment-wide"}, AugmentStep{.name = "erase", .probability = 0.25}}; }

Value toValue(const AugmentRecipe& recipe) {
  Value::List list;
  for (const AugmentStep& step : recipe) {
    Value v;
    v["name"] = step.name;
    v["probability"] = step.probability;
    v["ranges"] = Value::Map{};
    for (const auto& [key, range] : step.ranges) v["ranges"][key] = Value::List{range.from, range.to};
    list.push_back(std::move(v));
  }
  return list;
}

Result<AugmentRecipe> augmentRecipeFromValue(const Value& value) {
  AugmentRecipe recipe;
  for (const Value& v : value.asList()) {
    PB_TRY(AugmentStep step, stepFromValue(v));
    recipe.push_back(std::move(step));
  }
  return recipe;
}

Image augment(Image image, const AugmentRecipe& recipe, const RandomKey& key) {
  for (std::size_t s = 0; s < recipe.size(); ++s) {
    // A stream a step: changing one step leaves the others' choices alone.
    Random random{key, s + 1};
    const Entry* entry = findEntry(recipe[s].name);
    assert(entry);
    if (!entry || !random.chance(recipe[s].probability)) continue;
    std::vector<double> values;
    for (const AugmentParameter& p : entry->info.parameters) {
      const auto own = recipe[s].ranges.find(p.name);
      const Range& range = own == recipe[s].ranges.end() ? p.usual : own->second;
      values.push_back(random.uniform(range.from, range.to));
    }
    image = entry->apply(image, values, random);
  }
  return image;
}

std::vector<Mixed> mixBatch(std::span<float> pixels, std::size_t count, int channels, int height, int width, const MixOptions& options,
                            const RandomKey& key) {
  const std::size_t plane = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  const std::size_t sample = plane * static_cast<std::size_t>(channels);
  assert(pixels.size() == sample * count);
  std::vector<Mixed> mixed(count);
  for (std::size_t i = 0; i < count; ++i) mixed[i].partner = i;
  Random random{key, 0};
  const bool on = (options.mixupAlpha > 0 || options.cutmixAlpha > 0) && random.chance(options.probability);
  if (!on || count < 2) return mixed;
  const bool cut = options.cutmixAlpha > 0 && (options.mixupAlpha <= 0 || random.chance(0.5));
  for (std::size_t i = count - 1; i > 0; --i) std::swap(mixed[i].partner, mixed[random.below(i + 1)].partner);
  const double alpha = cut ? options.cutmixAlpha : options.mixupAlpha;
  const double lambda = random.beta(alpha, alpha);
  int x0 = 0;
  int x1 = width;
  int y0 = 0;
  int y1 = height;
  float weight = static_cast<float>(lambda);
  if (cut) {
    const double half = std::sqrt(1 - lambda) / 2;
    const double cx = random.uniform(0, width);
    const double cy = random.uniform(0, height);
    x0 = std::clamp(static_cast<int>(cx - half * width), 0, width);
    x1 = std::clamp(static_cast<int>(cx + half * width), x0, width);
    y0 = std::clamp(static_cast<int>(cy - half * height), 0, height);
    y1 = std::clamp(static_cast<int>(cy + half * height), y0, height);
    // The share that is really left, as the rectangle may reach over the border.
    weight = 1 - static_cast<float>(x1 - x0) * static_cast<float>(y1 - y0) / static_cast<float>(plane);
  }
  const float keep = cut ? 0.0f : weight;
  const std::vector<float> before{pixels.begin(), pixels.end()};
  for (std::size_t i = 0; i < count; ++i) {
    mixed[i].weight = weight;
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
      for (int y = y0; y < y1; ++y) {
        const std::size_t at = c * plane + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        float* to = pixels.data() + i * sample + at;
        const float* other = before.data() + mixed[i].partner * sample + at;
        for (int x = x0; x < x1; ++x) to[x] = keep * to[x] + (1 - keep) * other[x];
      }
    }
  }
  return mixed;
}

}  // namespace patchbay::vision
