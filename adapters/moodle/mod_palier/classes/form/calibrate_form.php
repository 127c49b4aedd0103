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

use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\sources;
use moodleform;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Which answers a calibration is made of, and how. Each field has a default that works.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calibrate_form extends moodleform {
    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $mform->addElement('hidden', 'id', $this->_customdata['cmid']);
        $mform->setType('id', PARAM_INT);
        $this->definition_sources();
        $this->definition_answers();
        $this->definition_model();
        $this->definition_fairness();
        $this->add_action_buttons(false, get_string('calibrate_count', 'mod_palier'));
    }

    /**
     * Where answers come from.
     */
    private function definition_sources(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'sourcesheader', get_string('calibrate_sources', 'mod_palier'));
        $mform->setExpanded('sourcesheader');
        $mform->addElement('autocomplete', 'courses', get_string('courses'), $this->_customdata['courses'], ['multiple' => true]);
        $mform->addRule('courses', null, 'required');
        foreach (['quizzes' => 'quiz', 'tests' => 'mod_palier'] as $name => $module) {
            $label = $name === 'quizzes' ? get_string('calibrate_kinds', 'mod_palier') : '';
            $mform->addElement('advcheckbox', $name, $label, get_string('modulenameplural', $module));
        }
        $mform->addElement('advcheckbox', 'packages', '', get_string('calibrate_packages', 'mod_palier'));
        $mform->addHelpButton('packages', 'calibrate_packages', 'mod_palier');
        $mform->hideIf('packages', 'tests', 'notchecked');
        foreach (['from', 'to'] as $end) {
            $mform->addElement('date_selector', $end, get_string("calibrate_$end", 'mod_palier'), ['optional' => true]);
        }
        $mform->addElement('select', 'category', get_string('category', 'question'), [0 => get_string('all')]
            + $this->_customdata['categories']);
    }

    /**
     * Which of them count.
     */
    private function definition_answers(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'answersheader', get_string('calibrate_answers', 'mod_palier'));
        foreach (['which', 'versions', 'marks', 'blank'] as $name) {
            $this->add_choice($name);
        }
        $mform->addElement(
            'autocomplete',
            'behaviours',
            get_string('calibrate_behaviours', 'mod_palier'),
            choice::behaviours(),
            ['multiple' => true]
        );
        $mform->addElement('autocomplete', 'groups', get_string('calibrate_groups', 'mod_palier'), [], ['multiple' => true]);
        $mform->addHelpButton('groups', 'calibrate_groups', 'mod_palier');
    }

    /**
     * How parameters are estimated.
     */
    private function definition_model(): void {
        $this->_form->addElement('header', 'modelheader', get_string('calibrate_how', 'mod_palier'));
        $this->add_choice('hold');
        $this->add_choice('link');
        $this->_form->hideIf('link', 'hold', 'neq', 'link');
        $this->add_choice('model');
    }

    /**
     * Which persons are compared.
     */
    private function definition_fairness(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'fairnessheader', get_string('calibrate_fairness', 'mod_palier'));
        $mform->addElement('autocomplete', 'compared', get_string('calibrate_compared', 'mod_palier'), [], ['multiple' => true]);
        $mform->addHelpButton('compared', 'calibrate_compared', 'mod_palier');
        $mform->addElement('advcheckbox', 'ratio', '', get_string('calibrate_ratio', 'mod_palier'));
        $mform->addHelpButton('ratio', 'calibrate_ratio', 'mod_palier');
    }

    /**
     * A field of one of several values.
     *
     * @param string $name of choice::ONE_OF
     */
    private function add_choice(string $name): void {
        $names = [];
        foreach (choice::ONE_OF[$name] as $value) {
            $names[$value] = get_string("calibrate_{$name}_{$value}", 'mod_palier');
        }
        $this->_form->addElement('select', $name, get_string("calibrate_$name", 'mod_palier'), $names);
        $this->_form->addHelpButton($name, "calibrate_$name", 'mod_palier');
    }

    #[\Override]
    public function definition_after_data() {
        parent::definition_after_data();
        $mform = $this->_form;
        foreach (sources::groups(array_map('intval', (array) $mform->getElementValue('courses'))) as $id => $name) {
            $mform->getElement('groups')->addOption($name, $id);
            $mform->getElement('compared')->addOption($name, $id);
        }
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if (!$data['quizzes'] && !$data['tests']) {
            $errors['quizzes'] = get_string('calibrate_nosource', 'mod_palier');
        }
        if ($data['from'] && $data['to'] && $data['to'] <= $data['from']) {
            $errors['to'] = get_string('calibrate_period', 'mod_palier');
        }
        if (!in_array(count(array_unique((array) ($data['compared'] ?? []))), [0, 2])) {
            $errors['compared'] = get_string('calibrate_comparedtwo', 'mod_palier');
        }
        return $errors;
    }
}
