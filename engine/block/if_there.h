// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "engine/base/file.h"

namespace patchbay {

/// Of a picture that may be gone, changed or locked away since it was read in: none when no copy of its bytes can be had. Any other
/// error stays one: when the engine or another machine does not answer, nobody may take that for a missing picture.
Result<std::optional<MappedFile>> ifThere(Result<MappedFile> opened);

}  // namespace patchbay
