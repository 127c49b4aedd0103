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

namespace mod_palier\local\parameters;

use context_module;
use mod_palier\event\parameters_imported;
use mod_palier\local\bank\gradable;
use stdClass;

/**
 * What the bank's keeper does to several questions at once.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class parameter_actions {
    /** @var string[] what questions are for after an action that changes nothing else. */
    private const STATUSES = ['use' => 'operational', 'trial' => 'pretest', 'draft' => 'draft'];

    /**
     * Constructor.
     *
     * @param stdClass[] $questions of bank_builder::questions(): the ones that may be changed
     * @param context_module $context the activity's
     */
    public function __construct(
        /** @var stdClass[] the questions that may be changed. */
        private readonly array $questions,
        /** @var context_module the activity's. */
        private readonly context_module $context
    ) {
    }

    /**
     * Does it. Questions that the user may not edit are left out.
     *
     * @param string $action level, aside, use, trial or draft
     * @param int[] $entryids
     * @param int $level for the action level
     * @return int how many questions changed
     */
    public function run(string $action, array $entryids, int $level = 0): int {
        $questions = array_filter(
            array_intersect_key($this->questions, array_flip($entryids)),
            item_parameters::may_edit(...)
        );
        if ($action !== 'aside') {
            $questions = array_filter($questions, fn($question) => gradable::is_gradable($question->qtype));
        }
        $changed = match ($action) {
            'level' => item_parameters::set_level($questions, $level),
            'aside' => item_parameters::set_aside($questions),
            'use', 'trial', 'draft' => item_parameters::set_status(
                array_filter($questions, item_parameters::known(...)),
                self::STATUSES[$action]
            ),
            default => throw new \invalid_parameter_exception("There is no action '{$action}'"),
        };
        self::log($this->context, $changed);
        return $changed;
    }

    /**
     * Logs that questions got parameters.
     *
     * @param context_module $context
     * @param int $count
     */
    public static function log(context_module $context, int $count): void {
        if ($count) {
            parameters_imported::create(['context' => $context, 'other' => ['count' => $count]])->trigger();
        }
    }
}
