// SPDX-License-Identifier: Apache-2.0
#include "engine/base/digest.h"

#include <fcntl.h>
#include <openssl/evp.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "engine/base/file.h"

namespace patchbay {

std::string Digest::hex() const {
  constexpr char digits[] = "0123456789abcdef";
  std::string out(64, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  return out;
}

Result<Digest> Digest::parse(std::string_view hex) {
  const auto bad = [&] {
    return fail(ErrorKind::Corrupt, "digest.malformed", TR("error", "\"{text}\" is not a SHA-256 digest.").with("text", displayText(hex)),
                TR("error", "The file that names it was changed by hand or is damaged; restore it."));
  };
  if (hex.size() != 64) return bad();
  Digest out;
  const auto nibble = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  for (std::size_t i = 0; i < 32; ++i) {
    const int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);
    if (high < 0 || low < 0) return bad();
    out.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return out;
}

std::size_t DigestHash::operator()(const Digest& d) const noexcept {
  std::size_t h;
  std::memcpy(&h, d.bytes.data(), sizeof h);
  return h;
}

struct Hasher::Impl {
  EVP_MD_CTX* ctx = EVP_MD_CTX_new();
  ~Impl() { EVP_MD_CTX_free(ctx); }
};

Hasher::Hasher() : impl_{std::make_unique<Impl>()} { EVP_DigestInit_ex(impl_->ctx, EVP_sha256(), nullptr); }
Hasher::~Hasher() = default;

Hasher& Hasher::add(std::span<const std::uint8_t> bytes) {
  EVP_DigestUpdate(impl_->ctx, bytes.data(), bytes.size());
  return *this;
}

Hasher& Hasher::add(std::string_view bytes) {
  EVP_DigestUpdate(impl_->ctx, bytes.data(), bytes.size());
  return *this;
}

Digest Hasher::finish() {
  Digest out;
  unsigned length = 0;
  EVP_DigestFinal_ex(impl_->ctx, out.bytes.data(), &length);
  return out;
}

Digest digestOf(std::string_view bytes) { return Hasher{}.add(bytes).finish(); }
Digest digestOf(std::span<const std::uint8_t> bytes) { return Hasher{}.add(bytes).finish(); }

Result<Digest> digestOfFile(const std::filesystem::path& path) {
  PB_TRY(const UniqueFd fd, openFile(path, O_RDONLY));
  Hasher hasher;
  std::vector<std::uint8_t> buffer(256 * 1024);
  for (;;) {
    const auto n = ::read(fd.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(systemError(errno, "read", displayText(path.native())));
    if (n == 0) return hasher.finish();
    hasher.add(std::span{buffer.data(), static_cast<std::size_t>(n)});
  }
}

}  // namespace patchbay
