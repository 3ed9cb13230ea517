// SPDX-License-Identifier: Apache-2.0
#include "engine/net/zip.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "engine/base/value.h"

namespace patchbay::net {
namespace {
constexpr std::size_t endSize = 22, centralSize = 46, localSize = 30;

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::BadInput, "zip.damaged", TR("net", "The archive is not one that torch.save writes: {what}.").with("what", what),
              TR("net", "Fetch the file again, or save it anew with torch.save(model.state_dict(), path)."));
}

template <class T>
T at(std::string_view bytes, std::size_t offset) {
  T out;
  std::memcpy(&out, bytes.data() + offset, sizeof out);
  return out;
}

/// CRC-32 (ISO 3309), eight bytes a step by tables.
std::uint32_t crc32(std::string_view bytes) {
  static constexpr auto table = [] {
    std::array<std::array<std::uint32_t, 256>, 8> t{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t c = i;
      for (int bit = 0; bit < 8; ++bit) c = c >> 1 ^ ((c & 1) != 0 ? 0xEDB88320u : 0u);
      t[0][i] = c;
    }
    for (std::uint32_t i = 0; i < 256; ++i)
      for (std::size_t k = 1; k < 8; ++k) t[k][i] = t[k - 1][i] >> 8 ^ t[0][t[k - 1][i] & 0xFF];
    return t;
  }();
  std::uint32_t crc = ~0u;
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    const auto low = at<std::uint32_t>(bytes, i) ^ crc;
    const auto high = at<std::uint32_t>(bytes, i + 4);
    crc = table[7][low & 0xFF] ^ table[6][low >> 8 & 0xFF] ^ table[5][low >> 16 & 0xFF] ^ table[4][low >> 24] ^ table[3][high & 0xFF] ^
          table[2][high >> 8 & 0xFF] ^ table[1][high >> 16 & 0xFF] ^ table[0][high >> 24];
  }
  for (; i < bytes.size(); ++i) crc = crc >> 8 ^ table[0][(crc ^ static_cast<std::uint8_t>(bytes[i])) & 0xFF];
  return ~crc;
}

/// Offset of the end-of-central-directory record, searched from the end because a comment may follow it.
Result<std::size_t> findEnd(std::string_view bytes) {
  if (bytes.size() < endSize) return damaged("it is too short");
  const auto oldest = bytes.size() - std::min<std::size_t>(bytes.size(), endSize + 0xFFFF);
  for (std::size_t offset = bytes.size() - endSize + 1; offset-- > oldest;)
    if (at<std::uint32_t>(bytes, offset) == 0x06054B50 && offset + endSize + at<std::uint16_t>(bytes, offset + 20) == bytes.size())
      return offset;
  return damaged("its directory is missing, the file is incomplete");
}
}  // namespace

Result<std::map<std::string, std::string_view>> listStoredZip(std::string_view bytes) {
  PB_TRY(const auto end, findEnd(bytes));
  const auto count = at<std::uint16_t>(bytes, end + 10);
  const std::size_t directorySize = at<std::uint32_t>(bytes, end + 12), directory = at<std::uint32_t>(bytes, end + 16);
  if (count == 0xFFFF || directory == 0xFFFFFFFF)
    return fail(ErrorKind::Unsupported, "zip.zip64", TR("net", "Weight archives of 4 GB and more are not read."),
                TR("net", "Save the weights as safetensors."));
  if (at<std::uint32_t>(bytes, end + 4) != 0 || directory > end || directorySize > end - directory)
    return damaged("its directory is damaged");
  std::map<std::string, std::string_view> entries;
  auto next = directory;
  for (int i = 0; i < count; ++i) {
    if (directory + directorySize - next < centralSize || at<std::uint32_t>(bytes, next) != 0x02014B50)
      return damaged("its directory is damaged");
    const auto flags = at<std::uint16_t>(bytes, next + 8), method = at<std::uint16_t>(bytes, next + 10);
    const auto crc = at<std::uint32_t>(bytes, next + 16);
    const std::size_t packed = at<std::uint32_t>(bytes, next + 20), size = at<std::uint32_t>(bytes, next + 24);
    const std::size_t nameSize = at<std::uint16_t>(bytes, next + 28), local = at<std::uint32_t>(bytes, next + 42);
    const std::size_t whole = centralSize + nameSize + at<std::uint16_t>(bytes, next + 30) + at<std::uint16_t>(bytes, next + 32);
    if (whole > directory + directorySize - next) return damaged("its directory is damaged");
    std::string name{bytes.substr(next + centralSize, nameSize)};
    next += whole;
    if (method != 0 || packed != size || (flags & 1) != 0) return damaged("entry " + displayText(name) + " is compressed or encrypted");
    if (local > directory || directory - local < localSize || at<std::uint32_t>(bytes, local) != 0x04034B50)
      return damaged("entry " + displayText(name) + " lies outside");
    const auto begin = local + localSize + at<std::uint16_t>(bytes, local + 26) + at<std::uint16_t>(bytes, local + 28);
    if (begin > directory || size > directory - begin) return damaged("entry " + displayText(name) + " lies outside");
    const auto content = bytes.substr(begin, size);
    if (crc32(content) != crc) return damaged("entry " + displayText(name) + " is damaged");
    if (!entries.emplace(std::move(name), content).second) return damaged("two entries have the same name");
  }
  return entries;
}

}  // namespace patchbay::net
