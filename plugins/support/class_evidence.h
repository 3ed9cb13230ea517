// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "engine/base/progress.h"
#include "engine/net/net.h"
#include "engine/vision/preprocess.h"

namespace patchbay::blocks {

/// Numbers over a net's input, rows top to bottom: what speaks for a class where.
struct Grid {
  int width = 0, height = 0;
  std::vector<float> values;
};

/// A classifier that also tells where in the picture the evidence for a class lies.
///
/// Nets that end in global pooling and a linear layer give class activation maps (Zhou et al. 2016, arXiv 1512.04150): the
/// last maps, weighted as the class weighs them. They are exact: the mean of the grid plus the class's bias is its score. Where
/// pooled maps of several levels are joined, their grids are added, and of a maximum the weight lies where the maximum is. Of
/// other nets parts of the picture are covered in turn (occlusion), and the evidence is what the score loses.
class ClassEvidence {
 public:
  enum class Method : std::uint8_t { ActivationMap, Occlusion };
  /// One picture's way through the net.
  struct Seen {
    std::vector<float> logits;
    std::vector<float> features;  ///< What the last linear layer gets; empty when there is none.
    std::vector<float> input;
    std::vector<std::vector<float>> maps;
  };

  /// Fails as Unsupported when the net does not tell classes apart.
  static Result<ClassEvidence> open(const net::Net& net, int threads);
  ClassEvidence(ClassEvidence&&) noexcept;
  ClassEvidence& operator=(ClassEvidence&&) noexcept;
  ~ClassEvidence();

  Method method() const;
  const net::Net& net() const;
  const vision::Preprocess& preprocess() const;
  /// `input`: 3 x crop x crop floats of vision::normalise. From one thread at a time.
  Result<Seen> look(std::vector<float> input);
  /// What speaks for (above 0) and against a class. Cancelled once `stop` was requested.
  Result<Grid> evidence(const Seen& seen, std::size_t classIndex, const StopFlag* stop = nullptr);

 private:
  struct Impl;
  explicit ClassEvidence(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The positive evidence over the whole upright picture of that size, 0..1, the longer side `side` numbers long; 0 where the net
/// does not look because of its crop. Fine grids are blurred, so that people can read them.
Grid overPicture(const Grid& evidence, const vision::Preprocess& preprocess, int width, int height, int side = 224);

}  // namespace patchbay::blocks
