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

namespace mod_palier\local\xapi;

use core\context;
use core\context\system as context_system;
use mod_palier\local\attempt\answer_words;
use question_attempt;
use question_definition;
use question_state;
use question_utils;

/**
 * Moodle's questions and answers in the terms of xAPI's interactions (xAPI 1.0.3, appendix C).
 *
 * Choices are named by the id of the answer, which stays when its text is mended. A type that is not known here
 * is "other" with the answer's summary: no question goes without a statement.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class interaction {
    /** @var int xAPI sets no limit; this is the log's. */
    private const MAX_LENGTH = 4000;

    /** @var array Question type to interaction type. */
    private const TYPES = [
        'truefalse' => 'true-false',
        'multichoice' => 'choice',
        'calculatedmulti' => 'choice',
        'multichoiceset' => 'choice',
        'numerical' => 'numeric',
        'calculated' => 'numeric',
        'calculatedsimple' => 'numeric',
        'shortanswer' => 'fill-in',
        'essay' => 'long-fill-in',
        'match' => 'matching',
        'randomsamatch' => 'matching',
        'ordering' => 'sequencing',
        'gapselect' => 'performance',
        'ddwtos' => 'performance',
        'multianswer' => 'performance',
    ];

    /**
     * A question and what was answered, as the context of statements has them (docs/host-calls.md). A text that is written in
     * several languages is told in each.
     *
     * @param question_attempt $qa
     * @param context|null $context whose filters hold; null for those of the site
     * @return array interaction, description, the components of the type, response and answer where there is one
     */
    public static function described(question_attempt $qa, ?context $context = null): array {
        $question = $qa->get_question();
        $context ??= context_system::instance();
        $told = [
            'interaction' => self::type($question),
            'description' => self::text(self::with_numbered_gaps($question), $question->questiontextformat, $context),
        ] + self::components($question, $context);
        $response = self::response($qa);
        if ($response !== '') {
            $told['response'] = $response;
            $told['answer'] = self::line(answer_words::of($qa));
        }
        return $told;
    }

    /**
     * A question's text in which each gap is a number in brackets, as answers name it.
     *
     * @param question_definition $question
     * @return string
     */
    private static function with_numbered_gaps(question_definition $question): string {
        if ($question instanceof \qtype_multianswer_question) {
            return preg_replace('/\{#(\d+)\}/', '[$1]', $question->questiontext);
        }
        if (self::type($question) !== 'performance') {
            return $question->questiontext;
        }
        // There the text names the right choice, and gaps are counted.
        $number = 0;
        return preg_replace_callback('/\[\[\d+\]\]/', function () use (&$number): string {
            return '[' . ++$number . ']';
        }, $question->questiontext);
    }

    /**
     * What the identifiers in answers stand for, as lists of id and description.
     *
     * @param question_definition $question
     * @param context $context whose filters hold
     * @return array[] by the name of the list
     */
    private static function components(question_definition $question, context $context): array {
        $list = fn(array $texts): array => array_map(
            fn($id, $text) => ['id' => (string) $id, 'description' => $text],
            array_keys($texts),
            $texts,
        );
        $answers = $question->answers ?? [];
        $texts = fn(): array => array_map(
            fn($answer) => self::text($answer->answer, $answer->answerformat, $context),
            $answers,
        );
        switch (self::type($question)) {
            case 'choice':
                return ['choices' => $list($texts())];
            case 'sequencing':
                // Answers name an item by its text.
                $names = array_map(
                    fn($answer) => self::token(self::line(question_utils::to_plain_text($answer->answer, $answer->answerformat))),
                    $answers,
                );
                return ['choices' => $list(array_combine($names, $texts()))];
            case 'matching':
                $stems = [];
                foreach ($question->stems as $id => $stem) {
                    $stems[$id] = self::text($stem, $question->stemformat[$id], $context);
                }
                $choices = array_map(fn($choice) => self::text($choice, FORMAT_HTML, $context), $question->choices);
                return ['source' => $list($stems), 'target' => $list($choices)];
            case 'performance':
                $places = array_keys($question->places ?? $question->subquestions ?? []);
                return $places ? ['steps' => $list(array_combine($places, array_map(fn($n) => "[$n]", $places)))] : [];
            default:
                return [];
        }
    }

    /**
     * A text of a question as one line of plain text, or as such a line by language where it is written in several.
     *
     * @param string $text
     * @param int $format
     * @param context $context whose filters hold
     * @return string|string[]
     */
    private static function text(string $text, int $format, context $context): string|array {
        $options = ['noclean' => true, 'context' => $context];
        $texts = language_map::of(
            $text,
            fn(string $text): string => self::line(question_utils::to_plain_text($text, $format, $options)),
        );
        return count($texts) > 1 ? $texts : reset($texts);
    }

    /**
     * A plain text on one line.
     *
     * @param string $text
     * @return string
     */
    private static function line(string $text): string {
        return \core_text::substr(trim(preg_replace('/\s+/u', ' ', $text)), 0, self::MAX_LENGTH);
    }

    /**
     * The interaction type of a question.
     *
     * @param question_definition $question
     * @return string
     */
    public static function type(question_definition $question): string {
        return self::TYPES[$question->get_type_name()] ?? 'other';
    }

    /**
     * The last answer given, as the interaction type writes it; an empty string when there is none.
     *
     * Essays stay in Moodle: what people write about themselves is no measure and needs no copy.
     *
     * @param question_attempt $qa
     * @return string
     */
    public static function response(question_attempt $qa): string {
        $summary = (string) $qa->get_response_summary();
        if ($summary === '' || self::type($qa->get_question(false)) === 'long-fill-in') {
            return '';
        }
        try {
            $formatted = self::formatted($qa->get_question(), $qa->get_last_qt_data());
        } catch (\Throwable $e) {
            $formatted = null;
        }
        return \core_text::substr($formatted ?? $summary, 0, self::MAX_LENGTH);
    }

    /**
     * The right answers, as the interaction type writes them (correctResponsesPattern); none where there is no one right answer.
     *
     * @param question_attempt $qa
     * @return string[]
     */
    public static function correct(question_attempt $qa): array {
        $question = $qa->get_question();
        $type = self::type($question);
        $right = $question->get_correct_response();
        if (!$right || $type === 'long-fill-in') {
            return [];
        }
        $patterns = match (true) {
            $question instanceof \qtype_numerical_question => self::ranges($question),
            $question instanceof \qtype_shortanswer_question => self::spellings($question),
            default => [self::formatted($question, $right) ?? (string) $question->summarise_response($right)],
        };
        return array_values(array_unique(array_filter($patterns, fn($pattern) => $pattern !== '')));
    }

    /**
     * The answers with full marks.
     *
     * @param question_definition $question
     * @return \question_answer[]
     */
    private static function right_answers(question_definition $question): array {
        return array_filter(
            $question->answers,
            fn($answer) => $answer->answer !== '*'
                && question_state::graded_state_for_fraction($answer->fraction) == question_state::$gradedright
        );
    }

    /**
     * The right numbers: one, or the least and the greatest that are taken.
     *
     * @param \qtype_numerical_question $question
     * @return string[]
     */
    private static function ranges(\qtype_numerical_question $question): array {
        // Core's interval is wider by what a machine's numbers lose.
        $decimal = fn($number): string => (string) (float) sprintf('%.12G', $number);
        return array_map(
            fn($answer) => (float) $answer->tolerance == 0 ? $decimal($answer->answer)
                : implode('[:]', array_map($decimal, $answer->get_tolerance_interval())),
            self::right_answers($question)
        );
    }

    /**
     * The right short texts.
     *
     * @param \qtype_shortanswer_question $question
     * @return string[]
     */
    private static function spellings(\qtype_shortanswer_question $question): array {
        $case = $question->usecase ? '{case_matters=true}' : '';
        return array_map(fn($answer) => $case . $question->clean_response($answer->answer), self::right_answers($question));
    }

    /**
     * An answer in the interaction type's syntax, or null where the summary has to do.
     *
     * @param question_definition $question
     * @param array $data the answer
     * @return string|null
     */
    private static function formatted(question_definition $question, array $data): ?string {
        $type = self::type($question);
        if ($type === 'numeric') {
            return isset($data['answer']) ? self::number((string) $data['answer']) : null;
        }
        if (!in_array($type, ['true-false', 'choice', 'matching', 'sequencing', 'performance'])) {
            return null;
        }
        if ($type === 'sequencing') {
            return implode('[,]', array_map(self::token(...), answer_words::order($question, $data))) ?: null;
        }
        if ($type === 'performance') {
            $gaps = answer_words::gaps($question, $data);
            $steps = array_map(fn($n, $text) => self::token($n) . '[.]' . self::token($text), array_keys($gaps), $gaps);
            return implode('[,]', $steps) ?: null;
        }
        $parts = array_filter(
            $question->classify_response($data),
            fn($part) => $part->responseclassid !== null,
        );
        if (!$parts) {
            return null;
        }
        switch ($type) {
            case 'true-false':
                return reset($parts)->responseclassid ? 'true' : 'false';
            case 'choice':
                return implode('[,]', array_map(fn($part) => (string) $part->responseclassid, array_values($parts)));
            default:
                $pairs = array_map(fn($id, $part) => $id . '[.]' . $part->responseclassid, array_keys($parts), $parts);
                return implode('[,]', $pairs);
        }
    }

    /**
     * A decimal number with a point, or null when the text is no number.
     *
     * @param string $text
     * @return string|null
     */
    private static function number(string $text): ?string {
        $number = str_replace([' ', "\u{00A0}", "\u{202F}", ','], ['', '', '', '.'], trim($text));
        return is_numeric($number) ? $number : null;
    }

    /**
     * A text without the marks that separate the parts of an answer.
     *
     * @param string|int $text
     * @return string
     */
    private static function token(string|int $text): string {
        return str_replace(['[,]', '[.]'], [',', '.'], trim((string) $text));
    }
}
