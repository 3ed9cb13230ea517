// SPDX-License-Identifier: Apache-2.0
#include "plugins/quality/support/fingerprints.h"

#include <algorithm>
#include <mutex>

#include "engine/learn/parallel.h"
#include "engine/vision/decode.h"

namespace patchbay::blocks {
namespace {

tl::unexpected<Error> stopped() {
  return fail(ErrorKind::Cancelled, "fingerprints.cancelled", TR("block", "Stopped."), TR("block", "Run again to go on where it stopped."));
}

/// Empty for a picture that cannot be decoded: that will not change, its name is its bytes.
Result<std::string> compute(RunContext& ctx, const Digest& picture) {
  PB_TRY(const auto file, ctx.objects().open(picture));
  const auto decoded = vision::decode(file.bytes(), {.minSide = 2 * vision::fingerprintSide});
  return decoded ? vision::fingerprintOf(decoded->image) : std::string{};
}

}  // namespace

Result<Fingerprints> Fingerprints::of(RunContext& ctx, std::span<const Digest> pictures) {
  const auto work = [&](std::span<const std::size_t> missing, const ItemEmit& emit) -> Result<> {
    std::mutex guard;
    std::optional<Error> error;
    std::int64_t done = 0;
    const auto total = static_cast<std::int64_t>(missing.size());
    learn::parallelFor(ctx.threads(), missing.size(), [&](std::size_t i) {
      {
        const std::lock_guard lock{guard};
        if (error) return;
        if (ctx.stopRequested()) {
          error = stopped().value();
          return;
        }
      }
      const auto print = compute(ctx, pictures[missing[i]]);
      const std::lock_guard lock{guard};
      if (error) return;
      if (!print) {
        error = print.error();
        return;
      }
      if (const auto kept = emit(missing[i], *print); !kept) error = kept.error();
      ++done;
      if (done % 64 == 0 || done == total) ctx.progress({TR("block", "Looking at pictures"), done, total, "picture"});
    });
    if (error) return fail(*error);
    return {};
  };
  PB_TRY(auto rows, ctx.computeItems("fingerprint", Value::Map{}, pictures, work));
  return Fingerprints{std::move(rows)};
}

std::optional<vision::Fingerprint> Fingerprints::at(std::size_t picture) const {
  const auto bytes = rows_->bytes(picture);
  if (bytes.size() != vision::fingerprintBytes) return std::nullopt;
  return vision::Fingerprint{reinterpret_cast<const std::uint8_t*>(bytes.data()), vision::fingerprintBytes};
}

Result<PerceptualCodes> perceptualCodes(const Fingerprints& prints, int threads, const StopFlag* stop) {
  constexpr std::size_t bits = 64, block = 64, fewestForMedians = 200, mostForMedians = 20'000;
  const auto crops = vision::usualCrops();
  const auto n = prints.size();
  // Medians of a sample spread over all are as good as those of all.
  // Of few pictures the median may be that of the very copies that are looked for, which would then fall on either side by chance.
  const auto sampled = n < fewestForMedians ? 0 : std::min(n, mostForMedians);
  std::vector<vision::Frequencies> seen(sampled);
  learn::parallelFor(threads, sampled, [&](std::size_t s) {
    if (const auto print = prints.at(s * n / sampled)) seen[s] = vision::frequenciesOf(*print);
  });
  vision::Frequencies medians{};
  std::vector<float> column(sampled);
  for (std::size_t b = 0; b < bits && sampled > 0; ++b) {
    std::ranges::transform(seen, column.begin(), [&](const auto& f) { return f[b]; });
    const auto middle = column.begin() + static_cast<std::ptrdiff_t>(sampled / 2);
    std::nth_element(column.begin(), middle, column.end());
    medians[b] = *middle;
  }
  PerceptualCodes out{std::vector<std::uint64_t>(n), std::vector<std::uint64_t>(n * crops.size())};
  learn::parallelFor(threads, (n + block - 1) / block, [&](std::size_t at) {
    if (stop->requested()) return;
    for (auto i = at * block; i < std::min(n, (at + 1) * block); ++i) {
      const auto print = prints.at(i);
      for (std::size_t c = 0; print && c < crops.size(); ++c) {
        const auto frequencies = vision::frequenciesOf(*print, crops[c]);
        for (std::size_t b = 0; b < bits; ++b)
          out.crops[i * crops.size() + c] |= static_cast<std::uint64_t>(frequencies[b] > medians[b]) << b;
      }
      out.whole[i] = out.crops[i * crops.size()];
    }
  });
  if (stop->requested()) return stopped();
  return out;
}

}  // namespace patchbay::blocks
