// SPDX-License-Identifier: Apache-2.0
#include "engine/service/graphics_card.h"

#include <cstdlib>

#include "engine/base/process.h"
#include "engine/base/resources.h"
#include "engine/base/value.h"

namespace patchbay {
namespace fs = std::filesystem;
namespace {

/// CUDA 13 speaks to drivers from this one on (its release notes, table of minimum versions).
constexpr int oldestDriver = 580;

struct Library {
  const char* name;
  const char* file;
};
constexpr Library libraries[] = {
    {"cuDNN", "libcudnn.so.9"},          {"cuSPARSELt", "libcusparseLt.so.0"}, {"NCCL", "libnccl.so.2"},
    {"NVSHMEM", "libnvshmem_host.so.3"}, {"cuBLAS", "libcublas.so.13"},        {"NVRTC", "libnvrtc.so.13"},
    {"cuFFT", "libcufft.so.12"},         {"cuFile", "libcufile.so.0"},         {"cuRAND", "libcurand.so.10"},
    {"cuSOLVER", "libcusolver.so.12"},   {"cuSPARSE", "libcusparse.so.12"},    {"nvJitLink", "libnvJitLink.so.13"}};

/// Flat where Patchbay is installed, a folder each where the wheels are unpacked.
bool isThere(const char* file) {
  std::error_code ec;
  if (fs::exists(programFolder().parent_path() / "lib" / "patchbay" / file, ec)) return true;
  for (const auto& entry : fs::directory_iterator{cacheFolder() / "deps" / "torch-2.11.0" / "nvidia", ec})
    if (fs::exists(entry.path() / "lib" / file, ec)) return true;
  return false;
}

/// "NVIDIA H100, 81559 MiB, 550.54" -> 550; 0 where nothing is said.
int driverOf(const GraphicsCard& card) {
  const auto comma = card.name.rfind(',');
  return comma == std::string::npos ? 0 : std::atoi(card.name.c_str() + comma + 1);
}

}  // namespace

std::vector<std::string> missingGpuLibraries() {
  std::vector<std::string> out;
  for (const auto& library : libraries)
    if (!isThere(library.file)) out.emplace_back(library.name);
  return out;
}

std::optional<GraphicsCard> graphicsCard() {
  const auto run =
      runProgram({"nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"}, {}, std::chrono::seconds{10});
  if (!run || run->code != 0) return std::nullopt;
  return GraphicsCard{displayText(run->out.substr(0, run->out.find('\n'))), missingGpuLibraries().empty()};
}

GpuTrouble gpuTrouble(const std::optional<GraphicsCard>& card) {
  std::error_code ec;
  if (!card) {
    if (!fs::exists("/dev/nvidiactl", ec) && !fs::exists("/dev/dxg", ec)) return {};
    return {"an NVIDIA card is there, and nvidia-smi does not answer",
            "Run nvidia-smi and do what it says; after a new driver start the machine again."};
  }
  if (const int driver = driverOf(*card); driver > 0 && driver < oldestDriver)
    return {"its driver " + std::to_string(driver) + " is too old for CUDA 13",
            "Install NVIDIA's driver " + std::to_string(oldestDriver) + " or newer."};
  std::string names;
  for (const auto& name : missingGpuLibraries()) names += (names.empty() ? "" : ", ") + name;
  if (!names.empty()) return {"not installed: " + names, "Run app/setup/install --gpu."};
  const auto run = runProgram({(programFolder() / "patchbay-worker").native(), "gpu"}, {}, std::chrono::seconds{60});
  const auto said = parseJson(run ? run->out : "");
  if (!said) return {"the worker does not tell whether it can compute on it", "Run patchbay-worker gpu and report what it says."};
  if (const auto* error = said->find("error")) {
    const auto why = errorFromValue(*error);
    return {render(why.cause), render(why.hint)};
  }
  for (const auto& gpu : (*said)["gpus"].asList())
    if (!gpu["works"].asBool()) return {gpu["name"].asText() + " does not compute", "Look at dmesg and nvidia-smi for errors of the card."};
  return {};
}

}  // namespace patchbay
