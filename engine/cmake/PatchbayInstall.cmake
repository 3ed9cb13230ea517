# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where, and the archive that CPack makes of it. The tree runs from any path: programs look
# for libraries in ../lib/patchbay and for resources in ../share/patchbay, and the build tree has the same shape.
#
#   bin/                 patchbay, patchbay-studio, patchbay-engine, patchbay-worker
#   lib/patchbay/        engine libraries, LibTorch, OpenVINO with its CPU plug-in; packs/
#   lib/cmake/patchbay/  find_package(patchbay) for packs built elsewhere
#   include/patchbay/    headers of the engine
#   share/patchbay/      templates/, weights/
# Component `gpu` (cmake --install build/release --component gpu) adds LibTorch's CUDA half and NVIDIA's libraries.
include(CMakePackageConfigHelpers)
set(patchbay_share share/patchbay)

# ---- One target for all that is installed: what app/start builds, without the tests.
add_custom_target(patchbay-programs)
function(patchbay_collect_programs folder)
  get_directory_property(targets DIRECTORY ${folder} BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    get_target_property(excluded ${target} EXCLUDE_FROM_ALL)
    if(type MATCHES "EXECUTABLE|SHARED_LIBRARY|MODULE_LIBRARY|UTILITY" AND NOT excluded)
      add_dependencies(patchbay-programs ${target})
    endif()
  endforeach()
  get_directory_property(folders DIRECTORY ${folder} SUBDIRECTORIES)
  foreach(sub IN LISTS folders)
    patchbay_collect_programs(${sub})
  endforeach()
endfunction()
get_directory_property(patchbay_folders DIRECTORY ${CMAKE_SOURCE_DIR} SUBDIRECTORIES)
foreach(folder IN LISTS patchbay_folders)
  if(NOT folder STREQUAL ${CMAKE_SOURCE_DIR}/tests)
    patchbay_collect_programs(${folder})
  endif()
endforeach()

# ---- Resources and weights; links give the build tree the same shape.
file(GLOB patchbay_resources RELATIVE ${CMAKE_SOURCE_DIR}/resources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/*)
list(FILTER patchbay_resources EXCLUDE REGEX "README.md|CMakeLists.txt|pictures")
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/${patchbay_share}/weights)
foreach(name IN LISTS patchbay_resources)
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/resources/${name} ${CMAKE_BINARY_DIR}/${patchbay_share}/${name} SYMBOLIC)
  if(IS_DIRECTORY ${CMAKE_SOURCE_DIR}/resources/${name})
    install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/${name} DESTINATION ${patchbay_share})
  else()
    install(FILES ${CMAKE_SOURCE_DIR}/resources/${name} DESTINATION ${patchbay_share})
  endif()
endforeach()
foreach(weights efficientnet_lite0 efficientnet_lite1 efficientnet_lite2)
  if(EXISTS ${PATCHBAY_DEPS}/${weights})
    file(CREATE_LINK ${PATCHBAY_DEPS}/${weights} ${CMAKE_BINARY_DIR}/${patchbay_share}/weights/${weights} SYMBOLIC)
    install(DIRECTORY ${PATCHBAY_DEPS}/${weights} DESTINATION ${patchbay_share}/weights
            FILES_MATCHING PATTERN "*.pth" PATTERN "LICENSE*")
  endif()
endforeach()

# ---- Libraries from the wheels. Their RPATH ends in $ORIGIN, so that one flat folder serves all of them.
set(patchbay_torch ${PATCHBAY_DEPS}/torch-2.11.0)
set(patchbay_openvino ${PATCHBAY_DEPS}/openvino-2026.4.1)
set(cuda ${patchbay_torch}/nvidia/cu13/lib)
install(PROGRAMS ${patchbay_torch}/torch/lib/libtorch_cpu.so ${patchbay_torch}/torch/lib/libc10.so ${patchbay_torch}/torch/lib/libgomp.so.1
                 ${cuda}/libcudart.so.13 ${cuda}/libcupti.so.13 # libtorch_cpu.so of this wheel needs them, GPU or not
        DESTINATION ${PATCHBAY_LIBDIR})
file(GLOB patchbay_openvino_libraries
  ${patchbay_openvino}/openvino/libs/libopenvino.so.* ${patchbay_openvino}/openvino/libs/libopenvino_intel_cpu_plugin.so
  ${patchbay_openvino}/openvino/libs/libopenvino_onnx_frontend.so.* ${patchbay_openvino}/openvino/libs/libopenvino_ir_frontend.so.*
  ${patchbay_openvino}/openvino/libs/libtbb*.so.* ${patchbay_openvino}/openvino/libs/libhwloc.so.*)
install(PROGRAMS ${patchbay_openvino_libraries} DESTINATION ${PATCHBAY_LIBDIR})

file(GLOB patchbay_cuda_libraries ${patchbay_torch}/torch/lib/libtorch_cuda*.so ${patchbay_torch}/torch/lib/libc10_cuda.so
  ${patchbay_torch}/torch/lib/libtorch_nvshmem.so ${patchbay_torch}/torch/lib/libcaffe2_nvrtc.so ${patchbay_torch}/nvidia/*/lib/*.so*)
install(PROGRAMS ${patchbay_cuda_libraries} DESTINATION ${PATCHBAY_LIBDIR} COMPONENT gpu EXCLUDE_FROM_ALL)

# ---- Licences
set(patchbay_licences share/doc/patchbay)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${patchbay_licences})
file(GLOB wheel_infos ${patchbay_torch}/*.dist-info ${patchbay_openvino}/*.dist-info)
foreach(info IN LISTS wheel_infos)
  get_filename_component(name ${info} NAME)
  string(REPLACE ".dist-info" "" name ${name})
  install(DIRECTORY ${info}/licenses/ DESTINATION ${patchbay_licences}/licenses/${name} OPTIONAL)
endforeach()

# ---- Headers and find_package(patchbay) for packs built elsewhere
install(DIRECTORY ${CMAKE_SOURCE_DIR}/engine DESTINATION include/patchbay FILES_MATCHING PATTERN "*.h" PATTERN "cmake" EXCLUDE)
install(EXPORT patchbay NAMESPACE patchbay:: FILE patchbayTargets.cmake DESTINATION lib/cmake/patchbay)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/patchbayConfig.cmake.in ${CMAKE_BINARY_DIR}/patchbayConfig.cmake
  INSTALL_DESTINATION lib/cmake/patchbay)
# A pack is bound to the version it was built against.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/patchbayConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/patchbayConfig.cmake ${CMAKE_BINARY_DIR}/patchbayConfigVersion.cmake DESTINATION lib/cmake/patchbay)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/PatchbayPack.cmake ${CMAKE_SOURCE_DIR}/plugins/pack.cpp.in DESTINATION lib/cmake/patchbay)

# ---- cpack -G TGZ
set(CPACK_PACKAGE_NAME patchbay)
set(CPACK_PACKAGE_VENDOR Patchbay)
set(CPACK_PACKAGE_FILE_NAME patchbay-${PROJECT_VERSION}-linux-x86_64)
set(CPACK_GENERATOR TGZ)
set(CPACK_COMPONENTS_ALL Unspecified)
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES OFF) # strip would break the wheels' libraries, whose sections it does not understand
include(CPack)
