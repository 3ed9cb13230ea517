// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace patchbay::net {

/// The entries of a zip archive that stores them uncompressed, as torch.save does; views into `bytes`. Refuses compression,
/// encryption, zip64, several disks, two entries of one name, entries outside the file, and contents that do not match
/// their CRC-32.
Result<std::map<std::string, std::string_view>> listStoredZip(std::string_view bytes);

}  // namespace patchbay::net
