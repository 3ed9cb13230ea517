// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/deploy/onnx_metadata.h"

#include <cstdint>
#include <optional>

namespace patchbay::studio {

namespace {

/// A field of a message in protocol buffers' wire format (protobuf.dev/programming-guides/encoding).
struct Field {
  std::uint64_t number = 0;
  std::string_view bytes;  ///< Of a field with a length; empty of others.
};

std::optional<std::uint64_t> takeVarint(std::string_view& from) {
  std::uint64_t out = 0;
  for (int shift = 0; shift < 64 && !from.empty(); shift += 7) {
    const auto byte = static_cast<std::uint8_t>(from.front());
    from.remove_prefix(1);
    out |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return out;
  }
  return std::nullopt;
}

std::optional<Field> takeField(std::string_view& from) {
  const auto tag = takeVarint(from);
  if (!tag) return std::nullopt;
  Field out{*tag >> 3, {}};
  std::size_t skip = 0;
  switch (*tag & 7U) {
    case 0:
      return takeVarint(from) ? std::optional{out} : std::nullopt;
    case 1:
      skip = 8;
      break;
    case 2: {
      const auto length = takeVarint(from);
      if (!length || *length > from.size()) return std::nullopt;
      skip = static_cast<std::size_t>(*length);
      out.bytes = from.substr(0, skip);
      break;
    }
    case 5:
      skip = 4;
      break;
    default:
      return std::nullopt;
  }
  if (skip > from.size()) return std::nullopt;
  from.remove_prefix(skip);
  return out;
}

constexpr std::uint64_t metadataProps = 14, keyOfPair = 1, valueOfPair = 2;

}  // namespace

std::map<std::string, std::string> onnxMetadata(std::string_view model) {
  std::map<std::string, std::string> out;
  while (!model.empty()) {
    const auto field = takeField(model);
    if (!field) break;
    if (field->number != metadataProps) continue;
    std::string key, value;
    for (auto pair = field->bytes; !pair.empty();) {
      const auto part = takeField(pair);
      if (!part) break;
      if (part->number == keyOfPair) key = part->bytes;
      if (part->number == valueOfPair) value = part->bytes;
    }
    if (!key.empty()) out.insert_or_assign(std::move(key), std::move(value));
  }
  return out;
}

}  // namespace patchbay::studio
