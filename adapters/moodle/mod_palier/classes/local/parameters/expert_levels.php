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

namespace mod_palier\local\parameters;

/**
 * What an expert's level, from 0 (first steps) to 8, stands for until answers say more: a difficulty and the doubt about it.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class expert_levels {
    /** @var float[] the difficulty that an expert's level stands for, in logits. */
    public const LEVELS = [1 => -2.2, 2 => -1.0, 3 => 0.0, 4 => 1.0, 5 => 1.9, 6 => 2.7, 7 => 3.5, 8 => 4.5];

    /** @var float[] the same with what comes before level 1: questions that most beginners know. */
    public const DIFFICULTIES = [0 => -3.5] + self::LEVELS;

    /** @var float the doubt about a difficulty that comes from an expert, in logits. */
    public const SE_EXPERT = 0.6;

    /** @var float the chance to guess a question that has no options to draw from. */
    private const GUESS_OPEN = 0.05;

    /**
     * What an expert's level gives.
     *
     * @param int $level from 0 to 8
     * @param float $guess the chance to be right without knowing
     * @return array values of a row
     */
    public static function values(int $level, float $guess): array {
        if (!isset(self::DIFFICULTIES[$level])) {
            throw new \invalid_parameter_exception('A level is a whole number from 0 to ' . count(self::LEVELS));
        }
        return [
            'model' => '3pl',
            'a' => '1',
            'b' => item_parameters::decimal(self::DIFFICULTIES[$level]),
            'c' => item_parameters::decimal($guess),
            'd' => null,
            'seb' => item_parameters::decimal(self::SE_EXPERT),
            'level' => $level,
            'status' => 'operational',
            'source' => 'expert',
        ];
    }

    /**
     * The chance to be right without knowing, by the questions' types.
     *
     * @param stdClass[] $questions with questionid and qtype, by any key
     * @return float[] by the same keys
     */
    public static function guesses(array $questions): array {
        global $DB;
        $choices = [];
        foreach ($questions as $question) {
            if ($question->qtype === 'multichoice') {
                $choices[] = $question->questionid;
            }
        }
        $options = [];
        if ($choices) {
            [$insql, $params] = $DB->get_in_or_equal($choices, SQL_PARAMS_NAMED);
            $options = $DB->get_records_sql_menu(
                "SELECT mo.questionid, COUNT(a.id)
                   FROM {qtype_multichoice_options} mo
                   JOIN {question_answers} a ON a.question = mo.questionid
                  WHERE mo.single = 1 AND mo.questionid {$insql}
               GROUP BY mo.questionid",
                $params
            );
        }
        return array_map(fn($question) => match (true) {
            $question->qtype === 'truefalse' => 0.5,
            !empty($options[$question->questionid]) => 1 / $options[$question->questionid],
            default => self::GUESS_OPEN,
        }, $questions);
    }
}
