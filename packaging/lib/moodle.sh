# SPDX-License-Identifier: GPL-3.0-or-later
# Disposable Moodle sites below $PALIER_STATE/sites/NAME:
#   moodle/      a copy of a Moodle tree with our plugins in it; the tree itself is only read
#   data/        the site's data folder          phpunit/   PHPUnit's data folder
#   php/         settings that every PHP process of the site reads (PHP_INI_SCAN_DIR)
#   site.env     what the site was made with     web.pid, web.log   its web server
# A site starts as a clone of a "base": a Moodle without our plugins, installed once per
# Moodle version and database, below $PALIER_STATE/bases.
# shellcheck shell=bash

# moodle_web TREE: where a tree has its pages and plugins. From 5.1 on that is a folder of it.
moodle_web() { if [[ -f $1/public/version.php ]]; then printf '%s\n' "$1/public"; else printf '%s\n' "$1"; fi; }

# moodle_is DIR: whether this is a Moodle tree.
moodle_is() { [[ -f $(moodle_web "$1")/version.php && -f $1/lib/components.json ]]; }

# moodle_find [DIR]: the Moodle tree to copy, or a message that says how to get one.
moodle_find() {
    local dir looked=()
    if [[ -n ${1:-${MOODLE_DIR:-}} ]]; then
        dir=${1:-$MOODLE_DIR}
        moodle_is "$dir" ||
            die "'$dir' is no Moodle tree: it has no version.php (5.1 and later: public/version.php) and lib/components.json"
        (cd "$dir" && pwd)
        return
    fi
    for dir in /opt/moodle /srv/moodle /var/www/moodle /var/www/html/moodle; do
        looked+=("$dir")
        if moodle_is "$dir"; then
            printf '%s\n' "$dir"
            return
        fi
    done
    say "No Moodle tree found. Looked in: ${looked[*]}"
    say "Get Moodle 4.5 or later (https://download.moodle.org), unpack it, and name its folder with --moodle DIR or MOODLE_DIR."
    return 1
}

# moodle_named NAME: the tree of another Moodle that NAME_DIR names (moodle51: MOODLE51_DIR) or that lies in a folder NAME;
# nothing where there is none.
moodle_named() {
    local named=${1^^}_DIR dir
    if [[ -n ${!named:-} ]]; then
        moodle_find "${!named}"
        return
    fi
    for dir in "/opt/$1" "/srv/$1" "/var/www/$1"; do
        if moodle_is "$dir"; then printf '%s\n' "$dir"; return; fi
    done
    say "There is no tree $1 ($named, /opt/$1, /srv/$1, /var/www/$1)."
    return 1
}

moodle_version() { sed -n "s/^\$version *= *\([0-9.]*\);.*/\1/p" "$(moodle_web "$1")/version.php"; }
moodle_release() { sed -n "s/^\$release *= *'\([^']*\)'.*/\1/p" "$(moodle_web "$1")/version.php"; }

# Our plugins that exist in this checkout: one "folder place-in-Moodle" a line.
# PALIER_PLUGINS_DIR names another folder of plugins, as an upgrade test needs.
plugins() {
    local type place
    while read -r type place; do
        local dir
        for dir in "${PALIER_PLUGINS_DIR:-$PALIER_ROOT/adapters/moodle}/${type}_"*; do
            [[ ! -f $dir/version.php ]] || printf '%s %s\n' "$dir" "$place/${dir##*/"${type}"_}"
        done
    done <<'TYPES'
mod mod
local local
qbank question/bank
availability availability/condition
block blocks
report report
tool admin/tool
TYPES
}

# One line for each of a site's databases changes that need an upgrade or a new start.
plugins_versions() { plugins | while read -r dir _; do grep -E '^\$plugin->(version|component)' "$dir/version.php"; done | sha1sum | cut -c1-16; }
plugins_schema() {
    plugins | while read -r dir _; do
        find "$dir/version.php" "$dir/db" "$dir/settings.php" -type f -print0 2>/dev/null | sort -z | xargs -0 -r cat
    done | sha1sum | cut -c1-16
}

site_use() {
    SITE=$PALIER_STATE/sites/$1
    SITE_NAME=$1
    if [[ -f $SITE/site.env ]]; then
        # shellcheck disable=SC1091
        source "$SITE/site.env"
    fi
}

