// SPDX-License-Identifier: Apache-2.0
#include "engine/data/detail/item_codec.h"

#include <algorithm>

namespace patchbay::detail {
namespace {
int hexDigit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }
}  // namespace

tl::unexpected<Error> damagedDataset(std::string_view what) {
  return fail(ErrorKind::Corrupt, "dataset.damaged", TR("data", "A stored data set is damaged ({what}).").with("what", what),
              TR("data", "Run `patchbay gc` and then run the pipeline again; the pictures themselves are untouched."));
}

bool isItemId(std::string_view id) {
  return id.size() == 32 && std::ranges::all_of(id, [](char c) { return hexDigit(c) >= 0; });
}

void writeItem(ByteWriter& w, const Item& item) {
  w.raw(item.id);
  w.raw({reinterpret_cast<const char*>(item.digest.bytes.data()), item.digest.bytes.size()});
  w.count(item.paths.size());
  for (const auto& path : item.paths) w.text(path);
  w.count(static_cast<std::uint64_t>(item.size));
  w.count(static_cast<std::uint64_t>(item.width));
  w.count(static_cast<std::uint64_t>(item.height));
  w.text(item.group);
  w.number(static_cast<std::uint8_t>(item.split));
  w.count(item.annotations.size());
  for (const auto& a : item.annotations) {
    w.number(static_cast<std::uint8_t>(a.kind));
    w.text(a.label);
    w.number(a.score);
    w.count(a.geometry.size());
    for (const float g : a.geometry) w.number(g);
    w.text(a.text);
    w.text(a.author);
  }
}

Item readItem(ByteReader& r) {
  Item item;
  item.id = r.raw(32);
  const auto digest = r.raw(32);
  if (r.ok()) std::copy(digest.begin(), digest.end(), item.digest.bytes.begin());
  item.paths.resize(r.countOf(1));
  for (auto& path : item.paths) path = r.text();
  item.size = static_cast<std::int64_t>(r.count());
  item.width = static_cast<int>(r.count());
  item.height = static_cast<int>(r.count());
  item.group = r.text();
  item.split = static_cast<Split>(std::min<int>(r.number<std::uint8_t>(), 3));
  item.annotations.resize(r.countOf(12));
  for (auto& a : item.annotations) {
    a.kind = static_cast<AnnotationKind>(std::min<int>(r.number<std::uint8_t>(), static_cast<int>(AnnotationKind::Number)));
    a.label = r.text();
    a.score = r.number<double>();
    a.geometry.resize(r.countOf(4));
    for (auto& g : a.geometry) g = r.number<float>();
    a.text = r.text();
    a.author = r.text();
  }
  return item;
}

std::string encodeItem(const Item& item) {
  ByteWriter w;
  writeItem(w, item);
  return std::move(w.out);
}

Result<Item> decodeItem(std::string_view bytes) {
  ByteReader r{bytes};
  auto item = readItem(r);
  if (!r.done()) return damagedDataset("an item");
  return item;
}

std::string_view idOfEncoded(std::string_view bytes) { return bytes.substr(0, 32); }

void tally(DatasetCounts& counts, const DatasetInfo& info, const Item& item, int sign) {
  if (info.task == "multi-label") {
    for (const auto& a : item.annotations)
      if (a.kind == AnnotationKind::Class && a.score >= 0.5) counts.byClass[a.label] += sign;
    if (!item.labelled()) counts.unlabelled += sign;
  } else if (const auto* label = item.label()) {
    counts.byClass[*label] += sign;
  } else {
    counts.unlabelled += sign;
  }
  counts.bySplit[static_cast<std::size_t>(item.split)] += sign;
}

Value datasetMeta(const DatasetInfo& info, const DatasetCounts& counts, std::size_t size, std::size_t chunks) {
  Value classes{Value::List{}}, labels{Value::Map{}}, splits{Value::Map{}};
  for (const auto& c : info.classes) classes.push(c);
  for (const auto& [label, n] : counts.byClass)
    if (n) labels[label] = n;
  for (std::size_t i = 0; i < counts.bySplit.size(); ++i)
    if (counts.bySplit[i]) splits[toString(static_cast<Split>(i))] = counts.bySplit[i];
  Value meta{Value::Map{{"task", info.task},
                        {"classes", classes},
                        {"items", size},
                        {"chunks", chunks},
                        {"labels", labels},
                        {"unlabelled", counts.unlabelled},
                        {"splits", splits}}};
  if (!info.skipped.asList().empty()) meta["skipped"] = info.skipped;
  if (!info.summary.isNull()) meta["summary"] = info.summary;
  return meta;
}

}  // namespace patchbay::detail
