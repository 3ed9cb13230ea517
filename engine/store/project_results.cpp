// SPDX-License-Identifier: Apache-2.0
// Results of action keys, items and metrics.
#include <cmath>

#include "engine/store/project.h"

namespace patchbay {
namespace fs = std::filesystem;

Result<std::optional<ActionRecord>> Project::action(const Digest& key) {
  std::optional<ActionRecord> out;
  PB_CHECK(
      db_->query("SELECT type, parts, outputs, effects, seconds, items_computed, items_cached, peak_memory, started, created "
                 "FROM actions WHERE key = ?",
                 {blobOf(key)}, [&](const Row& row) -> Result<> {
                   ActionRecord a;
                   a.key = key;
                   a.type = row.text(0);
                   PB_TRY(a.parts, parseJson(row.bytes(1)));
                   PB_TRY(const auto outputs, parseJson(row.bytes(2)));
                   PB_TRY(a.outputs, digestMapFrom(outputs));
                   PB_TRY(a.effects, parseJson(row.bytes(3)));
                   a.seconds = row.real(4);
                   a.itemsComputed = row.integer(5);
                   a.itemsCached = row.integer(6);
                   a.peakMemoryBytes = row.integer(7);
                   a.started = row.integer(8);
                   a.created = row.integer(9);
                   out = std::move(a);
                   return {};
                 }));
  return out;
}

Result<> Project::verifyOutputs(const std::map<std::string, Digest>& outputs) {
  for (const auto& [port, digest] : outputs) {
    PB_TRY(const auto manifest, PortValue::load(*objects_, digest));
    for (const auto& [name, part] : manifest.parts)
      if (!objects_->contains(part))
        return fail(ErrorKind::NotFound, "store.part-missing",
                    TR("error", "A part of the result ({part}) is not in the project's objects.").with("part", std::string_view{name}),
                    TR("error", "Run the block again; its result is made anew."), port);
  }
  return {};
}

Result<std::optional<ActionRecord>> Project::usableAction(const Digest& key) {
  PB_TRY(auto found, action(key));
  if (!found || !verifyOutputs(found->outputs)) return std::nullopt;
  for (const auto& path : found->effects["exports"].asList()) {
    std::error_code ec;
    if (!fs::exists(absolutePath(pathFromValue(path).native()), ec)) return std::nullopt;
  }
  return found;
}

Result<> Project::addAction(const ActionRecord& a) {
  const auto parts = toJson(a.parts), outputs = toJson(digestMap(a.outputs)), effects = toJson(a.effects);
  PB_CHECK(
      db_->run("INSERT OR REPLACE INTO actions (key, type, parts, outputs, effects, seconds, items_computed, items_cached, peak_memory, "
               "started, created, used) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {blobOf(a.key), a.type, parts, outputs, effects, a.seconds, a.itemsComputed, a.itemsCached, a.peakMemoryBytes, a.started,
                a.created, a.created}));
  return {};
}

Result<> Project::touchActions(std::span<const Digest> keys) {
  return transaction([&]() -> Result<> {
    for (const auto& key : keys) PB_CHECK(db_->run("UPDATE actions SET used = ? WHERE key = ?", {nowMs(), blobOf(key)}));
    return {};
  });
}

Result<std::optional<Value>> Project::lastParts(const std::string& pipeline, const StepId& step) {
  std::optional<Value> out;
  PB_CHECK(
      db_->query("SELECT parts FROM step_history WHERE pipeline = ? AND step = ?", {pipeline, step.text}, [&](const Row& row) -> Result<> {
        PB_TRY(out, parseJson(row.bytes(0)));
        return {};
      }));
  return out;
}

Result<> Project::setLastParts(const std::string& pipeline, const StepId& step, const Digest& key, const Value& parts) {
  const auto json = toJson(parts);
  PB_CHECK(
      db_->run("INSERT INTO step_history (pipeline, step, key, parts, changed) VALUES (?, ?, ?, ?, ?) ON CONFLICT (pipeline, step) "
               "DO UPDATE SET key = excluded.key, parts = excluded.parts, changed = excluded.changed WHERE key <> excluded.key",
               {pipeline, step.text, blobOf(key), json, nowMs()}));
  return {};
}

