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
use mod_palier\local\test\next_steps;

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
        $talk = self::talk($attempt);
        $choices = [];
        foreach (['continue' => 'resume'] + $help + ['stop' => 'stop'] as $choice => $action) {
            $choices[] = [
                'do' => $action,
                'label' => get_string($choice === 'pause' ? 'pause' : "calm_$choice", 'mod_palier'),
                'text' => get_string("calm_{$choice}_text", 'mod_palier', $names) . (isset($help[$choice]) ? $talk : ''),
                'id' => "palier-calm-$choice",
            ];
        }
        return $choices;
    }

    /**
     * Of a test that asks whether a level is reached: the first thing that it proposes below that level, which may be whom to
     * talk to.
     *
     * @param attempt $attempt
     * @return string behind a sentence; empty where there is none
     */
    private static function talk(attempt $attempt): string {
        $plan = $attempt->plan();
        if (!isset($plan['floor']['level'])) {
            return '';
        }
        $steps = (new next_steps($attempt->palierid))->shown((int) ($plan['levels']['first'] ?? 0));
        return isset($steps[0]) ? ' ' . $steps[0]['text'] : '';
    }
}
