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
 * What Moodle calls of the organisation's programme.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use local_palier\output\places;

/**
 * The programme in the menu of a course category.
 *
 * @param navigation_node $navigation
 * @param context $context
 */
function local_palier_extend_navigation_category_settings(navigation_node $navigation, context $context): void {
    foreach (places::of($context) as $place => $url) {
        $name = get_string($place, 'local_palier');
        $navigation->add($name, $url, navigation_node::TYPE_SETTING, null, "local_palier_$place");
    }
}

/**
 * One's own results beside a profile, campaigns, rendez-vous and colleagues who help, on one's own profile page.
 *
 * @param \core_user\output\myprofile\tree $tree
 * @param stdClass $user
 * @param bool $iscurrentuser
 * @param stdClass|null $course
 */
function local_palier_myprofile_navigation(\core_user\output\myprofile\tree $tree, $user, $iscurrentuser, $course): void {
    $own = [
        'mine' => 'local/palier:compareown',
        'mycampaigns' => 'local/palier:takepart',
        'meetings' => 'local/palier:seekhelp',
        'helpers' => 'local/palier:seekhelp',
    ];
    foreach ($iscurrentuser && !isguestuser() ? $own : [] as $page => $capability) {
        if (has_capability($capability, context_system::instance())) {
            $url = new moodle_url("/local/palier/$page.php");
            $name = get_string($page, 'local_palier');
            $tree->add_node(new \core_user\output\myprofile\node('reports', "local_palier_$page", $name, null, $url));
        }
    }
}
