// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "engine/graph/catalogue.h"

namespace patchbay::studio {

/// The blocks installed with the program, without an engine; kept in the user's cache, so that it takes milliseconds unless
/// a pack has changed. Belongs in a thread.
Result<Catalogue> readInstalledCatalogue();

}  // namespace patchbay::studio
