// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace patchbay::cli {

/// Texts in one of the languages of share/patchbay/words, which the build makes from translations/.
class Translation {
 public:
  /// "en", or "zh_CN". Usage for a language there is none for.
  static Result<Translation> of(const std::string& language);
  /// With its arguments filled in; in English where it is not translated.
  std::string operator()(const Text& text) const;
  /// As HTML names it: "en", "zh-CN".
  const std::string& tag() const { return tag_; }

 private:
  std::string tag_;
  Value words_{Value::Map{}};  ///< {context: {source: translation}}
};

}  // namespace patchbay::cli
