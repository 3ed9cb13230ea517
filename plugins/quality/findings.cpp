// SPDX-License-Identifier: Apache-2.0
#include "plugins/quality/support/findings.h"

#include "engine/block/block.h"

namespace patchbay::blocks {
namespace findings_cpp {

struct Findings final : Block {
  InList<Report> reports{this,
                         {.key = "reports",
                          .label = TR("block", "Reports"),
                          .help = TR("block", "Of \"Suspect labels\", \"Near-duplicates\", \"Check labels\" and \"Unlike your data\".")}};
  Out<Report> report{
      this, {.key = "report", .label = TR("block", "Findings"), .help = TR("block", "All that should be looked at, in one list.")}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto all, reports.read(ctx));
    std::size_t left = 0;
    const auto joined = joinedReports(all, left);
    if (left > 0) ctx.log(LogLevel::Warning, std::to_string(left) + " report(s) are not about the quality of the data and are left out.");
    return report.write(ctx, joined);
  }
};

}  // namespace findings_cpp

PATCHBAY_BLOCK(quality_findings, findings_cpp::Findings,
               {.id = "patchbay.quality.findings",
                .title = TR("block", "Findings"),
                .summary = TR("block", "Joins what several blocks found in the data into one report to work through."),
                .category = Category::Evaluate})
}  // namespace patchbay::blocks
