// SPDX-License-Identifier: Apache-2.0
#include "engine/base/processor.h"

#include <cpuid.h>

#include <fstream>

namespace patchbay {

std::string processorName() {
  std::ifstream info{"/proc/cpuinfo"};
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name") && line.find(": ") != std::string::npos) return line.substr(line.find(": ") + 2);
  return "unknown processor";
}

bool bfloat16InHardware() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const bool amx = d >> 22 & 1;
  if (!__get_cpuid_count(7, 1, &a, &b, &c, &d)) return amx;
  return amx || (a >> 5 & 1);
}

}  // namespace patchbay
