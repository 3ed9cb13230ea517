// SPDX-License-Identifier: Apache-2.0
#include "plugins/support/figures.h"

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace figures_cpp {

enum class Which : std::uint8_t { Confusion, Roc, PrecisionRecall, Calibration };

struct Figures final : Block {
  In<Report> report{this, {.key = "report", .label = TR("block", "Report"), .help = TR("block", "Of an Evaluate block.")}};
  Out<Figure> figure{this, {.key = "figure", .label = TR("block", "Figure"), .help = TR("block", "The drawing, as SVG.")}};

  Param<Which> which{this,
                     {.key = "which",
                      .label = TR("block", "Figure"),
                      .help = TR("block", "What is drawn. Curves are of the positive class, or of each class where there are more."),
                      .def = Which::Confusion,
                      .choices = {{Which::Confusion, "confusion", TR("block", "Confusion matrix")},
                                  {Which::Roc, "roc", TR("block", "ROC curve")},
                                  {Which::PrecisionRecall, "precision_recall", TR("block", "Precision and recall")},
                                  {Which::Calibration, "calibration", TR("block", "Calibration")}}}};

  Result<> run(RunContext& ctx) const override {
    PB_TRY(const auto read, report.read(ctx));
    struct Drawing {
      const char* title;
      std::string (*draw)(const Value&);
    };
    const auto drawing = *which == Which::Confusion         ? Drawing{"Confusion matrix", confusionSvg}
                         : *which == Which::Roc             ? Drawing{"ROC curve", rocSvg}
                         : *which == Which::PrecisionRecall ? Drawing{"Precision and recall", precisionRecallSvg}
                                                            : Drawing{"Calibration", calibrationSvg};
    auto svg = drawing.draw(read.body);
    if (svg.empty())
      return fail(ErrorKind::BadInput, "figures.none", TR("block", "The report holds nothing to draw this figure from."),
                  TR("block", "Connect the report of an Evaluate block whose test part has every class, or choose another figure."),
                  "which");
    return figure.write(ctx, {.format = "svg", .title = drawing.title, .bytes = std::move(svg)});
  }
};

}  // namespace figures_cpp

PATCHBAY_BLOCK(evaluate_figures, figures_cpp::Figures,
               {.id = "patchbay.evaluate.figures",
                .title = TR("block", "Figure"),
                .summary = TR("block", "Draws the confusion matrix, ROC, precision-recall or calibration curve of an evaluation."),
                .category = Category::Evaluate})
}  // namespace patchbay::blocks
