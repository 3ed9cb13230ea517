// SPDX-License-Identifier: Apache-2.0
#include "engine/store/migrations/migrations.h"

namespace patchbay {

const Migration migration003{"proven sources", R"sql(
-- Of a file whose bytes were read while it looked like this; NULL: it was only seen.
ALTER TABLE sources ADD COLUMN ctime_ns INTEGER;
)sql"};

}  // namespace patchbay
