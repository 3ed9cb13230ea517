// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace revision_cpp {

bool suggested(const Annotation& annotation) { return annotation.author.starts_with("model:"); }

struct Revision final : Block {
  Out<Dataset> data{this,
                    {.key = "data", .label = TR("block", "Data"), .help = TR("block", "The pictures of the project with their labels.")}};

  // The engine replaces what stands here by the digest of that revision when it plans: a worker sees no project.
  Param<std::string> revision{this,
                              {.key = "revision",
                               .label = TR("block", "Revision"),
                               .help = TR("block", "\"newest\", or a revision's name, number or id: then it stays what it is."),
                               .def = "newest"}};
  Param<bool> suggestions{this,
                          {.key = "suggestions",
                           .label = TR("block", "With suggestions"),
                           .help = TR("block", "Takes what models suggested as well, not only what people and imports said."),
                           .def = false}};

  Result<> run(RunContext& ctx) const override {
    const auto digest = Digest::parse(*revision);
    if (!digest)
      return fail(ErrorKind::InvalidPipeline, "revision.unresolved",
                  TR("block", "This block takes the data of a project, and there is none here."),
                  TR("block", "Run the pipeline in a project; to work with files, use Picture folder or Picture table."), "revision");
    PB_TRY(auto value, PortValue::load(ctx.objects(), *digest));
    PB_TRY(const auto set, Dataset::load(ctx.objects(), value));
    if (set.size() == 0)
      return fail(ErrorKind::BadInput, "revision.empty", TR("block", "There are no pictures in this revision."),
                  TR("block", "Import pictures into the project, or choose another revision."), "revision");
    PB_TRY(const bool some, hasSuggestions(ctx, set));
    if (*suggestions || !some) {
      data.pass(ctx, std::move(value));
      return {};
    }
    PB_TRY(const auto said, set.mapped(ctx.objects(), set.info(), [](Item& item) -> Result<> {
      std::erase_if(item.annotations, suggested);
      return {};
    }));
    return data.write(ctx, said);
  }

  static Result<bool> hasSuggestions(RunContext& ctx, const Dataset& set) {
    for (std::size_t i = 0; i < set.chunkCount(); ++i) {
      if (ctx.stopRequested())
        return fail(ErrorKind::Cancelled, "revision.cancelled", TR("block", "The run was cancelled."), TR("block", "Run it again."));
      PB_TRY(const auto items, set.chunk(ctx.objects(), i));
      for (const auto& item : items)
        if (std::ranges::any_of(item.annotations, suggested)) return true;
    }
    return false;
  }
};

}  // namespace revision_cpp

PATCHBAY_BLOCK(data_revision, revision_cpp::Revision,
               {.id = "patchbay.data.revision",
                .title = TR("block", "Data set"),
                .summary = TR("block", "The pictures of this project as they are now, or as they were in a revision."),
                .category = Category::Data})
}  // namespace patchbay::blocks
