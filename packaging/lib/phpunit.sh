# SPDX-License-Identifier: GPL-3.0-or-later
# Moodle's PHPUnit in a site of lib/moodle.sh.
# shellcheck shell=bash

# phpunit_vendor TREE: gives the copy TREE the test libraries that its composer.json asks for, fetched once.
phpunit_vendor() {
    local wanted cache
    wanted=$(php -r '
        $asked = json_decode(file_get_contents($argv[1]), true)["require-dev"];
        echo json_encode(["name" => "palier/moodle-tests", "require" => array_intersect_key($asked,
            ["phpunit/phpunit" => 1, "mikey179/vfsstream" => 1])]);' "$1/composer.json")
    cache=$PALIER_STATE/cache/phpunit-$(printf '%s' "$wanted" | sha1sum | cut -c1-8)
    mkdir -p "$cache" "$PALIER_STATE/logs"
    (
        flock 6
        [[ -f $cache/vendor/autoload.php ]] && exit
        need composer composer
        printf '%s\n' "$wanted" >"$cache/composer.json"
        COMPOSER_ALLOW_SUPERUSER=1 quietly "$PALIER_STATE/logs/composer.log" composer install --working-dir="$cache" \
            --no-interaction --no-progress
    ) 6>"$cache/lock"
    rm -rf "$1/vendor"
    cp -a --reflink=auto "$cache/vendor" "$1/vendor"
}

# phpunit_init: the PHPUnit site with the plugins as they are now; quick when nothing of their schema changed.
phpunit_init() {
    local key
    key=$(plugins_schema)-$(plugins_versions)
    [[ -d $SITE/moodle/vendor/phpunit ]] || phpunit_vendor "$SITE/moodle"
    if [[ -f $SITE/phpunit.key && $(<"$SITE/phpunit.key") == "$key" ]] && "${SITE_DB}_exists" "$(site_database)_phpunit"; then
        return
    fi
    step "Preparing PHPUnit's database of $SITE_NAME"
    rm -rf "$SITE/phpunit" "$SITE/phpunit.key"
    "${SITE_DB}_clone" "${BASE_NAME}_phpunit" "$(site_database)_phpunit"
    cp -a "$PALIER_STATE/bases/$BASE_NAME/phpunit" "$SITE/phpunit"
    quietly "$SITE/logs/phpunit-init.log" site_php "$PALIER_ROOT/packaging/moodle/phpunit-add-plugins.php" "$SITE/moodle" || return 1
    printf '%s\n' "$key" >"$SITE/phpunit.key"
}

# phpunit_run ARGUMENTS...: PHPUnit in the site's tree. Without a path: all tests of our plugins.
phpunit_run() { site_php vendor/bin/phpunit --test-suffix _test.php "$@"; }

# phpunit_path PLACE: a place in Moodle, from the folder that PHPUnit runs in, of the site in use.
phpunit_path() {
    local web
    web=$(moodle_web "$SITE/moodle")/$1
    printf '%s\n' "${web#"$SITE/moodle/"}"
}

phpunit_paths() {
    local dir place
    while read -r dir place; do
        [[ ! -d $dir/tests ]] || printf '%s\n' "$place/tests"
    done < <(plugins)
}
