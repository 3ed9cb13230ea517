// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/base/file.h"
#include "engine/base/value.h"
#include "engine/net/decode.h"
#include "engine/net/weights.h"

namespace patchbay::net {
namespace {
// The limit of the format's own reader; real headers are far smaller.
constexpr std::uint64_t maxHeader = 100'000'000;

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::BadInput, "safetensors.damaged", TR("net", "This is not a valid safetensors file: {what}.").with("what", what),
              TR("net", "Fetch the file again, or save the weights anew."));
}

struct Entry {
  std::string name;
  DType dtype;
  Shape shape;
  std::uint64_t begin, end;
};

Result<Entry> parseEntry(const std::string& name, const Value& value, std::uint64_t dataSize) {
  if (!value.isMap() || value.asMap().size() != 3 || !value["dtype"].isText() || !value["shape"].isList() ||
      !value["data_offsets"].isList())
    return damaged("tensor " + displayText(name) + " needs exactly dtype, shape and data_offsets");
  PB_TRY(const DType dtype, dtypeFrom(value["dtype"].asText()));
  Entry entry{name, dtype, {}, 0, 0};
  for (const auto& extent : value["shape"].asList()) {
    if (!extent.isInt() || extent.asInt() < 0) return damaged("tensor " + displayText(name) + " has a bad shape");
    entry.shape.push_back(extent.asInt());
  }
  const auto& offsets = value["data_offsets"].asList();
  if (offsets.size() != 2 || !offsets[0].isInt() || !offsets[1].isInt() || offsets[0].asInt() < 0 ||
      offsets[1].asInt() < offsets[0].asInt() || static_cast<std::uint64_t>(offsets[1].asInt()) > dataSize)
    return damaged("tensor " + displayText(name) + " points outside the file");
  entry.begin = static_cast<std::uint64_t>(offsets[0].asInt());
  entry.end = static_cast<std::uint64_t>(offsets[1].asInt());
  PB_TRY(const std::int64_t count, elementCount(entry.shape));
  if (static_cast<std::uint64_t>(count) * byteSize(dtype) != entry.end - entry.begin)
    return damaged("the bytes of tensor " + displayText(name) + " do not fit its shape");
  return entry;
}
}  // namespace

Result<WeightFile> parseSafetensors(std::string_view bytes) {
  std::uint64_t headerSize = 0;
  if (bytes.size() < sizeof headerSize) return damaged("it is shorter than its header");
  std::memcpy(&headerSize, bytes.data(), sizeof headerSize);
  if (headerSize > maxHeader || headerSize > bytes.size() - sizeof headerSize) return damaged("its header is longer than the file");
  const auto headerText = bytes.substr(sizeof headerSize, headerSize);
  const auto data = bytes.substr(sizeof headerSize + headerSize);
  if (!headerText.starts_with('{')) return damaged("its header does not begin with a brace");
  const auto header = parseJson(headerText);
  if (!header) return damaged("its header is not JSON: " + render(header.error().cause));

  WeightFile file;
  std::vector<Entry> entries;
  for (const auto& [name, value] : header->asMap()) {
    if (name == "__metadata__") {
      if (!value.isMap()) return damaged("__metadata__ is not a map");
      for (const auto& [key, text] : value.asMap()) {
        if (!text.isText()) return damaged("__metadata__ holds something other than text");
        file.metadata.emplace(key, text.asText());
      }
      continue;
    }
    PB_TRY(auto entry, parseEntry(name, value, data.size()));
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name); });
  // Without gaps and overlaps every byte belongs to one tensor: nothing can hide, nothing is shared.
  std::uint64_t at = 0;
  for (const auto& entry : entries) {
    if (entry.begin != at)
      return damaged((entry.begin < at ? "overlapping" : "unused") + std::string{" bytes before tensor "} + displayText(entry.name));
    at = entry.end;
  }
  if (at != data.size()) return damaged("bytes after the last tensor");
  for (auto& entry : entries) {
    auto values = decodeElements(entry.dtype, data.substr(entry.begin, entry.end - entry.begin));
    file.tensors.emplace(entry.name, Tensor{std::move(entry.shape), std::move(values), entry.dtype});
  }
  return file;
}

Result<std::string> writeSafetensors(const WeightFile& file) {
  Value header{Value::Map{}};
  std::string data;
  if (!file.metadata.empty()) {
    Value& metadata = header["__metadata__"];
    for (const auto& [key, text] : file.metadata) metadata[key] = text;
  }
  for (const auto& [name, tensor] : file.tensors) {
    if (name == "__metadata__" || !isUtf8(name))
      return fail(ErrorKind::BadInput, "safetensors.name", TR("net", "A tensor cannot be called {name}.").with("name", displayText(name)),
                  TR("net", "Rename the layer."));
    PB_TRY(const std::int64_t count, elementCount(tensor.shape));
    if (count != tensor.size())
      return fail(ErrorKind::Internal, "safetensors.size", TR("net", "Tensor {name} does not hold what its shape says.").with("name", name),
                  TR("net", "Please report this."));
    const auto begin = data.size();
    encodeElements(tensor.dtype, tensor.values(), data);
    Value::List shape(tensor.shape.begin(), tensor.shape.end());
    header[name] =
        Value::Map{{"dtype", toString(tensor.dtype)}, {"shape", std::move(shape)}, {"data_offsets", Value::List{begin, data.size()}}};
  }
  auto text = toJson(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t size = text.size();
  std::string out(sizeof size, '\0');
  std::memcpy(out.data(), &size, sizeof size);
  return out + text + data;
}

Result<WeightFile> readWeights(const std::filesystem::path& path) {
  PB_TRY(const auto mapped, MappedFile::open(path));
  const auto bytes = mapped.text();
  // A pickle begins with opcode 0x80, a zip with "PK"; a safetensors file has its opening brace at byte 8.
  const bool safetensors = bytes.size() > 8 && bytes[8] == '{';
  auto file = safetensors ? parseSafetensors(bytes) : parsePth(bytes);
  if (!file && file.error().where.empty()) file.error().where = displayText(path.native());
  return file;
}

}  // namespace patchbay::net
