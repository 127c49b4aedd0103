#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installing, using and uninstalling the activity leaves a Moodle as it was. Usage: uninstall.sh [COUNTS]
# Functions are called by their names, through check.
# shellcheck disable=SC2317
set -euo pipefail
# shellcheck source=tests/moodle/lib.bash
source "$(dirname "$0")/lib.bash"
if ! moodle_find >/dev/null 2>&1; then
    skip "there is no Moodle tree"
    finish
fi
install() { site_update; }
# The programme and the condition need the activity: they go first, with their code.
uninstall() {
    site_php admin/cli/uninstall_plugins.php --plugins=local_palier,availability_palier --run
    rm -rf "$(moodle_web "$SITE/moodle")"/{local,availability/condition}/palier
    site_php admin/cli/uninstall_plugins.php --plugins=mod_palier --run
}
leftovers() { site_php "$PALIER_ROOT/tests/moodle/leftovers.php" "$SITE/moodle"; }
remove_code() { rm -rf "$(moodle_web "$SITE/moodle")/mod/palier"; }
open_report() {
    site_php -r 'define("CLI_SCRIPT", 1);
        require "config.php";
        \core\session\manager::set_user(get_admin());
        $cm = get_coursemodule_from_instance("palier", $DB->get_field_sql("SELECT MIN(id) FROM {palier}"));
        \core_reportbuilder\system_report_factory::create(
            \mod_palier\reportbuilder\local\systemreports\statements::class, context_module::instance($cm->id), "mod_palier");'
}
reinstall() { rm -f "$SITE"/plugins.*; site_update; }

fresh_site uninstall
check "the plugins install without a notice" cleanly install
check "the database is what install.xml says" site_php admin/cli/check_database_schema.php
check "the demonstration runs without a notice" cleanly demo
check "a trainer's report opens" cleanly open_report
check "cron runs without a notice" cleanly site_php admin/cli/scheduled_task.php --execute='\mod_palier\task\deliver_statements'
check "they uninstall without a notice" cleanly uninstall
remove_code
check "nothing is left of them" leftovers
check "they can be installed again" cleanly reinstall
site_remove
finish
