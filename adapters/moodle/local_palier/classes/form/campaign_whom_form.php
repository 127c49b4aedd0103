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

use local_palier\local\campaign;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * First step of a campaign: its name, what it is for, whom it is offered to, and when.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_whom_form extends \moodleform {
    /** @var int characters of a purpose: it has to fit on a poster. */
    private const LONGEST_PURPOSE = 600;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $mform->addElement('text', 'name', $text('campaign_name'), ['size' => 60]);
        $mform->setType('name', PARAM_TEXT);
        $mform->addRule('name', null, 'required');
        $mform->addRule('name', get_string('maximumchars', '', 255), 'maxlength', 255);
        $mform->addElement('textarea', 'purpose', $text('campaign_purpose'), ['rows' => 3, 'cols' => 60]);
        $mform->setType('purpose', PARAM_TEXT);
        $mform->addHelpButton('purpose', 'campaign_purpose', 'local_palier');
        $mform->addRule('purpose', null, 'required');
        $mform->addRule('purpose', get_string('maximumchars', '', self::LONGEST_PURPOSE), 'maxlength', self::LONGEST_PURPOSE);
        $choices = [0 => $text('campaign_anybody')] + $this->_customdata['cohorts'];
        $mform->addElement('select', 'cohortid', $text('campaign_whom'), $choices);
        $mform->addHelpButton('cohortid', 'campaign_whom', 'local_palier');
        $mform->addElement('date_time_selector', 'timeopen', $text('campaign_from'));
        $mform->addElement('date_time_selector', 'timeclose', $text('campaign_to'));
        $mform->setDefault('timeclose', usergetmidnight(time()) + 4 * WEEKSECS);
        $this->add_action_buttons(true, get_string('continue'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if ($data['timeclose'] <= $data['timeopen']) {
            $errors['timeclose'] = get_string('campaign_windowwrong', 'local_palier');
        }
        return $errors;
    }

    /**
     * What it holds of a campaign.
     *
     * @param campaign $campaign
     */
    public function fill(campaign $campaign): void {
        $this->set_data(array_filter([
            'name' => $campaign->name,
            'purpose' => $campaign->purpose,
            'cohortid' => $campaign->cohortid,
            'timeopen' => (int) $campaign->row->timeopen,
            'timeclose' => (int) $campaign->row->timeclose,
        ]));
    }

    /**
     * The columns that it asks for.
     *
     * @return array|null null where it was not sent, or has a mistake
     */
    public function values(): ?array {
        $data = $this->get_data();
        return $data === null ? null : [
            'name' => $data->name,
            'purpose' => $data->purpose,
            'cohortid' => (int) $data->cohortid ?: null,
            'timeopen' => $data->timeopen,
            'timeclose' => $data->timeclose,
        ];
    }
}