# What each PHP process of a site reads, child processes included.
php_settings() {
    local dir=$1 extension=${PALIER_PHP_EXTENSION:-$PALIER_ROOT/build/release/php/palier.so}
    mkdir -p "$dir"
    {
        printf '%s\n' 'max_input_vars = 5000' 'memory_limit = 512M' 'upload_max_filesize = 64M' 'post_max_size = 64M' \
            'zend.assertions = 1' 'opcache.enable = 1' 'opcache.memory_consumption = 192' \
            'opcache.max_accelerated_files = 20000' 'opcache.revalidate_freq = 0' 'opcache.interned_strings_buffer = 16'
        [[ ! -f $extension ]] || printf 'extension = %s\n' "$extension"
    } >"$dir/palier.ini"
}
palier_command() {
    local command=${PALIER_COMMAND:-$PALIER_ROOT/build/release/palier}
    [[ ! -x $command ]] || printf '%s\n' "$command"
}

site_php() {
    local root=$SITE/moodle
    # A script of a plugin or of Moodle's own, by its place in either part of a tree.
    [[ -e $root/${1:-.} ]] || root=$(moodle_web "$root")
    (cd "$root" && PHP_INI_SCAN_DIR=":$SITE/php" PALIER_COMMAND=$(palier_command) \
        PALIER_REFERENCE=$PALIER_ROOT/tests/reference exec php "$@")
}

# write_config DIR DATABASE: the config.php of the tree DIR/moodle.
write_config() {
    local dir=$1 database=$2 engine=$SITE_DB command
    service_read "$SITE_DB"
    command=$(palier_command)
    cat >"$dir/moodle/config.php" <<PHP
<?php
unset(\$CFG);
global \$CFG;
\$CFG = new stdClass();
\$CFG->dbtype = '$engine';
\$CFG->dblibrary = 'native';
\$CFG->dbhost = '127.0.0.1';
\$CFG->dbname = '$database';
\$CFG->dbuser = 'palier';
\$CFG->dbpass = '$DB_PASSWORD';
\$CFG->prefix = 'mdl_';
\$CFG->dboptions = ['dbport' => $DB_PORT, 'dbpersist' => false$([[ $engine != mariadb ]] || printf "%s" ", 'dbcollation' => 'utf8mb4_unicode_ci'")];
\$CFG->wwwroot = 'http://127.0.0.1:${SITE_PORT:-0}';
\$CFG->dataroot = '$dir/data';
\$CFG->admin = 'admin';
\$CFG->directorypermissions = 02770;
\$CFG->phpunit_dataroot = '$dir/phpunit';
\$CFG->phpunit_dbname = '${database}_phpunit';
\$CFG->phpunit_prefix = 'phpu_';
\$CFG->phpunit_directorypermissions = 02770;
defined('PHPUNIT_LONGTEST') || !getenv('PALIER_LONG_TESTS') || define('PHPUNIT_LONGTEST', true);
\$CFG->noemailever = true;
\$CFG->preventexecpath = true;
\$CFG->disableupdatenotifications = true;
\$CFG->disableupdateautodeploy = true;
\$CFG->pathtophp = '$(command -v php)';
// Statement stores on this machine may be reached.
\$CFG->curlsecurityblockedhosts = '';
\$CFG->curlsecurityallowedport = '';
$([[ ${SITE_DEBUG:-0} != 1 ]] || printf '%s\n' "\$CFG->debug = E_ALL;" "\$CFG->debugdisplay = 1;")
$([[ -z $command ]] || printf '%s\n' "\$CFG->forced_plugin_settings = ['mod_palier' => ['pathtopalier' => '$command']];")
require_once(__DIR__ . '/lib/setup.php');
PHP
    chmod 640 "$dir/moodle/config.php"
    # The pages of a tree of 5.1 read this one; a checkout that leaves every config.php out has lost it.
    if [[ -d $dir/moodle/public && ! -f $dir/moodle/public/config.php ]]; then
        printf '<?php\nrequire_once(__DIR__ . "/../config.php");\n' >"$dir/moodle/public/config.php"
    fi
}

