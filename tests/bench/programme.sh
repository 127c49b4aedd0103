#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The organisation's programme at scale, on a new site of packaging/dev-site: makes a centre de gestion with many authorities, agents
# and campaigns, runs its tasks, and gets every page by HTTP (nginx and PHP-FPM, 4 workers). Prints what each cost.
# Usage: tests/bench/programme.sh SITE [AGENTS [AUTHORITIES [BEFORE]]]   20000 agents, 300 authorities; BEFORE: what it printed for
#        another size, whose numbers of reads stand beside
set -euo pipefail
cd "$(dirname "$0")/../.."
for lib in common databases moodle web; do
    # shellcheck disable=SC1090
    source packaging/lib/$lib.sh
done
site_use "${1:?a new site of packaging/dev-site, which is filled}"
agents=${2:-20000} authorities=${3:-300} before=${4:-}
"${SITE_DB}_start"
site_stop
dir=$SITE/programme
mkdir -p "$dir"
# As people run it, and with what each request costs in PHP's log; the site is a developer's again afterwards.
cp -p "$SITE/moodle/config.php" "$dir/config.php"
trap 'web_stop; rm -f "$SITE/php/log.ini"; cp -p "$dir/config.php" "$SITE/moodle/config.php"' EXIT
sed -i -e '/^.CFG->debug/d' -e "s/^<?php/&\ndefine('MDL_PERF', true); define('MDL_PERFTOLOG', true);/" "$SITE/moodle/config.php"
printf '%s\n' "error_log = $dir/php.log" 'log_errors = On' 'zend.assertions = -1' >"$SITE/php/log.ini"
: >"$dir/php.log"
[[ -s $dir/password ]] || printf 'P%s1-\n' "$(random_password)" >"$dir/password"
password=$(<"$dir/password")
programme() { site_php "$PALIER_ROOT/tests/bench/programme.php" "$@"; }
printf '%s, %s agents, %s authorities; load of the machine before: %s\n' "$SITE_DB" "$agents" "$authorities" "$(cut -d ' ' -f 1-3 /proc/loadavg)"
# What is made stays: a second run gets the pages alone.
if [[ ! -s $dir/made.json ]]; then
    programme make --agents="$agents" --authorities="$authorities" --password="$password" ${PALIER_TAKEN:+--taken="$PALIER_TAKEN"} |
        tail -n 1 >"$dir/new.json"
    # As its own keeper does: the servers of dev-site have no autovacuum.
    if [[ $SITE_DB == pgsql ]]; then
        service_read pgsql
        PGPASSWORD=$DB_PASSWORD psql --host=127.0.0.1 --port="$DB_PORT" --username=palier --dbname="$(site_database)" --quiet \
            --command='VACUUM ANALYZE'
    fi
    for task in launch enrol remind map change gaps; do programme "$task" --made="$(<"$dir/new.json")"; done | tee "$dir/tasks"
    largemap=$(sed -n 's/.*"task":"map".*"said":"\([0-9]*\)".*/\1/p' "$dir/tasks")
    [[ -z $largemap ]] || sed -i "s/^{/{\"largemap\":$largemap,/" "$dir/new.json"
    mv "$dir/new.json" "$dir/made.json"
fi
fpm_start "$dir" "$SITE/php" 4
nginx_start "$dir" < <(nginx_server "127.0.0.1:$SITE_PORT" "$(moodle_web "$SITE/moodle")" "$dir")
sleep 1
status=0
php tests/bench/programme_pages.php "http://127.0.0.1:$SITE_PORT" "$dir/made.json" "$password" "$dir/php.log" ${before:+"$before"} || status=$?
printf 'load of the machine after: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)" >&2
exit "$status"
