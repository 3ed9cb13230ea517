# SPDX-License-Identifier: Apache-2.0
# Run when a test program was built: writes FILE, which tells ctest of PROGRAM's suites, a test for each.
execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE result TIMEOUT 60)
if(result)
  message(FATAL_ERROR "${PROGRAM} does not list its tests: ${result}")
endif()
string(REPLACE ";" "," listed "${listed}")
string(REPLACE "\n" ";" listed "${listed}")
# A suite in which all were skipped. ctest lets this win over an exit code, so what failed must never match: a failure is told behind
# the skipped, where this wants the end.
set(skipped [==["\\[  PASSED  \\] 0 tests\\.\n(\\[  SKIPPED \\] [^\n]*\n)+\n*(  YOU HAVE [^\n]*\n*)?$"]==])
set(suite "")
set(written "")
set(text "")
foreach(line IN LISTS listed)
  if(line MATCHES "^([A-Za-z0-9_/]+)\\.( *#.*)?$")
    set(suite "${CMAKE_MATCH_1}")
  elseif(line MATCHES "^  " AND NOT line MATCHES "^  DISABLED_" AND NOT suite STREQUAL written)
    set(written "${suite}")
    string(APPEND text "add_test([==[${NAME}.${suite}]==] [==[${PROGRAM}]==] [==[--gtest_filter=${suite}.*]==])
set_tests_properties([==[${NAME}.${suite}]==] PROPERTIES WORKING_DIRECTORY [==[${FOLDER}]==] TIMEOUT 900 LABELS [==[${LABELS}]==]
  ENVIRONMENT [==[${SETTINGS}]==] SKIP_REGULAR_EXPRESSION ${skipped})
")
  endif()
endforeach()
file(WRITE ${FILE} "${text}")
