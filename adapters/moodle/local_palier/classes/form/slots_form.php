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

namespace local_palier\form;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Opens times for rendez-vous: from when, how long, where, how many people, and how many times in a row.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class slots_form extends \moodleform {
    /** @var int[] minutes that a rendez-vous may take. */
    private const MINUTES = [15, 20, 30, 45, 60, 90, 120];

    /** @var int people at a time, at most. */
    private const PEOPLE = 30;

    /** @var int times in a row, at most. */
    private const TIMES = 16;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $mform->addElement('date_time_selector', 'timestart', $text('slot_from'));
        $mform->setDefault('timestart', usergetmidnight(time()) + DAYSECS + 9 * HOURSECS);
        $mform->addElement('select', 'minutes', $text('slot_minutes'), array_combine(self::MINUTES, self::MINUTES));
        $mform->setDefault('minutes', 30);
        $mform->addElement('text', 'place', $text('slot_place'), ['size' => 40]);
        $mform->setType('place', PARAM_TEXT);
        $mform->addHelpButton('place', 'slot_place', 'local_palier');
        $mform->addRule('place', null, 'required');
        $mform->addRule('place', get_string('maximumchars', '', 255), 'maxlength', 255);
        $upto = fn(int $most): array => array_combine(range(1, $most), range(1, $most));
        $mform->addElement('select', 'people', $text('slot_people'), $upto(self::PEOPLE));
        $mform->addElement('select', 'times', $text('slot_times'), $upto(self::TIMES));
        $mform->addHelpButton('times', 'slot_times', 'local_palier');
        $this->add_action_buttons(true, $text('slots_open'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if ($data['timestart'] <= \core\di::get(\core\clock::class)->time()) {
            $errors['timestart'] = get_string('slot_past', 'local_palier');
        }
        return $errors;
    }
}
