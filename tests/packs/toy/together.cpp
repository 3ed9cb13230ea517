// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "engine/base/file.h"
#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace {

enum class Way : std::uint8_t { Meet, Crash, Fail, Wait };

/// Several processes that meet in a folder: each leaves a word there and waits for those of the others.
struct Together final : Block {
  In<TextValue> in{this, {.key = "text", .label = TR("toy", "Text"), .help = TR("toy", "What every process reads.")}};
  Out<TextValue> out{this, {.key = "words", .label = TR("toy", "Words"), .help = TR("toy", "A line of each process.")}};
  Param<std::int64_t> ranks{
      this, {.key = "ranks", .label = TR("toy", "Processes"), .help = TR("toy", "How many."), .def = 2, .min = 1, .max = 8}};
  Param<Way> way{this,
                 {.key = "way",
                  .label = TR("toy", "Way"),
                  .help = TR("toy", "What the last process does."),
                  .def = Way::Meet,
                  .choices = {{Way::Meet, "meet", TR("toy", "Meet the others")},
                              {Way::Crash, "crash", TR("toy", "Be killed")},
                              {Way::Fail, "fail", TR("toy", "Return an error")},
                              {Way::Wait, "wait", TR("toy", "Wait until stopped")}}}};

  Result<> run(RunContext& ctx) const override {
    const char* const given = std::getenv("PATCHBAY_RANK");
    const int rank = given ? std::atoi(given) : 0;
    const bool last = rank == *ranks - 1;
    PB_TRY(const auto text, in.read(ctx));
    const auto folder = ctx.baseFolder() / "meeting";
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
    PB_CHECK(writeFileAtomically(folder / std::to_string(rank), text.text + " " + std::to_string(ctx.threads()) + "\n"));
    if (last && *way == Way::Crash) ::raise(SIGKILL);
    if (last && *way == Way::Fail)
      return fail(ErrorKind::BadInput, "toy.fail", TR("toy", "It failed on purpose."), TR("toy", "Choose another way."));
    TextValue words;
    for (std::int64_t other = 0; other < *ranks || *way == Way::Wait;) {
      if (ctx.stop() == Stop::Cancel)
        return fail(ErrorKind::Cancelled, "cancelled", TR("toy", "Cancelled."), TR("toy", "Run again to go on."));
      const auto said = readFile(folder / std::to_string(other), 1000);
      if (said && other < *ranks) words.text += *said, ++other;
      // What a broken connection tells blocks that train.
      else if ((*way == Way::Crash || *way == Way::Fail) && !last && other == *ranks) break;
      else std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    if (*way == Way::Crash || *way == Way::Fail)
      return fail(ErrorKind::Crashed, "ranks.lost", TR("toy", "Another process has gone."), TR("toy", "Run again."));
    return rank == 0 ? out.write(ctx, words) : Result<>{};
  }
};

}  // namespace

PATCHBAY_BLOCK(toy_together, Together,
               {.id = "toy.together", .title = TR("toy", "Together"), .summary = TR("toy", "Several processes that meet.")})
}  // namespace patchbay::blocks
