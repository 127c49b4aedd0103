# SPDX-License-Identifier: GPL-3.0-or-later
# The readers of questions again, with coverage: ./fuzz_moodle_xml -max_total_time=60 tests/fuzz/corpus/moodle_xml
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "PALIER_FUZZ needs clang: -DCMAKE_CXX_COMPILER=clang++")
endif()
get_filename_component(formats ${CMAKE_CURRENT_LIST_DIR}/../../adapters/formats ABSOLUTE)
file(GLOB fuzzed_formats CONFIGURE_DEPENDS ${formats}/*.cpp)
list(FILTER fuzzed_formats EXCLUDE REGEX "csv[^/]*\\.cpp$|table_[a-z]+\\.cpp$|grader_wasm\\.cpp$")
add_executable(fuzz_moodle_xml ${CMAKE_CURRENT_LIST_DIR}/moodle_xml.cpp ${fuzzed_formats})
target_include_directories(fuzz_moodle_xml PRIVATE ${formats}/../..)
target_link_libraries(fuzz_moodle_xml PRIVATE nlohmann_json::nlohmann_json LibXml2::LibXml2)
target_compile_options(fuzz_moodle_xml PRIVATE -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all)
target_link_options(fuzz_moodle_xml PRIVATE -fsanitize=fuzzer,address,undefined)
