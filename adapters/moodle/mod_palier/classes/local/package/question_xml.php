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

namespace mod_palier\local\package;

use question_bank;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/question/format.php');
require_once($CFG->dirroot . '/question/format/xml/format.php');

/**
 * Questions as Moodle exports them, each under the name of its item.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class question_xml extends \qformat_xml {
    /**
     * The file.
     *
     * @param \stdClass[] $questions of bank_builder::questions()
     * @return string XML
     */
    public static function of(array $questions): string {
        $format = new self();
        // Core asks it for the tags of questions.
        $format->setCourse(get_site());
        $text = '';
        foreach ($questions as $row) {
            $question = question_bank::load_question_data($row->questionid);
            $question->contextid = $row->contextid;
            $question->idnumber = $row->item;
            $text .= $format->writequestion($question);
        }
        return $format->presave_process($text);
    }
}
