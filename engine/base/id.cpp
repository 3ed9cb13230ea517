// SPDX-License-Identifier: Apache-2.0
#include "engine/base/id.h"

#include <sys/random.h>

#include <chrono>
#include <cstdint>

namespace patchbay {

std::string newUlid() {
  constexpr char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  auto ms = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  std::string out(26, '0');
  for (std::size_t i = 10; i-- > 0; ms >>= 5) out[i] = digits[ms & 31];
  std::uint8_t random[16];
  while (::getrandom(random, sizeof random, 0) != sizeof random) {
  }
  for (std::size_t i = 0; i < 16; ++i) out[10 + i] = digits[random[i] & 31];
  return out;
}

bool isUlid(std::string_view text) {
  if (text.size() != 26) return false;
  for (const char c : text)
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  return true;
}

}  // namespace patchbay
