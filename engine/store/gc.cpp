// SPDX-License-Identifier: Apache-2.0
#include "engine/store/gc.h"

#include <algorithm>
#include <chrono>
#include <unordered_set>

#include "engine/base/kill_point.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t checkpointsLiveMs = 30LL * 24 * 3'600'000;

struct Candidate {
  Digest key;
  std::vector<Digest> objects;
  std::int64_t started = 0, created = 0;
  bool exported = false;
};

struct Pack {
  Digest function, pack;
  std::int64_t used = 0, created = 0;
};

struct Decision {
  std::unordered_set<Digest> marked;
  std::vector<Digest> removedKeys;
  std::vector<Pack> removedPacks;
  GcReport report;
  std::vector<Digest> removedObjects;
};

Result<std::vector<Candidate>> candidatesOf(Project& project) {
  std::vector<Candidate> out;
  PB_CHECK(project.database().query("SELECT key, outputs, effects, started, created FROM actions", {}, [&](const Row& row) -> Result<> {
    Candidate c;
    c.key = row.digest(0);
    PB_TRY(const auto json, parseJson(row.bytes(1)));
    PB_TRY(const auto outputs, digestMapFrom(json));
    for (const auto& [port, manifest] : outputs) {
      c.objects.push_back(manifest);
      if (const auto value = PortValue::load(project.objects(), manifest))
        for (const auto& [name, part] : value->parts) c.objects.push_back(part);
    }
    PB_TRY(const auto effects, parseJson(row.bytes(2)));
    if (const auto listing = Digest::parse(effects["found"]["listing"].asText())) c.objects.push_back(*listing);
    std::error_code ec;
    for (const auto& path : effects["exports"].asList()) c.exported = c.exported || fs::exists(project.folder() / pathFromValue(path), ec);
    c.started = row.integer(3);
    c.created = row.integer(4);
    out.push_back(std::move(c));
    return {};
  }));
  return out;
}

Result<std::unordered_set<Digest>> keysOfRuns(Project& project, int keepRuns) {
  std::unordered_set<Digest> out;
  PB_CHECK(project.database().query(
      "WITH ranked AS (SELECT id, state, pinned, row_number() OVER (PARTITION BY pipeline ORDER BY id DESC) AS place "
      "FROM runs) SELECT DISTINCT s.key FROM steps s JOIN ranked r ON r.id = s.run "
      "WHERE s.key IS NOT NULL AND (r.place <= ? OR r.pinned OR r.state = 'running')",
      {std::int64_t{keepRuns}}, [&](const Row& row) -> Result<> {
        out.insert(row.digest(0));
        return {};
      }));
  return out;
}

Result<Decision> decide(Project& project, const std::vector<Candidate>& candidates, int keepRuns, std::int64_t youngSince) {
  Decision d;
  PB_TRY(const auto wanted, keysOfRuns(project, keepRuns));
  std::int64_t oldest = nowMs();
  for (const auto& c : candidates) {
    if (wanted.contains(c.key) || c.exported || c.created > youngSince) {
      d.marked.insert(c.objects.begin(), c.objects.end());
      oldest = std::min(oldest, c.started);
    } else {
      d.removedKeys.push_back(c.key);
    }
  }
  // Every item function a kept result asked for was used after that result was begun.
  PB_CHECK(project.database().query("SELECT function, pack, used, created FROM item_packs", {}, [&](const Row& row) -> Result<> {
    Pack p{row.digest(0), row.digest(1), row.integer(2), row.integer(3)};
    if (p.used >= oldest || p.created > youngSince) d.marked.insert(p.pack);
    else d.removedPacks.push_back(p);
    return {};
  }));
  d.report.removedResults = static_cast<std::int64_t>(d.removedKeys.size());
  const auto young = fs::file_time_type::clock::now() - std::chrono::milliseconds{nowMs() - youngSince};
  PB_CHECK(project.objects().forEach([&](const ObjectFolder::Entry& entry) -> Result<> {
    const bool keep = d.marked.contains(entry.digest) || entry.time > young;
    (keep ? d.report.keptObjects : d.report.removedObjects) += 1;
    (keep ? d.report.keptBytes : d.report.removedBytes) += entry.bytes;
    if (!keep) d.removedObjects.push_back(entry.digest);
    return {};
  }));
  return d;
}

