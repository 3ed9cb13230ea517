// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/text.h"

namespace patchbay::widgets {

/// A sentence of the engine in the language of the program: looked up by (context, source), arguments filled in, counts in
/// the plural form of the language.
QString say(const Text& text);
/// Two sentences: cause and next action.
QString say(const Error& error);
/// A sentence with a count: `{n}` is grouped as the locale groups, "(s)" follows it. sayCount(TR("gallery", "{n} picture(s)"), 3).
QString sayCount(Text text, std::int64_t n);
/// A text that stands in a document: what a template wrote is translated as long as nobody changed it, what a person wrote is shown
/// as it is.
QString sayWritten(std::string_view text);
/// What a kind of port carries: "data set" for "dataset".
QString sayPortType(std::string_view type);
QString fromUtf8(std::string_view text);
std::string toUtf8(const QString& text);

/// "3.2 s", "1 min 05 s", "2 h 10 min".
QString sayDuration(double seconds);
/// "512 KB", "1.3 GB".
QString sayBytes(double bytes);
/// A share of 1 with so many decimals: "85.5 %".
QString sayPercent(double share, int decimals = 1);
/// Figures in the current locale: whole numbers grouped ("1,280"), shares with four decimals ("0.8545"), others with four significant
/// digits.
QString sayNumber(double value);

}  // namespace patchbay::widgets
