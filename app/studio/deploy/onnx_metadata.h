// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <string>
#include <string_view>

namespace patchbay::studio {

/// The metadata_props of an ONNX file: field 14 of ModelProto, pairs of key and value. Passes over everything else unread, so that the
/// Studio needs no ONNX library; what is cut off or is no such file gives what was found before.
std::map<std::string, std::string> onnxMetadata(std::string_view model);

}  // namespace patchbay::studio
