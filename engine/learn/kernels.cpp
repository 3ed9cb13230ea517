// SPDX-License-Identifier: Apache-2.0
#include "engine/learn/kernels.h"

#include <cstdlib>
#include <string_view>

namespace patchbay::learn {

extern const Kernels kKernelsBase;
#if defined(__x86_64__)
extern const Kernels kKernelsAvx2;
extern const Kernels kKernelsAvx512;
#endif

const Kernels* kernelsNamed(const char* name) {
  const std::string_view wanted{name};
#if defined(__x86_64__)
  if (wanted == "avx512") {
    const bool has = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("avx512vl");
    return has ? &kKernelsAvx512 : nullptr;
  }
  if (wanted == "avx2") return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &kKernelsAvx2 : nullptr;
#endif
  return wanted == "base" ? &kKernelsBase : nullptr;
}

const Kernels& kernels() {
  static const Kernels& chosen = []() -> const Kernels& {
    if (const char* asked = std::getenv("PATCHBAY_VECTORS")) {
      if (const Kernels* k = kernelsNamed(asked)) return *k;
    }
    for (const char* name : {"avx512", "avx2"}) {
      if (const Kernels* k = kernelsNamed(name)) return *k;
    }
    return kKernelsBase;
  }();
  return chosen;
}

}  // namespace patchbay::learn
