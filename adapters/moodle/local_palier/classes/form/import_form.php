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
 * Takes a CSV file: of the columns and of the size that its data say, with the help string of that name.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class import_form extends \moodleform {
    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $mform->addElement('filepicker', 'file', get_string('file'), null, [
            'maxbytes' => $this->_customdata['bytes'],
            'accepted_types' => ['.csv', '.txt'],
        ]);
        $mform->addRule('file', null, 'required');
        $columns = s(implode(', ', $this->_customdata['columns']));
        $mform->addElement('static', 'columns', get_string('columns', 'local_palier'), $columns);
        $mform->addHelpButton('columns', $this->_customdata['help'], 'local_palier');
        $this->add_action_buttons(true, get_string('import_look', 'local_palier'));
    }

    /**
     * The file that the present user gave before, and that waits for the word.
     *
     * @param int $draftid
     * @return string|null null where there is none any more
     */
    public static function waiting(int $draftid): ?string {
        global $USER;
        $area = \context_user::instance($USER->id);
        $files = $draftid ? get_file_storage()->get_area_files($area->id, 'user', 'draft', $draftid, 'id DESC', false) : [];
        return $files ? reset($files)->get_content() : null;
    }
}
