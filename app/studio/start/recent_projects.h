// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QDateTime>
#include <QImage>
#include <QString>
#include <vector>

namespace patchbay::studio {

/// A pipeline that was opened before.
struct RecentPipeline {
  QString file;  ///< Absolute.
  QString project;
  QString title;
  QDateTime opened;
};

/// Newest first, at most 24; files that are no longer there are left out by `existing`, which may take a while on a network
/// file system and belongs in a thread.
std::vector<RecentPipeline> recentPipelines();
std::vector<RecentPipeline> existing(std::vector<RecentPipeline> recent);
void rememberPipeline(const RecentPipeline& pipeline);
void forgetPipeline(const QString& file);

/// The picture of its canvas, kept in the user's cache.
QImage recentPicture(const QString& file);
void keepRecentPicture(const QString& file, const QImage& image);

}  // namespace patchbay::studio
