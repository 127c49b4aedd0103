#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two web nodes behind one database and one data folder: one with the PHP extension, one with the program alone, each with
# a local cache of its own. A learner's answers go now to one, now to the other. Usage: two-nodes.sh [COUNTS]
# Functions are called by their names, through check.
# shellcheck disable=SC2317
set -euo pipefail
# shellcheck source=tests/moodle/lib.bash
source "$(dirname "$0")/lib.bash"
extension=${PALIER_PHP_EXTENSION:-$PALIER_ROOT/build/release/php/palier.so}
if ! moodle_find >/dev/null 2>&1; then
    skip "there is no Moodle tree"
    finish
elif [[ ! -f $extension ]]; then
    skip "the PHP extension is not built: there is no node that has it"
    finish
fi
export PALIER_WITHOUT_PHPUNIT=1
install() { site_sync && site_php admin/cli/upgrade.php --non-interactive --allow-unstable; }
# The other node: its own code and local cache, no extension; the rest is shared.
make_second() {
    mkdir -p "$SITE/second" "$SITE/second-local" "$SITE/second-php"
    cp -a --reflink=auto "$SITE/moodle/." "$SITE/second/"
    sed -i "s|^require_once(__DIR__ . '/lib/setup.php');|\$CFG->localcachedir = '$SITE/second-local';\n&|" "$SITE/second/config.php"
    grep -v '^extension' "$SITE/php/palier.ini" >"$SITE/second-php/palier.ini"
    grep -q second-local "$SITE/second/config.php"
}
second_php() { (cd "$SITE/second" && PHP_INI_SCAN_DIR=":$SITE/second-php" exec php "$@"); }
first() { site_php "$PALIER_ROOT/tests/moodle/open_attempt.php" "$SITE/moodle" "$1" | tail -n 1; }
second() { second_php "$PALIER_ROOT/tests/moodle/open_attempt.php" "$SITE/second" "$1" | tail -n 1; }
status='define("CLI_SCRIPT", true); require "config.php"; $result = (new mod_palier\check\engine())->get_result();
    echo $result->get_status(), " ", mod_palier\local\engine\engine_factory::describe()["way"], "\n";'
says() { local told; told=$("$1" -r "$status"); [[ $told =~ ^(ok|warning)\ $2$ ]] || { echo "$told"; return 1; }; }
# holds EXPRESSION: of $was and $now, in PHP.
holds() {
    php -r '$was = json_decode($argv[1], true); $now = json_decode($argv[2], true);
        if (!($was && $now && eval("return $argv[3];"))) { echo "$argv[1]\n$argv[2]\n"; exit(1); }' "$was" "$now" "$1"
}
went_on='$now["attempt"] === $was["attempt"] && $now["before"] === $was["answered"] && count($now["answered"]) === count($was["answered"]) + 1
    && end($now["answered"])[0] === $was["pending"] && $now["same"]'

fresh_site two-nodes
check "the site installs" install
check "its demonstration runs" demo
check "there is a second node" make_second
check "the status of the first node says the extension" says site_php extension
check "that of the second says the program" says second_php executable
was=$(first begin || true) now=$was
check "a learner begins at the first node" holds '$now["engine"] === "extension_engine" && count($now["answered"]) === 5'
now=$(second step || true)
check "the next answer goes to the second, which goes on" holds "$went_on && \$now['engine'] === 'executable_engine'"
was=$now now=$(first step || true)
check "the one after that to the first" holds "$went_on && \$now['engine'] === 'extension_engine'"
was=$now now=$(second finish || true)
check "and the end to the second" holds '!$now["open"] && $now["level"] !== null && $now["same"] && $now["attempt"] === $was["attempt"]'
check "the second node has compiled the bank for itself" bash -c "compgen -G '$SITE/second-local/mod_palier/banks/*.bank'"
facts() { "$1" "$PALIER_ROOT/tests/moodle/facts.php" "$2" verify; }
check "both nodes tell the same of all attempts" diff <(facts site_php "$SITE/moodle") <(facts second_php "$SITE/second")
site_remove
finish
