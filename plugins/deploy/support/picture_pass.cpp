// SPDX-License-Identifier: Apache-2.0
#include "plugins/deploy/support/picture_pass.h"

#include <algorithm>

#include "plugins/deploy/support/export_files.h"
#include "plugins/support/pictures.h"

namespace patchbay::blocks {

PictureWork workOf(RunContext& ctx) {
  return {ctx.objects(), ctx.threads(), [&ctx] { return goOn(ctx); }, [&ctx](const Progress& progress) { ctx.progress(progress); }};
}

Result<std::vector<ChosenPicture>> choosePictures(const PictureWork& work, const Dataset& data, Split part, std::size_t most,
                                                  Labelled labelled) {
  std::vector<ChosenPicture> all;
  PB_CHECK(data.forEach(work.objects, [&](const Item& item) -> Result<> {
    if (item.split != part || (labelled == Labelled::Only && !item.label())) return {};
    all.push_back({item.digest, item.label() ? *item.label() : std::string{}, digestOf("int8 " + item.digest.hex()).hex()});
    return {};
  }));
  std::ranges::sort(all, {}, &ChosenPicture::order);
  if (all.size() > most) all.resize(most);
  return all;
}

Result<> overPictures(const PictureWork& work, const net::Net& net, openvino::CpuModel& model, std::span<const ChosenPicture> pictures,
                      const Text& phase,
                      const std::function<void(std::size_t index, std::span<const net::Tensor> outputs, std::size_t row)>& take) {
  PB_TRY(const auto preprocess, preprocessOf(net));
  const auto size = 3 * static_cast<std::size_t>(preprocess.crop) * static_cast<std::size_t>(preprocess.crop);
  constexpr std::size_t step = 4;
  std::vector<float> inputs(step * size);
  for (std::size_t begin = 0; begin < pictures.size(); begin += step) {
    PB_CHECK(work.goOn());
    const auto n = std::min(step, pictures.size() - begin);
    for (std::size_t i = 0; i < n; ++i) {
      PB_TRY(const auto file, work.objects.open(pictures[begin + i].digest));
      PB_CHECK(vision::decodeForNet(file.bytes(), preprocess, std::span{inputs}.subspan(i * size, size)));
    }
    PB_TRY(const auto outputs, model.infer(std::span{inputs}.first(n * size), static_cast<std::int64_t>(n)));
    for (std::size_t i = 0; i < n; ++i) take(begin + i, outputs, i);
    work.progress({phase, static_cast<std::int64_t>(begin + n), static_cast<std::int64_t>(pictures.size()), "picture"});
  }
  return {};
}

std::span<const float> rowOf(const net::Tensor& tensor, std::size_t row) {
  const auto each = tensor.values().size() / static_cast<std::size_t>(tensor.shape[0]);
  return tensor.values().subspan(row * each, each);
}

}  // namespace patchbay::blocks
