# SPDX-License-Identifier: GPL-3.0-or-later
# palier_words_table(FOLDER OUT): from FOLDER/*.json (README.md says how they are written) makes OUT/names.hpp, the keys
# in order, and OUT/table.cpp, their texts.

# French with its no-break spaces, which nobody sees in a file: before : ; ! ? » % and after «.
function(palier_words_spaced text language out)
    if(language STREQUAL "fr")
        string(ASCII 194 160 space)
        foreach(sign ":" ";" "!" "?" "»" "%")
            string(REPLACE " ${sign}" "${space}${sign}" text "${text}")
        endforeach()
        string(REPLACE "« " "«${space}" text "${text}")
    endif()
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

# One language of an entry: "<out>" is a C++ initialiser {other, one}; one is nullptr where there is a single form.
function(palier_words_forms entry key language out)
    string(JSON type ERROR_VARIABLE error TYPE "${entry}" ${language})
    if(type STREQUAL "STRING")
        string(JSON other GET "${entry}" ${language})
        set(one "nullptr")
    elseif(type STREQUAL "OBJECT")
        string(JSON other GET "${entry}" ${language} other)
        string(JSON one GET "${entry}" ${language} one)
        palier_words_spaced("${one}" ${language} one)
        set(one "R\"palier(${one})palier\"")
    else()
        message(FATAL_ERROR "adapters/words/catalogue: '${key}' has no '${language}'")
    endif()
    palier_words_spaced("${other}" ${language} other)
    set(${out} "{R\"palier(${other})palier\", ${one}}" PARENT_SCOPE)
endfunction()

function(palier_words_table folder out)
    file(GLOB themes CONFIGURE_DEPENDS ${folder}/*.json)
    set(keys)
    foreach(file IN LISTS themes)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        cmake_path(GET file STEM theme)
        file(READ ${file} json)
        string(JSON count LENGTH "${json}")
        math(EXPR last "${count} - 1")
        foreach(i RANGE ${last})
            string(JSON key MEMBER "${json}" ${i})
            if(key IN_LIST keys)
                message(FATAL_ERROR "adapters/words/catalogue: '${key}' is there twice, once in ${theme}.json")
            endif()
            list(APPEND keys ${key})
            string(JSON entry_${key} GET "${json}" ${key})
            set(theme_${key} ${theme})
        endforeach()
    endforeach()
    list(SORT keys)
    set(names)
    set(texts)
    foreach(key IN LISTS keys)
        set(source ${key})
        string(JSON other ERROR_VARIABLE error GET "${entry_${key}}" as)
        if(NOT error)
            set(source ${other})
        endif()
        palier_words_forms("${entry_${source}}" ${key} fr fr)
        palier_words_forms("${entry_${source}}" ${key} en en)
        string(APPEND names "    \"${key}\",\n")
        string(APPEND texts "    {\"${theme_${key}}\", ${fr}, ${en}},\n")
    endforeach()
    file(CONFIGURE OUTPUT ${out}/names.hpp @ONLY CONTENT [[// Made of adapters/words/catalogue by adapters/words/table.cmake.
#pragma once

#include <string_view>

namespace palier::words {

inline constexpr std::string_view names[] = {
@names@};

}  // namespace palier::words
]])
    file(CONFIGURE OUTPUT ${out}/table.cpp @ONLY CONTENT [[// Made of adapters/words/catalogue by adapters/words/table.cmake.
#include "adapters/words/table.hpp"

namespace palier::words {

const Entry table[] = {
@texts@};

}  // namespace palier::words
]])
endfunction()
