# SPDX-License-Identifier: GPL-3.0-or-later
# palier_unity(TARGET…): the sources of each folder are compiled as one. Most of a unit's time is nlohmann-json, CLI11
# and the standard library, read and instantiated anew in each; so a name in an anonymous namespace stands once a folder.
function(palier_unity)
    foreach(target IN LISTS ARGN)
        get_target_property(sources ${target} SOURCES)
        get_target_property(base ${target} SOURCE_DIR)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
        foreach(source IN LISTS sources)
            cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${base} NORMALIZE)
            cmake_path(GET source PARENT_PATH folder)
            # By its place in the sources: ccache knows a unit again in another checkout.
            cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
            string(MAKE_C_IDENTIFIER "${folder}" group)
            set_property(SOURCE ${source} TARGET_DIRECTORY ${target} PROPERTY UNITY_GROUP ${group})
        endforeach()
    endforeach()
endfunction()
