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

namespace mod_palier\output;

use core\clock;
use core\di;
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\attempt\answer_words;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\slot_usage;
use mod_palier\local\attempt\unsent;
use mod_palier\local\contest\contest;
use mod_palier\local\contest\contest_access;
use mod_palier\local\contest\contest_repository;
use mod_palier\local\test\overrides;

/**
 * A thread: what it is about, what was written, what was decided, and the form of the one who reads it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class contest_page implements named_templatable, renderable {
    /**
     * A thread, or the form that opens one.
     *
     * @param attempt $attempt
     * @param contest|null $contest null where it is to be opened
     * @param string $kind
     * @param int $slot
     * @param string $typed what the form had
     * @param string $error what was wrong with it
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
        /** @var contest|null the thread */
        protected ?contest $contest,
        /** @var string what it is about */
        protected string $kind,
        /** @var int slot of the question */
        protected int $slot,
        /** @var string what the form had */
        protected string $typed = '',
        /** @var string what was wrong */
        protected string $error = '',
    ) {
        $this->kind = $contest?->kind ?? $kind;
        $this->slot = $contest?->slot ?? $slot;
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/contest_page';
    }

    /**
     * The heading.
     *
     * @return string
     */
    public function title(): string {
        return contest::title($this->kind, $this->slot);
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $USER;
        $own = $this->attempt->userid == $USER->id;
        $decides = contest_access::may_decide($this->attempt);
        $contest = $this->contest;
        $messages = $contest ? $this->messages() : [];
        $others = array_filter($messages, fn($message) => !$message['bylearner']);
        return [
            'title' => $this->title(),
            'who' => $own ? '' : fullname(\core_user::get_user($this->attempt->userid)),
            'question' => $this->question($decides),
            'status' => $contest ? get_string("contest_status_{$contest->status}", 'mod_palier') : '',
            'messages' => $messages,
            'hasmessages' => (bool) $messages,
            'former' => $own ? self::versions($this->attempt) : [],
            'error' => $this->error,
            'typed' => \core_text::substr(contest::clean($this->typed), 0, 5 * contest::MAX_LENGTH),
            'maxlength' => contest::MAX_LENGTH,
            'action' => (new url('/mod/palier/contest.php'))->out(false),
            'sesskey' => sesskey(),
            'mark' => unsent::mark($this->attempt->id, unsent::MESSAGE, (int) $USER->id),
            'id' => $contest?->id,
            'attempt' => $this->attempt->id,
            'kind' => $this->kind,
            'slot' => $this->slot,
            'canopen' => !$contest && $own && contest_access::may_contest($this->attempt),
            'canreply' => $contest && ($decides || ($own && contest_access::may_contest($this->attempt))),
            'cantakeback' => $contest && $own && $contest->is_open() && !$others,
            'decisions' => $decides && $contest ? $this->decisions() : [],
            'canforall' => $decides && $contest && $contest->status !== contest::DROPPED
                && in_array(contest::DROPPED, $contest->possible_decisions())
                && contest_access::may_decide_for_all($this->attempt),
            'candecide' => $decides && $contest && $this->decisions(),
            'paperurl' => $decides && $this->kind === contest::PAPER && $this->attempt->is_open()
                ? (new url('/mod/palier/paper.php', ['attempt' => $this->attempt->id]))->out(false) : '',
            'backurl' => $this->back($own)->out(false),
            'back' => get_string(match (true) {
                !$own => 'contests',
                $this->attempt->is_open() => 'contest_backtotest',
                default => 'result',
            }, 'mod_palier'),
        ];
    }

    /**
     * Where one came from.
     *
     * @param bool $own
     * @return url
     */
    protected function back(bool $own): url {
        return match (true) {
            !$own => new url('/mod/palier/contests.php', ['id' => $this->attempt->cm()->id]),
            $this->attempt->is_open() => new url('/mod/palier/attempt.php', ['attempt' => $this->attempt->id]),
            default => new url('/mod/palier/result.php', ['attempt' => $this->attempt->id]),
        };
    }

    /**
     * The question and the answer, in words. The right answer is for those who decide.
     *
     * @param bool $decides
     * @return array|null
     */
    protected function question(bool $decides): ?array {
        if ($this->kind !== contest::QUESTION) {
            return null;
        }
        $quba = slot_usage::load($this->attempt->qubaid, $this->slot);
        if (!in_array($this->slot, $quba->get_slots())) {
            return null;
        }
        $qa = $quba->get_question_attempt($this->slot);
        $unknown = in_array($this->slot, self::unknown_slots($this->attempt));
        $answer = contest::tidy(answer_words::of($qa));
        $reporters = 0;
        if ($decides && $this->contest) {
            $item = (string) $this->contest->item;
            $found = contest_repository::reporters($this->attempt->context(), $this->attempt->palierid, [$item]);
            $reporters = (int) ($found[$item] ?? 0);
        }
        return [
            'text' => contest::tidy($qa->get_question_summary()),
            'answer' => match (true) {
                $unknown => get_string('idontknow', 'mod_palier'),
                $answer !== '' => $answer,
                default => get_string('contest_noanswer', 'mod_palier'),
            },
            'right' => $decides ? contest::tidy($qa->get_right_answer_summary()) : '',
            'reporters' => contests_page::reporters($reporters),
        ];
    }

    /**
     * Slots of questions that the learner did not know.
     *
     * @param attempt $attempt
     * @return int[]
     */
    protected static function unknown_slots(attempt $attempt): array {
        $unknown = array_filter($attempt->log()->events(), fn($event) => $event->type === 'unknown' && $event->slot);
        return array_map('intval', array_column($unknown, 'slot'));
    }

    /**
     * What was written.
     *
     * @return array[]
     */
    protected function messages(): array {
        global $USER;
        $names = [];
        $lines = [];
        foreach (contest_repository::messages($this->contest->id) as $message) {
            $user = $names[$message->userid] ??= $message->userid ? \core_user::get_user($message->userid) : false;
            $lines[] = [
                'who' => match (true) {
                    $message->userid == $USER->id => get_string('contest_you', 'mod_palier'),
                    (bool) $user => fullname($user),
                    default => get_string('contest_someone', 'mod_palier'),
                },
                'when' => userdate($message->timecreated, get_string('strftimedatetimeshort', 'core_langconfig')),
                'bylearner' => $message->userid == $this->contest->userid,
                'decision' => $message->decision ? get_string("contest_status_{$message->decision}", 'mod_palier') : '',
                'text' => $message->message,
            ];
        }
        return $lines;
    }

    /**
     * What may be decided.
     *
     * @return array[]
     */
    protected function decisions(): array {
        if ($this->contest->status === contest::DROPPED) {
            return [];
        }
        $closes = (int) overrides::for_user($this->attempt->palier(), $this->attempt->userid)->timeclose;
        $missing = $closes && di::get(clock::class)->time() >= $closes
            ? ' ' . get_string('contest_decide_retest_closed', 'mod_palier') : '';
        return array_map(fn($decision) => [
            'value' => $decision,
            'label' => get_string("contest_decide_$decision", 'mod_palier'),
            'text' => get_string("contest_decide_{$decision}_text", 'mod_palier')
                . ($decision === contest::RETEST ? $missing : ''),
        ], $this->contest->possible_decisions());
    }

    /**
     * The results of an attempt that was corrected: those before, then the one that holds, each with its date.
     *
     * @param attempt $attempt
     * @return array[] none where nothing was corrected
     */
    public static function versions(attempt $attempt): array {
        $former = contest_repository::former($attempt->id);
        if (!$former) {
            return [];
        }
        $date = fn($time) => userdate($time, get_string('strftimedatetimeshort', 'core_langconfig'));
        $lines = [];
        foreach ($former as $row) {
            $then = new attempt((object) [
                'palierid' => $attempt->palierid,
                'userid' => $attempt->userid,
                'state' => attempt::FINISHED,
                'result' => $row->result,
                'theta' => $row->theta,
                'level' => $row->level,
            ]);
            $lines[] = [
                'when' => $date($row->timecreated),
                'result' => result_words::of($then)->sentence(),
                'replaced' => $date($row->timereplaced),
                'reason' => (string) $row->reason,
            ];
        }
        $lines[] = [
            'when' => $date(end($former)->timereplaced),
            'result' => result_words::of($attempt)->sentence(),
            'now' => true,
        ];
        return $lines;
    }
}
