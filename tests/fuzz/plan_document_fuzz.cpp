// SPDX-License-Identifier: Apache-2.0
// Any bytes as a pipeline file: reading, saving, checking and planning never crash, and saving is idempotent.
#include <cstdlib>

#include "engine/plan/make_plan.h"
#include "tests/support/test_blocks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace patchbay;
  static const auto catalogue = test::catalogue();
  const auto document = Document::parse({reinterpret_cast<const char*>(data), size});
  if (!document) return describe(document.error()).empty() ? std::abort(), 0 : 0;
  const auto saved = document->toJson();
  const auto again = Document::parse(saved);
  if (!again || again->toJson() != saved) std::abort();
  const auto out = makePlan(*document, catalogue, {.to = document->description, .sets = {document->title}});
  if (out.plan.has_value() == hasErrors(out.problems)) std::abort();
  if (out.plan) {
    const auto value = toValue(*out.plan);
    const auto back = planFromValue(value);
    if (!back || toJson(toValue(*back)) != toJson(value)) std::abort();
  }
  return 0;
}
