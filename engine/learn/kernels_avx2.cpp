// SPDX-License-Identifier: Apache-2.0
// Compiled with -mavx2 -mfma where the compiler targets x86-64; empty elsewhere.
#ifdef __AVX2__
#define PB_WIDTH 8
#define PB_CLASSES 5
#define PB_NAME kKernelsAvx2
#define PB_LABEL "avx2"
#include "engine/learn/kernels_body.h"
#endif
