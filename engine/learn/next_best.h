// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/learn/linear_head.h"

namespace patchbay::learn {

/// How the picture to label next is chosen.
enum class Strategy : std::uint8_t {
  /// The most typical picture of groups that have no label yet (Hacohen, Dekel and Weinshall 2022, arXiv 2202.02794). Needs no model.
  TypiClust,
  /// Where the two most probable classes are nearest to each other; of those a varied choice.
  Margin,
  /// Where the model changes its mind when features are left out; of those a varied choice (Gupte et al. 2024, arXiv 2401.14555).
  DropQuery,
  Random,
};
std::string_view toString(Strategy strategy);  ///< "typiclust", "margin", "dropquery", "random".
std::optional<Strategy> strategyFrom(std::string_view name);

/// The pictures there are. All spans have one entry a row.
struct Pool {
  MatrixView features;                   ///< Rows of length 1.
  std::span<const std::uint8_t> known;   ///< 1: labelled.
  std::span<const std::uint8_t> skip{};  ///< 1: not to be proposed; empty: none.
  bool candidate(std::size_t row) const { return !known[row] && (skip.empty() || !skip[row]); }
};

struct Neighbour {
  std::size_t row = 0;
  double similarity = 0;  ///< Cosine.
};

/// A picture that should be labelled next, with what speaks for it. Only the fields of its strategy are set.
struct Pick {
  std::size_t row = 0;
  Strategy strategy = Strategy::Random;
  // TypiClust.
  std::size_t groupSize = 0, groupKnown = 0;  ///< Pictures of its group, and how many of these are labelled.
  double typicality = 0;                      ///< Mean cosine to the nearest 20 of its group.
  // Margin and DropQuery.
  int first = -1, second = -1;               ///< The most probable classes; with several labels a picture only the least sure.
  double firstChance = 0, secondChance = 0;  ///< Their probabilities.
  double uncertainty = 0;                    ///< 1 - margin, 0..1.
  int rounds = 0, changes = 0;               ///< DropQuery: times features were left out, and the class became another.
  std::vector<Neighbour> nearest;            ///< Labelled pictures most like it, the most alike first.
};

struct NextOptions {
  std::size_t count = 1;
  std::uint64_t seed = 0;
  bool multiLabel = false;       ///< Probabilities are of labels that do not exclude each other.
  std::size_t mostGroups = 500;  ///< TypiClust: groups at most; there are as many as labelled and wanted pictures otherwise.
  std::size_t neighbours = 20;   ///< TypiClust: of the typicality.
  std::size_t shortlist = 10;    ///< Margin: the varied choice is among that many times `count`.
  int rounds = 3;                ///< DropQuery, as published.
  double drop = 0.75;            ///< DropQuery: share of features left out, as published.
  std::size_t nearest = 3;       ///< Labelled pictures told for each pick.
  int threads = 1;               ///< The result does not depend on it.
  const StopFlag* stop = nullptr;
};

/// 1 - (p1 - p2) of each row's two greatest probabilities; with several labels a picture 1 - |2 p - 1| of the least sure one.
std::vector<float> uncertainties(MatrixView probabilities, bool multiLabel);

// Each gives `count` picks, fewer when there are fewer candidates, the first to be labelled first. Fail as Cancelled when stopped.
Result<std::vector<Pick>> nextByTypicality(const Pool& pool, const NextOptions& options);
/// `probabilities`: rows x classes, calibrated or not.
Result<std::vector<Pick>> nextByMargin(const Pool& pool, MatrixView probabilities, const NextOptions& options);
/// `inputs` are what `head` takes, one row each (e.g. standardised features); the probabilities are its own or calibrated ones.
/// Where fewer than `count` pictures change their class, those with the smallest margin follow.
Result<std::vector<Pick>> nextByDropout(const Pool& pool, MatrixView inputs, const LinearHead& head, MatrixView probabilities,
                                        const NextOptions& options);
std::vector<Pick> nextAtRandom(const Pool& pool, const NextOptions& options);
/// What the probabilities say of one row now, as a pick by margin.
Pick explained(const Pool& pool, MatrixView probabilities, std::size_t row, const NextOptions& options);

/// What a pick is called and what its neighbours are labelled, for people.
struct Names {
  std::span<const std::string> classes;
  std::function<std::string(std::size_t row)> picture;  ///< Its file name.
  std::function<std::string(std::size_t row)> label;    ///< Of a labelled picture.
};
/// Why this one, in a sentence made of the pick's own numbers and neighbours.
Text reasonOf(const Pick& pick, const Names& names);

}  // namespace patchbay::learn
