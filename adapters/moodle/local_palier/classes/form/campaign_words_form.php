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
use local_palier\local\survey;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Third step of a campaign: what people read first, and what is said from which level on.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_words_form extends \moodleform {
    /** @var int stages that are proposed. */
    private const STAGES = 3;

    /** @var int characters of a text. */
    private const LONGEST = 1000;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $mform->addElement('textarea', 'landing', $text('campaign_landing'), ['rows' => 5, 'cols' => 60]);
        $mform->setType('landing', PARAM_TEXT);
        $mform->addHelpButton('landing', 'campaign_landing', 'local_palier');
        $mform->addRule('landing', null, 'required');
        $mform->setDefault('landing', $text('campaign_landing_default'));
        $mform->addElement('text', 'help', $text('campaign_help'), ['size' => 60, 'maxlength' => 255]);
        $mform->setType('help', PARAM_TEXT);
        $mform->addHelpButton('help', 'campaign_help', 'local_palier');
        if ($this->_customdata['floor'] !== null) {
            $mform->addRule('help', get_string('campaign_help_needed', 'local_palier'), 'required');
        }
        foreach (array_keys(survey::QUESTIONS) as $name) {
            $mform->addElement('advcheckbox', "survey_$name", $text('campaign_surveys'), $text("survey_{$name}_offer"));
            $mform->addHelpButton("survey_$name", "survey_$name", 'local_palier');
        }
        $levels = ['' => get_string('none')];
        foreach ($this->_customdata['levels'] ? range(...$this->_customdata['levels']) : [] as $level) {
            $levels[$level] = get_string('level', 'local_palier', $level);
        }
        for ($i = 0; $i < self::stages($this->_customdata['stages']); $i++) {
            $mform->addElement('header', "stage$i", get_string('campaign_stage', 'local_palier', $i + 1));
            $mform->setExpanded("stage$i");
            $mform->addElement('select', "level[$i]", $text('campaign_stage_from'), $levels);
            foreach (['learner', 'manager'] as $whom) {
                $mform->addElement('textarea', "{$whom}[$i]", $text("campaign_stage_$whom"), ['rows' => 2, 'cols' => 60]);
                $mform->setType("{$whom}[$i]", PARAM_TEXT);
                $mform->hideIf("{$whom}[$i]", "level[$i]", 'eq', '');
            }
        }
        $this->add_action_buttons(true, get_string('continue'));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        $levels = array_filter($data['level'] ?? [], fn($level) => $level !== '');
        foreach ($levels as $i => $level) {
            if (array_search($level, $levels) !== $i) {
                $errors["level[$i]"] = get_string('campaign_stage_twice', 'local_palier');
            }
            foreach (['learner', 'manager'] as $whom) {
                if (trim($data[$whom][$i]) === '') {
                    $errors["{$whom}[$i]"] = get_string('required');
                }
            }
        }
        foreach ([$data['landing'], ...($data['learner'] ?? []), ...($data['manager'] ?? [])] as $written) {
            if (\core_text::strlen($written) > self::LONGEST) {
                $errors['landing'] = get_string('fault_textlong', 'local_palier', self::LONGEST);
            }
        }
        return $errors;
    }

    /**
     * What it holds of a campaign.
     *
     * @param campaign $campaign
     */
    public function fill(campaign $campaign): void {
        $values = ['help' => $campaign->row->help] + ($campaign->landing === '' ? [] : ['landing' => $campaign->landing]);
        foreach (survey::of($campaign) as $name) {
            $values["survey_$name"] = 1;
        }
        foreach ($this->_customdata['stages'] as $i => $stage) {
            $values += ["level[$i]" => $stage->level, "learner[$i]" => $stage->learner, "manager[$i]" => $stage->manager];
        }
        $this->set_data($values);
    }

    /**
     * The stages that it asks for.
     *
     * @param \stdClass $data
     * @return array[] level, learner, manager
     */
    public static function stages_of(\stdClass $data): array {
        $stages = [];
        foreach (array_filter($data->level ?? [], fn($level) => $level !== '') as $i => $level) {
            $stages[] = ['level' => (int) $level, 'learner' => trim($data->learner[$i]), 'manager' => trim($data->manager[$i])];
        }
        return $stages;
    }

    /**
     * The surveys that it asks for.
     *
     * @param \stdClass $data
     * @return string|null as a campaign keeps them
     */
    public static function surveys_of(\stdClass $data): ?string {
        $asked = array_filter(array_keys(survey::QUESTIONS), fn(string $name): bool => !empty($data->{"survey_$name"}));
        return implode(',', $asked) ?: null;
    }

    /**
     * How many stages can be written.
     *
     * @param \stdClass[] $there
     * @return int
     */
    private static function stages(array $there): int {
        return max(self::STAGES, count($there) + 1);
    }
}
