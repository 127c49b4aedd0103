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

namespace local_palier\output;

use local_palier\local\campaign;
use local_palier\local\participation;
use local_palier\local\suppression;
use local_palier\local\survey;
use local_palier\local\usefulness;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * One's own campaigns.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class my_campaigns_page implements renderable, templatable {
    /** @var \mod_palier\api\result[] of the present user, by course module. */
    private array $results = [];

    /** @var \stdClass[][] what is said from which level on, by campaign. */
    private array $stages = [];

    /** @var \stdClass[] tests that are still there, by course module. */
    private array $tests = [];

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $DB, $USER;
        $this->results = participation::results((int) $USER->id);
        $mine = participation::mine();
        $campaigns = array_map(fn(participation $one): campaign => $one->campaign, $mine);
        $this->stages = campaign::stages_of(array_map(fn(campaign $campaign): int => $campaign->id, $campaigns));
        $tests = array_filter(array_map(fn(campaign $campaign): ?int => $campaign->cmid, $campaigns));
        $this->tests = $DB->get_records_list('course_modules', 'id', $tests, '', 'id');
        $rows = array_map($this->row(...), $mine);
        return [
            'rows' => $rows,
            'action' => (new moodle_url('/local/palier/mycampaigns.php'))->out(false),
            'sesskey' => sesskey(),
            'hasrows' => (bool) $rows,
            'join' => (new moodle_url('/local/palier/join.php'))->out(false),
        ];
    }

    /**
     * A campaign of the present user.
     *
     * @param participation $participation
     * @return array
     */
    private function row(participation $participation): array {
        $campaign = $participation->campaign;
        $state = $participation->state();
        $stages = $this->stages[$campaign->id];
        $isthere = isset($this->tests[$campaign->cmid ?? 0]);
        $result = $this->results[$campaign->cmid] ?? null;
        $stage = campaign::stage_of($stages, participation::level($result));
        $taken = $isthere && in_array($state, ['begun', 'finished', 'shared']);
        $attemptid = $state === 'shared' ? (int) $participation->row->attemptid : $result?->attemptid;
        return campaign_words::of($campaign) + [
            'id' => $campaign->id,
            'surveyforms' => self::surveys($participation),
            'useful' => usefulness::may_answer($participation)
                ? self::asked(usefulness::QUESTIONS, usefulness::ANSWERS, 'useful')
                : [],
            'asksuseful' => usefulness::may_answer($participation),
            'usefultold' => !empty($participation->row->usefultold),
            'usefulexplained' => get_string('useful_explained', 'local_palier', suppression::least()),
            'state' => get_string("participation_$state", 'local_palier'),
            'stage' => $stage === null ? '' : $stages[$stage]->learner,
            'over' => $campaign->is_over(),
            'counted' => empty($participation->row->snapshotid)
                ? ''
                : get_string('participation_counted', 'local_palier', suppression::least() - 1),
            'join' => $campaign->is_open() && in_array($state, ['invited', 'refused']) ? $campaign->join_url()->out(false) : '',
            'test' => $taken ? api::start_url($campaign->cmid)->out(false) : '',
            'share' => $isthere && $attemptid && $state === 'finished' ? api::share_url($attemptid)->out(false) : '',
            'takeback' => $isthere && $state === 'shared' ? api::share_url($attemptid)->out(false) : '',
        ];
    }

    /**
     * The surveys that the present user may answer now.
     *
     * @param participation $participation
     * @return array[]
     */
    private static function surveys(participation $participation): array {
        $may = array_filter(
            survey::of($participation->campaign),
            fn(string $survey): bool => survey::may_answer($participation, $survey)
        );
        return array_values(array_map(fn(string $survey): array => [
            'survey' => $survey,
            'title' => get_string("survey_$survey", 'local_palier'),
            'explained' => get_string('survey_explained', 'local_palier', suppression::least()),
            'questions' => self::asked(survey::QUESTIONS[$survey], survey::ANSWERS[$survey], 'survey'),
        ], $may));
    }

    /**
     * Questions, with what may be answered.
     *
     * @param string[] $questions
     * @param string[] $answers
     * @param string $words what their strings begin with
     * @return array[]
     */
    private static function asked(array $questions, array $answers, string $words): array {
        return array_map(fn(string $question): array => [
            'name' => $question,
            'text' => get_string("{$words}_$question", 'local_palier'),
            'answers' => array_map(fn(string $answer): array => [
                'value' => $answer,
                'label' => get_string("{$words}_$answer", 'local_palier'),
            ], $answers),
        ], $questions);
    }
}
