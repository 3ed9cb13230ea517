// SPDX-License-Identifier: Apache-2.0
#include "engine/formats/report.h"

#include <algorithm>

namespace patchbay::formats {

void Report::add(std::string_view code, std::string_view where, std::int64_t n) {
  if (n <= 0) return;
  const std::lock_guard lock{mutex_};
  auto at = entries_.find(code);
  if (at == entries_.end()) at = entries_.emplace(code, Entry{}).first;
  at->second.count += n;
  auto& examples = at->second.examples;
  if (examples.size() >= mostExamples || where.empty()) return;
  auto shown = displayText(where.substr(0, 1000));
  if (examples.empty() || examples.back() != shown) examples.push_back(std::move(shown));
}

std::int64_t Report::count(std::string_view code) const {
  const std::lock_guard lock{mutex_};
  const auto at = entries_.find(code);
  return at == entries_.end() ? 0 : at->second.count;
}

std::int64_t Report::leftOut() const {
  const std::lock_guard lock{mutex_};
  std::int64_t n = 0;
  for (const auto& [code, entry] : entries_)
    if (issueOf(code).leftOut) n += entry.count;
  return n;
}

Value Report::toValue() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::pair<const std::string*, const Entry*>> order;
  for (const auto& [code, entry] : entries_) order.emplace_back(&code, &entry);
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.second->count > b.second->count; });
  Value out{Value::List{}};
  for (const auto& [code, entry] : order) {
    const auto& issue = issueOf(*code);
    Value one{Value::Map{{"code", *code}, {"count", entry->count}, {"left_out", issue.leftOut}, {"cause", patchbay::toValue(issue.cause)}}};
    if (!issue.hint.empty()) one["hint"] = patchbay::toValue(issue.hint);
    one["examples"] = Value::List{};
    for (const auto& example : entry->examples) one["examples"].push(example);
    out.push(std::move(one));
  }
  return out;
}

}  // namespace patchbay::formats
