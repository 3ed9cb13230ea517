// SPDX-License-Identifier: Apache-2.0
// Shared by the formats that are JSON; not part of the public interface.
#pragma once
#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "engine/formats/format.h"

namespace patchbay::formats {

using Json = simdjson::dom::element;

/// A parsed file; elements live as long as this.
class JsonFile {
 public:
  /// Nothing when the file cannot be read; why is in the report, under the file's name. NaN and Infinity, which Python
  /// writes, become what no reader takes for a number.
  static std::optional<JsonFile> open(const Source& source, std::string_view name, Report& report);
  static std::optional<JsonFile> parse(std::string_view text, std::string_view name, Report& report);
  Json root() const { return root_; }

 private:
  std::unique_ptr<simdjson::dom::parser> parser_ = std::make_unique<simdjson::dom::parser>();
  Json root_;
};

/// Members and their kinds; nothing for whatever is not what was asked for.
std::optional<Json> member(Json object, std::string_view key);
std::optional<double> number(Json element);
std::optional<double> numberOf(Json object, std::string_view key);
std::optional<std::int64_t> integerOf(Json object, std::string_view key);  ///< 3.0 too, and "3".
std::string_view textOf(Json object, std::string_view key);
bool truthOf(Json object, std::string_view key);
std::optional<simdjson::dom::array> arrayOf(Json object, std::string_view key);
/// All numbers of a list; nothing when one of them is none.
std::optional<std::vector<float>> numbers(Json list);
/// A list of texts, whole numbers and such lists; other members are left out.
Value listValue(Json list);
/// A scalar as an attribute's text; empty for lists and objects.
std::string scalarText(Json element);

}  // namespace patchbay::formats
