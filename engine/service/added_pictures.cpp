// SPDX-License-Identifier: Apache-2.0
#include "engine/service/added_pictures.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/id.h"

namespace patchbay {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view defaultFolder = "added";
constexpr std::size_t largestPicture = std::size_t{1} << 30;
constexpr std::size_t digestShown = 16;

/// By the first bytes, as the importer tells formats apart; empty for anything else.
std::string_view extensionOf(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return ".jpg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return ".png";
  if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return ".webp";
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return ".tif";
  if (bytes.starts_with("BM"sv) && bytes.size() > 26) return ".bmp";
  return {};
}

Result<> checkLabel(const std::string& label) {
  const bool control = std::ranges::any_of(label, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (!label.empty() && label.size() <= 200 && label.front() != '.' && label.find('/') == std::string::npos && !control) return {};
  return fail(ErrorKind::BadInput, "picture.label",
              TR("error", "The class \"{label}\" cannot be the name of a folder.").with("label", displayText(label)),
              TR("error", "Use a name without \"/\", control characters or a dot in front, at most 200 bytes long."), "label");
}

/// A file name's stem that is safe everywhere, and short.
std::string stemFrom(std::string_view name) {
  std::string out = fs::path{name}.stem().native();
  std::erase_if(out, [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '/'; });
  while (out.starts_with('.')) out.erase(0, 1);
  if (out.size() > 80) out.resize(80);
  // What was cut inside a letter of several bytes would be no text any more.
  while (!out.empty() && !isUtf8(out)) out.pop_back();
  return out.empty() ? "picture" : out;
}

/// Creates folders below `root` that are not there and makes each durable.
Result<> makeFolders(const fs::path& root, const fs::path& relative) {
  auto folder = root;
  for (const auto& part : relative) {
    const auto parent = folder;
    folder /= part;
    std::error_code ec;
    if (fs::create_directory(folder, ec)) PB_CHECK(syncFolder(parent));
    if (ec) return fail(systemError(ec.value(), "create", displayText(folder.native())));
  }
  return {};
}

/// Where the same bytes were added before, under any label.
Result<fs::path> addedBefore(const fs::path& folder, const Digest& digest, std::string_view ending) {
  std::error_code ec;
  for (fs::directory_iterator label{folder, ec}, end; !ec && label != end; label.increment(ec)) {
    std::error_code ignored;
    for (fs::directory_iterator file{label->path(), ignored}, none; !ignored && file != none; file.increment(ignored)) {
      if (!file->path().filename().native().ends_with(ending)) continue;
      if (const auto same = digestOfFile(file->path()); same && *same == digest) return file->path();
    }
  }
  return fs::path{};
}

/// Writes a new file that is whole or not there. False: the name is taken.
Result<bool> publish(const fs::path& target, std::string_view bytes) {
  const auto temporary = target.parent_path() / ("." + newUlid() + ".part");
  {
    PB_TRY(const auto fd, openFile(temporary, O_WRONLY | O_CREAT | O_EXCL, 0644));
    const auto written = writeAll(fd.get(), bytes, temporary);
    if (!written || ::fsync(fd.get()) != 0) {
      const int why = errno;
      ::unlink(temporary.c_str());
      if (!written) return fail(written.error());
      return fail(systemError(why, "write", displayText(target.native())));
    }
  }
  // A hard link fails where rename() would replace.
  const int linked = ::link(temporary.c_str(), target.c_str());
  const int why = errno;
  ::unlink(temporary.c_str());
  if (linked != 0 && why == EEXIST) return false;
  if (linked != 0) return fail(systemError(why, "create", displayText(target.native())));
  PB_CHECK(syncFolder(target.parent_path()));
  return true;
}

}  // namespace

Result<Value> addPictureTo(const fs::path& project, const Value& request) {
  const auto& label = request["label"].asText();
  PB_CHECK(checkLabel(label));
  std::string bytes{request["bytes"].asBytes().begin(), request["bytes"].asBytes().end()};
  auto name = request["name"].asText();
  if (!request["bytes"].isBytes()) {
    const auto path = pathFromValue(request["path"]);
    PB_TRY(bytes, readFile(path, largestPicture));
    if (name.empty()) name = path.filename().native();
  }
  const auto extension = extensionOf(bytes);
  if (extension.empty())
    return fail(ErrorKind::BadInput, "picture.format", TR("error", "This is not a picture that can be read."),
                TR("error", "Give a JPEG, PNG, BMP, WebP or TIFF picture."));
  const std::string folder = request["folder"].asText().empty() ? std::string{defaultFolder} : request["folder"].asText();
  PB_TRY(const auto root, resolveInside(project, folder));
  PB_CHECK(makeFolders(project, fs::path{folder}.lexically_normal() / label));

  const auto digest = digestOf(bytes);
  const auto ending = "-" + digest.hex().substr(0, digestShown) + std::string{extension};
  Value out{Value::Map{{"folder", folder}, {"label", label}, {"digest", digest.hex()}, {"existed", false}}};
  PB_TRY(const auto before, addedBefore(root, digest, ending));
  if (!before.empty() && before.parent_path().filename() == label) {
    out["path"] = pathToValue(before);
    out["existed"] = true;
    return out;
  }
  fs::path target = root / label / (stemFrom(name) + ending);
  for (int i = 2;; ++i) {
    PB_TRY(const bool fresh, publish(target, bytes));
    if (fresh) break;
    target = root / label / (stemFrom(name) + "-" + std::to_string(i) + ending);
  }
  if (!before.empty()) {
    // The new one is safe: what was said of the same picture before no longer holds.
    out["relabelled_from"] = pathToValue(before.parent_path().filename());
    if (::unlink(before.c_str()) == 0) PB_CHECK(syncFolder(before.parent_path()));
  }
  out["path"] = pathToValue(target);
  return out;
}

}  // namespace patchbay
