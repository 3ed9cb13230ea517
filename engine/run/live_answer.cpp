// SPDX-License-Identifier: Apache-2.0
#include "engine/run/live_answer.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace patchbay {
namespace {

constexpr std::size_t passAsFile = 64 * 1024;
constexpr std::size_t worthMoving = 1024;
constexpr std::size_t largestAnswer = std::size_t{1} << 30;
constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

/// Calls `visit` for every byte value that is worth moving.
Result<> forEachLarge(Value& value, const std::function<Result<>(Value&)>& visit) {
  if (value.isBytes()) return value.asBytes().size() < worthMoving ? Result<>{} : visit(value);
  if (value.isList())
    for (auto& one : value.list()) PB_CHECK(forEachLarge(one, visit));
  if (value.isMap())
    for (auto& [key, one] : value.map()) PB_CHECK(forEachLarge(one, visit));
  return {};
}

tl::unexpected<Error> incomplete() {
  return fail(ErrorKind::Corrupt, "live.file", TR("error", "A live worker's answer is incomplete."), TR("error", "Ask again."));
}

/// A sealed memory file, mapped.
struct Mapping {
  void* data = nullptr;
  std::size_t size = 0;
  Mapping() = default;
  Mapping(Mapping&& other) noexcept : data{std::exchange(other.data, nullptr)}, size{std::exchange(other.size, 0)} {}
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping() {
    if (data) ::munmap(data, size);
  }
};

Result<Mapping> mapped(int fd) {
  Mapping out;
  struct stat st {};
  const int have = ::fcntl(fd, F_GET_SEALS);
  // A file that could shrink while it is read would end this process.
  constexpr int needed = F_SEAL_SHRINK | F_SEAL_WRITE;
  if (have < 0 || (have & needed) != needed || ::fstat(fd, &st) != 0) return incomplete();
  if (st.st_size == 0) return out;
  out.size = static_cast<std::size_t>(st.st_size);
  void* data = ::mmap(nullptr, out.size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED) return fail(systemError(errno, "map", "shared memory"));
  out.data = data;
  return out;
}

/// `left` bounds what one answer may make this process allocate.
Result<> putBack(Value& value, const std::vector<Mapping>& files, std::size_t& left) {
  if (value.isMap() && value.contains("$memfd")) {
    const auto index = value["$memfd"].asInt(-1), offset = value["offset"].asInt(), size = value["size"].asInt(-1);
    if (index < 0 || static_cast<std::size_t>(index) >= files.size() || offset < 0 || size < 0) return incomplete();
    const auto& file = files[static_cast<std::size_t>(index)];
    const auto from = static_cast<std::size_t>(offset), count = static_cast<std::size_t>(size);
    if (from > file.size || count > file.size - from || count > left) return incomplete();
    left -= count;
    const auto* begin = static_cast<const std::uint8_t*>(file.data) + from;
    value = count == 0 ? Value::Bytes{} : Value::Bytes(begin, begin + count);
    return {};
  }
  if (value.isMap())
    for (auto& [key, member] : value.map()) PB_CHECK(putBack(member, files, left));
  if (value.isList())
    for (auto& member : value.list()) PB_CHECK(putBack(member, files, left));
  return {};
}

}  // namespace

Result<LiveAnswer> toLiveAnswer(Value value) {
  LiveAnswer out;
  std::size_t total = 0;
  PB_CHECK(forEachLarge(value, [&](Value& bytes) -> Result<> {
    total += bytes.asBytes().size();
    return {};
  }));
  out.value = std::move(value);
  if (total < passAsFile) return out;
  UniqueFd fd{::memfd_create("patchbay", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  if (!fd) return fail(systemError(errno, "make", "shared memory"));
  std::size_t offset = 0;
  PB_CHECK(forEachLarge(out.value, [&](Value& one) -> Result<> {
    const auto& bytes = one.asBytes();
    const auto size = bytes.size();
    PB_CHECK(writeAll(fd.get(), {reinterpret_cast<const char*>(bytes.data()), size}, "shared memory"));
    one = Value{Value::Map{{"$memfd", 0}, {"offset", offset}, {"size", size}}};
    offset += size;
    return {};
  }));
  if (::fcntl(fd.get(), F_ADD_SEALS, seals) != 0) return fail(systemError(errno, "seal", "shared memory"));
  out.files.push_back(std::move(fd));
  return out;
}

Result<Value> inlined(LiveAnswer answer) {
  // Without files there is nothing to put back, and what merely looks like one stays what it is.
  if (answer.files.empty()) return std::move(answer.value);
  std::vector<Mapping> files;
  for (const auto& file : answer.files) {
    PB_TRY(auto one, mapped(file.get()));
    files.push_back(std::move(one));
  }
  std::size_t left = largestAnswer;
  PB_CHECK(putBack(answer.value, files, left));
  return std::move(answer.value);
}

}  // namespace patchbay
