// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/catalogue.h"
#include "engine/graph/document.h"

namespace patchbay::widgets {

/// MIME type of a block that is dragged onto the canvas; the data is its id in UTF-8.
inline constexpr char blockMimeType[] = "application/x-patchbay-block";

/// A port that a new block is to be linked to.
struct PortFilter {
  std::string type;
  int typeVersion = 1;
  bool fromOutput = true;  ///< True: the new block needs a fitting input. False: a fitting output.
  bool operator==(const PortFilter&) const = default;
};
/// The filter for a port of a block in the document; nothing when block or port are not known. Ports of one key on both sides
/// (a model in, a model out) are told apart by `fromOutput`.
std::optional<PortFilter> portFilter(const Document& document, const Catalogue& catalogue, const PortRef& port, bool fromOutput);
bool fits(const Schema& schema, const PortFilter& filter);

/// One block found by a search.
struct BlockHit {
  const Schema* schema = nullptr;
  double score = 0;             ///< Greater is better.
  std::vector<int> titleMarks;  ///< Characters of the shown title that matched, rising.
};

/// How well `query` is found in `text`, 0 = not at all: its characters in order, better at word starts, in runs and near the
/// beginning; case and accents do not matter. Several words must all be found. Marks are the positions in `text`.
double fuzzyScore(const QString& query, const QString& text, std::vector<int>* marks = nullptr);

/// Blocks that fit the filter and match the query over title, summary, id and category, in the program's language and in
/// English; the best first, equal ones by `recent` (most recent first), category and title. An empty query finds all.
std::vector<BlockHit> findBlocks(const Catalogue& catalogue, const QString& query, const std::optional<PortFilter>& filter = {},
                                 const std::vector<std::string>& recent = {});

/// "Data", "Backbone", ... in the program's language.
QString categoryTitle(Category category);

/// The blocks added last, most recent first, kept in QSettings under "palette/recent".
std::vector<std::string> recentBlocks();
void rememberBlock(const std::string& type);

}  // namespace patchbay::widgets
