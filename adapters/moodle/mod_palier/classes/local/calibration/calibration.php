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

use mod_palier\event\calibration_started;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\item_parameters;
use stdClass;

/**
 * A calibration: what was chosen, how far it is, and what it proposes.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class calibration {
    /** @var string it waits for the next run of tasks. */
    public const WAITING = 'waiting';

    /** @var string a task is at it. */
    public const RUNNING = 'running';

    /** @var string it has proposals. */
    public const DONE = 'done';

    /** @var string it has none: the message says why. */
    public const FAILED = 'failed';

    /** @var string[] reasons that concern whoever teaches with a question, the most urgent first. */
    private const FOR_TEACHERS = ['eased', 'unfair', 'harder', 'easier'];

    /** @var string[] which proposals may be shown. */
    public const SHOW = ['all', 'look', 'ready', 'promote', 'accepted', 'refused'];

    /**
     * Asks for one. It is made by the next run of tasks, with the rights of the present user.
     *
     * @param int $palierid
     * @param choice $choice
     * @return int its id, 0 where another one of this test is not finished
     */
    public static function start(int $palierid, choice $choice): int {
        global $DB, $USER;
        [$insql, $params] = $DB->get_in_or_equal([self::WAITING, self::RUNNING]);
        if ($DB->record_exists_select('palier_calibration', "palierid = ? AND state {$insql}", [$palierid, ...$params])) {
            return 0;
        }
        $id = $DB->insert_record('palier_calibration', (object) [
            'palierid' => $palierid,
            'state' => self::WAITING,
            'choice' => $choice->json(),
            'usermodified' => $USER->id,
            'timecreated' => \core\di::get(\core\clock::class)->time(),
        ]);
        \mod_palier\task\calibrate::queue($id, (int) $USER->id);
        $cm = get_coursemodule_from_instance('palier', $palierid, 0, false, MUST_EXIST);
        calibration_started::create(['objectid' => $id, 'context' => \context_module::instance($cm->id)])->trigger();
        return $id;
    }

    /**
     * One of a test.
     *
     * @param int $id
     * @param int $palierid
     * @return stdClass row of palier_calibration
     */
    public static function load(int $id, int $palierid): stdClass {
        global $DB;
        return $DB->get_record('palier_calibration', ['id' => $id, 'palierid' => $palierid], '*', MUST_EXIST);
    }

    /**
     * Those of a test, the newest first.
     *
     * @param int $palierid
     * @return stdClass[]
     */
    public static function all(int $palierid): array {
        global $DB;
        return $DB->get_records('palier_calibration', ['palierid' => $palierid], 'id DESC');
    }

    /**
     * The latest one that is done.
     *
     * @param int $palierid
     * @return stdClass|null row of palier_calibration
     */
    public static function latest(int $palierid): ?stdClass {
        global $DB;
        $done = ['palierid' => $palierid, 'state' => self::DONE];
        return array_values($DB->get_records('palier_calibration', $done, 'id DESC', '*', 0, 1))[0] ?? null;
    }

    /**
     * What the latest one that is done found that teachers should know of. What was found of parameters that a question has no
     * more is left out.
     *
     * @param int $palierid
     * @return string[] one of FOR_TEACHERS, by question bank entry
     */
    public static function for_teachers(int $palierid): array {
        $done = self::latest($palierid);
        $items = $done ? self::items((int) $done->id, 'look') : [];
        $current = item_parameters::current(array_column($items, 'questionbankentryid'));
        $found = [];
        foreach ($items as $item) {
            $known = $current[$item->questionbankentryid]->id ?? null;
            $reasons = array_intersect(self::FOR_TEACHERS, json_text::decode($item->found)['reasons']);
            if ($reasons && (int) $known === (int) $item->basisid) {
                $found[(int) $item->questionbankentryid] = reset($reasons);
            }
        }
        return $found;
    }

    /**
     * Says how far one is.
     *
     * @param int $id
     * @param string $state
     * @param array $more columns
     */
    public static function set_state(int $id, string $state, array $more = []): void {
        global $DB;
        $finished = in_array($state, [self::DONE, self::FAILED]);
        $DB->update_record('palier_calibration', (object) ($more + [
            'id' => $id,
            'state' => $state,
            'timefinished' => $finished ? \core\di::get(\core\clock::class)->time() : 0,
        ]));
    }

    /**
     * What the engine found, decoded.
     *
     * @param stdClass $row of palier_calibration
     * @return array scales, effects, fairness, times; empty before it is done
     */
    public static function outcome(stdClass $row): array {
        return $row->outcome === null ? [] : json_text::decode($row->outcome);
    }

    /**
     * How many proposals there are of each kind.
     *
     * @param int $id
     * @return int[] by SHOW
     */
    public static function counts(int $id): array {
        global $DB;
        $counts = [];
        foreach (self::SHOW as $show) {
            $counts[$show] = $DB->count_records_select('palier_calibration_item', self::kind($show), ['id' => $id]);
        }
        return $counts;
    }

    /**
     * Some of its proposals, those first that need a look.
     *
     * @param int $id
     * @param string $show one of SHOW
     * @param int $from
     * @param int $limit 0 for all
     * @return stdClass[] rows of palier_calibration_item
     */
    public static function items(int $id, string $show = 'all', int $from = 0, int $limit = 0): array {
        global $DB;
        return $DB->get_records_select(
            'palier_calibration_item',
            self::kind($show),
            ['id' => $id],
            'needslook DESC, id',
            '*',
            $from,
            $limit
        );
    }

    /**
     * The condition of a kind.
     *
     * @param string $show one of SHOW
     * @return string SQL
     */
    private static function kind(string $show): string {
        return 'calibrationid = :id AND ' . match ($show) {
            'look' => 'needslook = 1',
            'ready' => 'needslook = 0 AND proposed = 1',
            'promote' => "needslook = 0 AND proposed = 1 AND decision IS NULL
                AND basisid IN (SELECT p.id FROM {palier_param} p WHERE p.status = 'pretest')",
            'accepted' => "decision = 'accepted'",
            'refused' => "decision = 'refused'",
            default => '1 = 1',
        };
    }

    /**
     * Deletes calibrations of a test. The parameters that came of them stay.
     *
     * @param int $palierid
     * @param int|null $id only this one
     */
    public static function delete(int $palierid, ?int $id = null): void {
        global $DB;
        $which = ['palierid' => $palierid] + ($id === null ? [] : ['id' => $id]);
        foreach (array_keys($DB->get_records('palier_calibration', $which, '', 'id')) as $calibrationid) {
            $DB->delete_records('palier_calibration_item', ['calibrationid' => $calibrationid]);
        }
        $DB->delete_records('palier_calibration', $which);
    }
}
