// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <string>

namespace patchbay::studio {

/// A text of a template file in the program's language (context "template"; translations/extract lists them for lupdate).
QString sayTemplate(const std::string& text);
/// "about 8 min for 500 pictures on two cores" -> "about 4 min on this machine for 500 pictures", scaled by the cores there are.
QString sayTemplateTime(const std::string& time, int cores);

}  // namespace patchbay::studio
