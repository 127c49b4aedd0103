# SPDX-License-Identifier: GPL-3.0-or-later
# PHP-FPM and nginx as people run them, for what packaging/moodle/serve is too small for. Whoever sources this stops
# what it started: the numbers of the processes are in WEB_PIDS. Needs packaging/lib/common.sh.
# shellcheck shell=bash
WEB_PIDS=()

# fpm_find: PHP-FPM's program, or nothing.
fpm_find() { compgen -c php-fpm | sort -V | tail -n 1; }

# fpm_start DIR INI WORKERS: PHP-FPM with the socket DIR/fpm.sock, the settings of the folder INI beside those of the
# machine.
fpm_start() {
    local dir=$1 ini=$2 workers=$3 fpm
    fpm=$(fpm_find)
    [[ -n $fpm ]] || die "PHP-FPM is missing; Debian's package 'php-fpm' has it"
    mkdir -p "$dir"
    cat >"$dir/fpm.conf" <<CONF
[global]
error_log = $dir/fpm.log
daemonize = no
[www]
listen = $dir/fpm.sock
pm = static
pm.max_children = $workers
user = $(id -un)
group = $(id -gn)
clear_env = no
CONF
    local root=()
    [[ $EUID -ne 0 ]] || root=(--allow-to-run-as-root)
    PHP_INI_SCAN_DIR=":$ini" "$fpm" "${root[@]}" --fpm-config "$dir/fpm.conf" &
    FPM_PID=$!
    WEB_PIDS+=("$FPM_PID")
}

# nginx_server LISTEN ROOT DIR [LINES [PORT]]: a server of nginx before the PHP-FPM of DIR. PORT is the one that people
# see, where it is another: Moodle compares it with the site's address.
nginx_server() {
    cat <<CONF
    server {
        listen $1 backlog=2048;
        root $2;
        ${4:-}
        location ~ ^(.+\\.php)(/.*)?\$ {
            fastcgi_pass unix:$3/fpm.sock;
            fastcgi_read_timeout 300;
            include /etc/nginx/fastcgi_params;
            fastcgi_param SERVER_PORT ${5:-\$server_port};
            fastcgi_param SCRIPT_FILENAME \$document_root\$1;
            fastcgi_param PATH_INFO \$2;
        }
    }
CONF
}

# nginx_start DIR: nginx with the servers that are given on standard input.
nginx_start() {
    local dir=$1
    need nginx nginx-light
    mkdir -p "$dir"
    {
        [[ $EUID -ne 0 ]] || printf 'user root;\n'
        cat <<CONF
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
CONF
        cat
        printf '}\n'
    } >"$dir/nginx.conf"
    nginx -c "$dir/nginx.conf" -p "$dir" &
    WEB_PIDS+=("$!")
}

web_stop() { [[ ${#WEB_PIDS[@]} -eq 0 ]] || kill "${WEB_PIDS[@]}" 2>/dev/null || true; }
