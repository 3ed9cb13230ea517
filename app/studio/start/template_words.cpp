// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/start/template_words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "widgets/base/say.h"

namespace patchbay::studio {

namespace {
/// Gives the sentences of this file the context of the templates.
struct Template {
  Q_DECLARE_TR_FUNCTIONS(template)
};
}  // namespace

QString sayTemplate(const std::string& text) { return QCoreApplication::translate("template", text.c_str()); }

QString sayTemplateTime(const std::string& time, int cores) {
  static const QRegularExpression form{QStringLiteral("^about ([0-9]+) (s|min|h)(?: for ([0-9]+) pictures)? on two cores$")};
  const auto found = form.match(widgets::fromUtf8(time));
  if (!found.hasMatch()) return sayTemplate(time);
  double seconds = found.captured(1).toDouble();
  if (found.captured(2) == QLatin1String{"min"}) seconds *= 60;
  if (found.captured(2) == QLatin1String{"h"}) seconds *= 3600;
  // More cores help less than their number says; 0.75 is a rule of thumb, hence "about".
  seconds *= std::pow(2.0 / std::max(1, cores), 0.75);
  QString amount;
  if (seconds < 55) amount = Template::tr("about %1 s").arg(std::max(5, static_cast<int>(std::lround(seconds / 5)) * 5));
  else if (seconds < 5400) amount = Template::tr("about %1 min").arg(std::max(1, static_cast<int>(std::lround(seconds / 60))));
  else amount = Template::tr("about %1 h").arg(std::lround(seconds / 3600));
  const auto pictures = found.captured(3);
  return pictures.isEmpty() ? Template::tr("%1 on this machine").arg(amount)
                            : Template::tr("%1 on this machine for %2 pictures").arg(amount, pictures);
}

}  // namespace patchbay::studio