# base_make TREE DB: installs the base of a Moodle version, site and PHPUnit side by side.
base_make() {
    local tree SITE_DB=$2 SITE_PORT=0 SITE_DEBUG=0
    tree=$(moodle_find "$1")
    BASE_NAME=base_$(moodle_version "$tree" | tr -d .)_$SITE_DB
    BASE=$PALIER_STATE/bases/$BASE_NAME
    mkdir -p "$PALIER_STATE/bases"
    exec 7>"$BASE.lock"
    wait_for_lock 7
    if [[ -f $BASE/ready ]] && "${SITE_DB}_exists" "$BASE_NAME"; then
        exec 7>&-
        return
    fi
    step "Installing $(moodle_release "$tree") on $SITE_DB once, as the base of every site (a few minutes)"
    rm -rf "$BASE"
    mkdir -p "$BASE/data" "$BASE/phpunit"
    cp -a --reflink=auto "$tree" "$BASE/moodle"
    local phpunit='' database making=${BASE_NAME}_making
    for database in "$making" "${making}_phpunit" "$BASE_NAME" "${BASE_NAME}_phpunit"; do "${SITE_DB}_drop" "$database"; done
    "${SITE_DB}_create" "$making"
    "${SITE_DB}_create" "${making}_phpunit"
    write_config "$BASE" "$making"
    php_settings "$BASE/php"
    if [[ ${PALIER_WITHOUT_PHPUNIT:-0} != 1 ]]; then
        phpunit_vendor "$BASE/moodle"
        SITE=$BASE site_php admin/tool/phpunit/cli/util.php --install >"$PALIER_STATE/logs/$BASE_NAME-phpunit.log" 2>&1 7>&- &
        phpunit=$!
    fi
    SITE=$BASE quietly "$PALIER_STATE/logs/$BASE_NAME-site.log" site_php admin/cli/install_database.php --agree-license \
        --adminuser=admin --adminpass="$(random_password)" --adminemail=admin@example.com --fullname=Palier --shortname=palier 7>&- ||
        die "Moodle's installation failed"
    [[ -z $phpunit ]] || wait "$phpunit" || { tail -n 40 "$PALIER_STATE/logs/$BASE_NAME-phpunit.log" >&2; die "the installation of Moodle's PHPUnit site failed"; }
    "${SITE_DB}_rename" "$making" "$BASE_NAME"
    "${SITE_DB}_rename" "${making}_phpunit" "${BASE_NAME}_phpunit"
    rm -rf "$BASE/moodle" "$BASE"/data/{cache,localcache,temp,muc,lock,sessions,trashdir}
    touch "$BASE/ready"
    exec 7>&-
}

# site_make NAME TREE DB [PORT]: the site's files and its database, as the base has them.
site_make() {
    local tree=$2
    SITE_TREE=$tree SITE_DB=$3 SITE_PORT=${4:-}
    site_use_new "$1"
    "${SITE_DB}_start"
    base_make "$tree" "$SITE_DB"
    step "Making the site $SITE_NAME from $(moodle_release "$tree")"
    mkdir -p "$SITE"
    rm -rf "$SITE/moodle"
    cp -a --reflink=auto "$tree" "$SITE/moodle"
    rm -f "$SITE/moodle/config.php"
    [[ -n $SITE_PORT ]] || SITE_PORT=$(free_port)
    printf '%s=%q\n' SITE_TREE "$SITE_TREE" SITE_DB "$SITE_DB" SITE_PORT "$SITE_PORT" SITE_DEBUG "${SITE_DEBUG:-0}" \
        BASE_NAME "$BASE_NAME" >"$SITE/site.env"
    site_reset
}
site_use_new() {
    SITE=$PALIER_STATE/sites/$1
    SITE_NAME=$1
}
site_database() { printf 'site_%s\n' "${SITE_NAME//[^a-z0-9]/_}"; }

