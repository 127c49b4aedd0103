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

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Where records of packages come from: a SCORM activity of the course, or a file.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class records_form extends \moodleform {
    /** @var int statements of some thousand learners' results */
    private const MAXBYTES = 32 * 1024 * 1024;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $scorms = $this->_customdata['scorms'];
        if ($scorms) {
            $choices = [0 => get_string('records_nochoice', 'mod_palier')] + $scorms;
            $mform->addElement('select', 'scorm', get_string('records_scorm', 'mod_palier'), $choices);
        }
        $label = $scorms ? get_string('records_orfile', 'mod_palier') : get_string('file');
        $mform->addElement('filepicker', 'file', $label, null, [
            'maxbytes' => self::MAXBYTES,
            'accepted_types' => ['.csv', '.txt', '.json', '.jsonl'],
        ]);
        $mform->addHelpButton('file', 'records_file', 'mod_palier');
        $this->add_action_buttons(true, get_string('records_read', 'mod_palier'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if (empty($data['scorm']) && !$this->get_draft_files('file')) {
            $errors['file'] = get_string('required');
        }
        return $errors;
    }
}
