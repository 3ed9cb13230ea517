// SPDX-License-Identifier: GPL-3.0-or-later
#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/base/say.h"
#include "widgets/inspector/controls.h"
#include "widgets/inspector/page.h"
#include "widgets/inspector/params_form.h"
#include "widgets/inspector/sections.h"

namespace patchbay::widgets {

namespace {

/// One block, or several of one type.
class BlockPage final : public InspectorPage {
  Q_OBJECT

 public:
  BlockPage(InspectorState& state, QWidget* parent) : InspectorPage{state, parent} {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    head_ = new BlockHead{state, this};
    card_ = new StateCard{state, this};
    layout->addWidget(head_);
    layout->addWidget(card_);
    const auto* node = state.document().node(state.selection.front());
    type_ = node->type;
    state.context.follow(state.document(), node->id);
    if (const auto* schema = state.catalogue().find(type_)) {
      form_ = new ParamsForm{*schema, state.context, this};
      form_->setMoreOpen(state.moreOpen[type_]);
      layout->addWidget(form_);
      connect(form_, &ParamsForm::edited, this, &BlockPage::set);
      connect(form_, &ParamsForm::seriesEnded, this, [this] { state_.editor.endMerge(); });
      connect(form_, &ParamsForm::resetRequested, this, &BlockPage::reset);
      connect(form_, &ParamsForm::helpRequested, this, [this](const QString& param) { Q_EMIT helpRequested(fromUtf8(type_), param); });
      if (state.selection.size() == 1) {
        ports_ = new PortList{state, this};
        portSection_ = section("inspector.ports", ports_, true);
        connect(ports_, &PortList::nodeActivated, this, &InspectorPage::nodeActivated);
      }
    }
    about_ = new AboutBlock{state, this};
    aboutSection_ = section("inspector.about", about_, false);
    layout->addStretch(1);
    connect(head_, &BlockHead::titled, this, [this](const QString& title) {
      const auto id = ids_.front();
      apply(TR("edit", "Change title"), {edit::SetTitle{id, toUtf8(title)}}, "title/" + id.text);
    });
    connect(head_, &BlockHead::titleEnded, this, [this] { state_.editor.endMerge(); });
    connect(head_, &BlockHead::helpRequested, this, [this] { Q_EMIT helpRequested(fromUtf8(type_), {}); });
    connect(card_, &StateCard::runRequested, this, [this] { Q_EMIT runToRequested(ids_.front()); });
    connect(card_, &StateCard::resultRequested, this, [this] { Q_EMIT resultRequested(ids_.front()); });
    connect(about_, &AboutBlock::renamed, this, [this](const QString& name) {
      if (!apply(TR("edit", "Rename block"), {edit::Rename{ids_.front(), toUtf8(name)}})) about_->refresh();
    });
    retranslate();
    documentChanged();
  }
  ~BlockPage() override {
    if (form_) state_.moreOpen[type_] = form_->moreOpen();
  }

  void documentChanged() override {
    head_->refresh();
    card_->refresh();
    about_->refresh();
    if (ports_) ports_->refresh();
    state_.context.follow(state_.document(), ids_.front());
    showParams();
  }
  void problemsChanged() override {
    card_->refresh();
    showParams();
  }
  void statusChanged() override { card_->refresh(); }
  void focusParam(const std::string& key) override {
    if (form_) form_->focusParam(key);
  }
  void focusTitle() override { head_->focusTitle(); }

 protected:
  void changeEvent(QEvent* event) override {
    InspectorPage::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
      retranslate();
      documentChanged();
    }
  }

 private:
  Section* section(const char* name, QWidget* content, bool open) {
    auto* out = new Section{QString::fromLatin1(name), this};
    auto* inner = new QVBoxLayout{out->body()};
    inner->setContentsMargins(4, 0, 0, 0);
    inner->addWidget(content);
    layout()->addWidget(out);
    const auto known = state_.open.find(name);
    out->setOpen(known == state_.open.end() ? open : known->second);
    connect(out, &Section::toggled, this, [this, name](bool on) { state_.open[name] = on; });
    return out;
  }
  void retranslate() {
    if (portSection_) portSection_->setTitle(tr("Inputs and outputs"));
    aboutSection_->setTitle(tr("About this block"));
  }

