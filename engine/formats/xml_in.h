// SPDX-License-Identifier: Apache-2.0
// Shared by the formats that are XML; not part of the public interface.
#pragma once
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "engine/formats/format.h"

namespace patchbay::formats {

/// Nothing when the file is no whole XML; why is in the report. pugixml knows no entities of a document's own, so that none can
/// grow or read files.
std::unique_ptr<pugi::xml_document> openXml(const Source& source, std::string_view name, Report& report);
std::unique_ptr<pugi::xml_document> parseXml(std::string_view text, std::string_view name, Report& report);
/// A finite number, blanks around it allowed.
std::optional<float> numberIn(std::string_view text);
/// Text with what XML cannot have taken out, for text and attributes.
std::string xmlText(std::string_view text);
/// As people expect it: 12, 12.5.
std::string shortNumber(double v);

}  // namespace patchbay::formats
