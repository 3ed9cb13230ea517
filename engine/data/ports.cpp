// SPDX-License-Identifier: Apache-2.0
#include "engine/data/ports.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/base/half.h"
#include "engine/data/bytes.h"
#include "engine/data/port_check.h"

namespace patchbay {
namespace {

constexpr std::string_view embeddingMagic = "PBE1";
constexpr std::string_view predictionsMagic = "PBP1";
constexpr std::int64_t mostColumns = 1 << 24;  ///< So that no product of counts overflows.

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorKind::Corrupt, "port.damaged", TR("data", "A stored {what} is damaged.").with("what", what),
              TR("data", "Run the pipeline again with `patchbay gc` before it, so that it is made anew."));
}

PortValue valueOf(const PortType& type) {
  PortValue value;
  value.type = type.name;
  value.version = type.version;
  value.meta = Value::Map{};
  return value;
}

std::string embeddingChunk(const Embedding& e, std::span<const std::size_t> rows) {
  ByteWriter w;
  w.out.reserve(12 + rows.size() * (32 + 2 * e.columns));
  w.raw(embeddingMagic);
  w.number(static_cast<std::uint32_t>(rows.size()));
  w.number(static_cast<std::uint32_t>(e.columns));
  for (const auto r : rows) w.raw(e.ids[r]);
  for (const auto r : rows)
    for (std::size_t c = 0; c < e.columns; ++c) w.number(toHalf(e.values[r * e.columns + c]));
  return std::move(w.out);
}

Result<> readEmbeddingChunk(std::string_view bytes, Embedding& e) {
  ByteReader r{bytes};
  if (r.raw(4) != embeddingMagic) return damaged("embedding");
  const std::size_t rows = r.number<std::uint32_t>(), columns = r.number<std::uint32_t>();
  if (!r.ok() || columns != e.columns || r.remaining() != rows * (32 + 2 * columns)) return damaged("embedding");
  for (std::size_t i = 0; i < rows; ++i) e.ids.emplace_back(r.raw(32));
  for (std::size_t i = 0; i < rows * columns; ++i) e.values.push_back(fromHalf(r.number<std::uint16_t>()));
  return {};
}

}  // namespace

Result<PortValue> Embedding::save(ObjectWriter& writer, const Embedding& e) {
  auto value = valueOf(port);
  value.meta = e.meta.isMap() ? e.meta : Value{Value::Map{}};
  value.meta["rows"] = e.ids.size();
  value.meta["columns"] = e.columns;
  if (!e.net.isZero()) value.parts.emplace("net", e.net);
  const auto count = chunkCountFor(e.ids.size());
  value.meta["chunks"] = count;
  std::vector<std::vector<std::size_t>> rows(count);
  for (std::size_t i = 0; i < e.ids.size(); ++i) {
    if (e.ids[i].size() != 32) return damaged("embedding");
    rows[chunkOf(e.ids[i], count)].push_back(i);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (rows[i].empty()) continue;
    PB_TRY(const auto digest, writer.put(embeddingChunk(e, rows[i])));
    value.parts.emplace(chunkName(i), digest);
  }
  return value;
}

Result<Embedding> Embedding::load(ObjectReader& reader, const PortValue& value) {
  PB_CHECK(requireType(value, port));
  Embedding e;
  e.meta = value.meta;
  const auto columns = value.meta["columns"].asInt(), promised = value.meta["rows"].asInt();
  if (columns <= 0 || columns > mostColumns || promised < 0 || promised > UINT32_MAX) return damaged("embedding");
  e.columns = static_cast<std::size_t>(columns);
  const auto rows = static_cast<std::size_t>(promised);
  // A manifest may promise more than its parts hold.
  e.ids.reserve(std::min<std::size_t>(rows, 1 << 20));
  e.values.reserve(std::min<std::size_t>(rows * e.columns, 1 << 26));
  for (const auto& [name, digest] : value.parts) {
    if (name == "net") {
      e.net = digest;
      continue;
    }
    PB_TRY(const auto file, reader.open(digest));
    PB_CHECK(readEmbeddingChunk(file.text(), e));
  }
  if (e.ids.size() != rows) return damaged("embedding");
  return e;
}

