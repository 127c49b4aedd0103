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

namespace mod_palier\local\xapi;

use stdClass;

/**
 * One place that statements go to: an LRS, what it wants, whom it may know, and how sending to it goes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination {
    /** @var string Every statement. */
    public const ALL = 'all';

    /** @var string Results only. */
    public const RESULTS = 'results';

    /** @var string Statements with the verbs that were chosen. */
    public const VERBS = 'verbs';

    /** @var string Pause: the LRS refuses the key or its rights. */
    public const KEY = 'key';

    /** @var string Pause: the LRS refuses the version of xAPI. */
    public const VERSION = 'version';

    /** @var string Pause: the LRS refuses whatever is sent. */
    public const REFUSING = 'refusing';

    /** @var string Pause: the secret cannot be read on this server. */
    public const SECRET = 'secret';

    /** @var string[] Versions of xAPI that can be chosen. */
    public const VERSIONS = ['1.0.3', '2.0.0'];

    /**
     * A destination.
     *
     * @param int $id 0 while it is not stored
     * @param string $name
     * @param string $endpoint without a slash at its end
     * @param string $key
     * @param string $secret
     * @param string $version
     * @param string $actorpolicy
     * @param string $wanted
     * @param string[] $verbs
     * @param int[] $categories
     * @param int[] $courses
     * @param int $since
     * @param int|null $backfill
     * @param bool $enabled
     * @param string|null $paused
     * @param int $nexttry
     * @param int $failures
     * @param int $refusals
     * @param string $lasterror
     * @param int $lastsent
     * @param int $timeremoved
     * @param int $timepaused
     * @param int $timemodified
     */
    public function __construct(
        /** @var int Its row in palier_destination; 0 while it is not stored. */
        public readonly int $id,
        /** @var string What administrators call it. */
        public readonly string $name,
        /** @var string Address of the xAPI resources, without a slash at its end. */
        public readonly string $endpoint,
        /** @var string Name that the LRS knows this site by. */
        public readonly string $key,
        #[\SensitiveParameter]
        /** @var string|null Password of that name; null when it cannot be read. */
        public readonly ?string $secret,
        /** @var string Version of xAPI. */
        public readonly string $version = '1.0.3',
        /** @var string How learners are named, a constant of actor. */
        public readonly string $actorpolicy = actor::OPAQUE,
        /** @var string Which statements it wants: ALL, RESULTS or VERBS. */
        public readonly string $wanted = self::ALL,
        /** @var string[] The verbs of VERBS. */
        public readonly array $verbs = [],
        /** @var int[] Course categories that it wants statements of; with no courses either, all. */
        public readonly array $categories = [],
        /** @var int[] Courses that it wants statements of. */
        public readonly array $courses = [],
        /** @var int Statements written before are not sent. */
        public readonly int $since = 0,
        /** @var int|null Older statements up to this id have been looked at; null when all have. */
        public readonly ?int $backfill = null,
        /** @var bool Whether no administrator paused it. */
        public readonly bool $enabled = true,
        /** @var string|null Why it paused by itself; null while it did not. */
        public readonly ?string $paused = null,
        /** @var int When sending is tried again after a failure; 0 when the last try went well. */
        public readonly int $nexttry = 0,
        /** @var int Failures since the last success. */
        public readonly int $failures = 0,
        /** @var int Statements refused one after another. */
        public readonly int $refusals = 0,
        /** @var string What went wrong last, in the LRS's words. */
        public readonly string $lasterror = '',
        /** @var int When it last took a statement. */
        public readonly int $lastsent = 0,
        /** @var int When it was removed; 0 while it is in use. */
        public readonly int $timeremoved = 0,
        /** @var int When it paused by itself. */
        public readonly int $timepaused = 0,
        /** @var int When an administrator last changed it. */
        public readonly int $timemodified = 0,
    ) {
    }

    /**
     * A destination from its row.
     *
     * @param stdClass $row of palier_destination
     * @return self
     */
    public static function from_row(stdClass $row): self {
        $list = fn(?string $text): array => array_values(array_filter(explode(',', (string) $text), 'strlen'));
        return new self(
            (int) $row->id,
            $row->name,
            $row->endpoint,
            $row->lrskey,
            secret::reveal($row->secret),
            $row->version,
            $row->actorpolicy,
            $row->wanted,
            $list($row->verbs),
            array_map('intval', $list($row->categories)),
            array_map('intval', $list($row->courses)),
            (int) $row->since,
            $row->backfill === null ? null : (int) $row->backfill,
            (bool) $row->enabled,
            $row->paused,
            (int) $row->nexttry,
            (int) $row->failures,
            (int) $row->refusals,
            (string) $row->lasterror,
            (int) $row->lastsent,
            (int) $row->timeremoved,
            (int) $row->timepaused,
            (int) $row->timemodified,
        );
    }

    /**
     * Whether anything is sent to it: nobody paused it, and it did not pause by itself.
     *
     * @return bool
     */
    public function is_active(): bool {
        return $this->enabled && $this->paused === null && !$this->timeremoved;
    }
}
