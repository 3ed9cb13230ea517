// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

namespace patchbay::edit {

/// A graph whose links all lead from one layer to the next; longer ones go through vertices made for them.
struct LayerGraph {
  struct End {
    std::size_t vertex = 0;
    double here = .5, there = .5;  ///< Where the link meets the two vertices, from 0 (top) to 1.
  };
  struct Vertex {
    std::size_t layer = 0;
    double h = 0;
    bool bend = false;  ///< Only there for a long link.
    std::vector<End> left, right;
  };
  std::vector<Vertex> vertices;
  std::vector<std::vector<std::size_t>> layers;  ///< In order from top to bottom.
};

/// Orders the layers so that few links cross: sweeps by the mean or median of the neighbours' places, with exchanges of
/// neighbours (Gansner, Koutsofios, North and Vo 1993). `start` varies where it begins. Returns the number of crossings.
std::int64_t orderLayers(LayerGraph& graph, unsigned start);

}  // namespace patchbay::edit
