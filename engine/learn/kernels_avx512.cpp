// SPDX-License-Identifier: Apache-2.0
// Compiled with -mavx512f and relatives where the compiler targets x86-64; empty elsewhere.
#ifdef __AVX512F__
#define PB_WIDTH 16
#define PB_CLASSES 10
#define PB_NAME kKernelsAvx512
#define PB_LABEL "avx512"
#include "engine/learn/kernels_body.h"
#endif
