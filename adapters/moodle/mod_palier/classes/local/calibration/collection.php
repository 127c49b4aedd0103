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

use mod_palier\local\bank\gradable;
use stdClass;

/**
 * The answers that a choice gives: of each person one to each question, and what was left out, and why.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class collection {
    /** @var int answers that one calibration may have. */
    public const MAXANSWERS = 1000000;

    /** @var int questions that one calibration may have. */
    public const MAXQUESTIONS = 20000;

    /** @var string[] why answers are left out, in the order in which they are told. */
    public const REASONS = [
        'preview', 'unfinished', 'unshared', 'package', 'group', 'behaviour', 'version', 'nomark', 'blank', 'dropped', 'repeated',
    ];

    /** @var float[][] parts of the marks, by person and question bank entry. */
    private array $marks = [];

    /** @var int[][] when the attempt began, likewise. */
    private array $times = [];

    /** @var int[][] how long the answer took, milliseconds, where that is known, likewise. */
    private array $ms = [];

    /** @var string[][] in what answers were given (quiz, test, practice), by person and that. */
    private array $modes = [];

    /** @var string[][] on what answers were given (device::KINDS), where that is known, likewise. */
    private array $devices = [];

    /** @var int[] answers that were left out, by reason. */
    public array $leftout = [];

    /** @var int answers that count. */
    public int $answers = 0;

    /** @var bool whether there are more than one calibration takes. */
    public bool $toomany = false;

    /** @var sources where they come from. */
    public readonly sources $sources;

    /** @var bool[] members of the groups that are left out. */
    private readonly array $members;

    /**
     * Reads the answers.
     *
     * @param choice $choice
     * @param stdClass[] $questions of bank_builder::questions(), by question bank entry: those that are calibrated
     */
    public function __construct(
        /** @var choice what was chosen */
        private readonly choice $choice,
        /** @var stdClass[] the test's questions */
        private array $questions,
    ) {
        $this->questions = array_filter($questions, fn($question) => gradable::is_gradable($question->qtype)
            && (!$choice->category || $question->questioncategoryid == $choice->category));
        $this->sources = new sources($choice);
        $this->members = $choice->left_out_members();
        $categories = array_unique(array_column($this->questions, 'questioncategoryid'));
        $this->take_all(quiz_answers::read($this->sources->instances['quiz'], $choice, $categories));
        $this->take_all((new palier_answers())->read($this->sources->instances['palier'], $choice));
        $this->toomany = $this->toomany || count($this->questions()) > self::MAXQUESTIONS;
    }

    /**
     * Why one calibration does not take so many.
     *
     * @return string
     */
    public static function limits(): string {
        return get_string('calibrate_toomany', 'mod_palier', ['answers' => self::MAXANSWERS, 'questions' => self::MAXQUESTIONS]);
    }

    /**
     * Takes the answers of one kind of activity.
     *
     * @param iterable $read
     */
    private function take_all(iterable $read): void {
        foreach ($read as $answer) {
            if (!isset($this->questions[$answer['entry']])) {
                continue;
            }
            $against = $answer['against'] ?? $this->against($answer);
            if ($against !== null) {
                $this->leftout[$against] = 1 + ($this->leftout[$against] ?? 0);
            } else {
                $this->marks[$answer['user']][$answer['entry']] = $answer['fraction'];
                $this->times[$answer['user']][$answer['entry']] = $answer['time'];
                $this->modes[$answer['user']][$answer['mode']] = $answer['mode'];
                if (isset($answer['device'])) {
                    $this->devices[$answer['user']][$answer['device']] = $answer['device'];
                }
                unset($this->ms[$answer['user']][$answer['entry']]);
                if ($answer['ms'] !== null) {
                    $this->ms[$answer['user']][$answer['entry']] = $answer['ms'];
                }
            }
            if ($this->answers > self::MAXANSWERS) {
                $this->toomany = true;
                return;
            }
        }
    }

    /**
     * Why an answer is left out.
     *
     * @param array $answer
     * @return string|null
     */
    private function against(array $answer): ?string {
        if (isset($this->members[$answer['user']])) {
            return 'group';
        }
        if ($this->choice->versions === 'present' && $answer['question'] !== (int) $this->questions[$answer['entry']]->questionid) {
            return 'version';
        }
        $other = $this->times[$answer['user']][$answer['entry']] ?? null;
        if ($other === null) {
            $this->answers++;
            return null;
        }
        $later = $answer['time'] >= $other;
        if ($later === ($this->choice->which === 'last')) {
            // It takes the place of the one that was there.
            $this->leftout['repeated'] = 1 + ($this->leftout['repeated'] ?? 0);
            return null;
        }
        return 'repeated';
    }

    /**
     * The questions that have answers.
     *
     * @return stdClass[] by question bank entry
     */
    public function questions(): array {
        $answered = [];
        foreach ($this->marks as $marks) {
            $answered += $marks;
        }
        return array_intersect_key($this->questions, $answered);
    }

    /**
     * How many persons there are.
     *
     * @return int
     */
    public function persons(): int {
        return count($this->marks);
    }

    /**
     * How many answers each of the test's questions has, and the mean of their marks.
     *
     * @return array[] ['answers' => int, 'mean' => float|null] by question bank entry
     */
    public function by_question(): array {
        $found = array_map(fn() => ['answers' => 0, 'mean' => null], $this->questions);
        foreach ($this->marks as $marks) {
            foreach ($marks as $entryid => $mark) {
                $found[$entryid]['answers']++;
                $found[$entryid]['mean'] += $mark;
            }
        }
        return array_map(
            fn($one) => $one['answers'] ? ['mean' => $one['mean'] / $one['answers']] + $one : $one,
            $found
        );
    }

    /**
     * What is kept of it: numbers alone.
     *
     * @return array
     */
    public function counts(): array {
        return [
            'persons' => $this->persons(),
            'answers' => $this->answers,
            'questions' => count($this->questions()),
            'quizzes' => count($this->sources->instances['quiz']),
            'tests' => count($this->sources->instances['palier']),
            'closed' => $this->sources->closed,
            'leftout' => array_replace(array_intersect_key(array_flip(self::REASONS), $this->leftout), $this->leftout),
        ];
    }

    /**
     * In what persons answered.
     *
     * @return string[][] quiz, test, practice, by user, in the order in which the engine has them
     */
    public function modes(): array {
        return $this->modes;
    }

    /**
     * On what persons answered, those of whom it is known.
     *
     * @return string[][] device::KINDS, by user
     */
    public function devices(): array {
        return $this->devices;
    }

    /**
     * The answers as the engine takes them. Persons are numbered afresh: nothing of them is there but their answers.
     *
     * @param int[] $places place of each question among the items, by question bank entry; those of others are left out
     * @return array[] persons: pairs of a place and a part of the marks; when: the order of answers in time; ms: how long they
     *     took; of each a list for each person
     */
    public function for_engine(array $places): array {
        $persons = $when = $ms = [];
        foreach ($this->marks as $user => $marks) {
            $pairs = $times = $took = [];
            foreach (array_intersect_key($marks, $places) as $entryid => $mark) {
                array_push($pairs, $places[$entryid], $mark);
                $times[] = $this->times[$user][$entryid];
                $took[] = $this->ms[$user][$entryid] ?? null;
            }
            $persons[] = $pairs;
            $when[] = $times;
            $ms[] = $took;
        }
        return ['persons' => $persons, 'when' => $when, 'ms' => $ms];
    }
}
