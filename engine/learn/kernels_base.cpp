// SPDX-License-Identifier: Apache-2.0
// For any processor.
#define PB_WIDTH 4
#define PB_CLASSES 5
#define PB_NAME kKernelsBase
#define PB_LABEL "base"
#include "engine/learn/kernels_body.h"
