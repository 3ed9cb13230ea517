// SPDX-License-Identifier: Apache-2.0
#include "app/cli/translation.h"

#include <algorithm>
#include <cctype>

#include "engine/base/file.h"
#include "engine/base/resources.h"

namespace patchbay::cli {
namespace fs = std::filesystem;

Result<Translation> Translation::of(const std::string& language) {
  Translation out;
  out.tag_ = language;
  std::ranges::replace(out.tag_, '_', '-');
  if (language == "en") return out;
  const bool sound = std::ranges::all_of(language, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
  const auto text = sound ? readFile(resourceFolder() / "words" / (language + ".json"), std::size_t{16} << 20) : fail(Error{});
  if (!text)
    return fail(ErrorKind::Usage, "cli.language",
                TR("cli", "There are no texts in \"{language}\".").with("language", displayText(language)), TR("cli", "Use en or zh_CN."));
  PB_TRY(out.words_, parseJson(*text));
  return out;
}

std::string Translation::operator()(const Text& text) const {
  const auto& known = words_[text.context][text.source];
  return known.isText() ? renderTemplate(known.asText(), text) : render(text);
}

}  // namespace patchbay::cli
