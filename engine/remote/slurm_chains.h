// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace patchbay {

/// Jobs of the cluster that run one attempt after the other: each has a folder in which what follows is handed over; see
/// slurmScript(). Any thread may call.
class SlurmChains {
 public:
  SlurmChains(std::filesystem::path folder, std::string instance) : folder_{std::move(folder)}, instance_{std::move(instance)} {}
  const std::filesystem::path& folder() const { return folder_; }
  /// What the folder of a chain is called.
  std::string nameOf(const std::string& chain) const;

  /// The cluster's number of the job that waits for the chain's next attempt.
  std::optional<std::string> waiting(const std::string& chain) const;
  /// Hands an attempt over; false: the job has left.
  bool offer(const std::string& chain, const std::string& attempt, bool more) const;
  /// Takes it back; false: it has been taken.
  bool withdraw(const std::string& chain, const std::string& attempt) const;
  void remove(const std::string& chain) const;

  /// The engine has everything of the chain's last attempt and has asked for no other one. It does so at once, unless the next step
  /// was computed before or will not be: then the job need not wait for it.
  void mayEnd(const std::string& chain);
  void goesOn(const std::string& chain);
  /// Closes those for which nothing has come since.
  void closeIdle();

 private:
  std::filesystem::path of(const std::string& chain) const { return folder_ / nameOf(chain); }
  const std::filesystem::path folder_;
  const std::string instance_;
  std::mutex mutex_;
  std::map<std::string, std::chrono::steady_clock::time_point> idle_;
};

}  // namespace patchbay
