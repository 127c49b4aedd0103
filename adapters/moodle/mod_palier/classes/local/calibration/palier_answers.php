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

namespace mod_palier\local\calibration;

use mod_palier\local\attempt\attempt;
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * The answers of adaptive tests, as their logs have them.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class palier_answers {
    /** @var string[] events that are an outcome without a mark: the plan says whether it counts as the lowest one. */
    private const WITHOUT_MARK = ['unknown', 'skipped', 'timed_out'];

    /** @var array what plans say when they say nothing (engine/scoring/schema.json). */
    private const COUNTED_AS = ['unknown' => 'lowest', 'skipped' => 'ignore', 'timed_out' => 'lowest'];

    /** @var array[] decoded plans, by their rows. */
    private array $plans = [];

    /**
     * Answers of activities, the earliest attempts first.
     *
     * @param int[] $palierids
     * @param choice $choice
     * @return \Generator as quiz_answers::read() gives
     */
    public function read(array $palierids, choice $choice): \Generator {
        global $DB;
        if (!$palierids) {
            return;
        }
        [$insql, $params] = $DB->get_in_or_equal($palierids, SQL_PARAMS_NAMED);
        $rows = $DB->get_recordset_sql(
            "SELECT e.id, e.attemptid, e.type, e.data, e.questionid, a.userid, a.preview, a.state, a.timestart, a.timeshared,
                    a.planid, a.packageid, a.device, v.questionbankentryid
               FROM {palier_attempt} a
               JOIN {palier_event} e ON e.attemptid = a.id
                    AND e.type IN ('answered', 'unknown', 'skipped', 'timed_out', 'rescored', 'dropped')
          LEFT JOIN {question_versions} v ON v.questionid = e.questionid
              WHERE a.palierid {$insql} AND a.timestart >= :since AND a.timestart < :until
           ORDER BY a.timestart, a.id, e.seq",
            $params + ['since' => $choice->from, 'until' => $choice->to ?: PHP_INT_MAX]
        );
        $answers = [];
        $attempt = 0;
        try {
            foreach ($rows as $row) {
                if ($row->attemptid !== $attempt) {
                    yield from array_values($answers);
                    [$answers, $attempt] = [[], $row->attemptid];
                }
                $this->note($row, $choice, $answers);
            }
            yield from array_values($answers);
        } finally {
            $rows->close();
        }
    }

    /**
     * What an event makes of an attempt's answers.
     *
     * @param stdClass $row
     * @param choice $choice
     * @param array[] $answers by item
     */
    private function note(stdClass $row, choice $choice, array &$answers): void {
        $event = json_text::decode($row->data);
        $item = $event['item'];
        if ($row->type === 'dropped') {
            if (isset($answers[$item])) {
                $answers[$item]['against'] = 'dropped';
            }
            return;
        }
        if ($row->type === 'rescored') {
            if (isset($answers[$item]) && isset($event['fraction'])) {
                $answers[$item]['fraction'] = (float) $event['fraction'];
            }
            return;
        }
        $fraction = $this->fraction($row, $event);
        $answers[$item] = [
            'user' => (int) $row->userid,
            'entry' => (int) $row->questionbankentryid,
            'question' => (int) $row->questionid,
            'time' => (int) $row->timestart,
            'mode' => attempt::is_practice_plan($this->plan((int) $row->planid)) ? 'practice' : 'test',
            'device' => $row->device,
            // What was skipped or not answered in time took no time of an answer.
            'ms' => in_array($row->type, ['answered', 'unknown']) && isset($event['ms']) ? (int) $event['ms'] : null,
            'fraction' => $fraction,
            'against' => match (true) {
                (bool) $row->preview => 'preview',
                $row->state !== attempt::FINISHED => 'unfinished',
                !$row->timeshared && attempt::is_private_plan($this->plan((int) $row->planid)) => 'unshared',
                $row->packageid && !$choice->packages => 'package',
                $fraction === null => in_array($row->type, self::WITHOUT_MARK) ? 'blank' : 'nomark',
                default => null,
            },
        ];
    }

    /**
     * The part of the marks that an answer got.
     *
     * @param stdClass $row
     * @param array $event
     * @return float|null null where it has none
     */
    private function fraction(stdClass $row, array $event): ?float {
        if (in_array($row->type, self::WITHOUT_MARK)) {
            $counted = ($this->plan((int) $row->planid)['scoring'] ?? []) + self::COUNTED_AS;
            return $counted[$row->type] === 'lowest' ? 0.0 : null;
        }
        return isset($event['fraction']) ? max(0.0, min(1.0, (float) $event['fraction'])) : null;
    }

    /**
     * A plan.
     *
     * @param int $id
     * @return array
     */
    private function plan(int $id): array {
        global $DB;
        return $this->plans[$id] ??= json_text::decode($DB->get_field('palier_plan', 'plan', ['id' => $id], MUST_EXIST));
    }
}
