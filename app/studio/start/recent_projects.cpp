// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/recent_projects.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <algorithm>

namespace patchbay::studio {

namespace {

constexpr int most = 24;

QString pictureFile(const QString& file) {
  const auto name = QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
  const auto folder = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/patchbay/recent");
  return folder + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".png");
}

void store(const std::vector<RecentPipeline>& all) {
  QSettings settings;
  settings.beginWriteArray(QStringLiteral("recent"), static_cast<int>(all.size()));
  for (int i = 0; i < static_cast<int>(all.size()); ++i) {
    const auto& one = all[static_cast<std::size_t>(i)];
    settings.setArrayIndex(i);
    settings.setValue(QStringLiteral("file"), one.file);
    settings.setValue(QStringLiteral("project"), one.project);
    settings.setValue(QStringLiteral("title"), one.title);
    settings.setValue(QStringLiteral("opened"), one.opened);
  }
  settings.endArray();
}

}  // namespace

std::vector<RecentPipeline> recentPipelines() {
  std::vector<RecentPipeline> all;
  QSettings settings;
  const int count = settings.beginReadArray(QStringLiteral("recent"));
  for (int i = 0; i < count; ++i) {
    settings.setArrayIndex(i);
    all.push_back({settings.value(QStringLiteral("file")).toString(), settings.value(QStringLiteral("project")).toString(),
                   settings.value(QStringLiteral("title")).toString(), settings.value(QStringLiteral("opened")).toDateTime()});
  }
  settings.endArray();
  return all;
}

std::vector<RecentPipeline> existing(std::vector<RecentPipeline> recent) {
  std::erase_if(recent, [](const auto& one) { return !QFileInfo::exists(one.file); });
  return recent;
}

void rememberPipeline(const RecentPipeline& pipeline) {
  auto all = recentPipelines();
  std::erase_if(all, [&](const auto& one) { return one.file == pipeline.file; });
  all.insert(all.begin(), pipeline);
  if (all.size() > most) all.resize(most);
  store(all);
}

void forgetPipeline(const QString& file) {
  auto all = recentPipelines();
  std::erase_if(all, [&](const auto& one) { return one.file == file; });
  store(all);
  QFile::remove(pictureFile(file));
}

QImage recentPicture(const QString& file) { return QImage{pictureFile(file)}; }

void keepRecentPicture(const QString& file, const QImage& image) {
  const auto name = pictureFile(file);
  QDir{}.mkpath(QFileInfo{name}.path());
  image.save(name, "PNG");
}

}  // namespace patchbay::studio
