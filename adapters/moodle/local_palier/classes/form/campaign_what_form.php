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
use local_palier\output\campaign_words;
use mod_palier\api;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * Second step of a campaign: what its test asks. It is stored only where the test can keep its promise.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_what_form extends \moodleform {
    /** @var int questions of a short test: it tells of domains. */
    public const SHORT = 25;

    /** @var string name of the button that shows what the test would be like. */
    private const LOOK = 'look';

    /** @var array|null what the engine said of what was sent. */
    private ?array $check = null;

    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        $of = $this->_customdata['of'];
        $text = fn(string $key): string => get_string($key, 'local_palier');
        $mform->addElement('hidden', 'template', $this->_customdata['template']);
        $mform->setType('template', PARAM_INT);
        if ($this->_customdata['courses'] !== null) {
            $courses = ['' => get_string('choosedots')] + $this->_customdata['courses'];
            $mform->addElement('select', 'course', $text('campaign_course'), $courses);
            $mform->addHelpButton('course', 'campaign_course', 'local_palier');
            $mform->addRule('course', null, 'required');
        }
        if (count($of['scales']) > 1) {
            $mform->addElement('header', 'competences', $text('campaign_competences'));
            $mform->setExpanded('competences');
            $mform->addElement('static', 'competenceshelp', '', $text('campaign_tops'));
            foreach ($of['scales'] as $place => $scale) {
                $this->add_competence($place, $scale);
            }
            $mform->addElement('header', 'size', $text('campaign_size'));
            $mform->setExpanded('size');
        } else if ($of['levels']) {
            [$first, $last] = $of['levels'];
            $mform->addElement('select', 'top', $text('campaign_top'), self::levels($first, $last));
            $mform->addHelpButton('top', 'campaign_top', 'local_palier');
            $mform->setDefault('top', $last);
            $mform->addElement('selectgroups', 'floor', $text('campaign_floor'), $this->floors($first + 1, $last));
            $mform->addHelpButton('floor', 'campaign_floor', 'local_palier');
        }
        $mform->addElement('select', 'short', $text('campaign_length'), [
            0 => $text('campaign_full'),
            1 => get_string('campaign_short', 'local_palier', self::SHORT),
        ]);
        // A test that asks whether a level is reached ends when it knows, after as many questions at most.
        $mform->hideIf('short', 'floor', 'neq', '');
        $mform->registerNoSubmitButton(self::LOOK);
        $mform->addElement('submit', self::LOOK, $text('campaign_look'));
        $this->add_action_buttons(true, get_string('continue'));
    }

    /**
     * A competence: whether it is asked about, and up to which level.
     *
     * @param int $place
     * @param array $scale of {@see api::scales_of_activity()}
     */
    private function add_competence(int $place, array $scale): void {
        $mform = $this->_form;
        $name = s(self::name($scale));
        $mform->addElement('advcheckbox', "scale[$place]", '', $name);
        $mform->setDefault("scale[$place]", 1);
        if ($this->_customdata['of']['levels']) {
            [$first] = $this->_customdata['of']['levels'];
            $top = get_string('campaign_top_of', 'local_palier', $name);
            $mform->addElement('select', "tops[$place]", $top, self::levels($first, $this->highest($scale)));
            $mform->setDefault("tops[$place]", $this->highest($scale));
            $mform->hideIf("tops[$place]", "scale[$place]");
        }
    }

    /**
     * The highest level of a competence that its test asks about.
     *
     * @param array $scale
     * @return int
     */
    private function highest(array $scale): int {
        return $scale['top_level'] ?? $this->_customdata['of']['levels'][1];
    }

    /**
     * The levels that may be a top.
     *
     * @param int $first
     * @param int $last
     * @return string[]
     */
    private static function levels(int $first, int $last): array {
        $levels = range($first + 1, $last);
        return array_combine($levels, array_map(fn(int $level): string => get_string('level', 'local_palier', $level), $levels));
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if ($this->lacks_course($data)) {
            return $errors + ['course' => get_string('required')];
        }
        if (!$this->check($data)['can']) {
            $errors['short'] = implode(' ', $this->check['problems']);
        }
        [$level] = $this->floor($data);
        if ($level !== null && !empty($data['top']) && $level > $data['top']) {
            $errors['floor'] = get_string('campaign_floor_abovetop', 'local_palier');
        }
        return $errors;
    }

    /**
     * What the engine says of what was sent, whichever button was pressed.
     *
     * @return array|null as {@see api::check_test_of()} tells it; null where nothing was sent
     */
    public function told(): ?array {
        $data = (array) $this->_form->exportValues();
        $sent = $this->is_submitted() || $this->no_submit_button_pressed();
        return $sent && !$this->lacks_course($data) ? $this->check($data) : null;
    }

    /**
     * Whether the course in which a lent test is to be made was not chosen, or is none that may be.
     *
     * @param array $data
     * @return bool
     */
    private function lacks_course(array $data): bool {
        $courses = $this->_customdata['courses'];
        return $courses !== null && !isset($courses[(int) ($data['course'] ?? 0)]);
    }

    /**
     * What it holds of a campaign.
     *
     * @param campaign $campaign
     */
    public function fill(campaign $campaign): void {
        $scope = $campaign->scope();
        $values = ['short' => (int) ($scope['questions'] === self::SHORT)];
        foreach ($this->_customdata['of']['scales'] as $place => $scale) {
            $id = (string) $scale['id'];
            $values["scale[$place]"] = (int) (!$scope['scales'] || in_array($id, $scope['scales'], true));
            if ($this->_customdata['of']['levels']) {
                $values["tops[$place]"] = min($scope['tops'][$id] ?? $scope['top'] ?? PHP_INT_MAX, $this->highest($scale));
            }
        }
        $floor = $scope['floor'] === null ? '' : rtrim("$scope[floor]-{$campaign->row->floorline}", '-');
        $top = $scope['top'] === null ? [] : ['top' => $scope['top']];
        $this->set_data($values + ['floor' => $floor, 'course' => $scope['course']] + $top);
    }

    /**
     * The columns that it asks for.
     *
     * @return array|null null where it was not sent, or has a mistake
     */
    public function values(): ?array {
        $data = $this->get_data();
        if ($data === null) {
            return null;
        }
        $scope = $this->scope((array) $data);
        return [
            'templateid' => $this->_customdata['template'],
            'courseid' => $scope['course'],
            'scales' => $scope['scales'] || $scope['tops']
                ? campaign::stored_scales($this->ticked((array) $data), $scope['tops'])
                : null,
            'toplevel' => $scope['top'],
            'questions' => $scope['questions'],
            'floorlevel' => $scope['floor'],
            'floorline' => $this->floor((array) $data)[1],
            'figures' => $this->check['summary'],
        ];
    }

    /**
     * What the engine says.
     *
     * @param array $data
     * @return array
     */
    private function check(array $data): array {
        return $this->check ??= api::check_test_of($this->_customdata['template'], $this->scope($data));
    }

    /**
     * What is asked, as {@see api::check_test_of()} takes it.
     *
     * @param array $data
     * @return array
     */
    private function scope(array $data): array {
        $of = $this->_customdata['of'];
        $ticked = $this->ticked($data);
        $one = count($of['scales']) < 2;
        $top = (int) ($data['top'] ?? 0);
        $tops = [];
        foreach ($one || !$of['levels'] ? [] : $of['scales'] as $place => $scale) {
            $asked = (int) ($data['tops'][$place] ?? 0) ?: $this->highest($scale);
            if ($asked !== $this->highest($scale) && in_array((string) $scale['id'], $ticked, true)) {
                $tops[(string) $scale['id']] = $asked;
            }
        }
        return [
            // None at all is refused as one is.
            'scales' => $one || count($ticked) === count($of['scales']) ? [] : ($ticked ?: ['']),
            'top' => $one && $of['levels'] && $top !== $of['levels'][1] ? $top : null,
            'tops' => $tops,
            'questions' => empty($data['short']) || !empty($data['floor']) ? null : self::SHORT,
            'floor' => $this->floor($data)[0],
            'course' => $this->_customdata['courses'] === null ? null : (int) $data['course'],
        ];
    }

    /**
     * The competences that are ticked.
     *
     * @param array $data
     * @return string[] ids
     */
    private function ticked(array $data): array {
        $ticked = array_intersect_key($this->_customdata['of']['scales'], array_filter($data['scale'] ?? []));
        return array_map('strval', array_column($ticked, 'id'));
    }

    /**
     * The level that is asked for, and the line of a profile that it is of.
     *
     * @param array $data
     * @return (int|null)[]
     */
    private function floor(array $data): array {
        $parts = array_map('intval', explode('-', (string) ($data['floor'] ?? '')));
        return [$parts[0] ?: null, $parts[1] ?? null];
    }

    /**
     * What may be asked for: how far one is, a level, or what a profile asks.
     *
     * @param int $low
     * @param int $high
     * @return array[] choices by group
     */
    private function floors(int $low, int $high): array {
        $choices = [];
        foreach (range($low, $high) as $level) {
            $choices[(string) $level] = get_string('level', 'local_palier', $level);
        }
        $groups = [
            '' => ['' => get_string('campaign_floor_none', 'local_palier')],
            get_string('campaign_floor_levels', 'local_palier') => $choices,
        ];
        foreach ($this->_customdata['floors'] as $id => $line) {
            if ($line['level'] >= $low && $line['level'] <= $high) {
                $groups[s($line['profile']->name())]["$line[level]-$id"] = s(campaign_words::line($line));
            }
        }
        return $groups;
    }

    /**
     * What a competence is called.
     *
     * @param array $scale of {@see api::scales_of_activity()}
     * @return string
     */
    private static function name(array $scale): string {
        $name = $scale['name'] ?? $scale['id'];
        return is_array($name) ? $name[str_starts_with(current_language(), 'fr') ? 'fr' : 'en'] ?? reset($name) : (string) $name;
    }
}
