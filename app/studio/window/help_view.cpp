// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/help_view.h"

#include <QEvent>

#include "widgets/base/say.h"
#include "widgets/base/theme.h"

namespace patchbay::studio {

namespace {

QString escaped(const Text& text) { return widgets::say(text).toHtmlEscaped(); }

QString rangeOf(const ParamInfo& p) {
  if (p.min && p.max) return HelpView::tr("%1 to %2").arg(widgets::sayNumber(*p.min), widgets::sayNumber(*p.max));
  if (p.min) return HelpView::tr("from %1").arg(widgets::sayNumber(*p.min));
  if (p.max) return HelpView::tr("up to %1").arg(widgets::sayNumber(*p.max));
  return {};
}

QString ports(const Schema& s, bool input) {
  QString out;
  for (const auto& p : s.ports) {
    if (p.input != input) continue;
    const auto colour = widgets::portColour(p.type, QPalette{}).name();
    const auto extra = p.variadic ? HelpView::tr(" (any number)") : p.optional ? HelpView::tr(" (may stay open)") : QString{};
    out += QStringLiteral("<p><b>%1</b> <span style='color:%2'>%3</span>%4<br>%5</p>")
               .arg(escaped(p.label), colour, widgets::fromUtf8(p.type).toHtmlEscaped(), extra.toHtmlEscaped(), escaped(p.help));
  }
  return out;
}

QString paramsOf(const Schema& s) {
  QString out;
  for (const auto& p : s.params) {
    const auto range = rangeOf(p);
    const auto standard = p.def.isText() ? widgets::fromUtf8(p.def.asText()) : widgets::fromUtf8(toJson(p.def));
    QStringList facts;
    if (!range.isEmpty()) facts.append(range);
    if (!standard.isEmpty() && !p.def.isNull()) facts.append(HelpView::tr("normally %1").arg(standard));
    out += QStringLiteral("<p><a name='%1'></a><b>%2</b> <i>%3</i><br>%4</p>")
               .arg(widgets::fromUtf8(p.key).toHtmlEscaped(), escaped(p.label), facts.join(QStringLiteral("; ")).toHtmlEscaped(),
                    escaped(p.help));
    if (p.choices.empty()) continue;
    out += QStringLiteral("<ul>");
    for (const auto& c : p.choices) out += QStringLiteral("<li><b>%1</b> %2</li>").arg(escaped(c.label), escaped(c.help));
    out += QStringLiteral("</ul>");
  }
  return out;
}

}  // namespace

HelpView::HelpView(QWidget* parent) : QTextBrowser{parent} {
  setObjectName(QStringLiteral("help"));
  setFrameShape(QFrame::NoFrame);
  setOpenLinks(false);
  document()->setDocumentMargin(16);
  render();
}

void HelpView::show(const Schema* schema, const QString& param) {
  schema_.reset();
  if (schema) schema_ = *schema;
  render();
  if (!param.isEmpty()) scrollToAnchor(param);
}

void HelpView::render() {
  setAccessibleName(tr("Help"));
  if (!schema_) {
    setHtml(
        QStringLiteral("<p>%1</p>")
            .arg(tr("Select a block and press F1: what it does, its inputs, outputs and parameters are explained here.").toHtmlEscaped()));
    return;
  }
  const auto& s = *schema_;
  auto html = QStringLiteral("<h2>%1</h2><p>%2</p>").arg(escaped(s.info.title), escaped(s.info.summary));
  if (const auto in = ports(s, true); !in.isEmpty()) html += QStringLiteral("<h3>%1</h3>%2").arg(tr("Inputs").toHtmlEscaped(), in);
  if (const auto out = ports(s, false); !out.isEmpty()) html += QStringLiteral("<h3>%1</h3>%2").arg(tr("Outputs").toHtmlEscaped(), out);
  if (!s.params.empty()) html += QStringLiteral("<h3>%1</h3>%2").arg(tr("Parameters").toHtmlEscaped(), paramsOf(s));
  setHtml(html);
}

void HelpView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) render();
  QTextBrowser::changeEvent(event);
}

}  // namespace patchbay::studio
