// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery/data_item.h"

#include <pwd.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

std::vector<std::string> texts(const Value& list) {
  std::vector<std::string> out;
  for (const auto& one : list.asList()) out.push_back(one.asText());
  return out;
}

}  // namespace

bool DataItem::has(std::string_view flag) const { return std::ranges::find(flags, flag) != flags.end(); }

DataItem dataItemFromValue(const Value& value) {
  DataItem out;
  out.id = value["id"].asText();
  out.digest = value["digest"].asText();
  out.path = pathFromValue(value["path"]).native();
  out.label = value["label"].asText();
  out.labels = texts(value["labels"]);
  out.flags = texts(value["flags"]);
  out.split = value["split"].asText();
  out.group = value["group"].asText();
  if (!value["score"].isNull()) out.score = value["score"].asDouble();
  out.width = static_cast<int>(value["width"].asInt());
  out.height = static_cast<int>(value["height"].asInt());
  out.version = value["version"].asInt();
  out.annotations = static_cast<int>(value["annotations"].asInt());
  out.removed = value["removed"].asBool();
  return out;
}

const DataClassInfo* DataState::find(std::string_view name) const {
  const auto found = std::ranges::find(classes, name, &DataClassInfo::name);
  return found == classes.end() ? nullptr : &*found;
}

DataState dataStateFromValue(const Value& value) {
  DataState out;
  const auto& head = value["head"];
  out.revision = head.isMap() ? head["revision"].asText() : head.asText();
  out.number = head["number"].asInt();
  out.items = value["items"].asInt();
  out.task = value["task"].asText();
  for (const auto& one : value["classes"].asList())
    out.classes.push_back(
        {one["name"].asText(), QColor{fromUtf8(one["color"].asText())}, one["count"].asInt(), one["whole"].asInt(one["count"].asInt())});
  out.unlabelled = value["unlabelled"].asInt();
  out.suggested = value["suggested"].asInt();
  out.disagreement = value["disagreement"].asInt();
  out.missing = value["missing"].asInt();
  const auto& splits = value["by_split"];
  for (const auto* name : {"train", "validation", "test", "none"})
    if (const auto n = splits[name].asInt(); n > 0) out.splits.emplace_back(name, n);
  for (const auto& one : value["authors"].asList()) out.authors.emplace_back(one["name"].asText(), one["count"].asInt());
  for (const auto& one : value["scores"].asList()) out.scores.push_back(one["name"].asText());
  out.undo = value["undo"].asBool();
  out.redo = value["redo"].asBool();
  return out;
}

QString sayPartOf(std::string_view split) {
  if (split == "train") return QCoreApplication::translate("gallery", "Training");
  if (split == "validation") return QCoreApplication::translate("gallery", "Validation");
  if (split == "test") return QCoreApplication::translate("gallery", "Test");
  return QCoreApplication::translate("gallery", "No part");
}

QString sayClasses(std::int64_t n) {
  if (n == 0) return QCoreApplication::translate("gallery", "no classes");
  if (n == 1) return QCoreApplication::translate("gallery", "one class");
  return QCoreApplication::translate("gallery", "%1 classes").arg(QLocale{}.toString(qlonglong{n}));
}

QString sayAuthor(std::string_view author) {
  if (author == "import") return QCoreApplication::translate("gallery", "Import");
  if (author.starts_with("person:")) return fromUtf8(author.substr(7));
  if (author.starts_with("model:")) return QCoreApplication::translate("gallery", "Model %1").arg(fromUtf8(author.substr(6, 8)));
  return author.empty() ? QCoreApplication::translate("gallery", "Unknown") : fromUtf8(author);
}

QString sayScore(std::string_view name) {
  if (name == "uncertainty") return QCoreApplication::translate("gallery", "Uncertainty");
  if (name == "suspect") return QCoreApplication::translate("gallery", "Suspect label");
  if (name == "outlier" || name == "odd") return QCoreApplication::translate("gallery", "Unlike the others");
  if (name == "duplicate") return QCoreApplication::translate("gallery", "Near-duplicate");
  return fromUtf8(name);
}

std::string thisPerson() {
  for (const auto* name : {"USER", "LOGNAME"})
    if (const auto user = qEnvironmentVariable(name); !user.isEmpty()) return "person:" + toUtf8(user);
  if (const auto* entry = ::getpwuid(::geteuid())) return std::string{"person:"} + entry->pw_name;
  return "person:somebody";
}

}  // namespace patchbay::widgets
