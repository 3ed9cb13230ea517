// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "engine/graph/validate.h"
#include "tests/support/random_document.h"

namespace patchbay {
namespace {

/// Every member of `part` is in `whole`, lists index by index; numbers and unknown values exactly.
bool contains(const Value& whole, const Value& part) {
  if (part.isMap() && whole.isMap()) {
    for (const auto& [key, value] : part.asMap())
      if (!whole.contains(key) || !contains(whole[key], value)) return false;
    return true;
  }
  if (part.isList() && whole.isList()) {
    if (part.asList().size() != whole.asList().size()) return false;
    for (std::size_t i = 0; i < part.asList().size(); ++i)
      if (!contains(whole.asList()[i], part.asList()[i])) return false;
    return true;
  }
  return whole == part;
}

RC_GTEST_PROP(DocumentProperty, SavingKeepsEveryUnknownAndIsIdempotent, ()) {
  const auto file = test::foreignFile();
  const auto document = Document::fromValue(file);
  RC_ASSERT(document.has_value());
  const auto once = document->toJson();
  const auto again = Document::parse(once);
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->toJson() == once);
  RC_ASSERT(contains(*parseJson(once), file));
}

RC_GTEST_PROP(DocumentProperty, ValidatingAnyJsonEnds, ()) {
  static const auto catalogue = test::catalogue();
  auto value = *test::anyValue(4);
  if (value.isMap()) value["version"] = 1;
  if (const auto document = Document::fromValue(value)) {
    validate(*document, catalogue);
    RC_ASSERT(Document::parse(document->toJson())->toJson() == document->toJson());
  }
  const auto document = Document::fromValue(test::foreignFile());
  RC_ASSERT(document.has_value());
  for (const auto& p : validate(*document, catalogue)) {
    RC_ASSERT(!p.code.empty());
    RC_ASSERT(!p.cause.empty());
    RC_ASSERT(!p.hint.empty());
  }
}

RC_GTEST_PROP(DocumentProperty, RandomGoodPipelinesAreValid, ()) {
  static const auto catalogue = test::catalogue();
  const auto problems = validate(test::validDocument(), catalogue);
  RC_ASSERT(toError(problems).cause.empty());
}

}  // namespace
}  // namespace patchbay
