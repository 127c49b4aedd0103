#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# before_after.sh BEFORE AFTER [REPETITIONS]: what a step costs in two source trees, each built in build/release with
# -DPALIER_PHP=ON (targets palier and php/palier.so): tests/bench/moodle_step.php in turns, three of each, and the bytes
# of the WebAssembly script where it was built (target palier-calls.js). For BEFORE: git worktree add FOLDER COMMIT.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
before=$(realpath "$1") after=$(realpath "$2")
echo "$(nproc) processors, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs)"
for turn in 1 2 3; do
    for tree in "$before" "$after"; do
        build=$tree/build/release
        echo "turn $turn: $(git -C "$tree" rev-parse --short HEAD)"
        PALIER_BUILD=$build php -d "extension=$build/php/palier.so" "$here/moodle_step.php" "${3:-200}" "$tree"
    done
done
for tree in "$before" "$after"; do
    script=$tree/build/release/palier-calls.js
    [[ ! -e $script ]] || echo "$(git -C "$tree" rev-parse --short HEAD): WebAssembly script $(stat -c %s "$script") bytes, gzip $(gzip -9c "$script" | wc -c)"
done
