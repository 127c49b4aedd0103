# SPDX-License-Identifier: GPL-3.0-or-later
# The delivery of a test again, with coverage; the engine and the host are those of CMakeLists.txt beside.
file(GLOB fuzzed_delivery CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/adapters/delivery/*.cpp)
list(FILTER fuzzed_delivery EXCLUDE REGEX "/bundle\\.cpp$")
get_target_property(fuzzed_grader palier_grader SOURCES)
list(TRANSFORM fuzzed_grader PREPEND ${PROJECT_SOURCE_DIR}/adapters/formats/)
foreach(name delivery_saved delivery_call)
    add_executable(fuzz_${name} ${name}.cpp ${fuzzed_delivery} ${fuzzed_grader})
    target_link_libraries(fuzz_${name} PRIVATE palier_fuzzed)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer,address,undefined)
endforeach()
