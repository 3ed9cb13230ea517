// SPDX-License-Identifier: Apache-2.0
#pragma once
// libjpeg's headers need others before them, in this order.
// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>
// clang-format on
