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
use local_palier\local\campaign_counts;
use local_palier\local\survey;
use local_palier\local\usefulness;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * A campaign for whoever manages it: its link, and counts; never who.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_page implements renderable, templatable {
    /** @var campaign_counts its figures. */
    private readonly campaign_counts $counts;

    /**
     * Constructor.
     *
     * @param campaign $campaign
     */
    public function __construct(
        /** @var campaign what is shown. */
        private readonly campaign $campaign
    ) {
        $this->counts = new campaign_counts($campaign);
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $url = fn(string $page, array $more = []): string => (new moodle_url(
            "/local/palier/$page.php",
            ['id' => $this->campaign->id] + $more
        ))->out(false);
        $stages = $this->stages();
        return [
            'summary' => campaign_words::of($this->campaign),
            'state' => get_string(campaigns_page::state($this->campaign), 'local_palier'),
            'link' => $this->campaign->join_url()->out(false),
            'code' => $this->campaign->row->code,
            'poster' => $url('poster'),
            'kit' => $url('kit'),
            'download' => $url('campaign', ['download' => 1]),
            'explained' => get_string('campaign_explained', 'local_palier', $this->counts->least),
            'invited' => $this->counts->invited,
            'columns' => self::columns(),
            'days' => array_map(fn(array $day): array => [
                'day' => $day[0],
                'cells' => array_map(
                    fn(string $label, string $figure): array => ['label' => $label, 'figure' => $figure],
                    self::columns(),
                    array_slice($day, 1)
                ),
            ], $this->days()),
            'nodays' => !$this->counts->days(),
            'hasstages' => (bool) $this->campaign->stages(),
            'stages' => $stages,
            'stageslater' => $stages === null,
            'asksfloor' => $this->campaign->floor !== null,
            'decisions' => $this->decisions() ?? [],
            'usefullater' => !$this->campaign->is_over(),
            'useful' => array_map(fn(array $row): array => [
                'question' => $row[0],
                'cells' => array_map(
                    fn(string $label, string $figure): array => ['label' => $label, 'figure' => $figure],
                    self::answers(),
                    array_slice($row, 1)
                ),
            ], $this->useful()),
            'surveys' => array_map($this->survey(...), survey::of($this->campaign)),
            'usefulanswers' => self::answers(),
            'launching' => $this->campaign->is_launching(),
            'canclose' => !$this->campaign->is_over() && !$this->campaign->is_launching(),
            'action' => (new moodle_url('/local/palier/campaign.php'))->out(false),
            'id' => $this->campaign->id,
            'sesskey' => sesskey(),
            'back' => (new moodle_url('/local/palier/campaigns.php', ['contextid' => $this->campaign->contextid]))->out(false),
        ];
    }

    /**
     * The same figures for a spreadsheet: what the page shows, and nothing more.
     *
     * @return array[] the first row has the titles
     */
    public function rows(): array {
        $rows = [[get_string('campaign_day', 'local_palier'), ...self::columns()], ...$this->days()];
        $stages = $this->stages();
        if ($stages) {
            $text = fn(string $key): string => get_string($key, 'local_palier');
            $rows[] = [];
            $rows[] = [$text('campaign_stage_from'), $text('campaign_stage_people'), $text('campaign_stage_manager')];
            array_push($rows, ...array_map('array_values', $stages));
        }
        $decisions = $this->campaign->floor === null ? null : $this->decisions();
        if ($decisions) {
            $rows[] = [];
            $rows[] = [get_string('campaign_decisions', 'local_palier'), get_string('campaign_stage_people', 'local_palier')];
            array_push($rows, ...array_map('array_values', $decisions));
        }
        $useful = $this->useful();
        if ($useful) {
            $rows[] = [];
            $rows[] = [get_string('useful_people', 'local_palier'), ...self::answers()];
            array_push($rows, ...$useful);
        }
        foreach ($this->campaign->is_over() ? survey::of($this->campaign) : [] as $name) {
            $survey = $this->survey($name);
            $rows[] = [];
            $rows[] = [$survey['title'], ...$survey['answers']];
            foreach ($survey['rows'] as $row) {
                $rows[] = [$row['question'], ...array_column($row['cells'], 'figure')];
            }
        }
        return $rows;
    }

    /**
     * What people answered to a survey.
     *
     * @param string $name
     * @return array title, people (how many answered, in words), answers and rows, none where it is too early
     */
    private function survey(string $name): array {
        $told = survey::told($this->campaign, $name);
        $text = fn(string $key): string => get_string("survey_$key", 'local_palier');
        $answers = array_map($text, survey::ANSWERS[$name]);
        // The numbers of people are exact: none of them ever changes.
        $figure = fn(?int $count): string => $count === null
            ? get_string('survey_hidden', 'local_palier')
            : (string) $count;
        return [
            'title' => $text($name),
            'later' => $told === null,
            'people' => match (true) {
                $told === null => '',
                $told['people'] === null => get_string('survey_toofew', 'local_palier', $this->counts->least),
                default => get_string('survey_people', 'local_palier', $told['people']),
            },
            'answers' => $answers,
            'rows' => empty($told['people']) ? [] : array_map(fn(string $question, array $counts): array => [
                'question' => $text($question),
                'cells' => array_map(
                    fn(string $label, ?int $count): array => ['label' => $label, 'figure' => $figure($count)],
                    $answers,
                    array_values($counts)
                ),
            ], array_keys($told['counts']), $told['counts']),
        ];
    }

    /**
     * What may be answered to whether it was useful.
     *
     * @return string[]
     */
    private static function answers(): array {
        return array_map(fn(string $answer): string => get_string("useful_$answer", 'local_palier'), usefulness::ANSWERS);
    }

    /**
     * Whether people found it useful.
     *
     * @return string[][] question, then its figures; none where it is too early
     */
    private function useful(): array {
        $rows = [];
        foreach (usefulness::told($this->campaign) ?? [] as $question => $counts) {
            $rows[] = [get_string("useful_$question", 'local_palier'), ...array_values(array_map($this->figure(...), $counts))];
        }
        return $rows;
    }

    /**
     * What the columns of days are called.
     *
     * @return string[]
     */
    private static function columns(): array {
        return array_map(fn(string $what) => get_string("campaign_$what", 'local_palier'), array_keys(campaign_counts::COUNTED));
    }

    /**
     * The figures by day.
     *
     * @return string[][] day, then its figures
     */
    private function days(): array {
        $days = [];
        foreach ($this->counts->days() as $day => $figures) {
            $time = make_timestamp(intdiv($day, 10000), intdiv($day, 100) % 100, $day % 100, 12);
            $date = userdate($time, get_string('strftimedate', 'langconfig'));
            $days[] = [$date, ...array_values(array_map($this->figure(...), $figures))];
        }
        return $days;
    }

    /**
     * The figures by stage.
     *
     * @return array[]|null null where it is too early
     */
    private function stages(): ?array {
        $counts = $this->counts->stages();
        return $counts === null ? null : array_map(fn(\stdClass $stage, ?int $count): array => [
            'from' => get_string('level', 'local_palier', $stage->level),
            'people' => $this->figure($count),
            'manager' => $stage->manager,
        ], $this->campaign->stages(), $counts);
    }

    /**
     * The figures of a test that asks whether a level is reached.
     *
     * @return array[]|null null where it is too early
     */
    private function decisions(): ?array {
        $counts = $this->counts->decisions();
        return $counts === null ? null : array_map(fn(string $decision, ?int $count): array => [
            'decision' => get_string("campaign_decision_$decision", 'local_palier'),
            'people' => $this->figure($count),
        ], array_keys($counts), $counts);
    }

    /**
     * A figure in words.
     *
     * @param int|null $count
     * @return string
     */
    private function figure(?int $count): string {
        return $count === null
            ? get_string('fewer', 'local_palier', $this->counts->least)
            : get_string('atleast', 'local_palier', $count);
    }
}
