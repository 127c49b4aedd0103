// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Files that are part of the program; demo_files.cpp is made of them by CMake.

namespace palier::standalone::embedded {

extern const char* const questions_fr;  ///< Moodle XML
extern const char* const questions_en;
extern const char* const parameters;  ///< bank CSV
extern const char* const plan;        ///< of a test that finds one level
extern const char* const map_plan;
extern const char* const style;  ///< of the pages without scripts

}  // namespace palier::standalone::embedded
