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
 * What a package shall be: its standard, languages, and how much of the bank goes into it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class package_form extends \moodleform {
    /** @var int[] shares of the questions, in percent. */
    private const SHARES = [25, 50, 75, 100];

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        ['formats' => $formats, 'languages' => $languages, 'questions' => $questions] = $this->_customdata;
        $mform->addElement('header', 'makepackage', get_string('package_make', 'mod_palier'));
        $mform->addElement('select', 'format', get_string('package_format', 'mod_palier'), $formats);
        $mform->addHelpButton('format', 'package_format', 'mod_palier');
        $boxes = [];
        foreach ($languages as $code => $name) {
            $boxes[] = $mform->createElement('advcheckbox', $code, '', $name);
        }
        $mform->addGroup($boxes, 'languages', get_string('package_languages', 'mod_palier'), '<br>', true);
        $mform->addHelpButton('languages', 'package_languages', 'mod_palier');
        $mform->setDefault('languages[' . array_key_first($languages) . ']', 1);
        $shares = [];
        foreach (self::SHARES as $percent) {
            $shares[$percent] = get_string($percent === 100 ? 'package_all' : 'package_part', 'mod_palier', [
                'percent' => $percent,
                'questions' => \mod_palier\local\counted::text('count_questions', (int) round($questions * $percent / 100)),
            ]);
        }
        $mform->addElement('select', 'percent', get_string('package_share', 'mod_palier'), $shares);
        $mform->setDefault('percent', 50);
        $mform->addHelpButton('percent', 'package_share', 'mod_palier');
        $mform->addElement('submit', 'make', get_string('package_make', 'mod_palier'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if (!array_filter($data['languages'] ?? [])) {
            $errors['languages'] = get_string('required');
        }
        return $errors;
    }
}
