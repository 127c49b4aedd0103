<?php
// This file is part of Moodle - https://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <https://www.gnu.org/licenses/>.

/**
 * Makes a course to try Palier in, and prints its accounts and addresses as JSON.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

define('CLI_SCRIPT', true);

require(__DIR__ . '/../../../config.php');
require_once($CFG->libdir . '/clilib.php');

[$options, $unknown] = cli_get_params(
    [
        'help' => false,
        'password' => null,
        'trainer-password' => null,
        'learner-password' => null,
        'no-attempts' => false,
        'pretty' => false,
    ],
    ['h' => 'help']
);
if ($unknown) {
    cli_error(get_string('cliunknowoption', 'admin', implode("\n  ", $unknown)), 2);
}
if ($options['help']) {
    echo "Makes a course to try Palier in: demonstration bank, tests, a trainer, learners, some attempts.
Making it again changes nothing that is there.

php mod/palier/cli/demo.php [options]
  --password=X           every account's password
  --trainer-password=X   the trainer's password (else one is made up for a new account)
  --learner-password=X   the learners' password (the same)
  --no-attempts          learners do not take the test
  --pretty               JSON on several lines
  -h, --help             this text
";
    exit(0);
}

\core\session\manager::set_user(get_admin());
$made = \mod_palier\local\demo\site::make(
    $options['trainer-password'] ?? $options['password'],
    $options['learner-password'] ?? $options['password'],
    !$options['no-attempts']
);
$flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | ($options['pretty'] ? JSON_PRETTY_PRINT : 0);
echo json_encode($made, $flags) . "\n";
