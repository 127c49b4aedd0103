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

use mod_palier\local\attempt\self_placement;
use mod_palier\local\report\scale_grades;
use mod_palier\local\test\map_settings;
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
        $this->definition_profile();
        $this->definition_start();
        $this->definition_grades();
        $this->add_action_buttons();
    }

    /**
     * The level that is wanted of each competence.
     */
    private function definition_profile(): void {
        $mform = $this->_form;
        // Names of a plan may be anybody's words, and core shows choices as HTML.
        $levels = array_map('s', $this->_customdata['levels']);
        $mform->addElement('header', 'profileheader', get_string('profile', 'mod_palier'));
        $mform->setExpanded('profileheader');
        if (!$levels) {
            $mform->addElement('static', 'nolevels', '', get_string('profile_nolevels', 'mod_palier'));
            return;
        }
        $mform->addElement('static', 'profilehelp', '', get_string('profile_text', 'mod_palier'));
        $mform->addElement('select', 'profileall', get_string('profileall', 'mod_palier'), [
            '' => get_string('profile_none', 'mod_palier'),
            map_settings::EACH => get_string('profile_each', 'mod_palier'),
        ] + $levels);
        foreach ($this->_customdata['scales'] as $place => [$name, $other]) {
            $choices = ['' => get_string('profile_none', 'mod_palier')] + $levels
                + ($other ? [map_settings::OTHER => get_string('profile_other', 'mod_palier')] : []);
            $mform->addElement('select', "profile[$place]", s($name), $choices);
            $mform->hideIf("profile[$place]", 'profileall', 'neq', map_settings::EACH);
        }
    }

    /**
     * Whether the learner's last result counts, and whether learners are asked where they believe to be.
     */
    private function definition_start(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'startheader', get_string('selfplacementheader', 'mod_palier'));
        $mform->setExpanded('startheader');
        $mform->addElement(
            'advcheckbox',
            'fromlast',
            get_string('fromlast', 'mod_palier'),
            get_string('fromlast_label', 'mod_palier')
        );
        $mform->addHelpButton('fromlast', 'fromlast', 'mod_palier');
        if (!$this->_customdata['levels']) {
            $mform->addElement('static', 'nolevelsstart', '', get_string('profile_nolevels', 'mod_palier'));
            return;
        }
        $choices = array_filter(
            self_placement::CHOICES,
            fn($choice) => $choice !== self_placement::DOMAIN || $this->_customdata['domains']
        );
        $names = array_map(
            fn($choice) => $choice === self_placement::NONE ? get_string('no') : get_string("selfplacement_$choice", 'mod_palier'),
            $choices
        );
        $mform->addElement(
            'select',
            'selfplacement',
            get_string('selfplacement', 'mod_palier'),
            array_combine($choices, $names)
        );
        $mform->addHelpButton('selfplacement', 'selfplacement', 'mod_palier');
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
