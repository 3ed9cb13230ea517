// SPDX-License-Identifier: Apache-2.0
// Why a picture should be labelled next, in words.
#include "engine/learn/figure_text.h"
#include "engine/learn/next_best.h"

namespace patchbay::learn {
namespace {

constexpr double clear = 0.8;  // Of chances so far from each other nobody says that they compete.

std::string percent(double share) { return figureText(100 * share, 0) + " %"; }

std::string className(const Names& names, int index) {
  const auto i = static_cast<std::size_t>(index);
  return index >= 0 && i < names.classes.size() ? names.classes[i] : std::string{"?"};
}

/// The nearest labelled picture, and the nearest that is labelled differently.
struct Alike {
  const Neighbour* first = nullptr;
  const Neighbour* other = nullptr;
};
Alike alikeOf(const Pick& pick, const Names& names) {
  Alike out;
  for (const auto& near : pick.nearest) {
    if (!out.first) out.first = &near;
    else if (!out.other && names.label(near.row) != names.label(out.first->row)) out.other = &near;
  }
  return out;
}

/// The arguments that tell of the neighbours.
Text withAlike(Text text, const Alike& alike, const Names& names) {
  const auto add = [&](std::string_view name, std::string_view value) { (void)std::move(text).with(name, value); };
  if (alike.first) {
    add("picture", names.picture(alike.first->row));
    add("label", names.label(alike.first->row));
    add("alike", percent(alike.first->similarity));
  }
  if (alike.other) {
    add("picture2", names.picture(alike.other->row));
    add("label2", names.label(alike.other->row));
    add("alike2", percent(alike.other->similarity));
  }
  return text;
}

Text typical(const Pick& pick, const Alike& alike) {
  const auto n = static_cast<std::int64_t>(pick.groupSize);
  auto text = TR("learn", "The most typical of {n} similar pictures, none of which is labelled; those around it are {typicality} alike.");
  if (pick.groupKnown > 0)
    text = TR("learn",
              "The most typical of {n} similar pictures, {known} of which are labelled; the most alike of these or others, {picture}, is "
              "{label} ({alike}).");
  else if (alike.first)
    text = TR("learn",
              "The most typical of {n} similar pictures, none of which is labelled; those around it are {typicality} alike, the nearest "
              "labelled one, {picture} ({label}), only {alike}.");
  return std::move(text).count(n).with("known", static_cast<std::int64_t>(pick.groupKnown)).with("typicality", percent(pick.typicality));
}

Text hesitating(const Alike& alike) {
  if (!alike.first) return TR("learn", "The model hesitates between {first} ({p}) and {second} ({q}).");
  if (!alike.other)
    return TR("learn",
              "The model hesitates between {first} ({p}) and {second} ({q}); the most alike labelled pictures, such as {picture} "
              "({alike}), are {label}.");
  return TR("learn",
            "The model hesitates between {first} ({p}) and {second} ({q}); {picture} ({alike} alike) is {label}, {picture2} "
            "({alike2}) is {label2}.");
}

/// Of one that was chosen among surer ones, or has become clear since.
Text settled(const Alike& alike) {
  if (!alike.first) return TR("learn", "{first} ({p}), says the model, and hardly hesitates.");
  return TR("learn",
            "{first} ({p}), says the model, and hardly hesitates; the most alike labelled picture, {picture} ({alike}), is {label}.");
}

Text unsure(const Alike& alike) {
  if (!alike.first) return TR("learn", "The model is not sure whether this is {first} ({p}).");
  return TR("learn",
            "The model is not sure whether this is {first} ({p}); the most alike labelled picture, {picture} ({alike}), is {label}.");
}

Text wavering(const Pick& pick, const Alike& alike) {
  auto text = TR(
      "learn", "{first} ({p}), says the model, but changed its mind {changes} of {rounds} times when it saw a part of the features only.");
  if (alike.first)
    text = TR("learn",
              "{first} ({p}), says the model, but changed its mind {changes} of {rounds} times when it saw a part of the features only; "
              "the most alike labelled picture, {picture} ({alike}), is {label}.");
  return std::move(text).with("changes", static_cast<std::int64_t>(pick.changes)).with("rounds", static_cast<std::int64_t>(pick.rounds));
}

}  // namespace

Text reasonOf(const Pick& pick, const Names& names) {
  const auto alike = alikeOf(pick, names);
  Text text;
  switch (pick.strategy) {
    case Strategy::TypiClust:
      return withAlike(typical(pick, alike), alike, names);
    case Strategy::Random:
      return TR("learn", "Chosen at random, so that what is measured holds for all pictures.");
    case Strategy::DropQuery:
      if (pick.changes > 0) {
        text = wavering(pick, alike);
        break;
      }
      [[fallthrough]];
    case Strategy::Margin:
      text = pick.second < 0 ? unsure(alike) : pick.firstChance - pick.secondChance > clear ? settled(alike) : hesitating(alike);
      break;
  }
  return withAlike(std::move(text)
                       .with("first", className(names, pick.first))
                       .with("p", percent(pick.firstChance))
                       .with("second", className(names, pick.second))
                       .with("q", percent(pick.secondChance)),
                   alike, names);
}

}  // namespace patchbay::learn
