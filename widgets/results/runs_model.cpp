// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/runs_model.h"

#include <QApplication>
#include <QDateTime>
#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <set>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"
#include "widgets/plots/metric_names.h"
#include "widgets/results/report_data.h"

namespace patchbay::widgets {

namespace {

RunRow rowOf(const Value& run) {
  RunRow row;
  row.id = run["run"].asText();
  row.title = fromUtf8(run["title"].asText());
  row.state = fromUtf8(run["state"].asText());
  row.started = run["started"].asDouble();
  row.pinned = run["pinned"].asBool();
  if (run.contains("seconds")) row.seconds = run["seconds"].asDouble();
  else if (run.contains("finished")) row.seconds = run["finished"].asDouble() - row.started;
  return row;
}

bool isBound(std::string_view name) { return name.ends_with("_low") || name.ends_with("_high"); }

}  // namespace

QString sayRunState(const QString& state) {
  if (state == QLatin1String{"running"}) return RunsModel::tr("Running");
  if (state == QLatin1String{"done"}) return RunsModel::tr("Done");
  if (state == QLatin1String{"failed"}) return RunsModel::tr("Failed");
  if (state == QLatin1String{"cancelled"}) return RunsModel::tr("Stopped");
  if (state == QLatin1String{"interrupted"}) return RunsModel::tr("Interrupted");
  return state;
}

QString RunsModel::sayFigure(const std::string& name) const {
  const auto [block, figure] = BlockNames::splitMetric(name);
  return block.empty() ? sayMetric(figure) : tr("%1 (%2)").arg(sayMetric(figure), names_.say(block, catalogue_));
}

void RunsModel::addNames(const Value& document) {
  const auto before = names_;
  names_.add(BlockNames::ofRun(document));
  if (names_ != before) Q_EMIT headerDataChanged(Qt::Horizontal, Metric, Metric);
}

void RunsModel::load(const Value& runs) {
  beginResetModel();
  auto before = std::move(rows_);
  rows_.clear();
  for (const auto& run : runs.asList()) {
    auto row = rowOf(run);
    const auto known = std::ranges::find(before, row.id, &RunRow::id);
    if (known != before.end() && known->state == row.state) row.metrics = std::move(known->metrics), row.asked = known->asked;
    rows_.push_back(std::move(row));
  }
  endResetModel();
}

RunRow* RunsModel::find(const std::string& run) {
  const auto found = std::ranges::find(rows_, run, &RunRow::id);
  return found == rows_.end() ? nullptr : &*found;
}

void RunsModel::handle(const Value& event) {
  const auto& what = event["event"].asText();
  if (what == "state") {
    for (const auto& run : event["runs"].asList())
      if (auto* row = find(run["run"].asText())) row->state = fromUtf8(run["state"].asText()), changed(row->id);
    return;
  }
  if (what != "run" && what != "finished") return;
  if (event.contains("document")) addNames(event["document"]);
  auto* row = find(event["run"].asText());
  if (!row && what == "run") {
    beginInsertRows({}, 0, 0);
    auto fresh = rowOf(event);
    if (fresh.state.isEmpty()) fresh.state = QStringLiteral("running");
    if (fresh.started <= 0) fresh.started = static_cast<double>(QDateTime::currentSecsSinceEpoch());
    rows_.insert(rows_.begin(), std::move(fresh));
    endInsertRows();
    return;
  }
  if (!row || what != "finished") return;
  row->state = fromUtf8(event["state"].asText());
  row->seconds = event["seconds"].asDouble();
  setMetrics(row->id, event["metrics"]);
}

void RunsModel::setMetrics(const std::string& run, const Value& metrics) {
  auto* row = find(run);
  if (!row) return;
  row->asked = true;
  row->metrics.clear();
  for (const auto& [name, value] : metrics.asMap())
    if (value.isNumber()) row->metrics[name] = value.asDouble();
  changed(run);
  if (run == baseline_) changedAll();
}

void RunsModel::setPinned(const std::string& run, bool pinned) {
  if (auto* row = find(run)) row->pinned = pinned, changed(run);
}

void RunsModel::setBaseline(const std::string& run) {
  baseline_ = run;
  changedAll();
}

void RunsModel::setMetricShown(const std::string& name) {
  metric_ = name;
  Q_EMIT headerDataChanged(Qt::Horizontal, Metric, Difference);
  changedAll();
}

void RunsModel::retranslate() {
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
  changedAll();
}

std::vector<std::string> RunsModel::metricNames() const {
  std::set<std::string> names;
  for (const auto& row : rows_)
    for (const auto& [name, value] : row.metrics)
      if (!isBound(name)) names.insert(name);
  return {names.begin(), names.end()};
}

std::optional<std::string> RunsModel::nextToAsk() {
  for (auto& row : rows_)
    if (!row.asked && row.state != QLatin1String{"running"}) {
      row.asked = true;
      return row.id;
    }
  return {};
}

int RunsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int RunsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::ToolTipRole && section == Pinned)
    return tr("Pinned runs are kept when storage is cleaned up; one of them can be the baseline.");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Pinned:
      return tr("Pin");
    case Title:
      return tr("Pipeline");
    case State:
      return tr("State");
    case Started:
      return tr("Started");
    case Took:
      return tr("Took");
    case Metric:
      return metric_.empty() ? tr("Figure") : sayFigure(metric_);
    case Difference:
      return tr("Against baseline");
    default:
      return {};
  }
}

