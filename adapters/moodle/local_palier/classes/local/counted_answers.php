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

namespace local_palier\local;

/**
 * Answers to questions that go with a campaign, as counts: no row is an answer of somebody. So there is no order, no time and
 * no key by which an answer could be laid beside a person, and nothing that could be deleted or given out for one.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class counted_answers {
    /**
     * Counts answers. Whoever calls holds a lock, so that none is lost.
     *
     * @param campaign $campaign
     * @param string[] $answers by question
     */
    public static function add(campaign $campaign, array $answers): void {
        global $DB;
        foreach ($answers as $question => $answer) {
            $key = ['campaignid' => $campaign->id, 'question' => $question, 'answer' => $answer];
            $row = $DB->get_record('local_palier_useful', $key);
            if ($row) {
                $DB->set_field('local_palier_useful', 'people', $row->people + 1, ['id' => $row->id]);
            } else {
                $DB->insert_record('local_palier_useful', (object) ($key + ['people' => 1]));
            }
        }
    }

    /**
     * How many answered what, once the campaign is over: not yet as it may be published.
     *
     * @param campaign $campaign
     * @param string[] $questions
     * @param string[] $answers
     * @return int[][]|null by question and answer; null where it is not over
     */
    public static function of(campaign $campaign, array $questions, array $answers): ?array {
        global $DB;
        if (!$campaign->is_over()) {
            return null;
        }
        $counts = array_fill_keys($questions, array_fill_keys($answers, 0));
        foreach ($DB->get_records('local_palier_useful', ['campaignid' => $campaign->id]) as $row) {
            if (isset($counts[$row->question][$row->answer])) {
                $counts[$row->question][$row->answer] = (int) $row->people;
            }
        }
        return $counts;
    }
}
