// SPDX-License-Identifier: Apache-2.0
#include "engine/block/context.h"

namespace patchbay {

Result<std::filesystem::path> RunContext::exportFolder(std::string_view name, const std::filesystem::path&) {
  return fail(ErrorKind::Unsupported, "context.export",
              TR("context", "\"{name}\" cannot be exported from here: nothing may be written outside.").with("name", displayText(name)),
              TR("context", "Run the pipeline with `patchbay run`."), std::string{name});
}

}  // namespace patchbay
