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

use question_attempt;
use question_definition;
use question_utils;

/**
 * What somebody answered, in words that another person can read.
 *
 * Core's summary of a response is that, but for two kinds: an ordering keeps ten letters of each item, and gaps stand
 * in braces without saying which is which.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class answer_words {
    /**
     * The last answer given, on one line; an empty string when there is none.
     *
     * @param question_attempt $qa
     * @return string
     */
    public static function of(question_attempt $qa): string {
        $summary = (string) $qa->get_response_summary();
        if (trim($summary) === '') {
            return '';
        }
        $question = $qa->get_question();
        if ($question instanceof \qtype_ordering_question) {
            $words = self::numbered(self::order($question, $qa->get_last_qt_data()), '%d. ');
        } else if ($question instanceof \qtype_gapselect_question_base || $question instanceof \qtype_multianswer_question) {
            $words = self::numbered(self::gaps($question, $qa->get_last_qt_data()), '[%d] ');
        }
        return self::line(($words ?? '') !== '' ? $words : $summary);
    }

    /**
     * The texts of an ordering question's items, in the order of an answer.
     *
     * @param \qtype_ordering_question $question
     * @param array $data the answer
     * @return string[] by position, from 1
     */
    public static function order(\qtype_ordering_question $question, array $data): array {
        $given = $data[$question->get_response_fieldname()] ?? '';
        $items = array_column(array_map(fn($answer) => (array) $answer, $question->answers), null, 'md5key');
        $texts = [];
        foreach (explode(',', (string) $given) as $key) {
            if (isset($items[$key])) {
                $texts[count($texts) + 1] = self::line(
                    question_utils::to_plain_text($items[$key]['answer'], $items[$key]['answerformat'])
                );
            }
        }
        return $texts;
    }

    /**
     * What is put in the gaps of a text.
     *
     * @param question_definition $question with gaps
     * @param array $data the answer
     * @return string[] by number of the gap; a gap left empty is not among them
     */
    public static function gaps(question_definition $question, array $data): array {
        $texts = [];
        if ($question instanceof \qtype_multianswer_question) {
            foreach ($question->subquestions as $number => $subquestion) {
                $own = (new \question_attempt_step_subquestion_adapter(null, "sub{$number}_"))->filter_array($data);
                $texts[$number] = self::line((string) $subquestion->summarise_response($own));
            }
        } else {
            foreach ($question->classify_response($data) as $number => $part) {
                $texts[$number] = $part->responseclassid === null ? '' : self::line((string) $part->response);
            }
        }
        return array_filter($texts, fn($text) => $text !== '');
    }

    /**
     * Texts with their numbers.
     *
     * @param string[] $texts by number
     * @param string $mark for sprintf
     * @return string
     */
    private static function numbered(array $texts, string $mark): string {
        return implode('; ', array_map(fn($n, $text) => sprintf($mark, $n) . $text, array_keys($texts), $texts));
    }

    /**
     * A text on one line.
     *
     * @param string $text
     * @return string
     */
    private static function line(string $text): string {
        return trim(preg_replace('/\s+/u', ' ', $text) ?? $text);
    }
}
