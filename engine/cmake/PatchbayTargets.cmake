# SPDX-License-Identifier: Apache-2.0
# One function per kind of target. Everything lands in build/<preset>/{bin,lib/patchbay}, the layout that is installed.

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(PATCHBAY_LIBDIR lib/patchbay)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../${PATCHBAY_LIBDIR}")
# The build tree keeps the wheels' folders in its RPATH; the installed tree carries copies of the libraries.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

add_library(patchbay_options INTERFACE)
target_compile_options(patchbay_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers -fno-semantic-interposition
                                                  $<$<CONFIG:Release>:-O2>)
target_include_directories(patchbay_options INTERFACE ${CMAKE_SOURCE_DIR})
if(PATCHBAY_SANITIZE)
  target_compile_options(patchbay_options INTERFACE -fsanitize=${PATCHBAY_SANITIZE} -fno-omit-frame-pointer -g1)
  target_link_options(patchbay_options INTERFACE -fsanitize=${PATCHBAY_SANITIZE})
endif()

# patchbay_engine_library(<folder> [LINKS <public targets>] [PRIVATE <targets>])
# A shared library of all .cpp files of engine/<folder>, named patchbay::<folder>.
function(patchbay_engine_library folder)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(patchbay_${folder} SHARED ${sources})
  add_library(patchbay::${folder} ALIAS patchbay_${folder})
  target_link_libraries(patchbay_${folder} PUBLIC ${arg_LINKS} PRIVATE patchbay_options ${arg_PRIVATE})
  target_include_directories(patchbay_${folder} PUBLIC $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}> $<INSTALL_INTERFACE:include/patchbay>)
  set_target_properties(patchbay_${folder} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${PATCHBAY_LIBDIR} INSTALL_RPATH "$ORIGIN" EXPORT_NAME ${folder})
  install(TARGETS patchbay_${folder} EXPORT patchbay LIBRARY DESTINATION ${PATCHBAY_LIBDIR})
endfunction()

# patchbay_widgets_library(<folder> [LINKS <public targets>] [PRIVATE <targets>])
# A static library of all .cpp files of widgets/<folder>, named patchbay::widgets_<folder>; only the Studio and tests have it.
function(patchbay_widgets_library folder)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  add_library(patchbay_widgets_${folder} STATIC ${sources})
  add_library(patchbay::widgets_${folder} ALIAS patchbay_widgets_${folder})
  target_link_libraries(patchbay_widgets_${folder} PUBLIC ${arg_LINKS} PRIVATE patchbay_options ${arg_PRIVATE})
  target_compile_definitions(patchbay_widgets_${folder} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII)
  target_include_directories(patchbay_widgets_${folder} PUBLIC ${CMAKE_SOURCE_DIR})
  set_target_properties(patchbay_widgets_${folder} PROPERTIES AUTOMOC ON)
endfunction()

# patchbay_program(<name> [LINKS <targets>]): a program of all .cpp files of this folder.
function(patchbay_program name)
  cmake_parse_arguments(arg "" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE patchbay_options ${arg_LINKS})
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()

include(PatchbayPack) # patchbay_pack(<name> ...), which is installed too

# patchbay_found_suites(<target> <labels> [<variable>=<value>...]): tells ctest of the suites of a GoogleTest program, each of which
# runs as one process, and of variables to run them with. For programs whose tests share what is dear: LibTorch takes .3 s to load, a
# trained pipeline of the Studio ten.
function(patchbay_found_suites target labels)
  string(REGEX REPLACE "^test_" "" name ${target})
  set(file ${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake)
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/discover_suites.cmake)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${script})
  add_custom_command(TARGET ${target} POST_BUILD BYPRODUCTS ${file} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:${target}> -DNAME=${name} -DFILE=${file} -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}
            "-DLABELS=${labels}" "-DSETTINGS=${ARGN}" -P ${script})
  set(found ${CMAKE_CURRENT_BINARY_DIR}/${target}_found.cmake)
  file(WRITE ${found} "if(EXISTS \"${file}\")
  include(\"${file}\")
else()
  add_test(${target}_NOT_BUILT ${target}_NOT_BUILT)
endif()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${found})
endfunction()

# patchbay_tests(<target> <folder> [LINKS <targets>] [LABELS <labels>] [SUITES]): one GoogleTest program of a folder's *_test.cpp; its
# tests run each by itself, or its suites.
function(patchbay_tests target folder)
  cmake_parse_arguments(arg "SUITES" "" "LINKS;LABELS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE patchbay_options patchbay_test_support ${arg_LINKS})
  if(PATCHBAY_SANITIZE)
    target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/app/worker/sanitized_dlopen.cpp)
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(NOT arg_LABELS)
    set(arg_LABELS ${target})
  endif()
  if(arg_SUITES)
    patchbay_found_suites(${target} "${arg_LABELS}")
  else()
    gtest_discover_tests(${target} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300)
  endif()
endfunction()

# patchbay_found_test(<target> <test> <property> <value>...): properties of one of the tests that are found in a program only after it
# was built, for the folder that declares the program.
function(patchbay_found_test target test)
  list(JOIN ARGN " " properties)
  set(file ${CMAKE_CURRENT_BINARY_DIR}/${test}.cmake)
  file(WRITE ${file} "if(EXISTS \"${CMAKE_CURRENT_BINARY_DIR}/${target}[1]_tests.cmake\")
  set_tests_properties(${test} PROPERTIES ${properties})
endif()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${file})
endfunction()

# patchbay_widget_tests(<target> <folder> [LINKS <targets>] [LABELS <labels>] [LOCK <resource>] [SUITES]): the same with a
# QApplication, off screen; one at a time with others that lock the same.
function(patchbay_widget_tests target folder)
  cmake_parse_arguments(arg "SUITES" "" "LINKS;LABELS;LOCK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE patchbay_options patchbay_widget_test_main Qt6::Test ${arg_LINKS})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests AUTOMOC ON)
  if(NOT arg_LABELS)
    set(arg_LABELS ${target})
  endif()
  set(lock "")
  if(arg_LOCK)
    set(lock RESOURCE_LOCK ${arg_LOCK})
  endif()
  set(offscreen QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8)
  if(arg_SUITES)
    patchbay_found_suites(${target} "${arg_LABELS}" ${offscreen})
  else()
    gtest_discover_tests(${target} DISCOVERY_TIMEOUT 60
                         PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300 ${lock} ENVIRONMENT "${offscreen}")
  endif()
endfunction()
