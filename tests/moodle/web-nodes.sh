#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Web servers as people run them: nginx before PHP-FPM, several nodes behind one balancer, with one database and one
# data folder, each with its own code and local cache. "extension" has the PHP extension, "program" the program alone,
# "locked" the extension and no proc_open, "bare" neither. Learners take a test by HTTP, their requests go to the first
# two in turn, then to "locked" alone; "bare" says what is missing and loses nothing. Then workers are killed at random
# while a test ends, and the task does what they left undone. Usage: web-nodes.sh [COUNTS [KILLS]]   60 kills
# PALIER_SITE names a site of packaging/dev-site with the demonstration course that is used and kept.
# Functions are called by their names, through check.
# shellcheck disable=SC2317
set -euo pipefail
# shellcheck source=tests/moodle/lib.bash
source "$(dirname "$0")/lib.bash"
# shellcheck source=packaging/lib/web.sh
source packaging/lib/web.sh
kills=${2:-60}
extension=${PALIER_PHP_EXTENSION:-$PALIER_ROOT/build/release/php/palier.so}
if ! moodle_find >/dev/null 2>&1; then
    skip "there is no Moodle tree"
    finish
elif [[ ! -f $extension ]]; then
    skip "the PHP extension is not built: there is no node that has it"
    finish
elif [[ -z $(fpm_find) ]] || ! have nginx; then
    skip "PHP-FPM or nginx is missing (Debian's packages php-fpm and nginx-light)"
    finish
fi
export PALIER_WITHOUT_PHPUNIT=1
nodes=(extension program locked bare)
install() { site_sync && site_php admin/cli/upgrade.php --non-interactive --allow-unstable; }
# make_node NAME: its code, local cache and settings of PHP; database, data and sessions are those of all.
make_node() {
    local name=$1 dir=$SITE/nodes/$1
    mkdir -p "$dir/local" "$dir/php"
    cp -a --reflink=auto "$SITE/moodle" "$dir/moodle"
    sed -i "s|^require_once(__DIR__ . '/lib/setup.php');|\$CFG->localcachedir = '$dir/local';\n&|" "$dir/moodle/config.php"
    grep -q "$dir/local" "$dir/moodle/config.php" || return 1
    grep -v '^extension' "$SITE/php/palier.ini" >"$dir/php/palier.ini"
    # What is missing is told to developers in the place of the page that leads on: not what learners see.
    [[ $name != bare ]] || sed -i "s|^require_once(__DIR__ . '/lib/setup.php');|\$CFG->debugdisplay = 0;\n&|" "$dir/moodle/config.php"
    case $name in extension | locked) printf 'extension = %s\n' "$extension" >>"$dir/php/palier.ini" ;; esac
    case $name in locked | bare) printf 'disable_functions = proc_open\n' >>"$dir/php/palier.ini" ;; esac
}
# serve_nodes: a request goes where its header X-Node says, else to the first two in turn; the answer says where it was.
serve_nodes() {
    local name
    for name in "${nodes[@]}"; do
        fpm_start "$SITE/nodes/$name" "$SITE/nodes/$name/php" 2
        worker_of[$name]=$FPM_PID
    done
    nginx_start "$SITE/nodes" < <(
        for name in "${nodes[@]}"; do
            nginx_server "unix:$SITE/nodes/$name/web.sock" "$(moodle_web "$SITE/nodes/$name/moodle")" "$SITE/nodes/$name" \
                "add_header X-Node $name always;" "$SITE_PORT"
            printf '    upstream node_%s { server unix:%s; }\n' "$name" "$SITE/nodes/$name/web.sock"
        done
        cat <<CONF
    upstream node_ { server unix:$SITE/nodes/extension/web.sock; server unix:$SITE/nodes/program/web.sock; }
    map \$http_x_node \$node { default node_\$http_x_node; }
    server {
        listen 127.0.0.1:$SITE_PORT;
        location / {
            proxy_pass http://\$node;
            proxy_set_header Host \$http_host;
            proxy_next_upstream off;
            proxy_read_timeout 300;
        }
    }
CONF
    )
    for _ in {1..10}; do
        ! curl --silent "http://127.0.0.1:$SITE_PORT/login/index.php" | grep -q logintoken || return 0
        sleep 1
    done
    return 1
}
# What learners and the administrator meet: tests/moodle/web_nodes.mjs. Each line of its is a check.
walk() {
    local line
    while read -r line; do
        case $line in
            'ok: '*) passed=$((passed + 1)) ;;
            'not ok: '*) failed=$((failed + 1)) ;;
        esac
        printf '%s\n' "$line"
    done < <(node tests/moodle/web_nodes.mjs "http://127.0.0.1:$SITE_PORT" "$@" 2>&1 || echo "not ok: web_nodes.mjs $1 came to its end")
}
script() { site_php "$PALIER_ROOT/tests/moodle/finish_killed.php" "$SITE/moodle" "$@"; }

declare -A worker_of
trap web_stop EXIT
if [[ -n ${PALIER_SITE:-} ]]; then
    site_use "$PALIER_SITE"
    "${SITE_DB}_start"
    site_stop
    rm -rf "$SITE/nodes"
else
    fresh_site web-nodes
    check "the site installs" install
    check "its demonstration runs" demo
fi
for name in "${nodes[@]}"; do check "there is a node '$name'" make_node "$name"; done
serving=0
serve_nodes && serving=1
check "the nodes serve" test "$serving" = 1
made=$(site_php "$PALIER_ROOT/tests/bench/moodle_load.php" make 8 | tail -n 1)
walk nodes "$made" "$(<"$SITE/admin-password")"
replays() { ! site_php "$PALIER_ROOT/tests/moodle/facts.php" "$SITE/moodle" verify | grep -v '"verified":true'; }
check "each log replays in the engine" replays
check "a process that is killed within a step leaves nothing" site_php "$PALIER_ROOT/tests/moodle/step_killed.php" "$SITE/moodle"
check "each node with an engine has compiled the bank for itself" bash -c "
    for node in extension program locked; do compgen -G '$SITE/nodes/'\$node'/local/mod_palier/banks/*.bank' >/dev/null || exit 1; done"

check "results are graded and complete the activity" script prepare
made=$(site_php "$PALIER_ROOT/tests/bench/moodle_load.php" make "$((kills + 3))" | tail -n 1)
walk kills "$made" "${worker_of[extension]}" "$SITE/kills.json"
output=$(script check "$SITE/kills.json" 2>&1) && status=0 || status=$?
printf '%s\n' "$output"
check "what workers left undone is done by the task" test "$status" = 0
web_stop
[[ -n ${PALIER_SITE:-} ]] || site_remove
finish
