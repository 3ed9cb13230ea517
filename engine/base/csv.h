// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace patchbay {

/// A cell as RFC 4180 wants it, fit for showing; one that a spreadsheet would take for a formula gets a leading apostrophe.
std::string csvCell(std::string_view text);

}  // namespace patchbay
