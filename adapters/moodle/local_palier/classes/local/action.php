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
 * A line of a plan of action: an indicator of an action, what it is measured by, and its target.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class action {
    /** @var string share of people who are at a level of a competence or above. */
    public const LEVEL = 'level';

    /** @var string share of those invited who are counted in the map. */
    public const PARTICIPATION = 'participation';

    /** @var string share of those who answer a question on their context with yes. */
    public const CONTEXT = 'context';

    /** @var string[] what may be measured. */
    public const MEASURES = [self::LEVEL, self::PARTICIPATION, self::CONTEXT];

    /** @var string axis. To be escaped. */
    public readonly string $axis;

    /** @var string action. To be escaped. */
    public readonly string $action;

    /** @var string indicator. To be escaped. */
    public readonly string $indicator;

    /** @var int first campaign of its waves. */
    public readonly int $campaignid;

    /** @var string one of MEASURES. */
    public readonly string $measure;

    /** @var string|null id of a competence in the test. */
    public readonly ?string $competence;

    /** @var int|null from which level on. */
    public readonly ?int $level;

    /** @var string|null question that is answered with yes. */
    public readonly ?string $question;

    /** @var int percent of people. */
    public readonly int $target;

    /** @var int until when: 20261231. */
    public readonly int $duedate;

    /**
     * Constructor.
     *
     * @param stdClass $row
     */
    public function __construct(stdClass $row) {
        $this->axis = $row->axis;
        $this->action = $row->action;
        $this->indicator = $row->indicator;
        $this->campaignid = (int) $row->campaignid;
        $this->measure = $row->measure;
        $this->competence = $row->competence;
        $this->level = $row->level === null ? null : (int) $row->level;
        $this->question = $row->question;
        $this->target = (int) $row->target;
        $this->duedate = (int) $row->duedate;
    }
}
