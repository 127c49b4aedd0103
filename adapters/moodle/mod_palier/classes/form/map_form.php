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

namespace mod_palier\form;

use mod_palier\local\report\scale_grades;
use moodleform;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * What a teacher may say of the competences of a map. Each field has a default that works.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class map_form extends moodleform {
    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $mform->addElement('hidden', 'id', $this->_customdata['cmid']);
        $mform->setType('id', PARAM_INT);
        $this->definition_grades();
        $this->add_action_buttons();
    }

    /**
     * Grade items besides that of the whole.
     */
    private function definition_grades(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'gradesheader', get_string('gradebook', 'grades'));
        $mform->setExpanded('gradesheader');
        if (!$this->_customdata['graded']) {
            $mform->addElement('static', 'nograde', '', get_string('scalegrades_nograde', 'mod_palier'));
            return;
        }
        $choices = array_filter(
            scale_grades::CHOICES,
            fn($choice) => $choice !== scale_grades::DOMAIN || $this->_customdata['domains']
        );
        $names = array_map(fn($choice) => get_string('scalegrades_' . ($choice ?: 'none'), 'mod_palier'), $choices);
        $mform->addElement(
            'select',
            'scalegrades',
            get_string('scalegrades', 'mod_palier'),
            array_combine($choices, $names)
        );
        $mform->addHelpButton('scalegrades', 'scalegrades', 'mod_palier');
    }
}
