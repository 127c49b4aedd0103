#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Many learners take the demonstration test at once, by HTTP, on a site of packaging/dev-site: nginx and PHP-FPM (8 workers)
# on this machine. Prints how long starts and steps took, the processor time of a step, errors, and what the database has of
# the answers that were acknowledged. The site's attempts are left as they are then.
# Usage: tests/bench/moodle_load.sh SITE [LEARNERS [SECONDS [PAUSE]]]   200 learners, 300 s, 30 s between two answers
set -euo pipefail
cd "$(dirname "$0")/../.."
for lib in common databases moodle web; do
    # shellcheck disable=SC1090
    source packaging/lib/$lib.sh
done
site_use "${1:?a site of packaging/dev-site with the demonstration course}"
learners=${2:-200} seconds=${3:-300} pause=${4:-30}
"${SITE_DB}_start"
site_stop
web=$(moodle_web "$SITE/moodle") dir=$SITE/load
mkdir -p "$dir"
# A site of dev-site is a developer's, where Moodle looks through all its folders at each page (50 ms of processor):
# measured is one as people run it, and the site is a developer's again afterwards.
cp -p "$SITE/moodle/config.php" "$dir/config.php"
trap 'web_stop; cp -p "$dir/config.php" "$SITE/moodle/config.php"' EXIT
sed -i '/^.CFG->debug/d' "$SITE/moodle/config.php"
PALIER_COMMAND=$(palier_command) fpm_start "$dir" "$SITE/php" "${PALIER_WORKERS:-8}"
nginx_start "$dir" < <(nginx_server "127.0.0.1:$SITE_PORT" "$web" "$dir")
made=$(site_php "$PALIER_ROOT/tests/bench/moodle_load.php" make "$learners" | tail -n 1)
printf 'load of the machine before: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
node tests/bench/moodle_load.mjs "http://127.0.0.1:$SITE_PORT" "$made" "$seconds" "$pause" "$FPM_PID" "$(head -n 1 "$("${SITE_DB}_dir")"/data/*.pid)" "$dir/acknowledged.json"
printf 'load of the machine after: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
site_php "$PALIER_ROOT/tests/bench/moodle_load.php" check "$dir/acknowledged.json"
