// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/data/thumbnail_store.h"

#include <QBuffer>
#include <QStandardPaths>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <vector>

#include "engine/base/digest.h"
#include "engine/base/id.h"

namespace patchbay::studio {
namespace fs = std::filesystem;

namespace {

constexpr int quality = 88;
constexpr auto touchedEvery = std::chrono::hours{24};  ///< Often enough to know what is in use.

struct Kept {
  fs::file_time_type used;
  std::int64_t bytes = 0;
  fs::path file;
};

std::vector<Kept> listing(const fs::path& folder) {
  std::vector<Kept> out;
  std::error_code failed;
  for (fs::recursive_directory_iterator it{folder, fs::directory_options::skip_permission_denied, failed}, end; !failed && it != end;
       it.increment(failed)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored)) continue;
    const auto size = it->file_size(ignored);
    if (!ignored) out.push_back({it->last_write_time(ignored), static_cast<std::int64_t>(size), it->path()});
  }
  return out;
}

}  // namespace

ThumbnailStore::ThumbnailStore(fs::path folder, std::int64_t budgetBytes) : folder_{std::move(folder)}, budget_{budgetBytes} {}

fs::path ThumbnailStore::usualFolder() {
  const auto cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation).toStdString();
  return cache.empty() ? fs::path{} : fs::path{cache} / "patchbay" / "thumbnails";
}

/// Empty for what is no digest: nothing but hexadecimal digits becomes part of a path.
fs::path ThumbnailStore::fileOf(const std::string& digest, int side) const {
  if (folder_.empty() || side <= 0 || side > largestSide || !Digest::parse(digest)) return {};
  return folder_ / digest.substr(0, 2) / (digest.substr(2) + "-" + std::to_string(side) + ".jpg");
}

QImage ThumbnailStore::find(const std::string& digest, int side) const {
  const auto file = fileOf(digest, side);
  if (file.empty()) return {};
  QImage image;
  if (!image.load(QString::fromStdString(file.string()), "JPEG")) return {};
  std::error_code ignored;
  const auto now = fs::file_time_type::clock::now();
  if (now - fs::last_write_time(file, ignored) > touchedEvery) fs::last_write_time(file, now, ignored);
  return image;
}

void ThumbnailStore::put(const std::string& digest, int side, const QImage& image) {
  const auto file = fileOf(digest, side);
  if (file.empty() || image.isNull()) return;
  QByteArray bytes;
  QBuffer buffer{&bytes};
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, "JPEG", quality)) return;
  std::error_code failed;
  if (fs::create_directories(folder_, failed)) fs::permissions(folder_, fs::perms::owner_all, failed);
  fs::create_directories(file.parent_path(), failed);
  if (failed) return;
  // Whole or not there, but not worth waiting for the disk: it can be made again.
  auto temporary = file;
  temporary += "." + newUlid();
  std::ofstream out{temporary, std::ios::binary};
  out.write(bytes.constData(), bytes.size());
  out.close();
  if (out) fs::rename(temporary, file, failed);
  if (!out || failed) {
    fs::remove(temporary, failed);
    return;
  }
  if (written_ >= 0) written_ += bytes.size();
  if (written_ < 0 || written_ > budget_) trim();
}

std::int64_t ThumbnailStore::bytes() const {
  std::int64_t sum = 0;
  for (const auto& one : listing(folder_)) sum += one.bytes;
  return sum;
}

/// To four fifths of what may be there, so that it is not done for every picture.
void ThumbnailStore::trim() {
  const std::unique_lock lock{trimming_, std::try_to_lock};
  if (!lock) return;
  auto kept = listing(folder_);
  std::int64_t sum = 0;
  for (const auto& one : kept) sum += one.bytes;
  if (sum > budget_) {
    std::ranges::sort(kept, {}, &Kept::used);
    for (const auto& one : kept) {
      if (sum <= budget_ * 4 / 5) break;
      std::error_code failed;
      if (fs::remove(one.file, failed)) sum -= one.bytes;
    }
  }
  written_ = sum;
}

}  // namespace patchbay::studio
