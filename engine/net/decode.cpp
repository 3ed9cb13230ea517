// SPDX-License-Identifier: Apache-2.0
#include "engine/net/decode.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/base/half.h"

namespace patchbay::net {
namespace {
static_assert(std::endian::native == std::endian::little);

/// Stored type S to float by `convert`, element by element; files give no alignment.
template <class S, class Convert>
std::vector<float> decodeAs(std::string_view bytes, Convert convert) {
  std::vector<float> out(bytes.size() / sizeof(S));
  for (std::size_t i = 0; i < out.size(); ++i) {
    S stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(S), sizeof(S));
    out[i] = convert(stored);
  }
  return out;
}

template <class S, class Convert>
void encodeAs(std::span<const float> values, std::string& out, Convert convert) {
  const auto start = out.size();
  out.resize(start + values.size() * sizeof(S));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const S stored = convert(values[i]);
    std::memcpy(out.data() + start + i * sizeof(S), &stored, sizeof(S));
  }
}

template <class S>
S clampedInteger(float value) {
  if (std::isnan(value)) return 0;
  // The upper limit of 64-bit types is not a float; >= compares against the next power of two.
  if (static_cast<double>(value) >= static_cast<double>(std::numeric_limits<S>::max())) return std::numeric_limits<S>::max();
  if (static_cast<double>(value) <= static_cast<double>(std::numeric_limits<S>::min())) return std::numeric_limits<S>::min();
  return static_cast<S>(std::nearbyint(value));
}

/// Round to nearest even; NaN stays NaN.
std::uint16_t toBfloat(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (std::isnan(value)) return static_cast<std::uint16_t>(bits >> 16 | 0x40);
  return static_cast<std::uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

constexpr auto asFloat = [](auto stored) { return static_cast<float>(stored); };
}  // namespace

std::vector<float> decodeElements(DType dtype, std::string_view bytes) {
  assert(bytes.size() % byteSize(dtype) == 0);
  switch (dtype) {
    case DType::F32:
      return decodeAs<float>(bytes, asFloat);
    case DType::F64:
      return decodeAs<double>(bytes, asFloat);
    case DType::F16:
      return decodeAs<std::uint16_t>(bytes, [](std::uint16_t h) { return fromHalf(h); });
    case DType::BF16:
      return decodeAs<std::uint16_t>(bytes, [](std::uint16_t h) { return std::bit_cast<float>(std::uint32_t{h} << 16); });
    case DType::I8:
      return decodeAs<std::int8_t>(bytes, asFloat);
    case DType::I16:
      return decodeAs<std::int16_t>(bytes, asFloat);
    case DType::I32:
      return decodeAs<std::int32_t>(bytes, asFloat);
    case DType::I64:
      return decodeAs<std::int64_t>(bytes, asFloat);
    case DType::U8:
      return decodeAs<std::uint8_t>(bytes, asFloat);
    case DType::Bool:
      return decodeAs<std::uint8_t>(bytes, [](std::uint8_t b) { return b != 0 ? 1.f : 0.f; });
  }
  return {};
}

void encodeElements(DType dtype, std::span<const float> values, std::string& out) {
  switch (dtype) {
    case DType::F32:
      return encodeAs<float>(values, out, [](float v) { return v; });
    case DType::F64:
      return encodeAs<double>(values, out, [](float v) { return static_cast<double>(v); });
    case DType::F16:
      return encodeAs<std::uint16_t>(values, out, toHalf);
    case DType::BF16:
      return encodeAs<std::uint16_t>(values, out, toBfloat);
    case DType::I8:
      return encodeAs<std::int8_t>(values, out, clampedInteger<std::int8_t>);
    case DType::I16:
      return encodeAs<std::int16_t>(values, out, clampedInteger<std::int16_t>);
    case DType::I32:
      return encodeAs<std::int32_t>(values, out, clampedInteger<std::int32_t>);
    case DType::I64:
      return encodeAs<std::int64_t>(values, out, clampedInteger<std::int64_t>);
    case DType::U8:
      return encodeAs<std::uint8_t>(values, out, clampedInteger<std::uint8_t>);
    case DType::Bool:
      return encodeAs<std::uint8_t>(values, out, [](float v) { return static_cast<std::uint8_t>(v != 0); });
  }
}

}  // namespace patchbay::net
