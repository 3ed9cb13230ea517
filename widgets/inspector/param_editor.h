// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

#include "engine/block/schema.h"
#include "widgets/inspector/editor_context.h"

namespace patchbay::widgets {

/// Edits one parameter. Knows nothing of documents: it shows what it is given and says what a person made of it.
class ParamEditor : public QWidget {
  Q_OBJECT

 public:
  ParamEditor(ParamInfo info, EditorContext& context, QWidget* parent);
  const ParamInfo& info() const { return info_; }

  /// Shows a normalised value; `several`: the selected blocks have different ones, `value` is the first's. What is being typed
  /// is not disturbed by the value it came to.
  virtual void display(const Value& value, bool several) = 0;
  /// What the label's shortcut leads to; carries the objectName "param.<key>".
  virtual QWidget* field() const = 0;
  /// Small enough to stand on the label's line.
  virtual bool besideLabel() const { return false; }
  /// Fills its texts anew after a change of language.
  virtual void retranslate() {}

 Q_SIGNALS:
  /// `series`: one of many on the way, as a slider is dragged or a text typed; they become one step until seriesEnded().
  void edited(const patchbay::Value& value, bool series);
  void seriesEnded();
  /// What stands in the field cannot be a value; both empty: it can again.
  void refused(const QString& cause, const QString& hint);

 protected:
  EditorContext& context() const { return context_; }
  QString name(const char* part = "") const;  ///< objectName of a part: "param.<key><part>".
  QString label() const;
  void changeEvent(QEvent* event) override;

 private:
  ParamInfo info_;
  EditorContext& context_;
};

/// The editor for a parameter's kind.
ParamEditor* makeParamEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);

ParamEditor* makeNumberEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makeChoiceEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makePathEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makeListEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makeAugmentEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makeColourEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makeDeviceEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);
ParamEditor* makeJsonEditor(const ParamInfo& info, EditorContext& context, QWidget* parent);

/// "several values", shown in place of values that differ.
QString severalValues();
/// "epochs", "px", "%", ... as it stands after a number; empty for none.
QString unitSuffix(Unit unit);
QString unitSuffix(std::string_view unit);  ///< Of augmentations: "degree", "px", "%".
/// A value as a short text, for tooltips: "0.001", "on", "search".
QString shortValue(const ParamInfo& info, const Value& value);

}  // namespace patchbay::widgets
