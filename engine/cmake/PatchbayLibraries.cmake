# SPDX-License-Identifier: Apache-2.0
# Libraries from outside. LibTorch and OpenVINO come as wheels (app/setup/wheels.lock), the rest from Debian.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Eigen3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CLI11 REQUIRED)

# LibTorch without TorchConfig.cmake, which demands the CUDA toolkit. Linked in engine/torch only.
set(torch_root ${PATCHBAY_DEPS}/torch-2.11.0/torch)
if(NOT EXISTS ${torch_root}/lib/libtorch_cpu.so OR NOT EXISTS ${PATCHBAY_DEPS}/openvino-2026.4.1/openvino/cmake)
  message(FATAL_ERROR "LibTorch or OpenVINO is missing below ${PATCHBAY_DEPS}. Run app/setup/install, or set PATCHBAY_DEPS.")
endif()
foreach(name c10 torch_cpu)
  add_library(${name} SHARED IMPORTED)
  set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${torch_root}/lib/lib${name}.so)
endforeach()
add_library(libtorch INTERFACE IMPORTED)
target_include_directories(libtorch SYSTEM INTERFACE ${torch_root}/include ${torch_root}/include/torch/csrc/api/include)
# at::parallel_for is a template of ATen's headers that runs on one thread in code compiled without OpenMP. The runtime is the
# wheel's, the one libtorch_cpu.so loads: linking with -fopenmp would be a second pool of threads.
target_compile_options(libtorch INTERFACE -fopenmp)
target_link_libraries(libtorch INTERFACE torch_cpu c10 ${torch_root}/lib/libgomp.so.1)
target_link_options(libtorch INTERFACE -Wl,--allow-shlib-undefined)
# Its CUDA half, for the one library that is loaded when there is a GPU.
add_library(libtorch_cuda INTERFACE IMPORTED)
target_include_directories(libtorch_cuda SYSTEM INTERFACE ${torch_root}/../nvidia/cu13/include)
target_link_libraries(libtorch_cuda INTERFACE
  ${torch_root}/lib/libtorch_cuda.so ${torch_root}/lib/libc10_cuda.so ${torch_root}/../nvidia/cu13/lib/libcudart.so.13)

find_package(OpenVINO REQUIRED COMPONENTS Runtime PATHS ${PATCHBAY_DEPS}/openvino-2026.4.1/openvino/cmake NO_DEFAULT_PATH)
