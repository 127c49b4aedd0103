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

namespace mod_palier\local\contest;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use stdClass;

/**
 * A thread between a learner and those who answer for a test: about one question, about the result, or a request to go on
 * with someone.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest {
    /** @var string About a question. */
    public const QUESTION = 'question';

    /** @var string About the result. */
    public const RESULT = 'result';

    /** @var string Asks for a person to go on with. */
    public const TOGETHER = 'together';

    /** @var string Asks for the questions on paper. */
    public const PAPER = 'paper';

    /** @var string[] What a thread may be about. */
    public const KINDS = [self::QUESTION, self::RESULT, self::TOGETHER, self::PAPER];

    /** @var string Nobody decided yet. */
    public const OPEN = 'open';

    /** @var string The question and the result stay. */
    public const KEPT = 'kept';

    /** @var string The question no longer counts, and the result was made again. */
    public const DROPPED = 'dropped';

    /** @var string The learner may take the test once more. */
    public const RETEST = 'retest';

    /** @var string[] What may be decided. */
    public const DECISIONS = [self::KEPT, self::DROPPED, self::RETEST];

    /** @var int Longest message, in characters. */
    public const MAX_LENGTH = 4000;

    /** @var int Most messages of a thread. */
    public const MAX_MESSAGES = 100;

    /** @var int Id of the row. */
    public int $id;

    /** @var int The activity. */
    public int $palierid;

    /** @var int The attempt. */
    public int $attemptid;

    /** @var int The learner. */
    public int $userid;

    /** @var string One of KINDS. */
    public string $kind;

    /** @var int The slot of the question; 0 of none. */
    public int $slot;

    /** @var string|null The item of the question. */
    public ?string $item;

    /** @var int|null The question. */
    public ?int $questionid;

    /** @var string OPEN, or one of DECISIONS. */
    public string $status;

    /** @var int When it was opened. */
    public int $timecreated;

    /** @var int When something was last written or decided. */
    public int $timemodified;

    /** @var attempt|null Its attempt. */
    protected ?attempt $attempt = null;

    /**
     * A thread out of a row.
     *
     * @param stdClass $row of palier_contest
     */
    public function __construct(stdClass $row) {
        foreach (['id', 'palierid', 'attemptid', 'userid', 'slot', 'timecreated', 'timemodified'] as $field) {
            $this->$field = (int) $row->$field;
        }
        $this->kind = $row->kind;
        $this->status = $row->status;
        $this->item = $row->item ?? null;
        $this->questionid = isset($row->questionid) ? (int) $row->questionid : null;
    }

    /**
     * Whether nobody has decided yet.
     *
     * @return bool
     */
    public function is_open(): bool {
        return $this->status === self::OPEN;
    }

    /**
     * The attempt that it is about.
     *
     * @return attempt
     */
    public function attempt(): attempt {
        return $this->attempt ??= attempt_repository::load($this->attemptid);
    }

    /**
     * What may be decided: a question may be dropped, and a result be measured again once the test is over.
     *
     * @return string[] of DECISIONS
     */
    public function possible_decisions(): array {
        $possible = [self::KEPT];
        if ($this->kind === self::QUESTION) {
            $possible[] = self::DROPPED;
        }
        if (!$this->attempt()->is_open()) {
            $possible[] = self::RETEST;
        }
        return in_array($this->kind, [self::QUESTION, self::RESULT]) ? $possible : [];
    }

    /**
     * What a thread is about, in words.
     *
     * @param string $kind of KINDS
     * @param int $slot
     * @return string
     */
    public static function title(string $kind, int $slot): string {
        return match ($kind) {
            self::QUESTION => get_string('questionn', 'mod_palier', $slot),
            self::TOGETHER => get_string('calm_together', 'mod_palier'),
            self::PAPER => get_string('calm_paper', 'mod_palier'),
            default => get_string('contest_title_result', 'mod_palier'),
        };
    }

    /**
     * Its page.
     *
     * @return \core\url
     */
    public function url(): \core\url {
        return new \core\url('/mod/palier/contest.php', ['id' => $this->id]);
    }

    /**
     * A message as it is kept: plain text without surrounding space, in the site's encoding.
     *
     * @param string $text as it came from a form
     * @return string
     */
    public static function clean(string $text): string {
        return trim(str_replace(["\r\n", "\0"], ["\n", ''], fix_utf8($text)));
    }

    /**
     * A question or an answer as core's question engine sums it up, without the empty lines that its HTML leaves.
     *
     * @param string|null $summary
     * @param int $length most characters
     * @return string
     */
    public static function tidy(?string $summary, int $length = 600): string {
        $text = preg_replace('/[^\S\n]*\R\s*/u', "\n", (string) $summary);
        $text = str_replace(["\n; ", "\n: "], ['; ', ': '], preg_replace('/^\s+|\s+$/u', '', $text));
        return shorten_text($text, $length);
    }
}
