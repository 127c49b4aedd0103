#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A site of version 0.1.0, with the engine of 0.1.0, whose learner is in the middle of a test, comes to this version; the
# learner goes on. Usage: upgrade-open.sh [COUNTS]
# Functions are called by their names, through check.
# shellcheck disable=SC2317
set -euo pipefail
# shellcheck source=tests/moodle/lib.bash
source "$(dirname "$0")/lib.bash"
plugin=adapters/moodle/mod_palier
engine_at() { git show "$1:engine/version.hpp" 2>/dev/null | sed -n 's/.*engine_version = "\(.*\)".*/\1/p'; }
# The last commit whose engine was 0.1.0: the parent of the one that changed it.
last_of_first() {
    local commit
    while read -r commit; do
        if [[ $(engine_at "$commit") != 0.1.0 && $(engine_at "$commit^") == 0.1.0 ]]; then
            git rev-parse "$commit^"
            return
        fi
    done < <(git log --format=%H -- engine/version.hpp 2>/dev/null)
    return 1
}
if ! moodle_find >/dev/null 2>&1; then
    skip "there is no Moodle tree"
    finish
fi
if ! commit=$(last_of_first); then
    skip "version 0.1.0 is not in the history: there is nothing to upgrade from"
    finish
fi
# The same engine is not built twice.
old=$PALIER_STATE/test/engine-${commit:0:12}
build_old() {
    [[ ! -x $old/build/palier ]] || return 0
    rm -rf "$old"
    mkdir -p "$old"
    git archive "$commit" | tar -x -C "$old"
    cmake -S "$old" -B "$old/build" -DCMAKE_BUILD_TYPE=Release -DPALIER_TESTS=OFF -DPALIER_UNITY=ON &&
        cmake --build "$old/build" --target palier --parallel "$(nproc)"
}
install_old() {
    local to
    to=$(moodle_web "$SITE/moodle")/mod/palier
    mkdir -p "$to"
    git archive "$commit" "$plugin" | tar -x --strip-components=3 -C "$to"
    site_php admin/cli/upgrade.php --non-interactive --allow-unstable
}
upgrade() { write_config "$SITE" "$(site_database)" && site_sync && site_php admin/cli/upgrade.php --non-interactive --allow-unstable; }
attempt() { site_php "$PALIER_ROOT/tests/moodle/open_attempt.php" "$SITE/moodle" "$1" | tail -n 1; }
# holds EXPRESSION: of $was and $now, in PHP.
holds() {
    php -r '$was = json_decode($argv[1], true); $now = json_decode($argv[2], true);
        if (!($was && $now && eval("return $argv[3];"))) { echo "$argv[1]\n$argv[2]\n"; exit(1); }' "$was" "$now" "$1"
}

# Both engines as programs: the extension is of this version only.
export PALIER_PHP_EXTENSION=/nowhere PALIER_WITHOUT_PHPUNIT=1
step "Building the engine of ${commit:0:12}"
check "the engine of 0.1.0 builds" build_old
export PALIER_COMMAND=$old/build/palier
fresh_site upgrade-open
check "0.1.0 installs" install_old
check "its demonstration runs" demo
was=$(attempt begin || true)
unset PALIER_COMMAND
now=$was
check "a learner is in the middle of a test of 0.1.0" holds '$was["open"] && count($was["answered"]) === 5 && $was["begun_by"] === "0.1.0"'
check "the site becomes this version without a notice" cleanly upgrade
now=$(attempt finish || true)
check "the learner comes back to the same attempt, with what was answered" holds '$now["attempt"] === $was["attempt"] && $now["before"] === $was["answered"]'
check "the question that was on the screen is the next one answered" holds '$now["answered"][5][0] === $was["pending"]'
check "the test goes on to its end, by the rules of the engine that began it" holds '!$now["open"] && $now["begun_by"] === "0.1.0" && count($now["answered"]) > 5'
check "there is a result" holds '$now["level"] !== null'
check "this engine finds the whole attempt the same" holds '$now["same"] === true'
check "each step since has its statement" holds '$now["statements"] > $was["statements"] + count($now["answered"]) - 6'
site_remove
finish
