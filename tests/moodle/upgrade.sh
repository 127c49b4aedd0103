#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A site with attempts goes from the version before to this one. Usage: upgrade.sh [COUNTS] [COMMIT]
# Functions are called by their names, through check.
# shellcheck disable=SC2317
# Without a commit: the last one of the version before, which is the parent of the commit that changed the version.
set -euo pipefail
# shellcheck source=tests/moodle/lib.bash
source "$(dirname "$0")/lib.bash"
plugin=adapters/moodle/mod_palier
version_at() { git show "$1:$plugin/version.php" 2>/dev/null | sed -n 's/^\$plugin->version *= *\([0-9]*\);.*/\1/p'; }
previous() {
    local commit now changed=''
    now=$(sed -n 's/^\$plugin->version *= *\([0-9]*\);.*/\1/p' "$plugin/version.php")
    while read -r commit; do
        if [[ $(version_at "$commit") == "$now" ]]; then
            changed=$commit
        elif [[ -n $changed ]]; then
            git rev-parse "$changed^"
            return
        fi
    done < <(git log --format=%H -- "$plugin/version.php" 2>/dev/null)
    return 1
}
commit=${2:-}
if ! moodle_find >/dev/null 2>&1; then
    skip "there is no Moodle tree"
    finish
fi
if [[ -z $commit ]] && ! commit=$(previous); then
    skip "no earlier version of the activity is in the history: there is nothing to upgrade from"
    finish
fi
upgrade() { site_sync && site_php admin/cli/upgrade.php --non-interactive --allow-unstable; }
facts() { site_php "$PALIER_ROOT/tests/moodle/facts.php" "$SITE/moodle" verify; }
install_old() {
    mkdir -p "$(moodle_web "$SITE/moodle")/mod/palier"
    git archive "$commit" "$plugin" | tar -x --strip-components=3 -C "$(moodle_web "$SITE/moodle")/mod/palier"
    site_php admin/cli/upgrade.php --non-interactive --allow-unstable
}
# A choice that came later: activities that are there keep what they had.
last_counts() {
    ! git show "$commit:$plugin/db/install.xml" | grep -q '"grademethod"' || return 0
    site_php -r 'define("CLI_SCRIPT", true); require "config.php";
        exit((int) ($DB->count_records("palier") !== $DB->count_records("palier", ["grademethod" => "last"])));'
}
same_attempts() { diff <(printf '%s\n' "$before") <(facts); }

fresh_site upgrade
check "the version of ${commit:0:8} installs" install_old
check "its demonstration runs" demo
before=$(facts)
check "it becomes the present version without a notice" cleanly upgrade
check "the database is what install.xml says" site_php admin/cli/check_database_schema.php
check "attempts are what they were" same_attempts
check "the last attempt counts where it did" last_counts
check "the demonstration goes on" cleanly demo
site_remove
finish