Result<> removeRows(Project& project, const Decision& d) {
  auto& db = project.database();
  return project.transaction([&]() -> Result<> {
    for (const auto& key : d.removedKeys) PB_CHECK(db.run("DELETE FROM actions WHERE key = ?", {blobOf(key)}));
    for (const auto& p : d.removedPacks)
      PB_CHECK(db.run("DELETE FROM item_packs WHERE function = ? AND pack = ?", {blobOf(p.function), blobOf(p.pack)}));
    std::unordered_set<Digest> listings;
    PB_CHECK(db.query("SELECT parts FROM step_history", {}, [&](const Row& row) -> Result<> {
      PB_TRY(const auto parts, parseJson(row.bytes(0)));
      for (const auto& [param, entry] : parts["files"].asMap())
        if (const auto digest = Digest::parse(entry["digest"].asText())) listings.insert(*digest);
      return {};
    }));
    std::vector<Digest> unused;
    PB_CHECK(db.query("SELECT digest FROM file_listings", {}, [&](const Row& row) -> Result<> {
      if (!listings.contains(row.digest(0))) unused.push_back(row.digest(0));
      return {};
    }));
    for (const auto& digest : unused) PB_CHECK(db.run("DELETE FROM file_listings WHERE digest = ?", {blobOf(digest)}));
    return {};
  });
}

Result<> removeFolders(Project& project, std::int64_t youngSince) {
  std::error_code ec;
  const auto ageOf = [&](const fs::path& path) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(fs::file_time_type::clock::now() - fs::last_write_time(path, ec)).count();
  };
  PB_TRY(const auto finished, project.finishedAttempts());
  for (const auto& attempt : finished) {
    const auto folder = project.attemptFolder(attempt);
    if (isUlid(attempt.text) && fs::exists(folder, ec) && ageOf(folder) > nowMs() - youngSince) fs::remove_all(folder, ec);
  }
  for (const auto& entry : fs::directory_iterator{project.folder() / "checkpoints", ec}) {
    const auto key = Digest::parse(entry.path().filename().native());
    if (!key) continue;
    PB_TRY(const auto done, project.action(*key));
    // A checkpoint without a result is what a cancelled or killed training goes on from.
    if (ageOf(entry.path()) > (done ? nowMs() - youngSince : checkpointsLiveMs)) fs::remove_all(entry.path(), ec);
  }
  return {};
}

}  // namespace

Result<GcReport> collectGarbage(Project& project, const GcOptions& options) {
  const auto youngSince = nowMs() - options.graceMs;
  PB_CHECK(project.flush());
  PB_TRY(const auto candidates, candidatesOf(project));
  int keepRuns = std::max(1, options.keepRuns);
  PB_TRY(auto decision, decide(project, candidates, keepRuns, youngSince));
  while (options.budgetBytes && decision.report.keptBytes > *options.budgetBytes && keepRuns > 1) {
    PB_TRY(decision, decide(project, candidates, --keepRuns, youngSince));
  }
  decision.report.fitsBudget = !options.budgetBytes || decision.report.keptBytes <= *options.budgetBytes;
  if (options.dryRun) return decision.report;
  // Rows first: a crash in between leaves objects that nobody names, never names without objects.
  PB_CHECK(removeRows(project, decision));
  killPoint(KillPoint::GcRowsRemoved);
  for (const auto& digest : decision.removedObjects) {
    PB_CHECK(project.objects().remove(digest));
    killPoint(KillPoint::GcObjectRemoved);
  }
  project.objects().removeLeftovers();
  PB_CHECK(removeFolders(project, youngSince));
  return decision.report;
}

}  // namespace patchbay
