// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the benchmarks on the made sets of features share: their size, how they are read, a figure as a line of JSON.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

inline constexpr std::size_t kRows = 5000, kFeatures = 1280;
inline constexpr int kClasses = 10;

template <class T>
std::vector<T> readAll(const std::string& path, std::size_t count) {
  std::vector<T> out(count);
  std::ifstream in{path, std::ios::binary};
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(count * sizeof(T)));
  if (!in) {
    std::fprintf(stderr, "%s is missing or short; make it with tests/bench/learn_peer.py --make FOLDER.\n", path.c_str());
    std::exit(2);
  }
  return out;
}

inline void print(const std::string& name, double value, const char* unit) {
  std::printf("{\"name\": \"%s\", \"value\": %.9g, \"unit\": \"%s\"}\n", name.c_str(), value, unit);
  std::fflush(stdout);
}
