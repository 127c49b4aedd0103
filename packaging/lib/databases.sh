# SPDX-License-Identifier: GPL-3.0-or-later
# A PostgreSQL cluster and a MariaDB instance of our own, below $PALIER_STATE/services.
# They listen on 127.0.0.1 alone, on a free port, with a random password, and trade
# durability for speed: they hold disposable sites only. No autovacuum: PHPUnit's tables
# are empty outside of a test, and one that is analysed then is searched whole ever after.
# shellcheck shell=bash

services_dir() {
    # A database server does not run as root, so its user must be able to reach the folder.
    local dir=$PALIER_STATE/services user=$1
    mkdir -p "$dir"
    if [[ $EUID -eq 0 ]] && id "$user" >/dev/null 2>&1 && ! runuser -u "$user" -- test -x "$dir"; then
        dir=/var/tmp/palier-$(printf '%s' "$PALIER_STATE" | sha1sum | cut -c1-12)
        mkdir -p "$dir"
    fi
    printf '%s\n' "$dir"
}

as_user() {
    local user=$1
    shift
    if [[ $EUID -eq 0 ]]; then (cd / && runuser -u "$user" -- "$@"); else "$@"; fi
}

pgsql_bin() {
    local newest
    newest=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -type d 2>/dev/null | sort -V | tail -n 1)
    [[ -x $newest/bin/pg_ctl ]] || die "PostgreSQL's server is missing; Debian's package 'postgresql' has it"
    printf '%s/bin\n' "$newest"
}

pgsql_dir() { printf '%s/pgsql\n' "$(services_dir postgres)"; }
mariadb_dir() { printf '%s/mariadb\n' "$(services_dir mysql)"; }

# Reads PORT and PASSWORD of a service into DB_PORT and DB_PASSWORD.
service_read() {
    local dir
    dir=$("$1_dir")
    DB_PORT=$(<"$dir/port")
    DB_PASSWORD=$(<"$dir/password")
}

# Keeps the port of the last start when it is free, so that running sites find their database again.
service_port() {
    if [[ ! -f $1/port ]] || (exec 3<>"/dev/tcp/127.0.0.1/$(<"$1/port")") 2>/dev/null; then
        free_port >"$1/port"
    fi
}

pgsql_start() {
    local bin dir
    bin=$(pgsql_bin)
    dir=$(pgsql_dir)
    exec 8>"$(dirname "$dir")/lock"
    wait_for_lock 8
    if [[ ! -f $dir/data/PG_VERSION ]]; then
        rm -rf "$dir"
        mkdir -p "$dir"
        random_password >"$dir/password"
        chmod 644 "$dir/password"
        [[ $EUID -ne 0 ]] || chown postgres: "$dir"
        step "Creating a PostgreSQL cluster in $dir"
        quietly "$PALIER_STATE/logs/initdb.log" as_user postgres "$bin/initdb" --pgdata="$dir/data" --username=palier \
            --pwfile="$dir/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync
        chmod 600 "$dir/password"
        [[ $EUID -ne 0 ]] || chown root: "$dir/password"
    fi
    if ! as_user postgres "$bin/pg_ctl" --pgdata="$dir/data" status >/dev/null; then
        service_port "$dir"
        as_user postgres "$bin/pg_ctl" --pgdata="$dir/data" --log="$dir/data/server.log" --wait --silent start \
            -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p $(<"$dir/port") -c fsync=off \
                -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=256MB -c max_wal_size=2GB" \
            7>&- 8>&- 9>&- >/dev/null || die "PostgreSQL did not start: see $dir/data/server.log"
    fi
    exec 8>&-
}

pgsql_stop() {
    local bin dir
    bin=$(pgsql_bin)
    dir=$(pgsql_dir)
    [[ -f $dir/data/postmaster.pid ]] || return 0
    as_user postgres "$bin/pg_ctl" --pgdata="$dir/data" --mode=fast --wait --silent stop
}

