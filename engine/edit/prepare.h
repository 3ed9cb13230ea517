// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "engine/edit/change.h"

namespace patchbay::edit {

/// One change as a person means it, or several of one kind, checked and written out: what it takes along comes as changes
/// before it, ids and names are filled in, what would change nothing is left out.
Result<std::vector<Change>> prepare(const Document& document, std::vector<Change> run);

}  // namespace patchbay::edit