  void showParams() {
    if (!form_) return;
    std::vector<Value> written;
    std::map<std::string, std::vector<Said>> said;
    std::map<std::string, QString> locks;
    const auto* schema = state_.catalogue().find(type_);
    for (const auto& id : ids_) {
      const auto* node = state_.document().node(id);
      if (!node || !schema) continue;
      written.push_back(node->params);
      std::vector<ParamProblem> problems;
      normaliseParams(*schema, node->params, problems);
      for (const auto& p : problems) say(said[p.param], {widgets::say(p.cause), widgets::say(p.hint)});
      lockBound(*node, locks);
    }
    // What is wrong with the values themselves is known here and now; the engine's check adds what needs the whole pipeline.
    for (const auto& p : state_.problems)
      if (!p.param.empty() && p.code != "param.value" && p.severity != Severity::Info && isSelected(p.node))
        say(said[p.param], {widgets::say(p.cause), widgets::say(p.hint), p.severity == Severity::Warning});
    form_->display(written, said, locks, state_.readOnly ? state_.readOnlyReason : QString{});
  }
  static void say(std::vector<Said>& list, Said one) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(std::move(one));
  }
  bool isSelected(const NodeId& id) const { return std::find(ids_.begin(), ids_.end(), id) != ids_.end(); }
  /// Parameters that take the values of a loop.
  void lockBound(const Node& node, std::map<std::string, QString>& locks) const {
    for (const auto& group : state_.document().groups())
      for (const auto& axis : group.axes)
        for (const auto& bound : axis.bind) {
          const auto prefix = node.name + ".";
          if (bound.rfind(prefix, 0) != 0) continue;
          locks[bound.substr(prefix.size())] =
              tr("The loop \"%1\" sets this, by its variable \"%2\".")
                  .arg(group.title.empty() ? fromUtf8(group.id) : sayWritten(group.title), fromUtf8(axis.name));
        }
  }

  void set(const std::string& key, const Value& value, bool series) {
    std::vector<edit::Change> changes;
    for (const auto& id : ids_) changes.push_back(edit::SetParam{id, key, value});
    const auto* schema = state_.catalogue().find(type_);
    const auto* info = schema ? schema->param(key) : nullptr;
    const auto name = info && !info->label.empty() ? patchbay::render(info->label) : key;
    apply(TR("edit", "Change {param}").with("param", name), std::move(changes),
          series ? "param/" + key + "/" + ids_.front().text : std::string{});
  }
  void reset(const std::vector<std::string>& keys) {
    std::vector<edit::Change> changes;
    for (const auto& id : ids_)
      for (const auto& key : keys)
        if (const auto* node = state_.document().node(id); node && node->params.contains(key))
          changes.push_back(edit::SetParam{id, key, std::nullopt});
    if (changes.empty()) return documentChanged();  // Something was refused and never set: show what is.
    apply(keys.size() == 1 ? TR("edit", "Reset a setting") : TR("edit", "Reset settings"), std::move(changes));
  }

  std::string type_;
  BlockHead* head_;
  StateCard* card_;
  ParamsForm* form_ = nullptr;
  PortList* ports_ = nullptr;
  AboutBlock* about_;
  Section *portSection_ = nullptr, *aboutSection_;
};

}  // namespace

bool InspectorPage::apply(Text name, std::vector<edit::Change> changes, std::string_view merge) {
  if (state_.readOnly) {
    Q_EMIT statusMessage(state_.readOnlyReason);
    return false;
  }
  const auto done = state_.editor.apply(std::move(name), std::move(changes), merge);
  if (!done) Q_EMIT statusMessage(say(done.error()));
  return done.has_value();
}

QString blockTitle(const Node& node, const Schema* schema) {
  if (!node.title.empty()) return sayWritten(node.title);
  return schema ? say(schema->info.title) : fromUtf8(node.type);
}

QString blockTitle(const Document& document, const Catalogue& catalogue, const NodeId& id) {
  const auto* node = document.node(id);
  return node ? blockTitle(*node, catalogue.find(node->type)) : fromUtf8(id.text);
}

InspectorPage* makeBlockPage(InspectorState& state, QWidget* parent) { return new BlockPage{state, parent}; }

}  // namespace patchbay::widgets

#include "block_page.moc"
