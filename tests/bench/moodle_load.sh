#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Many learners take the demonstration test at once, by HTTP, on a site of packaging/dev-site: nginx and PHP-FPM (8 workers)
# on this machine. Prints how long starts and steps took, the processor time of a step, errors, and what the database has of
# the answers that were acknowledged. The site's attempts are left as they are then.
# Usage: tests/bench/moodle_load.sh SITE [LEARNERS [SECONDS [PAUSE]]]   200 learners, 300 s, 30 s between two answers
set -euo pipefail
cd "$(dirname "$0")/../.."
for lib in common databases moodle; do
    # shellcheck disable=SC1090
    source packaging/lib/$lib.sh
done
site_use "${1:?a site of packaging/dev-site with the demonstration course}"
learners=${2:-200} seconds=${3:-300} pause=${4:-30}
need nginx nginx-light
fpm=$(compgen -c php-fpm | sort -V | tail -n 1)
[[ -n $fpm ]] || die "PHP-FPM is missing; Debian's package 'php-fpm' has it"
"${SITE_DB}_start"
site_stop
web=$(moodle_web "$SITE/moodle") dir=$SITE/load
mkdir -p "$dir"
# A site of dev-site is a developer's, where Moodle looks through all its folders at each page (50 ms of processor):
# measured is one as people run it, and the site is a developer's again afterwards.
cp -p "$SITE/moodle/config.php" "$dir/config.php"
sed -i '/^.CFG->debug/d' "$SITE/moodle/config.php"
trap 'cp -p "$dir/config.php" "$SITE/moodle/config.php"' EXIT
cat >"$dir/fpm.conf" <<CONF
[global]
error_log = $dir/fpm.log
daemonize = no
[www]
listen = $dir/fpm.sock
pm = static
pm.max_children = ${PALIER_WORKERS:-8}
user = root
group = root
clear_env = no
CONF
cat >"$dir/nginx.conf" <<CONF
user root;
daemon off;
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/nginx.log;
events { worker_connections 2048; }
http {
    access_log off;
    client_body_temp_path $dir/body;
    fastcgi_temp_path $dir/fastcgi;
    proxy_temp_path $dir/proxy;
    uwsgi_temp_path $dir/uwsgi;
    scgi_temp_path $dir/scgi;
    server {
        listen 127.0.0.1:$SITE_PORT backlog=2048;
        root $web;
        location ~ ^(.+\.php)(/.*)?\$ {
            fastcgi_pass unix:$dir/fpm.sock;
            fastcgi_read_timeout 300;
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME \$document_root\$1;
            fastcgi_param PATH_INFO \$2;
        }
    }
}
CONF
PHP_INI_SCAN_DIR=":$SITE/php" PALIER_COMMAND=$(palier_command) "$fpm" --allow-to-run-as-root --fpm-config "$dir/fpm.conf" &
fpm_pid=$!
nginx -c "$dir/nginx.conf" -p "$dir" &
nginx_pid=$!
trap 'kill "$fpm_pid" "$nginx_pid" 2>/dev/null || true; cp -p "$dir/config.php" "$SITE/moodle/config.php"' EXIT
made=$(site_php "$PALIER_ROOT/tests/bench/moodle_load.php" make "$learners" | tail -n 1)
printf 'load of the machine before: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
node tests/bench/moodle_load.mjs "http://127.0.0.1:$SITE_PORT" "$made" "$seconds" "$pause" "$fpm_pid" "$(head -n 1 "$("${SITE_DB}_dir")"/data/*.pid)" "$dir/acknowledged.json"
printf 'load of the machine after: %s\n' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
site_php "$PALIER_ROOT/tests/bench/moodle_load.php" check "$dir/acknowledged.json"
