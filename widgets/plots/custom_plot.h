// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// QCustomPlot's header speaks with Qt's keywords, which the Studio has switched off; they are lent to it here alone.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include <qcustomplot.h>
#pragma GCC diagnostic pop
#undef signals
#undef slots
#undef emit
#undef foreach
