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

use mod_palier\local\contest\contest;
use moodleform;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Asks for the reason of something that changes the results of learners, who read it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class reason_form extends moodleform {
    #[\Override]
    protected function definition() {
        $form = $this->_form;
        foreach ($this->_customdata['hidden'] as $name => $value) {
            $form->addElement('hidden', $name, $value);
            $form->setType($name, PARAM_INT);
        }
        $form->addElement('textarea', 'reason', get_string('reasonforlearners', 'mod_palier'), ['rows' => 4, 'cols' => 60]);
        $form->setType('reason', PARAM_TEXT);
        $form->addRule('reason', get_string('contestempty', 'mod_palier'), 'required', null, 'client');
        $this->add_action_buttons(true, $this->_customdata['button']);
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        $text = contest::clean($data['reason']);
        if ($text === '') {
            $errors['reason'] = get_string('contestempty', 'mod_palier');
        } else if (\core_text::strlen($text) > contest::MAX_LENGTH) {
            $errors['reason'] = get_string('contesttoolong', 'mod_palier', contest::MAX_LENGTH);
        }
        return $errors;
    }
}
