// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/colours.h"

namespace patchbay::widgets {

QColor blend(const QColor& under, const QColor& over, double share) {
  return QColor::fromRgbF(static_cast<float>(under.redF() + (over.redF() - under.redF()) * share),
                          static_cast<float>(under.greenF() + (over.greenF() - under.greenF()) * share),
                          static_cast<float>(under.blueF() + (over.blueF() - under.blueF()) * share));
}

Colours::Colours(const QPalette& p) : palette{p}, dark{isDark(p)} {
  ground = dark ? blend(p.color(QPalette::Window), Qt::black, 0.12) : p.color(QPalette::Window);
  text = p.color(QPalette::Text);
  faint = p.color(QPalette::PlaceholderText);
  card = dark ? blend(p.color(QPalette::Window), Qt::white, 0.06) : p.color(QPalette::Base);
  dots = blend(ground, text, dark ? 0.11 : 0.14);
  edge = blend(card, text, dark ? 0.22 : 0.2);
  line = blend(card, text, 0.1);
  accent = p.color(QPalette::Highlight);
  link = p.color(QPalette::Link);
  note = dark ? QColor{0x3b, 0x38, 0x24} : QColor{0xff, 0xf6, 0xd0};
  noteEdge = blend(note, toneColour(Tone::Waiting, p), 0.35);
  noteText = text;
  shadow = Qt::black;
}

QColor Colours::ink(StatusLook::Ink ink, BlockState state) const {
  switch (ink) {
    case StatusLook::Ink::Strong:
    case StatusLook::Ink::Plain:
      return text;
    case StatusLook::Ink::Faint:
      return faint;
    case StatusLook::Ink::Tone:
      return state == BlockState::Done || state == BlockState::Queued || state == BlockState::Skipped ? faint : tone(toneOf(state));
    case StatusLook::Ink::Link:
      return link;
  }
  return text;
}

}  // namespace patchbay::widgets