Result<PortValue> Predictions::save(ObjectWriter& writer, const Predictions& p) {
  auto value = valueOf(port);
  value.meta = p.meta.isMap() ? p.meta : Value{Value::Map{}};
  Value classes{Value::List{}};
  for (const auto& c : p.classes) classes.push(c);
  value.meta["classes"] = classes;
  value.meta["rows"] = p.ids.size();
  ByteWriter w;
  w.raw(predictionsMagic);
  w.number(static_cast<std::uint32_t>(p.ids.size()));
  w.number(static_cast<std::uint32_t>(p.classes.size()));
  for (std::size_t i = 0; i < p.ids.size(); ++i) {
    w.raw(p.ids[i]);
    w.number(static_cast<std::int32_t>(p.truth[i]));
    w.number(static_cast<std::uint8_t>(p.split[i]));
    for (std::size_t c = 0; c < p.classes.size(); ++c) w.number(p.probabilities[i * p.classes.size() + c]);
  }
  PB_TRY(const auto digest, writer.put(w.out));
  value.parts.emplace("rows", digest);
  return value;
}

Result<Predictions> Predictions::load(ObjectReader& reader, const PortValue& value) {
  PB_CHECK(requireType(value, port));
  Predictions p;
  p.meta = value.meta;
  for (const auto& c : value.meta["classes"].asList()) p.classes.push_back(c.asText());
  PB_TRY(const auto file, value.openPart(reader, "rows"));
  ByteReader r{file.text()};
  if (r.raw(4) != predictionsMagic) return damaged("table of predictions");
  const std::size_t rows = r.number<std::uint32_t>(), classes = r.number<std::uint32_t>();
  if (!r.ok() || classes != p.classes.size() || r.remaining() != rows * (37 + 4 * classes)) return damaged("table of predictions");
  for (std::size_t i = 0; i < rows; ++i) {
    p.ids.emplace_back(r.raw(32));
    p.truth.push_back(r.number<std::int32_t>());
    if (p.truth.back() < -1 || (p.truth.back() >= 0 && static_cast<std::size_t>(p.truth.back()) >= classes))
      return damaged("table of predictions");
    p.split.push_back(static_cast<Split>(std::min<int>(r.number<std::uint8_t>(), 3)));
    for (std::size_t c = 0; c < classes; ++c) p.probabilities.push_back(r.number<float>());
  }
  return p;
}

Result<PortValue> Report::save(ObjectWriter& writer, const Report& report) {
  auto value = valueOf(port);
  value.meta["metrics"] = report.metrics.isMap() ? report.metrics : Value{Value::Map{}};
  PB_TRY(const auto digest, writer.put(toJson(report.body)));
  value.parts.emplace("report.json", digest);
  return value;
}

Result<Report> Report::load(ObjectReader& reader, const PortValue& value) {
  PB_CHECK(requireType(value, port));
  PB_TRY(const auto file, value.openPart(reader, "report.json"));
  PB_TRY(auto body, parseJson(file.text()));
  return Report{value.meta["metrics"], std::move(body)};
}

Result<PortValue> Figure::save(ObjectWriter& writer, const Figure& figure) {
  auto value = valueOf(port);
  value.meta["format"] = figure.format;
  value.meta["title"] = figure.title;
  PB_TRY(const auto digest, writer.put(figure.bytes));
  value.parts.emplace("figure", digest);
  return value;
}

Result<Figure> Figure::load(ObjectReader& reader, const PortValue& value) {
  PB_CHECK(requireType(value, port));
  PB_TRY(const auto file, value.openPart(reader, "figure"));
  return Figure{value.meta["format"].asText(), value.meta["title"].asText(), std::string{file.text()}};
}

Result<PortValue> TextValue::save(ObjectWriter& writer, const TextValue& text) {
  auto value = valueOf(port);
  value.meta["format"] = text.format;
  PB_TRY(const auto digest, writer.put(text.text));
  value.parts.emplace("text", digest);
  return value;
}

Result<TextValue> TextValue::load(ObjectReader& reader, const PortValue& value) {
  PB_CHECK(requireType(value, port));
  PB_TRY(const auto file, value.openPart(reader, "text"));
  return TextValue{value.meta["format"].asText(), std::string{file.text()}};
}

}  // namespace patchbay
