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

namespace mod_palier\local\protection;

use core\context\system as context_system;
use core\task\manager;
use mod_palier\local\attempt\retention;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\test\plan_builder;
use mod_palier\local\test\reminders;
use mod_palier\task\purge_expired;
use stdClass;

/**
 * What this site's settings say of people's data, in words for who protects them: pairs of what, and how it is set.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class site_settings {
    /** @var string[] Capabilities by which people see or process what is about others. */
    private const CAPABILITIES = ['viewreports', 'managecontests', 'manageoverrides', 'importrecords', 'calibrate'];

    /** @var stdClass How many activities there are, and how many of each kind. */
    public readonly stdClass $activities;

    /**
     * As the site is now.
     */
    public function __construct() {
        global $DB;
        $counts = $DB->get_record_sql(
            "SELECT COUNT(*) AS number,
                    SUM(CASE WHEN visibility = 'after_sharing' THEN 1 ELSE 0 END) AS shared,
                    SUM(CASE WHEN purpose = 'practice' THEN 1 ELSE 0 END) AS practices,
                    SUM(CASE WHEN purpose = 'practice' AND gradepractice = 1 THEN 1 ELSE 0 END) AS graded,
                    SUM(evidence) AS evidence,
                    SUM(CASE WHEN subnet IS NULL OR subnet = '' THEN 0 ELSE 1 END) AS networks,
                    SUM(fromlast) AS earlier
               FROM {palier}"
        );
        $this->activities = (object) array_map('intval', (array) $counts);
    }

    /**
     * How long things are kept, Palier's and what Moodle keeps beside it.
     *
     * @return string[][] pairs
     */
    public function kept(): array {
        global $CFG;
        $backups = (array) get_config('backup');
        $bins = get_config('tool_recyclebin');
        return [
            [$this->text('kept_answers'), self::months(retention::response_months())],
            [$this->text('kept_results'), self::months(retention::result_months())],
            [$this->text('kept_task'), $this->task()],
            [$this->text('kept_logs'), $this->logs()],
            [$this->text('kept_notifications'), $this->text('kept_notifications_how', [
                'read' => self::seconds($CFG->messagingdeletereadnotificationsdelay ?? 0),
                'all' => self::seconds($CFG->messagingdeleteallnotificationsdelay ?? 0),
            ])],
            [$this->text('kept_bin'), empty($bins->coursebinenable)
                ? $this->text('notinuse') : self::seconds($bins->coursebinexpiry ?? 0)],
            [$this->text('kept_backups'), $this->backups($backups)],
        ];
    }

    /**
     * What is known of networks and devices.
     *
     * @return string[][] pairs
     */
    public function network(): array {
        return [
            [$this->text('network_own'), $this->text(get_config('mod_palier', 'keepdevice') ? 'network_device' : 'network_none')],
            [$this->text('network_bound'), $this->count($this->activities->networks)],
            [$this->text('network_logs'), $this->log_stores() ? implode(', ', $this->log_stores()) : $this->text('none')],
        ];
    }

    /**
     * What was chosen for activities, and what is done with answers.
     *
     * @return string[][] pairs
     */
    public function chosen(): array {
        global $CFG, $DB;
        $default = str_replace('_', '', plan_builder::defaults()['visibility']);
        $hours = intdiv(reminders::ahead(), HOURSECS);
        $notice = (string) get_config('mod_palier', 'noticeurl');
        return [
            [$this->text('chosen_default'), get_string("visibility_$default", 'mod_palier')],
            [$this->text('chosen_course'), $this->count($this->activities->number - $this->activities->shared)],
            [$this->text('chosen_shared'), $this->count($this->activities->shared)],
            [$this->text('chosen_practices'), $this->count($this->activities->practices - $this->activities->graded)],
            [$this->text('chosen_graded'), $this->count($this->activities->graded)],
            [$this->text('chosen_earlier'), $this->count($this->activities->earlier)],
            [$this->text('chosen_evidence'), $this->count($this->activities->evidence)],
            [$this->text('chosen_overrides'), (string) $DB->count_records('palier_override')],
            [$this->text('chosen_packages'), (string) $DB->count_records('palier_package')],
            [$this->text('chosen_calibrations'), (string) $DB->count_records('palier_calibration')],
            [$this->text('chosen_notice'), $notice === '' ? $this->text('chosen_notice_none') : $notice],
            [$this->text('chosen_reminders'), $hours ? $this->text('chosen_reminders_hours', $hours) : $this->text('none')],
            [$this->text('chosen_app'), get_string(empty($CFG->enablemobilewebservice) ? 'no' : 'yes')],
        ];
    }

    /**
     * Where levels are computed.
     *
     * @return string[][] pairs
     */
    public function engine(): array {
        $found = engine_factory::describe();
        $path = $found['path'];
        return [
            [$this->text('engine'), $this->text($found['works'] ? "engine_{$found['way']}" : 'engine_none', $path)],
            [$this->text('engine_network'), $this->text('engine_stays')],
        ];
    }

    /**
     * Who may see or process what is about others.
     *
     * @return string[][] pairs
     */
    public function who(): array {
        return array_map(
            fn(string $name): array => [get_string("palier:$name", 'mod_palier'), self::roles("mod/palier:$name")],
            self::CAPABILITIES
        );
    }

    /**
     * Roles that have a capability by the site's definition of them.
     *
     * @param string $capability
     * @return string their names
     */
    public static function roles(string $capability): string {
        $context = context_system::instance();
        $roles = get_roles_with_capability($capability, CAP_ALLOW, $context);
        $names = role_fix_names($roles, $context, ROLENAME_ORIGINAL, true);
        return $names ? implode(', ', $names) : get_string('protection_none', 'mod_palier');
    }

    /**
     * A time of months in words.
     *
     * @param int|null $months null for ever
     * @return string
     */
    public static function months(?int $months): string {
        return $months === null
            ? get_string('protection_forever', 'mod_palier')
            : get_string('nummonths', 'moodle', $months);
    }

    /**
     * Whether backups that the site makes by itself hold people's data.
     *
     * @return bool
     */
    public static function backs_up_people(): bool {
        return get_config('backup', 'backup_auto_active') == 1 && get_config('backup', 'backup_auto_users');
    }

    /**
     * A time of seconds in words.
     *
     * @param int|string $seconds 0 for ever
     * @return string
     */
    private static function seconds(int|string $seconds): string {
        return $seconds > 0 ? format_time((int) $seconds) : get_string('protection_forever', 'mod_palier');
    }

    /**
     * Whether what is past its time is erased.
     *
     * @return string
     */
    private function task(): string {
        $task = manager::get_scheduled_task(purge_expired::class);
        if (!$task || $task->get_disabled()) {
            return $this->text('kept_task_off');
        }
        $last = (int) $task->get_last_run_time();
        return $last
            ? $this->text('kept_task_last', userdate($last, get_string('strftimedatefullshort', 'langconfig')))
            : $this->text('kept_task_never');
    }

    /**
     * How long Moodle's own logs are kept.
     *
     * @return string
     */
    private function logs(): string {
        if (!isset($this->log_stores()['logstore_standard'])) {
            return $this->text('notinuse');
        }
        $days = (int) get_config('logstore_standard', 'loglifetime');
        return $days ? get_string('numdays', '', $days) : $this->text('forever');
    }

    /**
     * Where Moodle writes who read which page, from which address.
     *
     * @return string[] names by component
     */
    private function log_stores(): array {
        $names = [];
        foreach (array_filter(explode(',', (string) get_config('tool_log', 'enabled_stores'))) as $store) {
            $known = get_string_manager()->string_exists('pluginname', $store);
            $names[$store] = $known ? get_string('pluginname', $store) : $store;
        }
        return $names;
    }

    /**
     * What the site's own backups hold, and for how long.
     *
     * @param array $set
     * @return string
     */
    private function backups(array $set): string {
        if (($set['backup_auto_active'] ?? 0) != 1) {
            return $this->text('kept_backups_none');
        }
        $days = (int) ($set['backup_auto_delete_days'] ?? 0);
        $many = (int) ($set['backup_auto_max_kept'] ?? 0);
        return implode(' ', array_filter([
            $this->text(self::backs_up_people() ? 'kept_backups_people' : 'kept_backups_nobody'),
            $days ? $this->text('kept_backups_days', $days) : '',
            $many ? $this->text('kept_backups_many', $many) : '',
            $days || $many ? '' : $this->text('kept_backups_forever'),
        ]));
    }

    /**
     * So many of all activities.
     *
     * @param int $count
     * @return string
     */
    private function count(int $count): string {
        return $this->text('count', ['count' => $count, 'of' => $this->activities->number]);
    }

    /**
     * A string of the sheet.
     *
     * @param string $key
     * @param mixed $a
     * @return string
     */
    private function text(string $key, mixed $a = null): string {
        return get_string("protection_$key", 'mod_palier', $a);
    }
}
