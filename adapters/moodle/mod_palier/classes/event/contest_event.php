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

namespace mod_palier\event;

use mod_palier\local\contest\contest;

/**
 * What the events of threads have in common.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class contest_event extends \core\event\base {
    /**
     * The event of a thread.
     *
     * @param contest $contest
     * @param \core\context\module $context the activity's
     * @return static
     */
    public static function of(contest $contest, \core\context\module $context): static {
        /** @var static $event */
        $event = self::create([
            'objectid' => $contest->id,
            'relateduserid' => $contest->userid,
            'context' => $context,
            'other' => [
                'palierid' => $contest->palierid,
                'attemptid' => $contest->attemptid,
                'kind' => $contest->kind,
                'status' => $contest->status,
            ],
        ]);
        return $event;
    }

    #[\Override]
    protected function init() {
        $this->data['crud'] = 'u';
        $this->data['edulevel'] = self::LEVEL_PARTICIPATING;
        $this->data['objecttable'] = 'palier_contest';
    }

    #[\Override]
    public function get_url() {
        return new \core\url('/mod/palier/contest.php', ['id' => $this->objectid]);
    }

    #[\Override]
    protected function validate_data() {
        parent::validate_data();
        if (!isset($this->relateduserid) || !isset($this->other['attemptid'])) {
            throw new \coding_exception('The \'relateduserid\' and \'attemptid\' must be set.');
        }
    }

    /**
     * How the thread is named in a restore.
     *
     * @return array
     */
    public static function get_objectid_mapping() {
        return ['db' => 'palier_contest', 'restore' => 'palier_contest'];
    }

    /**
     * How the rest is named in a restore.
     *
     * @return array
     */
    public static function get_other_mapping() {
        return [
            'palierid' => ['db' => 'palier', 'restore' => 'palier'],
            'attemptid' => ['db' => 'palier_attempt', 'restore' => 'palier_attempt'],
        ];
    }
}
