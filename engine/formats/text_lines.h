// SPDX-License-Identifier: Apache-2.0
// Shared by the formats made of lines; not part of the public interface.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/formats/format.h"

namespace patchbay::formats {

/// Lines without their ends; a byte order mark and blanks at the ends of lines are dropped.
std::vector<std::string_view> linesOf(std::string_view text);
/// Cut at runs of blanks.
std::vector<std::string_view> wordsOf(std::string_view line);

/// The little of YAML that data.yaml of YOLO is: scalars, lists in brackets or with dashes, and maps of scalars, in block or
/// flow form. A value is text, a list of texts or a map of texts; what cannot be read is left out.
Value parseSmallYaml(std::string_view text);
/// As a YAML scalar in double quotes.
std::string yamlText(std::string_view text);

}  // namespace patchbay::formats
