#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A course that was backed up in Moodle 4.5 is the same in Moodle 5.0: questions, parameters, attempts, statements.
# Functions are called by their names, through check.
# shellcheck disable=SC2317
# Usage: restore-on-5.sh [COUNTS] [MOODLE_5_DIR]
set -euo pipefail
# shellcheck source=tests/moodle/lib.bash
source "$(dirname "$0")/lib.bash"
newer=${2:-$(moodle_named moodle50 2>/dev/null || true)}
if [[ -z $newer ]] || ! moodle_find >/dev/null 2>&1 || ! moodle_find "$newer" >/dev/null 2>&1; then
    skip "two Moodle trees are needed: 4.5, and 5.0 (${newer:-MOODLE50_DIR names it})"
    finish
fi
facts() { site_php "$PALIER_ROOT/tests/moodle/facts.php" "$SITE/moodle" verify; }
back_up() {
    rm -rf "$dir" && mkdir -p "$dir"
    site_php admin/cli/backup.php --courseid="$course" --destination="$dir"
    [[ -n $(find "$dir" -name '*.mbz') ]]
}
restore() { site_php admin/cli/restore_backup.php --file="$(find "$dir" -name '*.mbz')" --categoryid=1; }
same_attempts() { diff <(printf '%s\n' "$before") <(facts); }
all_verified() { [[ -n $before ]] && ! grep -v '"items_without_question":0.*"verified":true' <<<"$before"; }
install() { site_update; }

dir=$PALIER_STATE/test/restore-on-5
fresh_site restore45
check "the activity installs in $(moodle_release "$SITE/moodle")" install
check "the demonstration runs" demo
course=$(site_php -r 'define("CLI_SCRIPT", 1); require "config.php"; echo $DB->get_field_sql("SELECT MAX(course) FROM {palier}");')
before=$(facts)
check "its attempts are sound" all_verified
check "the course is backed up" cleanly back_up
site_remove

fresh_site restore50 "$newer"
check "the activity installs in $(moodle_release "$SITE/moodle")" install
check "the course is restored without a notice" cleanly restore
check "attempts, answers, statements and banks are what they were" same_attempts
check "the activity can be previewed and taken: its bank compiles" site_php -r '
    define("CLI_SCRIPT", 1);
    require "config.php";
    foreach ($DB->get_records("palier") as $palier) {
        $cm = get_coursemodule_from_instance("palier", $palier->id);
        $bank = \mod_palier\local\bank\bank::for_instance($palier, context_module::instance($cm->id));
        if (!count($bank->items())) { exit(1); }
    }'
check "the database is what install.xml says" site_php admin/cli/check_database_schema.php
site_remove
rm -rf "$dir"
finish
