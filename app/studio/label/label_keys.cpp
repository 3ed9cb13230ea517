// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/label/label_keys.h"

#include <any>
#include <utility>

#include "app/studio/session/session.h"
#include "engine/base/file.h"
#include "engine/base/value.h"

namespace patchbay::studio {

namespace fs = std::filesystem;

namespace {

constexpr const char* fileName = "labelling-keys.json";
constexpr std::uint64_t mostBytes = 1 << 20;

Result<ClassKeys> readNow(const fs::path& file) {
  ClassKeys out;
  std::error_code none;
  if (!fs::exists(file, none)) return out;
  PB_TRY(const auto text, readFile(file, mostBytes));
  PB_TRY(const auto value, parseJson(text));
  for (int key = 1; key <= 9; ++key)
    if (const auto& name = value["keys"][std::to_string(key)].asText(); !name.empty()) out[key] = name;
  return out;
}

}  // namespace

fs::path keysFile(const fs::path& project) { return project / fileName; }

void readKeys(Session& session, QObject* context, std::function<void(ClassKeys)> answer) {
  session.inThread(
      [file = keysFile(session.project())]() -> Result<std::any> {
        PB_TRY(auto keys, readNow(file));
        return std::any{std::move(keys)};
      },
      context,
      [answer = std::move(answer)](const Result<std::any>& read) { answer(read ? std::any_cast<ClassKeys>(*read) : ClassKeys{}); });
}

void writeKeys(Session& session, const ClassKeys& keys, QObject* context, std::function<void()> done) {
  Value value{Value::Map{{"version", 1}, {"keys", Value::Map{}}}};
  for (const auto& [key, name] : keys) value["keys"][std::to_string(key)] = name;
  session.inThread(
      [file = keysFile(session.project()), text = toJson(value)]() -> Result<std::any> {
        PB_CHECK(writeFileAtomically(file, text));
        return std::any{};
      },
      context, [done = std::move(done)](const auto&) { done(); });
}

}  // namespace patchbay::studio
