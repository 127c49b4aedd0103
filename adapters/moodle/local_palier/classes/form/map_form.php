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
 * Takes the groups that a map tells apart.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class map_form extends \moodleform {
    /** @var int groups that one map may have. */
    private const MOST = 1000;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $text = fn(string $key, $a = null): string => get_string($key, 'local_palier', $a);
        $mform->addElement('static', 'explained', '', $text('map_formexplained', $this->_customdata['least']));
        $mform->addElement('autocomplete', 'cohorts', $text('map_groups'), array_map('s', $this->_customdata['cohorts']), [
            'multiple' => true,
            'noselectionstring' => $text('map_nogroups'),
        ]);
        $mform->addHelpButton('cohorts', 'map_groups', 'local_palier');
        $this->add_action_buttons(true, $text('map_make'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if (count($data['cohorts'] ?? []) > self::MOST) {
            $errors['cohorts'] = get_string('map_toomany', 'local_palier', self::MOST);
        }
        return $errors;
    }
}
