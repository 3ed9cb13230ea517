// SPDX-License-Identifier: Apache-2.0
#include "plugins/data/support/csv.h"

#include <map>

namespace patchbay::blocks {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }

/// How often each number of cells occurs in the first lines; quotes are respected only roughly here.
char guessDelimiter(std::string_view text) {
  char best = ',';
  std::size_t bestScore = 0;
  for (const char candidate : {'\t', ';', ',', ' '}) {
    std::map<std::size_t, std::size_t> linesByCells;
    std::size_t cells = 1, lines = 0;
    bool quoted = false, inCell = false;
    for (std::size_t i = 0; i <= text.size() && lines < 50; ++i) {
      if (i == text.size() || (text[i] == '\n' && !quoted)) {
        if (inCell) ++linesByCells[cells], ++lines;
        cells = 1;
        inCell = false;
        continue;
      }
      if (text[i] == '"') quoted = !quoted;
      const bool cut = !quoted && (candidate == ' ' ? isBlank(text[i]) && inCell && i + 1 < text.size() && !isBlank(text[i + 1]) &&
                                                          text[i + 1] != '\n' && text[i + 1] != '\r'
                                                    : text[i] == candidate);
      if (cut) ++cells;
      if (!isBlank(text[i]) && text[i] != '\r') inCell = true;
    }
    for (const auto& [n, count] : linesByCells)
      if (n > 1 && count * 100 + (candidate == ' ' ? 0 : 1) > bestScore) {
        bestScore = count * 100 + (candidate == ' ' ? 0 : 1);
        best = candidate;
      }
  }
  return best;
}

}  // namespace

Result<CsvTable> parseCsv(std::string_view text, char delimiter) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvTable table{{}, delimiter ? delimiter : guessDelimiter(text)};
  const bool blanks = table.delimiter == ' ';
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false, wasQuoted = false;
  std::size_t line = 1, quoteLine = 0;
  const auto endCell = [&] {
    if (!blanks || !cell.empty() || wasQuoted) row.push_back(std::move(cell));
    cell.clear();
    wasQuoted = false;
  };
  const auto endRow = [&] {
    endCell();
    if (row.size() > 1 || (row.size() == 1 && !row[0].empty())) table.rows.push_back(std::move(row));
    row.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') cell += text[++i];
      else if (c == '"') quoted = false;
      else cell += c;
    } else if (c == '"' && cell.empty()) {
      quoted = wasQuoted = true;
      quoteLine = line;
    } else if (c == '\n') {
      endRow();
    } else if (c == '\r') {
      // Part of the line end.
    } else if (blanks ? isBlank(c) : c == table.delimiter) {
      endCell();
    } else {
      cell += c;
    }
    line += c == '\n';
  }
  if (quoted)
    return fail(ErrorKind::BadInput, "csv.quote",
                TR("data", "The quotation mark opened in line {line} is never closed.").with("line", static_cast<std::int64_t>(quoteLine)),
                TR("data", "Correct that line of the table."));
  endRow();
  return table;
}

}  // namespace patchbay::blocks
