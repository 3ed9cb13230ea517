// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/value.h"

namespace patchbay {

/// A sample pipeline of resources/templates: a document whose "template" field says what it is for.
struct TemplateInfo {
  std::string name;  ///< "solar-cells"
  std::string title;
  std::string description;
  std::string task;   ///< "Classify pictures"
  std::string needs;  ///< What the user must bring.
  std::string time;   ///< "about 8 min on two cores"
  std::filesystem::path file;
};

/// All installed templates, by name.
Result<std::vector<TemplateInfo>> listTemplates();
/// The template as a document of its own: the "template" field is gone, {sample:NAME} at the start of a text stands for the
/// folder of that sample. NotFound names the nearest template, or says how to get the sample.
Result<Value> openTemplate(std::string_view name);

}  // namespace patchbay
