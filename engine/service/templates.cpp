// SPDX-License-Identifier: Apache-2.0
#include "engine/service/templates.h"

#include <algorithm>

#include "engine/base/file.h"
#include "engine/base/resources.h"
#include "engine/block/schema.h"

namespace patchbay {
namespace {

/// {sample:NAME} at the start of any text becomes the sample's folder.
Result<Value> withSamples(const Value& value) {
  if (value.isList()) {
    Value out{Value::List{}};
    for (const auto& v : value.asList()) {
      PB_TRY(auto one, withSamples(v));
      out.push(std::move(one));
    }
    return out;
  }
  if (value.isMap()) {
    Value out{Value::Map{}};
    for (const auto& [key, v] : value.asMap()) {
      PB_TRY(out[key], withSamples(v));
    }
    return out;
  }
  constexpr std::string_view mark = "{sample:";
  const auto& text = value.asText();
  const auto end = text.find('}');
  if (!text.starts_with(mark) || end == std::string::npos) return value;
  PB_TRY(const auto folder, sampleFolder(std::string_view{text}.substr(mark.size(), end - mark.size())));
  return pathToValue(folder.native() + text.substr(end + 1));
}

}  // namespace

Result<std::vector<TemplateInfo>> listTemplates() {
  std::vector<TemplateInfo> out;
  std::error_code ec;
  for (std::filesystem::directory_iterator it{resourceFolder() / "templates", ec}, end; !ec && it != end; it.increment(ec)) {
    if (it->path().extension() != ".json") continue;
    PB_TRY(const auto text, readFile(it->path()));
    PB_TRY(const auto document, parseJson(text));
    const auto& about = document["template"];
    out.push_back({it->path().stem().native(), document["title"].asText(), document["description"].asText(), about["task"].asText(),
                   about["needs"].asText(), about["time"].asText(), it->path()});
  }
  std::ranges::sort(out, {}, &TemplateInfo::name);
  return out;
}

Result<Value> openTemplate(std::string_view name) {
  PB_TRY(const auto all, listTemplates());
  std::vector<std::string> names;
  for (const auto& t : all) {
    names.push_back(t.name);
    if (t.name != name) continue;
    PB_TRY(const auto text, readFile(t.file));
    PB_TRY(auto document, parseJson(text));
    document.map().erase("template");
    return withSamples(document);
  }
  const auto near = nearest(name, names);
  return fail(ErrorKind::NotFound, "template.missing",
              TR("error", "There is no pipeline file and no template \"{name}\".").with("name", displayText(name)),
              near.empty() ? TR("error", "`patchbay templates` lists the templates.")
                           : TR("error", "Did you mean \"{name}\"? `patchbay templates` lists all.").with("name", near));
}

}  // namespace patchbay