# Back to the base: no course, no plugin, a new password of the administrator (in admin-password).
site_reset() {
    "${SITE_DB}_clone" "$BASE_NAME" "$(site_database)"
    rm -rf "$SITE/data" "$SITE/plugins."*
    cp -a "$PALIER_STATE/bases/$BASE_NAME/data" "$SITE/data"
    mkdir -p "$SITE/data/lang/fr"
    cp "$PALIER_ROOT/packaging/moodle/langconfig-fr.php" "$SITE/data/lang/fr/langconfig.php"
    write_config "$SITE" "$(site_database)"
    php_settings "$SITE/php"
    (umask 077; printf '%s\n' "P$(random_password)1-" >"$SITE/admin-password")
    quietly "$SITE/logs/password.log" site_php admin/cli/reset_password.php --username=admin \
        --password="$(<"$SITE/admin-password")" --ignore-password-policy
}

# Brings the checkout's plugins into the site's tree; prints what changed.
site_sync() {
    local dir place web
    web=$(moodle_web "$SITE/moodle")
    while read -r dir place; do
        mkdir -p "$web/$place"
        rsync --archive --delete --checksum --exclude=/docs --out-format='%n' "$dir/" "$web/$place/"
    done < <(plugins)
    # The guides, as the zip brings them.
    guide_pages | sed 's|$|.md|' | rsync --archive --checksum --files-from=- "$PALIER_ROOT/docs/" "$web/mod/palier/docs/"
}

# Plugins, settings and database as the checkout has them now.
site_update() {
    local changed versions schema
    write_config "$SITE" "$(site_database)"
    php_settings "$SITE/php"
    changed=$(site_sync)
    versions=$(plugins_versions)
    schema=$(plugins_schema)
    if [[ -f $SITE/plugins.versions && $versions == "$(<"$SITE/plugins.versions")" && $schema != "$(cat "$SITE/plugins.schema" 2>/dev/null)" ]]; then
        step "db/ or settings.php changed without a new version: the site $SITE_NAME starts anew from the base"
        site_reset
    fi
    if [[ $versions != "$(cat "$SITE/plugins.versions" 2>/dev/null)" ]] && [[ -n $(plugins) ]]; then
        step "Installing or upgrading the plugins in $SITE_NAME"
        quietly "$SITE/logs/upgrade.log" site_php admin/cli/upgrade.php --non-interactive --allow-unstable || return 1
        grep -A 3 -E '^(\+\+ [^S]|PHP (Warning|Notice|Deprecated|Fatal))|XMLDB has' "$SITE/logs/upgrade.log" >&2 || true
        printf '%s\n' "$versions" >"$SITE/plugins.versions"
        printf '%s\n' "$schema" >"$SITE/plugins.schema"
    elif [[ -n $changed ]]; then
        quietly "$SITE/logs/purge.log" site_php admin/cli/purge_caches.php
    fi
}

site_alive() { [[ -f $SITE/web.pid ]] && kill -0 -- "-$(<"$SITE/web.pid")" 2>/dev/null; }

# site_serve [--cron]: starts the web server (and Moodle's cron each minute) as one process group.
site_serve() {
    site_stop
    PHP_CLI_SERVER_WORKERS=4 PHP_INI_SCAN_DIR=":$SITE/php" setsid \
        "$PALIER_ROOT/packaging/moodle/serve" "$SITE" "$SITE_PORT" "${1:-}" <<<'' >"$SITE/web.log" 2>&1 7>&- 9>&- &
    printf '%s\n' $! >"$SITE/web.pid"
    local _
    for _ in $(seq 60); do
        if curl --silent --fail --output /dev/null --max-time 30 "http://127.0.0.1:$SITE_PORT/login/index.php"; then return; fi
        # The process may not have its own group yet.
        site_alive || kill -0 "$(<"$SITE/web.pid")" 2>/dev/null || break
        sleep 0.5
    done
    tail -n 20 "$SITE/web.log" >&2
    die "the site $SITE_NAME does not answer on http://127.0.0.1:$SITE_PORT (log: $SITE/web.log)"
}

# The workers of PHP's web server outlive it: the whole group goes.
site_stop() {
    local group
    group=$(cat "$SITE/web.pid" 2>/dev/null) || return 0
    kill -- "-$group" 2>/dev/null || true
    rm -f "$SITE/web.pid"
}

site_remove() {
    site_stop
    if [[ -n ${SITE_DB:-} ]]; then
        "${SITE_DB}_start"
        "${SITE_DB}_drop" "$(site_database)"
        "${SITE_DB}_drop" "$(site_database)_phpunit"
    fi
    rm -rf "$SITE"
}
