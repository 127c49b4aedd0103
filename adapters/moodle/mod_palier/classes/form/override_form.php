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

use mod_palier\local\test\override_store;
use moodleform;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * What is other for a person or a group, and why.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class override_form extends moodleform {
    /** @var int[] percent of more time that are offered. */
    private const EXTRA = [10, 25, 33, 50, 75, 100, 200];

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        /** @var override_store $store */
        $store = $this->_customdata['store'];
        $mform->addElement('hidden', 'id');
        $mform->setType('id', PARAM_INT);
        $mform->addElement('hidden', 'edit');
        $mform->setType('edit', PARAM_INT);
        $choices = [];
        foreach ($store->groups() as $id => $name) {
            $choices["g{$id}"] = get_string('overridegroup', 'mod_palier', $name);
        }
        foreach ($store->people() as $id => $name) {
            $choices["u{$id}"] = $name;
        }
        $mform->addElement('autocomplete', 'who', get_string('overridewho', 'mod_palier'), ['' => ''] + $choices);
        $mform->addRule('who', null, 'required', null, 'client');
        foreach (['timeopen', 'timeclose'] as $date) {
            $mform->addElement('date_time_selector', $date, get_string($date, 'mod_palier'), ['optional' => true]);
        }
        $mform->addElement('select', 'attempts', get_string('maxattempts', 'mod_palier'), [
            '' => get_string('overridesame', 'mod_palier'),
            0 => get_string('unlimited'),
        ] + array_combine(range(1, 20), range(1, 20)));
        $extra = array_map(fn($percent) => get_string('overridepercent', 'mod_palier', $percent), self::EXTRA);
        $mform->addElement('select', 'extratime', get_string('overrideextratime', 'mod_palier'), [
            '' => get_string('overridesame', 'mod_palier'),
        ] + array_combine(self::EXTRA, $extra));
        $mform->addHelpButton('extratime', 'overrideextratime', 'mod_palier');
        $mform->addElement('passwordunmask', 'password', get_string('password', 'mod_palier'));
        $mform->setType('password', PARAM_TEXT);
        $mform->addElement('textarea', 'reason', get_string('overridereason', 'mod_palier'), ['rows' => 3, 'cols' => 60]);
        $mform->setType('reason', PARAM_TEXT);
        $mform->addHelpButton('reason', 'overridereason', 'mod_palier');
        $this->add_action_buttons();
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if (!empty($data['timeopen']) && !empty($data['timeclose']) && $data['timeclose'] <= $data['timeopen']) {
            $errors['timeclose'] = get_string('timecloseearly', 'mod_palier');
        }
        $said = array_filter(
            array_intersect_key($data, array_flip(['timeopen', 'timeclose', 'attempts', 'extratime', 'password'])),
            fn($value) => $value !== '' && $value !== null && $value !== 0
        );
        if (!$said) {
            $errors['attempts'] = get_string('overridenothing', 'mod_palier');
        }
        return $errors;
    }

    /**
     * What was sent, as a row.
     *
     * @return \stdClass|null
     */
    public function row(): ?\stdClass {
        $data = $this->get_data();
        if (!$data) {
            return null;
        }
        $number = fn($value) => $value === '' || $value === null ? null : (int) $value;
        return (object) [
            'userid' => str_starts_with($data->who, 'u') ? (int) substr($data->who, 1) : null,
            'groupid' => str_starts_with($data->who, 'g') ? (int) substr($data->who, 1) : null,
            'timeopen' => $data->timeopen ? (int) $data->timeopen : null,
            'timeclose' => $data->timeclose ? (int) $data->timeclose : null,
            'attempts' => $number($data->attempts),
            'extratime' => $number($data->extratime),
            'password' => (string) $data->password === '' ? null : $data->password,
            'reason' => $data->reason,
        ];
    }
}