Result<std::vector<Digest>> Project::itemPacks(const Digest& function) {
  {
    const std::scoped_lock lock{pendingMutex_};
    usedFunctions_[function] = nowMs();
  }
  std::vector<Digest> out;
  PB_CHECK(db_->query("SELECT pack FROM item_packs WHERE function = ? ORDER BY created, pack", {blobOf(function)},
                      [&](const Row& row) -> Result<> {
                        out.push_back(row.digest(0));
                        return {};
                      }));
  // A pack that was lost is only a cache that is gone.
  std::erase_if(out, [&](const Digest& pack) { return !objects_->contains(pack); });
  return out;
}

Result<> Project::addItemPack(const Digest& function, const Digest& pack, std::int64_t items) {
  if (!objects_->contains(pack))
    return fail(ErrorKind::NotFound, "store.pack-missing", TR("error", "A pack of item results is not in the project's objects."),
                TR("error", "Run the block again."), pack.hex());
  const auto now = nowMs();
  PB_CHECK(db_->run(
      "INSERT INTO item_packs (function, pack, items, created, used) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET used = excluded.used",
      {blobOf(function), blobOf(pack), items, now, now}));
  return {};
}

Result<> Project::addListing(const Digest& digest, std::string_view listing) {
  PB_CHECK(db_->run("INSERT INTO file_listings (digest, listing, used) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET used = excluded.used",
                    {blobOf(digest), Blob{listing}, nowMs()}));
  return {};
}

Result<std::optional<std::string>> Project::listing(const Digest& digest) {
  std::optional<std::string> out;
  PB_CHECK(db_->query("SELECT listing FROM file_listings WHERE digest = ?", {blobOf(digest)}, [&](const Row& row) -> Result<> {
    out = row.text(0);
    return {};
  }));
  return out;
}

void Project::addMetric(MetricRecord metric) {
  const std::scoped_lock lock{pendingMutex_};
  pendingMetrics_.push_back(std::move(metric));
}

Result<std::vector<MetricRecord>> Project::metrics(const RunId& run) {
  if (!readOnly_) PB_CHECK(flush());
  std::vector<MetricRecord> out;
  if (!metricsDb_) return out;
  PB_CHECK(metricsDb_->query(
      "SELECT step, metric, position, value, t FROM metrics WHERE run = ? ORDER BY rowid", {run.text}, [&](const Row& row) -> Result<> {
        out.push_back({run, {row.text(0)}, row.text(1), row.integer(2), row.isNull(3) ? std::nan("") : row.real(3), row.real(4)});
        return {};
      }));
  return out;
}

Result<> Project::flush() {
  if (readOnly_) return {};
  PB_CHECK(flushSources());
  return flushMetrics();
}

Result<> Project::flushSources() {
  decltype(pendingSources_) sources;
  decltype(usedFunctions_) functions;
  {
    const std::scoped_lock lock{pendingMutex_};
    sources = pendingSources_;  // Stay readable until they are on disk.
    functions.swap(usedFunctions_);
  }
  if (sources.empty() && functions.empty()) return {};
  const auto written = transaction([&]() -> Result<> {
    for (const auto& [digest, places] : sources)
      for (const auto& place : places) PB_CHECK(writeSource(digest, place));
    for (const auto& [function, when] : functions)
      PB_CHECK(db_->run("UPDATE item_packs SET used = ? WHERE function = ?", {when, blobOf(function)}));
    return {};
  });
  const std::scoped_lock lock{pendingMutex_};
  if (!written) {
    usedFunctions_.merge(functions);  // A later use stays.
    return written;
  }
  for (const auto& [digest, places] : sources) {
    const auto found = pendingSources_.find(digest);
    if (found != pendingSources_.end() && found->second.size() == places.size()) pendingSources_.erase(found);
  }
  return {};
}

Result<> Project::flushMetrics() {
  decltype(pendingMetrics_) metrics;
  {
    const std::scoped_lock lock{pendingMutex_};
    metrics.swap(pendingMetrics_);
  }
  if (metrics.empty()) return {};
  const auto written = metricsDb_->transaction([&]() -> Result<> {
    for (const auto& m : metrics)
      PB_CHECK(
          metricsDb_->run("INSERT INTO metrics (run, step, metric, position, value, t) VALUES (?, ?, ?, ?, ?, ?)",
                          {m.run.text, m.step.text, m.metric, m.index, std::isfinite(m.value) ? SqlArg{m.value} : SqlArg{nullptr}, m.t}));
    return {};
  });
  if (written) return {};
  // A full disk costs no curve: what was told comes again with the next flush.
  const std::scoped_lock lock{pendingMutex_};
  metrics.insert(metrics.end(), pendingMetrics_.begin(), pendingMetrics_.end());
  pendingMetrics_.swap(metrics);
  return written;
}

}  // namespace patchbay
