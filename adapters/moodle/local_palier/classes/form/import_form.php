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

use local_palier\local\profile_file;
use local_palier\local\profile_import;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Takes a file of profiles.
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
            'maxbytes' => profile_import::MOST_BYTES,
            'accepted_types' => ['.csv', '.txt'],
        ]);
        $mform->addRule('file', null, 'required');
        $columns = s(implode(', ', array_keys(profile_file::COLUMNS)));
        $mform->addElement('static', 'columns', get_string('columns', 'local_palier'), $columns);
        $mform->addHelpButton('columns', 'columns', 'local_palier');
        $this->add_action_buttons(true, get_string('import_look', 'local_palier'));
    }
}
