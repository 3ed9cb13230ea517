// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace patchbay::test {

/// Lets this process and its children mount what nobody else sees: as root by a mount namespace, otherwise by a user
/// namespace, where the kernel allows one. A test that gets false skips and says so.
inline bool ownMounts() {
  const auto uid = std::to_string(::getuid()), gid = std::to_string(::getgid());
  if (::unshare(CLONE_NEWNS) != 0) {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    std::ofstream{"/proc/self/setgroups"} << "deny";
    std::ofstream{"/proc/self/uid_map"} << "0 " + uid + " 1";
    std::ofstream{"/proc/self/gid_map"} << "0 " + gid + " 1";
  }
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

/// A real file system of 8 MB that can be filled and emptied.
class SmallDisk {
 public:
  static constexpr std::int64_t size = std::int64_t{8} << 20;

  explicit SmallDisk(std::filesystem::path folder) : folder_{std::move(folder)} {
    std::filesystem::create_directories(folder_);
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=8m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }
  const std::filesystem::path& folder() const { return folder_; }

  std::int64_t free() const {
    struct statvfs disk {};
    return ::statvfs(folder_.c_str(), &disk) == 0 ? static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize) : -1;
  }
  /// Writes until `leaving` bytes are free; also takes what others free meanwhile when it is called again.
  void fill(std::int64_t leaving = 0) const {
    const int fd = ::open((folder_ / "ballast").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    const std::string page(4096, 'x');
    while (free() > leaving && ::write(fd, page.data(), page.size()) > 0) {
    }
    ::close(fd);
  }
  void empty() const {
    std::error_code ec;
    std::filesystem::remove(folder_ / "ballast", ec);
  }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

}  // namespace patchbay::test

/// Skips a test where nothing may be mounted, loudly: what is not tested is named.
#define PB_NEEDS_OWN_MOUNTS(what) \
  if (!::patchbay::test::ownMounts()) GTEST_SKIP() << "NOT TESTED: " what "; mounting is not allowed here"
