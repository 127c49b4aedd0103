# SPDX-License-Identifier: GPL-3.0-or-later
# PALIER_ARM64: what CMake has to be told to compile for ARM, 64 bits, on Debian with g++-aarch64-linux-gnu and the
# libraries by their names :arm64.
# shellcheck shell=bash disable=SC2034
PALIER_ARM64=(-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++
    -DCMAKE_LIBRARY_ARCHITECTURE=aarch64-linux-gnu -DBoost_NO_BOOST_CMAKE=ON -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER)
