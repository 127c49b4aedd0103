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

namespace mod_palier\output;

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\attempt\attempt;
use mod_palier\local\contest\contest_access;

/**
 * Equal choices, offered calmly. No word of failure, and no promise that nobody keeps: who will be asked is named, and where
 * nobody can be, there is a pause in place of it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calm_page implements named_templatable, renderable {
    /**
     * The choices of an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/calm_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        return [
            'action' => (new url('/mod/palier/step.php'))->out(false),
            'attempt' => $this->attempt->id,
            'slot' => $this->attempt->slot,
            'seq' => $this->attempt->seq,
            'sesskey' => sesskey(),
            'choices' => self::choices($this->attempt),
        ];
    }

    /**
     * The choices.
     *
     * @param attempt $attempt
     * @return array[] of do, label, text, id
     */
    public static function choices(attempt $attempt): array {
        $names = contest_access::reached($attempt);
        $help = $names === '' ? ['pause' => 'pause'] : ['together' => 'together', 'paper' => 'paper'];
        $choices = [];
        foreach (['continue' => 'resume'] + $help + ['stop' => 'stop'] as $choice => $action) {
            $choices[] = [
                'do' => $action,
                'label' => get_string($choice === 'pause' ? 'pause' : "calm_$choice", 'mod_palier'),
                'text' => get_string("calm_{$choice}_text", 'mod_palier', $names),
                'id' => "palier-calm-$choice",
            ];
        }
        return $choices;
    }
}
