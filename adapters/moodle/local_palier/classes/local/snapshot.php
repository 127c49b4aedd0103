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

use stdClass;

/**
 * A map of a campaign as it was published: a table that never changes, and that holds no person.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class snapshot {
    /** @var string it is being made. */
    public const WAITING = 'waiting';

    /** @var string it is published. */
    public const MADE = 'made';

    /** @var string there were too few people to tell anything. */
    public const TOO_FEW = 'toofew';

    /** @var string its test tells one level, so that there is nothing to map. */
    public const ONE_LEVEL = 'onelevel';

    /** @var int its row. */
    public readonly int $id;

    /** @var int campaign that it is about. */
    public readonly int $campaignid;

    /** @var int when it was asked for: 202611. */
    public readonly int $month;

    /** @var string what it is now. */
    public readonly string $state;

    /** @var int how much of it is done, in percent. */
    public readonly int $progress;

    /**
     * @var array|null what is published, null before. least; bands, as of {@see \mod_palier\api::scales_of_activity()}; lines:
     *     groups (names), people, members (null where not known), the total last; rows: id, name, domain (whether it is one)
     *     and cells, by line: from and to (columns), people, share, low and high (percent; null where no share is told), above,
     *     by level: share, low and high of everybody from that level on, where it may be told; since: wave that changes are
     *     told from, or null; changes, by row and line: people (at least so many), value, low and high in levels, or null
     */
    public readonly ?array $table;

    /**
     * Constructor.
     *
     * @param stdClass $row
     */
    public function __construct(stdClass $row) {
        $this->id = (int) $row->id;
        $this->campaignid = (int) $row->campaignid;
        $this->month = (int) $row->month;
        $this->state = $row->state;
        $this->progress = (int) $row->progress;
        $this->table = isset($row->published) ? json_decode($row->published, true) : null;
    }
}
