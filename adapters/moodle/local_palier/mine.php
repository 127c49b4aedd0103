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
 * One's own results beside a profile. Nobody else opens this page.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\comparison;
use local_palier\local\guidance;
use local_palier\local\profiles;
use local_palier\local\told;
use local_palier\output\mine_page;
use local_palier\output\places;

require_login(null, false);
$id = optional_param('id', 0, PARAM_INT);
$title = get_string('mine', 'local_palier');
$url = new moodle_url('/local/palier/mine.php', $id ? ['id' => $id] : []);
places::open(context_system::instance(), 'local/palier:compareown', $url, $title);
if (isguestuser()) {
    throw new moodle_exception('noguest');
}

$choices = profiles::for_me();
if ($id && !isset($choices[$id])) {
    throw new moodle_exception('noprofile', 'local_palier');
}
$profile = $choices[$id] ?? (reset($choices) ?: null);
$comparison = $profile ? comparison::of_user($profile, (int) $USER->id) : null;
$do = optional_param('do', '', PARAM_ALPHA);
if ($do !== '') {
    require_sesskey();
    require_capability('local/palier:seekhelp', context_system::instance());
    $competence = optional_param('competence', '', PARAM_RAW_TRIMMED);
    if ($do === 'help') {
        $wanted = [];
        foreach (optional_param_array('help', [], PARAM_RAW) as $key) {
            [$framework, $number] = told::read_key($key);
            $wanted[$framework][] = $number;
        }
        told::set_help($wanted);
        redirect($url, get_string('help_saved', 'local_palier'), null, \core\output\notification::NOTIFY_SUCCESS);
    } else if ($do === 'workshop' && $comparison) {
        told::want_workshop($comparison, $competence);
    } else if ($do === 'noworkshop' && $comparison) {
        told::unwant_workshop($comparison->profile->fields['framework'], $competence);
    }
    redirect($url);
}
$guidance = $comparison ? new guidance($comparison, profiles::my_contexts()) : null;
places::show($title, new mine_page($choices, $comparison, $guidance));
