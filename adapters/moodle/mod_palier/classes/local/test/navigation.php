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
 * The menu of the activity.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

namespace mod_palier\local\test;

use navigation_node;
use settings_navigation;

/**
 * Adds the activity's pages to its menu. Pages are listed here once they exist.
 */
class navigation {
    /** @var array page => [string, capability] */
    protected const PAGES = [
        'levels' => ['levels', 'mod/palier:manageparameters'],
        'map' => ['mapsettings', 'moodle/course:manageactivities'],
        'nextsteps' => ['nextsteps', 'moodle/course:manageactivities'],
        'check' => ['check', 'mod/palier:preview'],
        'walk' => ['walk', 'mod/palier:preview'],
        'report' => ['report', 'mod/palier:viewreports'],
        'contests' => ['contests', 'mod/palier:managecontests'],
        'statements' => ['statements', 'mod/palier:viewreports'],
        'overrides' => ['overrides', 'mod/palier:manageoverrides'],
        'parameters' => ['parameters', 'mod/palier:manageparameters'],
        'package' => ['package', 'mod/palier:exportpackages'],
        'records' => ['records', 'mod/palier:importrecords'],
        'guide' => ['guides', 'mod/palier:preview'],
    ];

    /**
     * Adds the pages that this person may open.
     *
     * @param settings_navigation $settings
     * @param navigation_node $node
     */
    public static function extend(settings_navigation $settings, navigation_node $node): void {
        global $CFG;
        $cm = $settings->get_page()->cm;
        if (!$cm) {
            return;
        }
        foreach (self::PAGES as $page => [$string, $capability]) {
            if (has_capability($capability, $cm->context) && file_exists("{$CFG->dirroot}/mod/palier/{$page}.php")) {
                if ($page === 'map' && !map_settings::has_map((int) $cm->instance)) {
                    continue;
                }
                $node->add(
                    get_string($string, 'mod_palier'),
                    new \core\url("/mod/palier/{$page}.php", ['id' => $cm->id]),
                    navigation_node::TYPE_SETTING,
                    null,
                    "mod_palier_{$page}"
                );
            }
        }
    }
}
