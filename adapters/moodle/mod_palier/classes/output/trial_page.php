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
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;

/**
 * A question to try with, or what is said of its answer. It looks as a question of a test does, is in no bank, and no answer of
 * it is kept.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class trial_page implements named_templatable, renderable {
    /** @var array[] By number: how it is answered, and what is right; the texts are strings trial_NUMBER, trial_NUMBER_ANSWER. */
    private const QUESTIONS = [
        1 => ['type' => 'radio', 'answers' => ['a', 'b', 'c'], 'right' => ['a']],
        2 => ['type' => 'checkbox', 'answers' => ['a', 'b', 'c', 'd'], 'right' => ['a', 'c']],
        3 => ['type' => 'text', 'answers' => [], 'right' => ['7']],
    ];

    /**
     * One of the questions.
     *
     * @param cm_info $cm the test
     * @param int $number from 1; what is beyond is the last
     * @param string $do empty: the question; answer, unknown: what was done
     * @param string[] $answer what was chosen, or written
     */
    public function __construct(
        /** @var cm_info the test */
        protected cm_info $cm,
        /** @var int from 1 */
        protected int $number,
        /** @var string what was done */
        protected string $do,
        /** @var string[] what was chosen, or written */
        protected array $answer,
    ) {
        $this->number = min(max(1, $number), count(self::QUESTIONS));
        $this->answer = array_values(array_filter(array_map('trim', $answer), fn(string $one): bool => $one !== ''));
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/trial_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $question = self::QUESTIONS[$this->number];
        $nothing = $this->do === 'answer' && !$this->answer;
        $said = $nothing ? null : match ($this->do) {
            'answer' => $this->is_right() ? get_string('trial_right', 'mod_palier')
                : get_string('trial_wrong', 'mod_palier', $this->right()),
            'unknown' => get_string('trial_unknown', 'mod_palier'),
            default => null,
        };
        $last = $this->number === count(self::QUESTIONS);
        return [
            'action' => (new url('/mod/palier/trial.php'))->out(false),
            'id' => $this->cm->id,
            'number' => $this->number,
            'next' => $this->number + 1,
            'last' => $last,
            'title' => get_string('trial_n', 'mod_palier', ['number' => $this->number, 'all' => count(self::QUESTIONS)]),
            'text' => get_string("trial_{$this->number}", 'mod_palier'),
            'how' => get_string("trial_{$this->number}_how", 'mod_palier'),
            'type' => $question['type'],
            'typed' => $question['type'] === 'text',
            'answers' => array_map(fn(string $value): array => [
                'value' => $value,
                'text' => get_string("trial_{$this->number}_{$value}", 'mod_palier'),
            ], $question['answers']),
            'nothing' => $nothing,
            'said' => $said,
            'backurl' => $this->cm->url->out(false),
        ];
    }

    /**
     * Whether all that is right was chosen, and nothing else; a number may be written in letters.
     *
     * @return bool
     */
    private function is_right(): bool {
        $right = self::QUESTIONS[$this->number]['right'];
        if (self::QUESTIONS[$this->number]['type'] === 'text') {
            $right[] = get_string("trial_{$this->number}_word", 'mod_palier');
            return in_array(\core_text::strtolower($this->answer[0]), $right, true);
        }
        return !array_diff($right, $this->answer) && !array_diff($this->answer, $right);
    }

    /**
     * What is right, in words.
     *
     * @return string
     */
    private function right(): string {
        $question = self::QUESTIONS[$this->number];
        return implode(', ', array_map(
            fn(string $value): string => $question['answers'] ? get_string("trial_{$this->number}_{$value}", 'mod_palier') : $value,
            $question['right']
        ));
    }
}
