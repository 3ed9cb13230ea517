// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/net/tensor.h"

// Little-endian bytes of tensor files to floats and back; shared by the readers of this folder.
namespace patchbay::net {

/// Requires bytes.size() to be a multiple of byteSize(dtype).
std::vector<float> decodeElements(DType dtype, std::string_view bytes);
/// Appends the values in the storage type; integers are rounded and clamped.
void encodeElements(DType dtype, std::span<const float> values, std::string& out);

}  // namespace patchbay::net
