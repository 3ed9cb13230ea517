// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QList>
#include <QObject>
#include <QPointF>
#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <memory>
#include <optional>

#include "app/studio/hooks.h"
#include "app/studio/pipeline_file.h"
#include "app/studio/run/machine_load.h"
#include "app/studio/run/run_controller.h"
#include "app/studio/session/session.h"
#include "widgets/canvas/canvas_view.h"

class QSplitter;

namespace patchbay::widgets {
class AddMenu;
class BlockPalette;
class CurvePanel;
class Inspector;
class LoadStrip;
class LogView;
class MiniMap;
class ProblemsView;
class QueuePanel;
class ReportView;
class RunComparison;
class RunsTable;
}  // namespace patchbay::widgets

namespace patchbay::studio {

class HelpView;
class ViewKeeper;

/// One open pipeline with everything that shows it: document, engine, canvas and the contents of the panels. The window
/// places the widgets; this wires them.
class Workspace : public QObject {
  Q_OBJECT

 public:
  Workspace(std::unique_ptr<Session> session, const std::shared_ptr<PipelineFile::Loaded>& loaded, Settings& settings, Hooks hooks,
            QWidget* window);
  ~Workspace() override;
  /// Makes the widgets and wires them, a piece in each turn of the event loop, because all at once would be felt; then `done`. Nothing
  /// else of the workspace but its session and file may be used before.
  void build(std::function<void()> done);

  Session& session() { return *session_; }
  PipelineFile& file() { return *file_; }
  RunController& runs() { return *runs_; }
  Settings& settings() { return settings_; }
  edit::Editor& editor() { return file_->editor(); }
  widgets::CanvasView& canvas() { return *canvas_; }
  QWidget* window() { return window_; }

  // Contents of the window's middle and of its panels, by name: blocks, inspector, queue, curves, results, runs, log, problems, help.
  QWidget* middle() { return middle_; }
  QWidget* panel(const QString& name) const;
  /// A panel that is made when it is asked for ("try", "data"); it goes with the workspace.
  void setPanel(const QString& name, QWidget* panel) { panels_[name] = panel; }
  void showMinimap(bool on);

  /// A picture of the canvas for the start page.
  QImage picture() const;
  /// Puts a block into the middle of what is seen.
  void addBlock(const QString& type);
  void showResults(const NodeId& id);
  void showHelp(const QString& type, const QString& param = {});
  void goTo(const NodeId& id, const QString& param = {});
  void goToNextProblem();
  /// The block whose model is tried or exported: the selected one if it makes one, otherwise the last that made one.
  std::optional<NodeId> modelBlock() const;
  void drop(const QList<QUrl>& files, QPointF scene);
  void importData(const QString& path, QPointF scene, std::optional<NodeId> block = {});
  void tryIt(const QList<QUrl>& pictures);
  void exportModel();
  /// The exported models at work, beginning with this one.
  void deploy(const QString& folder = {});
  /// The project's data set in its panel; with ids only these items.
  void showDataSet(const std::vector<std::string>& ids = {}, const std::function<QString()>& title = {});
  /// Labelling in its panel: these, or all from one on, or what helps most.
  void showLabelling(const std::vector<std::string>& ids = {}, const std::function<QString()>& title = {}, const std::string& from = {});
  /// Brings a folder into the data set, once the person agreed to what is in it, and labels what has no label.
  void labelFolder(const QString& folder);
  bool idle() const;
  void retranslate();

 Q_SIGNALS:
  /// A panel has something to show: the window raises it. Names as of panel().
  void panelWanted(const QString& name);
  void statusMessage(const QString& text);
  void openRequested(const QString& file);
  /// `words` are asked again when the language changes.
  void message(const QString& id, patchbay::widgets::Tone tone, const std::function<QString()>& words);
  /// Selection, runs, problems or engine changed: what commands can be used has to be looked at again.
  void stateChanged();

 private:
  void buildCanvas();
  void buildPalette();
  void buildCurves();
  void buildReport();
  void buildRuns();
  void buildRest();
  void wire();
  void catalogueArrived();
  void tellState();
  void showSelection();
  void wireCanvas();
  void wirePanels();
  /// What came out of a block, in the panel that shows it.
  void showOutcome(const NodeId& id);
  void wireRuns();
  void showProblems();

  Settings& settings_;
  Hooks hooks_;
  QWidget* window_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<PipelineFile> file_;
  std::unique_ptr<RunController> runs_;
  MachineLoad load_;
  QPointer<QWidget> middle_;
  widgets::CanvasView* canvas_ = nullptr;
  widgets::MiniMap* minimap_ = nullptr;
  ViewKeeper* view_ = nullptr;
  widgets::AddMenu* addMenu_ = nullptr;
  widgets::BlockPalette* blocks_ = nullptr;
  widgets::Inspector* inspector_ = nullptr;
  widgets::QueuePanel* queue_ = nullptr;
  widgets::LogView* log_ = nullptr;
  widgets::ProblemsView* problemsView_ = nullptr;
  widgets::CurvePanel* curves_ = nullptr;
  widgets::LoadStrip* strip_ = nullptr;
  widgets::ReportView* report_ = nullptr;
  widgets::RunsTable* table_ = nullptr;
  widgets::RunComparison* comparison_ = nullptr;
  HelpView* help_ = nullptr;
  std::map<QString, QPointer<QWidget>> panels_;
  QPointF addAt_;
  std::optional<widgets::PortEnd> addFrom_;
  bool fitted_ = false, catalogueCame_ = false, stateTold_ = false;
  std::size_t built_ = 0;
  QTimer selectionTimer_;
  std::size_t problemAt_ = 0;
};

}  // namespace patchbay::studio
