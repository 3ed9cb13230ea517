// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_effort.h"

#include <fstream>
#include <mutex>
#include <utility>

#include "app/studio/session/session.h"
#include "widgets/annotator/effort.h"

namespace patchbay::studio {

namespace fs = std::filesystem;

namespace {
constexpr const char* fileName = "labelling-effort.csv";
}

fs::path effortFile(const fs::path& project) { return project / fileName; }

void appendEffort(Session& session, std::string line) {
  session.inThread(
      [file = effortFile(session.project()), line = std::move(line)]() -> Result<std::any> {
        // Several threads serve a session; lines do not mix.
        static std::mutex one;
        const std::scoped_lock lock{one};
        std::error_code none;
        const bool fresh = !fs::exists(file, none) || fs::file_size(file, none) == 0;
        std::ofstream out{file, std::ios::app | std::ios::binary};
        if (fresh) out << widgets::EffortMeter::csvHeader();
        out << line;
        return std::any{};
      },
      &session, [](const auto&) {});
}

void exportEffort(const fs::path& project, const fs::path& exported) {
  std::error_code none;
  const auto from = effortFile(project);
  if (!fs::exists(from, none)) return;
  const auto to = fs::is_directory(exported, none) ? exported / fileName : fs::path{exported.native() + "." + fileName};
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, none);
}

}  // namespace patchbay::studio
