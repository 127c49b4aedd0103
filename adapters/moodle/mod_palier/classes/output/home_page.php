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

use cm_info;
use core\clock;
use core\di;
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\hook\before_attempt_start;
use mod_palier\local\attempt\access_rules;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\earlier_result;
use mod_palier\local\attempt\self_placement;
use mod_palier\local\attempt\start_rules;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\grading_method;
use mod_palier\local\test\duration;
use mod_palier\local\test\last_check;
use mod_palier\local\test\overrides;
use stdClass;

/**
 * The page before the test: what it is for, who sees what, how long, and one button.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class home_page implements named_templatable, renderable {
    /** @var stdClass|null the activity as it is for this person */
    private ?stdClass $mine = null;

    /**
     * The home page of an activity.
     *
     * @param stdClass $palier row of palier
     * @param cm_info $cm
     * @param int $userid who reads it
     */
    public function __construct(
        /** @var stdClass the activity */
        protected stdClass $palier,
        /** @var cm_info the course module */
        protected cm_info $cm,
        /** @var int who reads it */
        protected int $userid,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/home_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $context = $this->cm->context;
        $mayattempt = has_capability('mod/palier:attempt', $context, null, false);
        $maypreview = has_capability('mod/palier:preview', $context);
        $attempts = $mayattempt ? attempt_repository::of_user($this->palier->id, $this->userid) : [];
        $open = array_values(array_filter($attempts, fn(attempt $attempt) => $attempt->is_open()))[0] ?? null;
        $todo = $maypreview && has_capability('mod/palier:manageparameters', $context)
            ? last_check::to_do($this->palier, $context) : null;
        $reason = match (true) {
            !$mayattempt && !$maypreview => get_string('notenrolled', 'mod_palier'),
            $open || !$mayattempt => null,
            default => $this->reason($attempts),
        };
        $finished = (bool) array_filter($attempts, fn(attempt $attempt) => !$attempt->is_open());
        $paused = $open && $open->log()->is_paused();
        return [
            'about' => $this->about(
                $finished && $reason === null && $mayattempt,
                $open || $reason !== null ? null : new earlier_result($this->palier, $attempts)
            ),
            'noticeurl' => (string) get_config('mod_palier', 'noticeurl'),
            'action' => (new url($open ? '/mod/palier/step.php' : '/mod/palier/start.php'))->out(false),
            'id' => $this->cm->id,
            'sesskey' => sesskey(),
            'attempt' => $open?->id,
            'paused' => $paused,
            'canbegin' => $mayattempt && $reason === null,
            'reason' => $reason,
            'password' => $mayattempt && $reason === null && !$open && (new access_rules($this->mine()))->has_password(),
            'placement' => $mayattempt && $reason === null && !$open ? $this->placement() : false,
            'trialurl' => $mayattempt && $reason === null && !$open
                ? (new url('/mod/palier/trial.php', ['id' => $this->cm->id]))->out(false) : null,
            'label' => get_string(match (true) {
                (bool) $open => 'resumeattempt',
                (bool) $attempts => 'again',
                default => 'begin',
            }, 'mod_palier'),
            'doubt' => $open ? question_page::doubt($open->known()) : null,
            'todo' => $todo ? (new check_result($todo, $this->cm->id))->export_for_template($output) : false,
            'todotitle' => $todo ? get_string($todo->canrun ? 'todo_canrun' : 'todo', 'mod_palier') : '',
            'canpreview' => $maypreview && !($todo?->is_empty() ?? false),
            'previewurl' => (new url('/mod/palier/start.php'))->out(false),
            'results' => $this->results($attempts),
            'hasresults' => $finished,
        ];
    }

    /**
     * Where a learner believes to be, where the teacher has it asked.
     *
     * @return array|false
     */
    protected function placement(): array|false {
        $placement = new self_placement($this->palier);
        $levels = $placement->levels();
        $options = array_map(
            fn(int $number, string $name): array => ['number' => $number, 'name' => $name],
            array_keys($levels),
            $levels
        );
        $questions = array_map(fn(array $question): array => $question + ['levels' => $options], $placement->questions());
        return $questions ? ['questions' => $questions] : false;
    }

    /**
     * The activity as it is for this person.
     *
     * @return stdClass
     */
    protected function mine(): stdClass {
        return $this->mine ??= overrides::for_user($this->palier, $this->userid);
    }

    /**
     * Why the test cannot begin now.
     *
     * @param attempt[] $attempts
     * @return string|null
     */
    protected function reason(array $attempts): ?string {
        return (new start_rules($this->mine(), di::get(clock::class)->time()))->reason_not_to_start($attempts)
            ?? access_rules::reason_of_network((string) ($this->palier->subnet ?? ''))
            ?? before_attempt_start::ask((int) $this->palier->id, $this->cm->context, $this->userid)
            ?? (engine_factory::find() ? null : get_string('engineaway_start', 'mod_palier'))
            ?? (last_check::is_ready($this->palier, $this->cm->context) ? null : get_string('notreadyyet', 'mod_palier'));
    }

    /**
     * What to know before.
     *
     * @param bool $retake whether there is a result, and there may be another
     * @param earlier_result|null $earlier what counts from the beginning of the next attempt
     * @return array
     */
    protected function about(bool $retake, ?earlier_result $earlier): array {
        $purpose = in_array($this->palier->purpose, ['practice', 'threshold']) ? $this->palier->purpose : 'positioning';
        $graded = $purpose === 'practice' && !empty($this->palier->gradepractice);
        $about = [
            [get_string('about_purpose', 'mod_palier'), get_string("about_$purpose" . ($graded ? 'graded' : ''), 'mod_palier')],
            [
                get_string('about_whosees', 'mod_palier'),
                get_string(
                    $this->palier->visibility === 'after_sharing' ? 'about_whosees_sharing' : 'about_whosees_course',
                    'mod_palier'
                ),
            ],
            [
                get_string('about_time', 'mod_palier'),
                (last_check::of($this->palier)['canrun'] ?? true) ? duration::announce($this->palier, $this->mine()->plan) : '',
            ],
            [get_string('about_unknown', 'mod_palier'), get_string('about_unknown_text', 'mod_palier')],
        ];
        if ($retake) {
            $about[] = [get_string('about_retake', 'mod_palier'), $this->retake()];
        }
        if ($earlier?->scales) {
            $about[] = [get_string('about_earlier', 'mod_palier'), get_string(
                'about_earlier_text',
                'mod_palier',
                userdate($earlier->attempt->timefinish, get_string('strftimedate', 'core_langconfig'))
            )];
        }
        $about = array_filter($about, fn(array $line) => $line[1] !== '');
        return array_values(array_map(fn(array $line) => ['term' => $line[0], 'text' => $line[1]], $about));
    }

    /**
     * Which result counts, and that a retake can be broken off.
     *
     * @return string
     */
    protected function retake(): string {
        $sentences = [get_string("retake_{$this->palier->grademethod}", 'mod_palier')];
        if ($this->palier->visibility === 'after_sharing') {
            $sentences[] = get_string('retake_shared', 'mod_palier');
        }
        $sentences[] = get_string('retake_brokenoff', 'mod_palier');
        return implode(' ', $sentences);
    }

    /**
     * Which of the results count, where they differ: those that may be counted, by the grading method.
     *
     * @param attempt[] $attempts
     * @return int[] ids; none where it is plain
     */
    protected function counting(array $attempts): array {
        $finished = array_values(array_filter(
            $attempts,
            fn(attempt $attempt) => !$attempt->is_open() && $attempt->is_shared() && $attempt->packageid === null
        ));
        if (count($finished) < 2 || $this->palier->grademethod === grading_method::AVERAGE) {
            return [];
        }
        return array_column(grading_method::counting($this->palier->grademethod, $finished), 'id');
    }

    /**
     * The results so far, newest first.
     *
     * @param attempt[] $attempts
     * @return array
     */
    protected function results(array $attempts): array {
        $results = [];
        $counting = $this->counting($attempts);
        foreach (array_reverse($attempts) as $attempt) {
            if (!$attempt->is_open()) {
                $readable = $attempt->access()->may_review();
                $results[] = [
                    'url' => $readable ? (new url('/mod/palier/result.php', ['attempt' => $attempt->id]))->out(false) : '',
                    'title' => get_string('attemptn', 'mod_palier', [
                        'number' => $attempt->attempt,
                        'date' => userdate($attempt->timefinish, get_string('strftimedate', 'core_langconfig')),
                    ]),
                    'result' => $readable ? (new result_words($attempt->known()))->sentence() : '',
                    'counts' => in_array($attempt->id, $counting, true),
                ];
            }
        }
        return $results;
    }
}
