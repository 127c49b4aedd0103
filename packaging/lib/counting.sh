# SPDX-License-Identifier: GPL-3.0-or-later
# Counting for the parts of packaging/test: every count comes from a tool's own report.
# shellcheck shell=bash

# count_junit FILE…: "passed failed skipped" of JUnit reports. A ctest entry that is a Boost.Test program counts
# as its test cases (BOOST_TEST_REPORT_LEVEL=short makes it say them).
count_junit() { php "$PALIER_ROOT/packaging/lib/count-junit.php" "$@"; }

# run_ctest COUNTS BUILD [ARGUMENTS OF CTEST…]
run_ctest() {
    local counts=$1 build=$2 status=0
    shift 2
    rm -f "$build/ctest.xml"
    BOOST_TEST_REPORT_LEVEL=short BOOST_TEST_COLOR_OUTPUT=0 ctest --test-dir "$build" --parallel "$(nproc)" --output-on-failure \
        --test-output-size-passed 100000 --test-output-size-failed 1000000 --output-junit ctest.xml --no-tests=error "$@" || status=$?
    count_junit "$build/ctest.xml" >>"$counts"
    return "$status"
}

# build_cmake BUILD ARGUMENTS…: configures and builds, by ccache where this machine has it (PALIER_NO_CCACHE=1 compiles everything
# anew); quiet unless it fails. Parts that run at the same time build a folder one after the other.
build_cmake() {
    local build=$1
    shift
    if have ccache && [[ -z ${PALIER_NO_CCACHE:-} ]]; then
        export CCACHE_BASEDIR=$PALIER_ROOT CCACHE_NOHASHDIR=1
        set -- -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@"
    fi
    mkdir -p "$build"
    step "Building in ${build#"$PALIER_ROOT/"}"
    (
        flock 6
        quietly "$PALIER_STATE/logs/configure-$(basename "$build").log" cmake -S "$PALIER_ROOT" -B "$build" "$@" &&
            quietly "$PALIER_STATE/logs/build-$(basename "$build").log" cmake --build "$build" --parallel "$(nproc)"
    ) 6>"$build.lock"
}

# build_target TARGET…: more of build/release than is built by default.
build_target() {
    (
        flock 6
        quietly "$PALIER_STATE/logs/build-$1.log" cmake --build build/release --parallel "$(nproc)" --target "$@"
    ) 6>build/release.lock
}

# count_node TAP: the counts of a report of Node's test runner.
count_node() {
    awk '/^# pass /{p=$3} /^# fail /{f=$3} /^# cancelled /{c=$3} /^# skipped /{s=$3} /^# todo /{t=$3}
         END { if (p == "") exit 1; print p, f + c, s + t }' "$1"
}
