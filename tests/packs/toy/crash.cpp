// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <thread>

#include "engine/block/block.h"
#include "engine/data/ports.h"

namespace patchbay::blocks {
namespace {

enum class Way : std::uint8_t { Segfault, Abort, Exit, Hang, Freeze, Deaf, Oom, BadAlloc, Throw, Fail, Kill, Hoard };

/// Ends in every way a worker can end.
struct Crash final : Block {
  Out<TextValue> out{this, {.key = "text", .label = TR("toy", "Text"), .help = TR("toy", "Never comes, except for `deaf`.")}};
  Param<Way> way{this,
                 {.key = "mode",
                  .label = TR("toy", "Way"),
                  .help = TR("toy", "How to end."),
                  .def = Way::Segfault,
                  .choices = {{Way::Segfault, "segfault", TR("toy", "Write to address 8")},
                              {Way::Abort, "abort", TR("toy", "Abort")},
                              {Way::Exit, "exit", TR("toy", "Leave with code 3")},
                              {Way::Hang, "hang", TR("toy", "Wait for ever, doing nothing")},
                              {Way::Freeze, "freeze", TR("toy", "Stop the whole process")},
                              {Way::Deaf, "deaf", TR("toy", "Go on working for a minute whatever one says")},
                              {Way::Oom, "oom", TR("toy", "Take 400 MB and be killed as the kernel does")},
                              {Way::BadAlloc, "bad_alloc", TR("toy", "Ask for more memory than there is")},
                              {Way::Throw, "throw", TR("toy", "Throw an exception")},
                              {Way::Fail, "fail", TR("toy", "Return an error")},
                              {Way::Kill, "kill", TR("toy", "Be killed from outside")},
                              {Way::Hoard, "hoard", TR("toy", "Take 600 MB and keep them for a minute")}}}};

  Result<> run(RunContext& ctx) const override {
    ctx.log(LogLevel::Info, "about to end");
    switch (*way) {
      case Way::Segfault: {
        // A sanitizer's handler would make an exit code of it.
        ::signal(SIGSEGV, SIG_DFL);
        volatile int* volatile nowhere = reinterpret_cast<volatile int*>(8);
        *nowhere = 1;
        break;
      }
      case Way::Abort:
        std::abort();
      case Way::Exit:
        ::_exit(3);
      case Way::Hang:
        for (;;) ::pause();
      case Way::Freeze:
        ::raise(SIGSTOP);
        break;
      case Way::Deaf:
        for (int i = 0; i < 600; ++i) {
          ctx.progress({TR("toy", "Not listening"), i, 600, "step"});
          std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        break;
      case Way::Oom: {
        std::vector<char> much(400u << 20);
        for (std::size_t i = 0; i < much.size(); i += 4096) much[i] = 1;
        std::this_thread::sleep_for(std::chrono::milliseconds{500});
        ::raise(SIGKILL);
        break;
      }
      case Way::Hoard: {
        std::vector<char> much(600u << 20);
        for (std::size_t i = 0; i < much.size(); i += 4096) much[i] = 1;
        for (int i = 0; i < 600 && !ctx.stopRequested(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds{100});
        break;
      }
      case Way::BadAlloc:
        throw std::bad_alloc{};
      case Way::Throw:
        throw std::runtime_error{"thrown on purpose"};
      case Way::Fail:
        return fail(ErrorKind::BadInput, "toy.fail", TR("toy", "It failed on purpose."), TR("toy", "Choose another way."));
      case Way::Kill:
        ::raise(SIGKILL);
        break;
    }
    return out.write(ctx, TextValue{});
  }
};

}  // namespace

PATCHBAY_BLOCK(toy_crash, Crash, {.id = "toy.crash", .title = TR("toy", "Crash"), .summary = TR("toy", "Ends in the way one chooses.")})
}  // namespace patchbay::blocks
