// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/block_names.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

/// Gives the sentences of this file a context that lupdate finds.
struct Names {
  Q_DECLARE_TR_FUNCTIONS(names)
};

/// The number of "probe_2".
std::string_view numberOf(std::string_view name) {
  const auto at = name.rfind('_');
  if (at == std::string_view::npos || at + 1 == name.size() || name.find_first_not_of("0123456789", at + 1) != std::string_view::npos)
    return {};
  return name.substr(at + 1);
}

/// Names of blocks have no brackets, so the values of loops can be cut off.
std::string_view blockOf(std::string_view step) { return step.substr(0, step.find('[')); }

QString sayAxis(const QString& axis, const QString& value) {
  if (axis == QLatin1String{"seed"}) return Names::tr("seed %1").arg(value);
  if (axis == QLatin1String{"fold"}) return Names::tr("fold %1").arg(value);
  return Names::tr("%1 %2", "variable of a loop and its value").arg(axis, value);
}

}  // namespace

QString blockTitle(std::string_view title, std::string_view name, std::string_view type, const Catalogue& catalogue) {
  if (!title.empty()) return sayWritten(title);
  const auto* schema = catalogue.find(type);
  if (!schema) return fromUtf8(name);
  const auto words = say(schema->info.title), number = fromUtf8(numberOf(name));
  return number.isEmpty() ? words : Names::tr("%1 %2", "title of a block and its number").arg(words, number);
}

QString sayPass(std::string_view step) {
  const auto open = step.find('[');
  if (open == std::string_view::npos || !step.ends_with(']')) return {};
  const auto inside = fromUtf8(step.substr(open + 1, step.size() - open - 2));
  // A value may hold commas: only one before "name=" ends it.
  static const QRegularExpression between{QStringLiteral(",(?=[\\w-]+=)"), QRegularExpression::UseUnicodePropertiesOption};
  QStringList words;
  for (const auto& part : inside.split(between)) {
    const auto equals = part.indexOf(QLatin1Char('='));
    words << (equals < 0 ? part : sayAxis(part.left(equals), part.mid(equals + 1)));
  }
  return words.join(Names::tr(", ", "between the variables of a pass"));
}

BlockNames::BlockNames(const Document& document) {
  for (const auto& node : document.nodes()) blocks_[node.name] = {node.title, node.type};
  findAlike();
}

BlockNames BlockNames::ofRun(const Value& document) {
  BlockNames out;
  for (const auto& node : document["nodes"].asList()) out.blocks_[node["name"].asText()] = {node["title"].asText(), node["type"].asText()};
  out.findAlike();
  return out;
}

void BlockNames::findAlike() {
  std::map<std::pair<std::string, std::string>, int> count;  // Of titles, or of types and numbers.
  const auto key = [](const auto& entry) {
    const auto& [name, block] = entry;
    return block.title.empty() ? std::pair{block.type, std::string{numberOf(name)}} : std::pair{std::string{}, block.title};
  };
  for (const auto& entry : blocks_) ++count[key(entry)];
  for (auto& entry : blocks_) entry.second.alike = count[key(entry)] > 1;
}

QString BlockNames::say(std::string_view name, const Catalogue& catalogue) const {
  const auto block = blockOf(name);
  const auto found = blocks_.find(block);
  auto title = found == blocks_.end() ? fromUtf8(block) : blockTitle(found->second.title, block, found->second.type, catalogue);
  if (found != blocks_.end() && found->second.alike) title = Names::tr("%1 (%2)", "title and name of a block").arg(title, fromUtf8(block));
  const auto pass = sayPass(name);
  return pass.isEmpty() ? title : Names::tr("%1, %2", "block and pass of its loop").arg(title, pass);
}

std::pair<std::string, std::string> BlockNames::splitMetric(const std::string& name) {
  // The values of loops may hold dots, the names of figures do not.
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? std::pair{std::string{}, name} : std::pair{name.substr(0, dot), name.substr(dot + 1)};
}

QString BlockNames::say(Text text, const Catalogue& catalogue) const {
  for (auto& [key, value] : text.args) {
    if (key == "blocks") {
      auto all = fromUtf8(value).split(QStringLiteral(" -> "));
      for (auto& one : all)
        if (blocks_.contains(blockOf(toUtf8(one)))) one = say(std::string_view{toUtf8(one)}, catalogue);
      value = toUtf8(all.join(QStringLiteral(" → ")));
    } else if (key == "block" || key == "from" || key == "step") {
      if (blocks_.contains(blockOf(value))) value = toUtf8(say(std::string_view{value}, catalogue));
    }
  }
  return widgets::say(text);
}

QString BlockNames::say(const Error& error, const Catalogue& catalogue) const {
  const auto cause = say(error.cause, catalogue), hint = say(error.hint, catalogue);
  return hint.isEmpty() ? cause : cause + QStringLiteral(" ") + hint;
}

QString BlockNames::sayParam(std::string_view name, std::string_view param, const Catalogue& catalogue) const {
  const auto found = blocks_.find(blockOf(name));
  const auto* schema = found == blocks_.end() ? nullptr : catalogue.find(found->second.type);
  const auto* info = schema ? schema->param(param) : nullptr;
  return info && !info->label.empty() ? widgets::say(info->label) : fromUtf8(param);
}

}  // namespace patchbay::widgets
