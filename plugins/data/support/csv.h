// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace patchbay::blocks {

/// Rows of cells. Reads RFC 4180 quoting; comma, semicolon, tab or runs of blanks between cells; with or without BOM.
struct CsvTable {
  std::vector<std::vector<std::string>> rows;
  char delimiter = ',';  ///< ' ' stands for runs of blanks.
};
/// `delimiter` 0: the one among tab, semicolon, comma, blanks that gives the most even rows. BadInput names the line of an
/// unclosed quote.
Result<CsvTable> parseCsv(std::string_view text, char delimiter = 0);

}  // namespace patchbay::blocks
