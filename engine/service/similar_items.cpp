// SPDX-License-Identifier: Apache-2.0
#include "engine/service/similar_items.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/data/ports.h"

namespace patchbay {
namespace {

constexpr std::size_t mostLookedAt = 20;
using Ranking = std::vector<std::pair<std::string, double>>;

/// Each chunk as an embedding of its own.
Result<> forEachChunk(ObjectReader& objects, const PortValue& value, const std::function<Result<bool>(const Embedding&)>& visit) {
  for (const auto& [name, digest] : value.parts) {
    if (!name.starts_with("chunk/")) continue;
    PB_TRY(const auto file, objects.open(digest));
    std::uint32_t rows = 0;
    if (file.text().size() >= 8) std::memcpy(&rows, file.text().data() + 4, sizeof rows);
    auto one = value;
    one.parts = {{name, digest}};
    one.meta["rows"] = rows;
    PB_TRY(const auto chunk, Embedding::load(objects, one));
    PB_TRY(const bool more, visit(chunk));
    if (!more) return {};
  }
  return {};
}

double dot(const float* a, const float* b, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

/// Empty when the embedding does not have the item.
Result<Ranking> rank(ObjectReader& objects, const PortValue& value, std::string_view id) {
  std::vector<float> wanted;
  PB_CHECK(forEachChunk(objects, value, [&](const Embedding& chunk) -> Result<bool> {
    const auto at = std::ranges::find(chunk.ids, id);
    if (at == chunk.ids.end()) return true;
    const auto row = chunk.values.begin() + (at - chunk.ids.begin()) * static_cast<std::ptrdiff_t>(chunk.columns);
    wanted.assign(row, row + static_cast<std::ptrdiff_t>(chunk.columns));
    return false;
  }));
  Ranking out;
  if (wanted.empty()) return out;
  const double length = std::sqrt(dot(wanted.data(), wanted.data(), wanted.size()));
  PB_CHECK(forEachChunk(objects, value, [&](const Embedding& chunk) -> Result<bool> {
    for (std::size_t i = 0; i < chunk.ids.size(); ++i) {
      const auto* row = chunk.values.data() + i * chunk.columns;
      const double both = length * std::sqrt(dot(row, row, chunk.columns));
      out.emplace_back(chunk.ids[i], both > 0 ? dot(row, wanted.data(), chunk.columns) / both : -1);
    }
    return true;
  }));
  return out;
}

}  // namespace

Result<Ranking> similarItems(Project& project, std::string_view id, const Digest& embedding) {
  std::vector<Digest> candidates;
  if (!embedding.isZero()) candidates.push_back(embedding);
  else
    PB_CHECK(project.database().query("SELECT outputs FROM actions ORDER BY created DESC", {}, [&](const Row& row) -> Result<> {
      PB_TRY(const auto outputs, parseJson(row.bytes(0)));
      for (const auto& [port, hex] : outputs.asMap())
        if (const auto digest = Digest::parse(hex.asText())) candidates.push_back(*digest);
      return {};
    }));
  std::size_t looked = 0;
  for (const auto& digest : candidates) {
    const auto value = PortValue::load(project.objects(), digest);
    if (!value || value->type != embeddingPort.name) continue;
    if (++looked > mostLookedAt) break;
    PB_TRY(auto ranking, rank(project.objects(), *value, id));
    if (!ranking.empty()) return ranking;
  }
  return fail(ErrorKind::NotFound, "data.no_features", TR("data", "It is not known yet which pictures are like this one."),
              TR("data", "Run a pipeline with the blocks Data set and Embed first."));
}

}  // namespace patchbay
