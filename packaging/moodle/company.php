<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// In IOMAD, which sends whoever belongs to no company to its home page: everybody of the site belongs to one.
// Usage, inside a site of packaging/dev-site: php company.php [--directory=MOODLE]
define('CLI_SCRIPT', true);
require((getopt('', ['directory:'])['directory'] ?? getcwd()) . '/config.php');

\core\session\manager::set_user(get_admin());
$company = \local_iomad\company::create_company((object) [
    'name' => 'Centre', 'shortname' => 'centre', 'city' => 'Lyon', 'country' => 'FR', 'theme' => 'boost', 'parentid' => 0,
]);
foreach ($DB->get_records_select('user', 'deleted = 0 AND id > 2', null, 'id', 'id') as $person) {
    $company->assign_user_to_company((int) $person->id, 0, 0);
}