std::optional<double> RunsModel::metricOf(const RunRow& row) const {
  const auto found = row.metrics.find(metric_);
  return found == row.metrics.end() || !std::isfinite(found->second) ? std::nullopt : std::optional{found->second};
}

std::optional<double> RunsModel::differenceOf(const RunRow& row) const {
  const auto base = std::ranges::find(rows_, baseline_, &RunRow::id);
  if (base == rows_.end() || base->id == row.id) return {};
  const auto mine = metricOf(row), theirs = metricOf(*base);
  return mine && theirs ? std::optional{*mine - *theirs} : std::nullopt;
}

QVariant RunsModel::display(const RunRow& row, int column) const {
  switch (column) {
    case Pinned:
      return row.id == baseline_ ? tr("Baseline") : row.pinned ? tr("Pinned") : QString{};
    case Title:
      return sayWritten(toUtf8(row.title));
    case State:
      return sayRunState(row.state);
    case Started:
      return QLocale{}.toString(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(row.started * 1000)), QLocale::ShortFormat);
    case Took:
      return row.seconds ? sayDuration(*row.seconds) : QString{};
    case Metric: {
      const auto v = metricOf(row);
      return v ? widgets::sayFigure(*v) : QString{};
    }
    case Difference: {
      const auto d = differenceOf(row);
      return d ? saySignedFigure(*d) : QString{};
    }
    default:
      return {};
  }
}

QVariant RunsModel::sortKey(const RunRow& row, int column) const {
  switch (column) {
    case Pinned:
      return row.id == baseline_ ? 0 : row.pinned ? 1 : 2;
    case Started:
      return row.started;
    case Took:
      return row.seconds.value_or(-1);
    case Metric:
      return metricOf(row).value_or(-HUGE_VAL);
    case Difference:
      return differenceOf(row).value_or(-HUGE_VAL);
    default:
      return display(row, column);
  }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return display(row, column);
    case Qt::ToolTipRole:
      return column == Title ? fromUtf8(row.id) : display(row, column).toString();
    case sortRole:
      return sortKey(row, column);
    case stateRole:
      return row.state;
    case Qt::TextAlignmentRole:
      return static_cast<int>((column >= Took ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
      if (row.id == baseline_) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
      }
      return {};
    case Qt::ForegroundRole: {
      const auto palette = QApplication::palette();
      if (column == State && row.state == QLatin1String{"failed"}) return toneColour(Tone::Bad, palette);
      if (column == State && row.state == QLatin1String{"running"}) return toneColour(Tone::Busy, palette);
      if (column != Difference) return {};
      const auto d = differenceOf(row);
      const auto better = betterOf(std::string_view{metric_}.substr(metric_.rfind('.') + 1));
      if (!d || *d == 0 || better == Better::Neither) return {};
      return toneColour((*d > 0) == (better == Better::More) ? Tone::Good : Tone::Bad, palette);
    }
    default:
      return {};
  }
}

void RunsModel::changed(const std::string& run) {
  const auto at = static_cast<int>(std::ranges::find(rows_, run, &RunRow::id) - rows_.begin());
  Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

void RunsModel::changedAll() {
  if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

}  // namespace patchbay::widgets
