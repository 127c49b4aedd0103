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

namespace mod_palier\check;

use core\check\check;
use core\check\result;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\speed;

/**
 * Is the engine there, which one, and how fast is a step on this machine?
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class engine extends check {
    /** @var float milliseconds a step from which learners notice. */
    private const SLOW = 250.0;

    #[\Override]
    public function get_name(): string {
        return get_string('checkengine', 'mod_palier');
    }

    #[\Override]
    public function get_action_link(): ?\action_link {
        return new \action_link(
            new \moodle_url('/admin/settings.php', ['section' => 'modsettingpalier']),
            get_string('settings')
        );
    }

    #[\Override]
    public function get_result(): result {
        $found = engine_factory::describe();
        if (!$found['works']) {
            $summary = get_string($found['way'] === 'none' ? 'checkengine_none' : 'checkengine_broken', 'mod_palier');
            return new result(result::ERROR, $summary, trim(s($found['error'] ?? '')
                . ' ' . get_string('checkengine_how', 'mod_palier')));
        }
        try {
            $ms = speed::step();
        } catch (\Throwable $e) {
            return new result(result::ERROR, get_string('checkengine_broken', 'mod_palier'), s($e->getMessage()));
        }
        $summary = get_string('checkengine_' . $found['way'], 'mod_palier', [
            'version' => s($found['version']),
            'ms' => format_float($ms, $ms < 10 ? 1 : 0),
        ]);
        $details = get_string("checkengine_{$found['way']}_details", 'mod_palier', s($found['path']));
        return new result($ms > self::SLOW ? result::WARNING : result::OK, $summary, $details);
    }
}
