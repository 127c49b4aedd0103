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

use context;
use local_palier\event\map_deleted;
use local_palier\event\map_requested;
use local_palier\task\make_map;
use moodle_exception;
use stdClass;

/**
 * The maps that are stored: asked for once a month at most, made by a task, read as they were published.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class snapshots {
    /** @var string columns that tell what a map is, without the map. */
    private const SHORT = 's.id, s.campaignid, s.month, s.state, s.progress';

    /**
     * A map.
     *
     * @param int $id
     * @return snapshot
     * @throws moodle_exception nomap
     */
    public static function get(int $id): snapshot {
        global $DB;
        $row = $DB->get_record('local_palier_snapshot', ['id' => $id]);
        return $row ? new snapshot($row) : throw new moodle_exception('nomap', 'local_palier');
    }

    /**
     * The maps of the campaigns of a context, without what they tell, the newest first.
     *
     * @param context $context
     * @return snapshot[][] by campaign
     */
    public static function of(context $context): array {
        global $DB;
        $rows = $DB->get_records_sql(
            'SELECT ' . self::SHORT . '
               FROM {local_palier_snapshot} s
               JOIN {local_palier_campaign} c ON c.id = s.campaignid
              WHERE c.contextid = ?
           ORDER BY s.id DESC',
            [$context->id]
        );
        $found = [];
        foreach ($rows as $row) {
            $found[$row->campaignid][] = new snapshot($row);
        }
        return $found;
    }

    /**
     * What keeps a map of a campaign from being made now.
     *
     * @param campaign $campaign
     * @return string|null name of the string that says it; null where it can be made
     */
    public static function obstacle(campaign $campaign): ?string {
        return self::obstacles([$campaign])[$campaign->id];
    }

    /**
     * What keeps maps of campaigns from being made now.
     *
     * @param campaign[] $campaigns
     * @return (string|null)[] by campaign, as of obstacle()
     */
    public static function obstacles(array $campaigns): array {
        global $DB;
        $in = fn(array $ids): array => $DB->get_in_or_equal($ids, SQL_PARAMS_QM, '', true, 0);
        [$those, $params] = $in(array_map(fn(campaign $campaign): int => $campaign->id, $campaigns));
        $last = $DB->get_records_sql_menu(
            "SELECT campaignid, MAX(month) AS month FROM {local_palier_snapshot} WHERE campaignid $those GROUP BY campaignid",
            $params
        );
        [$those, $params] = $in(array_filter(array_map(fn(campaign $campaign): ?int => $campaign->cmid, $campaigns)));
        $there = "id $those AND deletioninprogress = 0";
        $tests = array_flip($DB->get_fieldset_select('course_modules', 'id', $there, $params));
        $month = gap_counting::month();
        $obstacles = [];
        foreach ($campaigns as $campaign) {
            $obstacles[$campaign->id] = match (true) {
                $campaign->is_draft() => 'map_draft',
                !isset($tests[$campaign->cmid ?? 0]) => 'map_notest',
                ($last[$campaign->id] ?? 0) >= $month => 'map_thismonth',
                default => null,
            };
        }
        return $obstacles;
    }

    /**
     * Has a map made soon.
     *
     * @param campaign $campaign
     * @param int[] $cohortids groups that it tells apart; who is in several is counted in the first one
     * @return snapshot
     * @throws moodle_exception where it cannot be made now
     */
    public static function request(campaign $campaign, array $cohortids): snapshot {
        global $DB;
        // Pressed twice, it is made once.
        $lock = \core\lock\lock_config::get_lock_factory('local_palier_map')->get_lock((string) $campaign->id, 5);
        if (!$lock) {
            throw new moodle_exception('map_thismonth', 'local_palier');
        }
        try {
            $obstacle = self::obstacle($campaign);
            if ($obstacle) {
                throw new moodle_exception($obstacle, 'local_palier');
            }
            $known = job_cohort::names($campaign->context());
            $id = $DB->insert_record('local_palier_snapshot', (object) [
                'campaignid' => $campaign->id,
                'month' => gap_counting::month(),
                'state' => snapshot::WAITING,
                'cohorts' => json_encode(array_values(array_filter($cohortids, fn(int $id): bool => isset($known[$id])))),
            ]);
        } finally {
            $lock->release();
        }
        make_map::request($id);
        map_requested::tell_of($campaign, $id);
        return self::get($id);
    }

    /**
     * Makes a map that was asked for.
     *
     * @param int $id
     */
    public static function make(int $id): void {
        global $DB;
        $row = $DB->get_record('local_palier_snapshot', ['id' => $id, 'state' => snapshot::WAITING]);
        if (!$row) {
            // Deleted meanwhile, or made by a task that was repeated.
            return;
        }
        $campaign = campaigns::get((int) $row->campaignid);
        $maker = new map_maker(
            $campaign,
            json_decode($row->cohorts, true),
            fn(int $percent) => $DB->set_field('local_palier_snapshot', 'progress', $percent, ['id' => $id])
        );
        $table = $maker->is_map() ? $maker->table() : null;
        $transaction = $DB->start_delegated_transaction();
        foreach (array_chunk($table === null ? [] : $maker->counted(), 1000) as $people) {
            [$in, $params] = $DB->get_in_or_equal($people, SQL_PARAMS_NAMED);
            $params['campaignid'] = $campaign->id;
            $where = "campaignid = :campaignid AND userid $in";
            $DB->set_field_select('local_palier_participation', 'snapshotid', $id, $where, $params);
        }
        $DB->update_record('local_palier_snapshot', (object) [
            'id' => $id,
            'state' => match (true) {
                $table !== null => snapshot::MADE,
                $maker->is_map() => snapshot::TOO_FEW,
                default => snapshot::ONE_LEVEL,
            },
            'progress' => 100,
            'published' => $table === null ? null : json_encode($table, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE),
        ]);
        $transaction->allow_commit();
    }

    /**
     * Deletes a map. Whoever was counted in it is counted in no other one: somebody may have kept it.
     *
     * @param snapshot $snapshot
     * @param campaign $campaign of it
     */
    public static function delete(snapshot $snapshot, campaign $campaign): void {
        global $DB;
        $DB->delete_records('local_palier_snapshot', ['id' => $snapshot->id]);
        map_deleted::tell_of($campaign, $snapshot->id);
    }
}
