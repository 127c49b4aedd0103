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
 * Makes a centre de gestion with three authorities to try the programme in, and prints who is who as JSON.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

define('CLI_SCRIPT', true);

require(__DIR__ . '/../../../config.php');
require_once($CFG->libdir . '/clilib.php');

use local_palier\local\demo;

[$options, $unknown] = cli_get_params(
    ['help' => false, 'password' => null, 'agents' => demo::AGENTS, 'pretty' => false],
    ['h' => 'help']
);
if ($unknown) {
    cli_error(get_string('cliunknowoption', 'admin', implode("\n  ", $unknown)), 2);
}
if ($options['help']) {
    echo "Makes a centre de gestion with three authorities to try the programme in: roles, agents with synthetic results in two
waves of a campaign, maps, a common base, sample jobs, a catalogue. It takes some minutes: each test is really taken.
Making it again changes nothing that is there but passwords, where one is given.

php local/palier/cli/demo.php [options]
  --password=X           every account's password (else one is made up for new accounts)
  --agents=N             how many agents (" . demo::AGENTS . ")
  --pretty               JSON on several lines
  -h, --help             this text
";
    exit(0);
}
$agents = filter_var($options['agents'], FILTER_VALIDATE_INT, ['options' => ['min_range' => 1, 'max_range' => 999]]);
if ($agents === false) {
    cli_error("--agents is a whole number from 1 to 999, not '{$options['agents']}'", 2);
}

\core\session\manager::set_user(get_admin());
$flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | ($options['pretty'] ? JSON_PRETTY_PRINT : 0);
echo json_encode(demo::make($options['password'], $agents), $flags) . "\n";
