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
use mod_palier\api;
use moodle_url;
use stdClass;

/**
 * A test that is offered to people for a stated purpose, in a window: one wave of a series, or alone.
 *
 * What it says is locked once it is launched: purpose, people, test, window and words.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class campaign {
    /** @var string it is being made. */
    public const DRAFT = 'draft';

    /** @var string it was launched, and its people are being enrolled. */
    public const LAUNCHING = 'launching';

    /** @var string it was launched. */
    public const OPEN = 'open';

    /** @var string it was ended before its window did. */
    public const CLOSED = 'closed';

    /** @var int its row. */
    public readonly int $id;

    /** @var int context of a course category, or the system's. */
    public readonly int $contextid;

    /** @var string its name. To be escaped. */
    public readonly string $name;

    /** @var string what it is for. To be escaped. */
    public readonly string $purpose;

    /** @var string what people read first. To be escaped. */
    public readonly string $landing;

    /** @var int wave, 0 for the first. */
    public readonly int $wave;

    /** @var int first campaign of its series. */
    public readonly int $series;

    /** @var int|null cohort that it is offered to; null for whoever has the code. */
    public readonly ?int $cohortid;

    /** @var int|null course module that its test is made of. */
    public readonly ?int $templateid;

    /** @var int|null course module of its test. */
    public readonly ?int $cmid;

    /** @var int|null level that its test asks for: whether it is reached. */
    public readonly ?int $floor;

    /**
     * Constructor.
     *
     * @param stdClass $row
     */
    public function __construct(
        /** @var stdClass its row. */
        public readonly stdClass $row
    ) {
        $this->id = (int) $row->id;
        $this->contextid = (int) $row->contextid;
        $this->name = $row->name;
        $this->purpose = $row->purpose;
        $this->landing = (string) $row->landing;
        $this->wave = (int) $row->wave;
        $this->series = (int) ($row->series ?? $row->id);
        $number = fn($value): ?int => $value === null ? null : (int) $value;
        $this->cohortid = $number($row->cohortid);
        $this->templateid = $number($row->templateid);
        $this->cmid = $number($row->cmid);
        $this->floor = $number($row->floorlevel);
    }

    /**
     * The context that it belongs to.
     *
     * @return context
     */
    public function context(): context {
        return context::instance_by_id($this->contextid);
    }

    /**
     * Whether it is being made.
     *
     * @return bool
     */
    public function is_draft(): bool {
        return $this->row->state === self::DRAFT;
    }

    /**
     * Whether it was launched and its people are not all enrolled yet.
     *
     * @return bool
     */
    public function is_launching(): bool {
        return $this->row->state === self::LAUNCHING;
    }

    /**
     * Whether all that a launch needs is said. Who may learn that a level is not reached learns whom to talk to.
     *
     * @return bool
     */
    public function is_complete(): bool {
        return $this->templateid !== null && $this->landing !== '' && $this->row->timeclose > $this->row->timeopen
            && ($this->row->floorlevel === null || $this->row->help !== null);
    }

    /**
     * Whether people may begin now.
     *
     * @return bool
     */
    public function is_open(): bool {
        $now = \core\di::get(\core\clock::class)->time();
        return $this->row->state === self::OPEN && $now >= $this->row->timeopen && !$this->is_over();
    }

    /**
     * Whether it is at its end.
     *
     * @return bool
     */
    public function is_over(): bool {
        $now = \core\di::get(\core\clock::class)->time();
        return $this->row->state === self::CLOSED || !$this->is_draft() && $this->row->timeclose && $now > $this->row->timeclose;
    }

    /**
     * What its test asks, as {@see api::check_test_of()} takes it.
     *
     * @return array
     */
    public function scope(): array {
        $number = fn($value): ?int => $value === null ? null : (int) $value;
        $scales = json_decode($this->row->scales ?? '[]', true);
        $named = !array_is_list($scales);
        return [
            'scales' => array_map('strval', $named ? array_keys($scales) : $scales),
            'tops' => $named ? array_filter($scales) : [],
            'top' => $number($this->row->toplevel),
            'questions' => $number($this->row->questions),
            'course' => $number($this->row->courseid),
            'floor' => $this->floor,
            'help' => (string) $this->row->help,
            // A wave is made of the test of the first one, which says who helped then.
            'instead' => $this->wave ? (string) campaigns::get($this->series)->row->help : null,
        ];
    }

    /**
     * The column of its competences: a list of those that are asked about, or by each the level up to which it is.
     *
     * @param string[] $ids
     * @param int[] $tops by id, where that is not the highest
     * @return string
     */
    public static function stored_scales(array $ids, array $tops): string {
        return json_encode($tops ? array_map(fn(string $id): ?int => $tops[$id] ?? null, array_combine($ids, $ids)) : $ids);
    }

    /**
     * The line of a profile that asks for the level which its test asks for.
     *
     * @return array|null as of {@see profiles::floors()}; null where there is none
     */
    public function floor_line(): ?array {
        global $DB;
        $line = $this->row->floorline ? $DB->get_record('local_palier_requirement', ['id' => $this->row->floorline]) : false;
        return $line ? [
            'profile' => profiles::get((int) $line->profileid),
            'competence' => $line->competence,
            'level' => (int) $line->level,
        ] : null;
    }

    /**
     * The page behind its link, its code and its QR code.
     *
     * @return moodle_url
     */
    public function join_url(): moodle_url {
        return new moodle_url('/local/palier/join.php', ['code' => $this->row->code]);
    }

    /**
     * What is said from which level on.
     *
     * @return stdClass[] rows, the lowest level first
     */
    public function stages(): array {
        return self::stages_of([$this->id])[$this->id];
    }

    /**
     * What is said from which level on, of campaigns.
     *
     * @param int[] $ids
     * @return stdClass[][] by campaign, rows as of stages()
     */
    public static function stages_of(array $ids): array {
        global $DB;
        $stages = array_fill_keys($ids, []);
        foreach ($DB->get_records_list('local_palier_stage', 'campaignid', $ids, 'level') as $stage) {
            $stages[$stage->campaignid][] = $stage;
        }
        return $stages;
    }

    /**
     * The place of a level among the stages.
     *
     * @param stdClass[] $stages of stages()
     * @param int|null $level null where none is told
     * @return int|null null where there is none
     */
    public static function stage_of(array $stages, ?int $level): ?int {
        $reached = $level === null ? [] : array_filter($stages, fn(stdClass $stage): bool => $stage->level <= $level);
        return array_key_last($reached);
    }

    /**
     * Its window in words.
     *
     * @return string
     */
    public function window(): string {
        $day = fn(int $time): string => userdate($time, get_string('strftimedaydatetime', 'langconfig'));
        return get_string('campaign_window', 'local_palier', [
            'from' => $day((int) $this->row->timeopen),
            'to' => $day((int) $this->row->timeclose),
        ]);
    }
}
