// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/block_filter.h"

#include <QCoreApplication>
#include <QSettings>
#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/base/say.h"

namespace patchbay::widgets {

namespace {

constexpr auto recentKey = "palette/recent";
constexpr std::size_t mostRecent = 8;

/// Lower case without accents, character by character, so that positions stay those of the text.
QString folded(const QString& text) {
  QString out{text};
  for (auto& c : out) {
    const auto parts = QString{c}.normalized(QString::NormalizationForm_D);
    c = (parts.isEmpty() ? c : parts[0]).toLower();
  }
  return out;
}

bool startsWord(const QString& text, int at) {
  if (at == 0) return true;
  const auto before = text[at - 1], now = text[at];
  if (!before.isLetterOrNumber()) return true;
  return (before.isLower() && now.isUpper()) || (before.isDigit() != now.isDigit());
}

/// One word in a text. Whole substrings count most, then characters in order that begin words or follow one another.
double wordScore(const QString& word, const QString& text, const QString& plain, std::vector<int>& marks) {
  qsizetype whole = -1;
  for (auto at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
    if (whole < 0) whole = at;
    if (startsWord(text, static_cast<int>(at))) {
      whole = at;
      break;
    }
  }
  if (whole >= 0) {
    for (int i = 0; i < word.size(); ++i) marks.push_back(static_cast<int>(whole) + i);
    const double cover = static_cast<double>(word.size()) / static_cast<double>(plain.size());
    return (startsWord(text, static_cast<int>(whole)) ? 2.0 : 1.4) + cover + (whole == 0 ? 0.5 : 0);
  }
  double score = 0;
  int last = -2;
  std::vector<int> at;
  for (const auto c : word) {
    // The next start of a word with this character, else the next character.
    int found = -1;
    for (int i = last < 0 ? 0 : last + 1; i < plain.size(); ++i) {
      if (plain[i] != c) continue;
      if (found < 0) found = i;
      if (i == last + 1 || startsWord(text, i)) {
        found = i;
        break;
      }
    }
    if (found < 0) return 0;
    score += found == last + 1 ? 0.8 : startsWord(text, found) ? 1.0 : 0.1;
    last = found;
    at.push_back(found);
  }
  score /= static_cast<double>(word.size());
  // Characters scattered over a long text are chance, not a match.
  const double spread = static_cast<double>(at.back() - at.front() + 1) / static_cast<double>(word.size());
  if (score < 0.55 || (word.size() > 1 && spread > 6)) return 0;
  marks.insert(marks.end(), at.begin(), at.end());
  return score;
}

/// Whether some word of the text begins with `word`.
bool beginsWord(const QString& text, const QString& word) {
  const auto plain = folded(text);
  for (auto at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
    if (startsWord(text, static_cast<int>(at))) return true;
  return false;
}

/// A block's score: each word of the query has to be found somewhere, wherever it counts most.
double blockScore(const QStringList& words, const Schema& schema, std::vector<int>& titleMarks) {
  const auto title = say(schema.info.title);
  struct Field {
    QString text;
    double weight;
    bool loose;  ///< Characters in order are enough; in sentences words have to begin so.
  };
  const std::array fields{Field{title, 10, true},
                          Field{fromUtf8(render(schema.info.title)), 9, true},
                          Field{fromUtf8(schema.info.id), 4, false},
                          Field{categoryTitle(schema.info.category), 3, false},
                          Field{fromUtf8(toString(schema.info.category)), 3, false},
                          Field{say(schema.info.summary), 2, false},
                          Field{fromUtf8(render(schema.info.summary)), 2, false}};
  double total = 0;
  for (const auto& word : words) {
    double best = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto& field = fields[i];
      std::vector<int> marks;
      if (!field.loose && !beginsWord(field.text, word)) continue;
      const auto score = field.weight * wordScore(word, field.text, folded(field.text), marks);
      if (i == 0) titleMarks.insert(titleMarks.end(), marks.begin(), marks.end());
      best = std::max(best, score);
    }
    if (best <= 0) return 0;
    total += best;
  }
  return total / static_cast<double>(words.size());
}

QStringList wordsOf(const QString& query) { return folded(query).split(QLatin1Char{' '}, Qt::SkipEmptyParts); }

void tidy(std::vector<int>& marks) {
  std::sort(marks.begin(), marks.end());
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
}

}  // namespace

std::optional<PortFilter> portFilter(const Document& document, const Catalogue& catalogue, const PortRef& port, bool fromOutput) {
  const auto* node = document.node(port.node);
  const auto* schema = node ? catalogue.find(node->type) : nullptr;
  if (!schema) return std::nullopt;
  const auto* info = fromOutput ? schema->output(port.port) : schema->input(port.port);
  if (!info) return std::nullopt;
  return PortFilter{info->type, info->typeVersion, fromOutput};
}

bool fits(const Schema& schema, const PortFilter& filter) {
  return std::any_of(schema.ports.begin(), schema.ports.end(), [&](const PortInfo& port) {
    return port.input == filter.fromOutput && port.type == filter.type && port.typeVersion == filter.typeVersion;
  });
}

double fuzzyScore(const QString& query, const QString& text, std::vector<int>* marks) {
  const auto words = wordsOf(query);
  if (words.isEmpty()) return 1;
  const auto plain = folded(text);
  std::vector<int> found;
  double total = 0;
  for (const auto& word : words) {
    const auto score = plain.isEmpty() ? 0 : wordScore(word, text, plain, found);
    if (score <= 0) return 0;
    total += score;
  }
  tidy(found);
  if (marks) *marks = std::move(found);
  return total / static_cast<double>(words.size());
}

std::vector<BlockHit> findBlocks(const Catalogue& catalogue, const QString& query, const std::optional<PortFilter>& filter,
                                 const std::vector<std::string>& recent) {
  const auto words = wordsOf(query);
  std::vector<BlockHit> hits;
  for (const auto& [id, schema] : catalogue.blocks()) {
    if (filter && !fits(schema, *filter)) continue;
    BlockHit hit{&schema, 0, {}};
    hit.score = words.isEmpty() ? 1 : blockScore(words, schema, hit.titleMarks);
    if (hit.score <= 0) continue;
    tidy(hit.titleMarks);
    hits.push_back(std::move(hit));
  }
  const auto recency = [&](const BlockHit& hit) { return std::find(recent.begin(), recent.end(), hit.schema->info.id) - recent.begin(); };
  std::stable_sort(hits.begin(), hits.end(), [&](const BlockHit& a, const BlockHit& b) {
    // Close scores are equal to a person: what was used last decides then.
    if (std::lround(a.score) != std::lround(b.score)) return a.score > b.score;
    if (recency(a) != recency(b)) return recency(a) < recency(b);
    if (a.schema->info.category != b.schema->info.category) return a.schema->info.category < b.schema->info.category;
    return say(a.schema->info.title).localeAwareCompare(say(b.schema->info.title)) < 0;
  });
  return hits;
}

QString categoryTitle(Category category) {
  switch (category) {
    case Category::Data:
      return QCoreApplication::translate("palette", "Data");
    case Category::Backbone:
      return QCoreApplication::translate("palette", "Pretrained networks");
    case Category::Train:
      return QCoreApplication::translate("palette", "Training");
    case Category::Evaluate:
      return QCoreApplication::translate("palette", "Evaluation");
    case Category::Model:
      return QCoreApplication::translate("palette", "Models");
    case Category::Deploy:
      return QCoreApplication::translate("palette", "Deployment");
    case Category::Utility:
      return QCoreApplication::translate("palette", "Tools");
  }
  return {};
}

std::vector<std::string> recentBlocks() {
  std::vector<std::string> out;
  for (const auto& type : QSettings{}.value(QLatin1String{recentKey}).toStringList()) out.push_back(toUtf8(type));
  return out;
}

void rememberBlock(const std::string& type) {
  auto recent = recentBlocks();
  std::erase(recent, type);
  recent.insert(recent.begin(), type);
  if (recent.size() > mostRecent) recent.resize(mostRecent);
  QStringList list;
  for (const auto& one : recent) list << fromUtf8(one);
  QSettings{}.setValue(QLatin1String{recentKey}, list);
}

}  // namespace patchbay::widgets
