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

namespace mod_palier\local\attempt;

use mod_palier\local\report\visible_learners;
use question_attempt;
use question_display_options;
use question_state;

/**
 * What the person who asks may do with an attempt. When one may begin is {@see start_rules}.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class attempt_access {
    /**
     * Access to an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt whose access it is */
        protected attempt $attempt,
    ) {
    }

    /**
     * Whether this person may read its result and its story.
     *
     * @return bool
     */
    public function may_review(): bool {
        global $USER;
        if ($this->attempt->userid == $USER->id) {
            return $this->attempt->preview || has_any_capability(
                ['mod/palier:reviewmyattempts', 'mod/palier:viewreports'],
                $this->attempt->context()
            );
        }
        return visible_learners::may_read($this->attempt->context(), $this->attempt->id);
    }

    /**
     * Whether this person may do its steps.
     *
     * @return bool
     */
    public function may_answer(): bool {
        global $USER;
        $capability = $this->attempt->preview ? 'mod/palier:preview' : 'mod/palier:attempt';
        return $this->attempt->userid == $USER->id && has_capability($capability, $this->attempt->context());
    }

    /**
     * Why this person may do nothing in an open attempt that is the person's own, and see no question of it, from where the request
     * comes: the network of the test. A preview goes on everywhere.
     *
     * @return string|null null where nothing is against it
     */
    public function reason_not_from_here(): ?string {
        global $USER;
        $bound = $this->attempt->is_open() && !$this->attempt->preview && $this->attempt->userid == $USER->id;
        return $bound ? access_rules::reason_of_network($this->attempt->subnet) : null;
    }

    /**
     * Whether this person may get a file of a question shown.
     *
     * @param int $slot
     * @param string $component
     * @param string $filearea
     * @param array $args
     * @param bool $forcedownload
     * @return bool
     */
    public function may_see_file(int $slot, string $component, string $filearea, array $args, bool $forcedownload): bool {
        if (!$this->may_see_questions()) {
            return false;
        }
        $quba = slot_usage::load($this->attempt->qubaid, $slot);
        if (!in_array($slot, $quba->get_slots())) {
            return false;
        }
        $qa = $quba->get_question_attempt($slot);
        $options = $this->attempt->is_practice() && self::is_answered($qa) ? self::feedback_options($qa) : self::display_options();
        return $quba->check_file_access($slot, $options, $component, $filearea, $args, $forcedownload);
    }

    /**
     * Whether this person may see right and wrong at a question: in a practice, once it is answered.
     *
     * @param int $slot
     * @return bool
     */
    public function may_see_feedback(int $slot): bool {
        if (!$this->attempt->is_practice() || !$this->may_see_questions()) {
            return false;
        }
        $quba = slot_usage::load($this->attempt->qubaid, $slot);
        return in_array($slot, $quba->get_slots()) && self::is_answered($quba->get_question_attempt($slot));
    }

    /**
     * Whether this person may see questions of the attempt now.
     *
     * @return bool
     */
    private function may_see_questions(): bool {
        return ($this->may_answer() || $this->may_review()) && $this->reason_not_from_here() === null;
    }

    /**
     * Whether a question is done with.
     *
     * @param question_attempt $qa
     * @return bool
     */
    private static function is_answered(question_attempt $qa): bool {
        return $qa->get_state()->is_finished();
    }

    /**
     * How a question is shown once it is answered, in a practice: with right and wrong, the right answer and all feedback.
     * Who did not know reads the right answer, and not that an answer was wrong.
     *
     * @param question_attempt $qa
     * @return question_display_options
     */
    public static function feedback_options(question_attempt $qa): question_display_options {
        $options = self::display_options();
        $options->readonly = true;
        $ofanswers = $qa->get_state() == question_state::$gaveup ? [] : ['correctness', 'feedback', 'numpartscorrect'];
        foreach ([...$ofanswers, 'generalfeedback', 'rightanswer'] as $part) {
            $options->$part = question_display_options::VISIBLE;
        }
        return $options;
    }

    /**
     * How questions are shown: nothing that tells right from wrong.
     *
     * @return question_display_options
     */
    public static function display_options(): question_display_options {
        $options = new question_display_options();
        $options->hide_all_feedback();
        $options->marks = question_display_options::HIDDEN;
        $options->flags = question_display_options::HIDDEN;
        $options->history = question_display_options::HIDDEN;
        $options->versioninfo = question_display_options::HIDDEN;
        return $options;
    }
}
