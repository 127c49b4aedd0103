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
use mod_palier\local\test\check;
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
    /** @var string name of the button that shows what the test would be like. */
    private const LOOK = 'look';

    /** @var check|null what the engine said of what was sent. */
    private ?check $check = null;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $mform->addElement('hidden', 'id', $this->_customdata['cmid']);
        $mform->setType('id', PARAM_INT);
        $this->definition_profile();
        $this->definition_tops();
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
     * The highest level that is asked about, of each competence.
     */
    private function definition_tops(): void {
        $mform = $this->_form;
        $levels = array_map('s', array_slice($this->_customdata['levels'], 1, null, true));
        if (!$levels) {
            return;
        }
        $mform->addElement('header', 'topheader', get_string('toplevel', 'mod_palier'));
        $mform->addElement('static', 'tophelp', '', get_string('toplevel_text', 'mod_palier'));
        foreach ($this->_customdata['scales'] as $place => [$name]) {
            $mform->addElement('select', "top[$place]", s($name), $levels);
            $mform->setDefault("top[$place]", array_key_last($levels));
        }
        $mform->registerNoSubmitButton(self::LOOK);
        $mform->addElement('submit', self::LOOK, get_string('toplevel_look', 'mod_palier'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        foreach (isset($data['top']) ? $this->_customdata['settings']->beyond_top($data) : [] as $place) {
            $errors["top[$place]"] = get_string('toplevel_beyond', 'mod_palier');
        }
        // What is as it was is not asked again: a map that cannot run for another reason may be set all the same.
        $fields = $this->_customdata['settings']->fields();
        $same = fn(int $place, string $top): bool => $fields["top[$place]"] === $top;
        $top = array_map('strval', $data['top'] ?? []);
        if (!$errors && in_array(false, array_map($same, array_keys($top), $top), true)) {
            $check = $this->check($data);
            if (!$check->canrun) {
                $place = array_key_first($data['top']);
                $errors["top[$place]"] = implode(' ', array_column($check->problems, 'message'));
            }
        }
        return $errors;
    }

    /**
     * What it would be like with what was sent, whichever button was pressed.
     *
     * @return check|null null where nothing was sent
     */
    public function told(): ?check {
        $sent = $this->is_submitted() || $this->no_submit_button_pressed();
        return $sent && $this->_customdata['levels'] ? $this->check($this->_form->exportValues()) : null;
    }

    /**
     * What the engine says.
     *
     * @param array $data
     * @return check
     */
    private function check(array $data): check {
        return $this->check ??= $this->_customdata['settings']->check($data);
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
