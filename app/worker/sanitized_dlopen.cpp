// SPDX-License-Identifier: Apache-2.0
// The sanitizers end a process that opens a library with RTLD_DEEPBIND, as OpenVINO's TBB does with libtbbbind.
#if defined(__SANITIZE_ADDRESS__)
#include <dlfcn.h>

extern "C" __attribute__((visibility("default"))) void* dlopen(const char* file, int mode) noexcept {
  using Open = void* (*)(const char*, int);
  static const auto next = reinterpret_cast<Open>(::dlsym(RTLD_NEXT, "dlopen"));
  return next(file, mode & ~RTLD_DEEPBIND);
}
#endif
