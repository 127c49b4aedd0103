<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Brings plugins that lie in a Moodle tree into its PHPUnit site, which was installed without them,
// and stores that state as the one which each test starts from. What phpunit_util::install_site()
// does in two minutes takes seconds this way. Usage: php phpunit-add-plugins.php MOODLE_DIR
$moodle = $argv[1];
// From 5.1 on the libraries are in a folder of the tree.
$web = is_file($moodle . '/public/version.php') ? $moodle . '/public' : $moodle;
$_SERVER['argv'] = [$argv[0]];
$_SERVER['argc'] = 1;
define('IGNORE_COMPONENT_CACHE', true);
define('CACHE_DISABLE_ALL', true);
define('PHPUNIT_UTIL', true);
require_once($web . '/lib/clilib.php');
require_once($web . '/lib/phpunit/bootstraplib.php');
require_once($web . '/lib/testing/lib.php');
require($moodle . '/vendor/autoload.php');
require($web . '/lib/phpunit/bootstrap.php');
require_once($CFG->libdir . '/adminlib.php');
require_once($CFG->libdir . '/upgradelib.php');
require_once($CFG->libdir . '/installlib.php');

// Moodle finds the name of the test framework before the class name's first underscore.
// phpcs:ignore
class phpunit_with_plugins_util extends phpunit_util {
    public static function add_plugins(): void {
        // The test site's settings are only loaded by itself while its version hash fits.
        initialise_cfg();
        upgrade_noncore(true);
        upgrade_finished();
        \core\session\manager::set_user(get_admin());
        admin_apply_default_settings(null, false);
        set_config('curlsecurityblockedhosts', '');
        set_config('curlsecurityallowedport', '');
        while ($task = \core\task\manager::get_next_adhoc_task(time())) {
            $task->execute();
            \core\task\manager::adhoc_task_complete($task);
        }
        self::save_original_data_files();
        self::store_versions_hash();
        self::store_database_state();
        self::build_config_file();
    }
}
phpunit_with_plugins_util::add_plugins();
