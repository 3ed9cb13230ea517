// SPDX-License-Identifier: Apache-2.0
#include "engine/torch/runtime.h"

#include <ATen/DeviceAccelerator.h>
#include <dlfcn.h>
#include <malloc.h>
#include <sys/resource.h>
#include <torch/headeronly/version.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "engine/base/resources.h"
#include "engine/torch/aten.h"
#include "engine/torch/caught.h"
#include "engine/torch/gpu.h"

namespace patchbay::torch {
namespace fs = std::filesystem;
namespace {

/// The CUDA half of LibTorch registers itself when it is loaded. It lies beside libtorch_cpu.so, or where app/setup/install --gpu
/// has put it: a worker that was sent to a GPU box brings none, as it is two gigabytes. LibTorch must not be asked about CUDA
/// before: what it finds the first time it keeps.
Result<> loadCuda() {
  static bool loaded = false;
  if (loaded) return {};
  Dl_info info{};
  void* const symbol = reinterpret_cast<void*>(static_cast<int (*)()>(&at::get_num_threads));
  if (!::dladdr(symbol, &info)) info.dli_fname = "";
  const auto fetched = cacheFolder() / "deps" / ("torch-" + torchVersion()) / "torch" / "lib" / "libtorch_cuda.so";
  std::string first;
  for (const auto& library : {fs::path{info.dli_fname}.parent_path() / "libtorch_cuda.so", fetched}) {
    loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr;
    if (loaded) return {};
    if (const char* const said = ::dlerror(); said && first.empty()) first = said;
  }
  const char* const why = first.empty() ? nullptr : first.c_str();
  return fail(ErrorKind::Unsupported, "gpu.library",
              TR("torch", "The libraries for training on a GPU cannot be loaded: {why}.").with("why", why ? why : "unknown reason"),
              TR("torch", "Install NVIDIA's libraries with the setup program, or choose the device \"cpu\"."));
}

}  // namespace

void initTorch(int threads) {
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  ::mallopt(M_TOP_PAD, 64 << 20);
  at::set_num_threads(threads);
  // LibTorch refuses a second call with an exception; one process needs it once.
  if (at::get_num_interop_threads() != 1) at::set_num_interop_threads(1);
}

std::int64_t peakMemory() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

Result<GpuLibrary*> gpuLibrary() {
  Dl_info info{};
  void* const symbol = reinterpret_cast<void*>(&torchVersion);
  if (!::dladdr(symbol, &info)) info.dli_fname = "";
  const auto file = fs::path{info.dli_fname}.parent_path() / "libpatchbay_torch_cuda.so";
  auto* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto entry = library ? reinterpret_cast<GpuLibrary* (*)()>(::dlsym(library, "patchbayTorchCudaV1")) : nullptr;
  if (entry) return entry();
  const char* const why = ::dlerror();
  return fail(ErrorKind::Unsupported, "gpu.library",
              TR("torch", "The libraries for training on a GPU cannot be loaded: {why}.").with("why", why ? why : "unknown reason"),
              TR("torch", "Install NVIDIA's libraries with the setup program, or choose the device \"cpu\"."));
}

std::int64_t peakGpuMemory(const std::string& device) {
  if (device == "cpu") return 0;
  const auto peak = caught([&] {
    const auto stats = at::accelerator::getDeviceStats(at::Device{device}.index());
    return stats.allocated_bytes[static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE)].peak;
  });
  return peak.value_or(0);
}

void releaseGpuMemory(const std::string& device) {
  if (device != "cpu") (void)caught([] { at::accelerator::emptyCache(); });
}

Result<> requireDevice(const std::string& device) {
  if (device == "cpu") return {};
  int index = -1;
  const std::string_view prefix = "cuda:";
  const bool named = device.starts_with(prefix);
  const auto parsed =
      named ? std::from_chars(device.data() + prefix.size(), device.data() + device.size(), index) : std::from_chars_result{};
  if (!named || parsed.ec != std::errc{} || parsed.ptr != device.data() + device.size() || index < 0)
    return fail(ErrorKind::Usage, "device.name", TR("torch", "\"{device}\" is not a device.").with("device", device),
                TR("torch", "Use \"cpu\", or \"cuda:0\" for the first GPU."));
  if (!fs::exists("/dev/nvidiactl") && !fs::exists("/dev/dxg"))
    return fail(ErrorKind::Unsupported, "gpu.none", TR("torch", "This machine has no NVIDIA GPU that answers."),
                TR("torch", "Choose the device \"cpu\", or install NVIDIA's driver."));
  PB_CHECK(loadCuda());
  PB_TRY(const auto count, caught([] { return static_cast<int>(at::detail::getCUDAHooks().deviceCount()); }));
  if (index >= count)
    return fail(ErrorKind::Unsupported, "gpu.index",
                TR("torch", "GPU {index} was asked for, and {n} GPU(s) answer.").with("index", std::int64_t{index}).count(count),
                TR("torch", "Choose one that is there; GPUs are counted from 0."));
  return {};
}

Result<std::string> deviceOfRank(const std::string& device) {
  PB_CHECK(requireDevice(device));
  const char* const onNode = std::getenv("SLURM_LOCALID");
  const char* const seat = onNode && std::getenv("PATCHBAY_RANK") ? onNode : std::getenv("PATCHBAY_RANK");
  if (device == "cpu" || !seat) return device;
  return caught([&] {
    const int count = at::detail::getCUDAHooks().deviceCount();
    return "cuda:" + std::to_string((at::Device{device}.index() + std::atoi(seat)) % count);
  });
}

std::string torchVersion() { return TORCH_VERSION; }

}  // namespace patchbay::torch