pgsql_sql() {
    service_read pgsql
    PGOPTIONS="-c client_min_messages=warning" PGPASSWORD=$DB_PASSWORD psql --host=127.0.0.1 --port="$DB_PORT" --username=palier --dbname=postgres \
        --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --command="$1"
}
pgsql_exists() { [[ $(pgsql_sql "SELECT 1 FROM pg_database WHERE datname = '$1'") == 1 ]]; }
pgsql_create() { pgsql_sql "CREATE DATABASE \"$1\" TEMPLATE template0 ENCODING 'UTF8'"; }
pgsql_drop() { pgsql_sql "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)"; }
pgsql_rename() { pgsql_sql "ALTER DATABASE \"$1\" RENAME TO \"$2\""; }
# pgsql_clone FROM TO: TO becomes a copy of FROM, which nobody may be using.
pgsql_clone() {
    pgsql_drop "$2"
    pgsql_sql "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
}

mariadb_start() {
    local dir
    need mariadbd mariadb-server
    dir=$(mariadb_dir)
    exec 8>"$(dirname "$dir")/lock"
    wait_for_lock 8
    local user=()
    [[ $EUID -ne 0 ]] || user=(--user=mysql)
    if [[ ! -d $dir/data/mysql ]]; then
        rm -rf "$dir"
        mkdir -p "$dir/data"
        random_password >"$dir/password"
        chmod 600 "$dir/password"
        [[ $EUID -ne 0 ]] || chown mysql: "$dir/data"
        step "Creating a MariaDB instance in $dir"
        quietly "$PALIER_STATE/logs/mariadb-install-db.log" mariadb-install-db --no-defaults "${user[@]}" \
            --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db
        # The accounts' statements are run once, at the first start.
        (umask 077; printf '%s\n' "CREATE USER 'palier'@'127.0.0.1' IDENTIFIED BY '$(<"$dir/password")';" \
            "GRANT ALL ON *.* TO 'palier'@'127.0.0.1';" "DROP USER 'root'@'localhost';" >"$dir/data/first-start.sql")
        [[ $EUID -ne 0 ]] || chown mysql: "$dir/data/first-start.sql"
    fi
    if ! mariadb_alive; then
        service_port "$dir"
        local init=()
        [[ ! -f $dir/data/first-start.sql ]] || init=(--init-file="$dir/data/first-start.sql")
        # setsid: Ctrl-C in a terminal must not reach the server before its sites have stopped.
        setsid mariadbd --no-defaults "${user[@]}" --datadir="$dir/data" --socket=server.sock \
            --pid-file="$dir/data/server.pid" --bind-address=127.0.0.1 --port="$(<"$dir/port")" --skip-name-resolve \
            --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --skip-log-bin \
            --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-buffer-pool-size=256M \
            --innodb-flush-method=nosync --log-error="$dir/data/server.log" "${init[@]}" </dev/null >/dev/null 2>&1 7>&- 8>&- 9>&- &
        local _
        for _ in $(seq 100); do
            mariadb_alive && break
            sleep 0.3
        done
        mariadb_alive || die "MariaDB did not start: see $dir/data/server.log"
        rm -f "$dir/data/first-start.sql"
    fi
    exec 8>&-
}

mariadb_alive() {
    local dir
    dir=$(mariadb_dir)
    [[ -f $dir/port ]] && mariadb_client --execute='SELECT 1' >/dev/null 2>&1
}

mariadb_stop() {
    local dir pid _
    dir=$(mariadb_dir)
    pid=$(cat "$dir/data/server.pid" 2>/dev/null) || return 0
    kill "$pid" 2>/dev/null || return 0
    for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.2
    done
}

mariadb_client() {
    service_read mariadb
    MYSQL_PWD=$DB_PASSWORD mariadb --no-defaults --host=127.0.0.1 --port="$DB_PORT" --user=palier --skip-column-names --batch "$@"
}
mariadb_sql() { mariadb_client --execute="$1"; }
mariadb_exists() { [[ -n $(mariadb_sql "SHOW DATABASES LIKE '$1'") ]]; }
mariadb_create() { mariadb_sql "CREATE DATABASE \`$1\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"; }
mariadb_drop() { mariadb_sql "DROP DATABASE IF EXISTS \`$1\`"; }
mariadb_clone() {
    mariadb_drop "$2"
    mariadb_create "$2"
    service_read mariadb
    MYSQL_PWD=$DB_PASSWORD mariadb-dump --no-defaults --host=127.0.0.1 --port="$DB_PORT" --user=palier --single-transaction "$1" |
        mariadb_client "$2"
}
# MariaDB has no rename for databases: the tables move.
mariadb_rename() {
    mariadb_clone "$1" "$2"
    mariadb_drop "$1"
}
