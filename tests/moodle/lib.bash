# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share. Each makes its own sites by packaging/lib, prints "ok" or "not ok" for each
# thing that it checks, and writes "passed failed skipped" to the file that $1 names, when it names one.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
for part in common databases moodle phpunit; do
    # shellcheck disable=SC1090
    source "packaging/lib/$part.sh"
done

passed=0 failed=0 skipped=0
counts=${1:-}
# finish: ends the script; 77 says that it could not run here.
finish() {
    [[ -z $counts ]] || printf '%d %d %d\n' "$passed" "$failed" "$skipped" >"$counts"
    [[ $failed -eq 0 ]] || exit 1
    [[ $passed -gt 0 || $skipped -eq 0 ]] || exit 77
    exit 0
}
# check WHAT COMMAND...: one thing that must hold.
check() {
    local what=$1 output
    shift
    if output=$("$@" 2>&1); then
        passed=$((passed + 1))
        printf 'ok: %s\n' "$what"
    else
        failed=$((failed + 1))
        printf 'not ok: %s\n%s\n' "$what" "$output"
    fi
}
skip() {
    skipped=$((skipped + 1))
    printf 'skipped: %s\n' "$1"
}
# Notices, warnings and debugging messages are failures, too.
cleanly() {
    local output status=0
    output=$("$@" 2>&1) || status=$?
    if [[ $status -ne 0 ]] || grep -qE '(PHP )?(Notice|Warning|Deprecated|Fatal error):|Debugging:|!!! ' <<<"$output"; then
        printf '%s\n' "$output"
        return 1
    fi
}
# fresh_site NAME [TREE]: an empty Moodle, without our plugins.
fresh_site() {
    local tree
    tree=$(moodle_find "${2:-}")
    mkdir -p "$PALIER_STATE/sites" "$PALIER_STATE/logs"
    site_use "$1"
    [[ ! -f $SITE/site.env ]] || site_remove
    export SITE SITE_PORT SITE_DEBUG=1
    site_make "$1" "$tree" pgsql >&2
}
demo() { site_php mod/palier/cli/demo.php; }
