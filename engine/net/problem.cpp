// SPDX-License-Identifier: Apache-2.0
#include "engine/net/problem.h"

namespace patchbay::net {

tl::unexpected<Error> badNet(std::string_view what) {
  return fail(ErrorKind::BadInput, "net.invalid", TR("net", "The network cannot be used: {what}.").with("what", displayText(what)),
              TR("net", "Take the files from one export or backbone together, or make them anew."));
}

std::string shapeText(const Shape& shape) {
  std::string out = "[";
  for (const auto extent : shape) out += (out.size() > 1 ? ", " : "") + std::to_string(extent);
  return out + "]";
}

}  // namespace patchbay::net
