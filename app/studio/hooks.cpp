// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/hooks.h"

namespace patchbay::studio {

Hooks makeHooks() { return {}; }

}  // namespace patchbay::studio
