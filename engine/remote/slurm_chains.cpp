// SPDX-License-Identifier: Apache-2.0
#include "engine/remote/slurm_chains.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"

namespace patchbay {
namespace fs = std::filesystem;

namespace {
// From what it has published the engine comes to what it submits within milliseconds; its disk and the line between may be slow.
constexpr std::chrono::seconds nextWithin{4};
}  // namespace

std::string SlurmChains::nameOf(const std::string& chain) const { return digestOf(instance_ + chain).hex().substr(0, 26); }

std::optional<std::string> SlurmChains::waiting(const std::string& chain) const {
  auto number = readFile(of(chain) / "job", 100);
  if (!number) return std::nullopt;
  while (number->ends_with("\n")) number->pop_back();
  return std::move(*number);
}

bool SlurmChains::offer(const std::string& chain, const std::string& attempt, bool more) const {
  const auto file = of(chain) / (attempt + ".new");
  if (!writeFileAtomically(file, more ? "more\n" : "last\n")) return false;
  std::error_code ec;
  fs::rename(file, of(chain) / "next" / attempt, ec);
  return !ec;
}

bool SlurmChains::withdraw(const std::string& chain, const std::string& attempt) const {
  std::error_code ec;
  return fs::remove(of(chain) / "next" / attempt, ec);
}

void SlurmChains::remove(const std::string& chain) const {
  std::error_code ec;
  fs::remove_all(of(chain), ec);
}

void SlurmChains::mayEnd(const std::string& chain) {
  const std::lock_guard lock{mutex_};
  idle_[chain] = std::chrono::steady_clock::now();
}

void SlurmChains::goesOn(const std::string& chain) {
  const std::lock_guard lock{mutex_};
  idle_.erase(chain);
}

void SlurmChains::closeIdle() {
  const std::lock_guard lock{mutex_};
  std::erase_if(idle_, [&](const auto& one) {
    if (std::chrono::steady_clock::now() - one.second < nextWithin) return false;
    // As the script does it: by its name, so that nothing is handed over from now on.
    std::error_code ec;
    const auto closed = folder_ / (nameOf(one.first) + ".idle");
    fs::rename(of(one.first), closed, ec);
    if (!ec) fs::remove_all(closed, ec);
    return true;
  });
}

}  // namespace patchbay
