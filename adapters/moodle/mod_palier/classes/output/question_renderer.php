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

use core_question_renderer;
use html_writer;
use qbehaviour_renderer;
use qtype_renderer;
use question_attempt;
use question_display_options;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/question/engine/renderer.php');

/**
 * Shows a question of a measuring test: its text and its fields, and nothing around them.
 *
 * No number, mark, state or check button: the page has its own buttons, and says nothing of right or wrong.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_renderer extends core_question_renderer {
    #[\Override]
    public function question(
        question_attempt $qa,
        qbehaviour_renderer $behaviouroutput,
        qtype_renderer $qtoutput,
        question_display_options $options,
        $number
    ) {
        $attributes = [
            'id' => $qa->get_outer_question_div_unique_id(),
            'class' => implode(' ', ['que', $qa->get_question()->get_type_name(), $qa->get_behaviour_name(), 'm-0']),
        ];
        $check = html_writer::empty_tag('input', [
            'type' => 'hidden',
            'name' => $qa->get_control_field_name('sequencecheck'),
            'value' => $qa->get_sequence_check_count(),
        ]);
        $formulation = html_writer::div(
            $check . $qtoutput->formulation_and_controls($qa, $options),
            'formulation clearfix'
        );
        // Nothing but in a practice, once it is answered.
        $outcome = $qtoutput->feedback($qa, $options);
        if ($outcome !== '') {
            $formulation .= html_writer::div(html_writer::div($outcome, 'feedback'), 'outcome clearfix');
        }
        return html_writer::div(html_writer::div($formulation, 'content m-0'), '', $attributes);
    }
}
