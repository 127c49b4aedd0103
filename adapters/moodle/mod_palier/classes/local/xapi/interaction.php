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

use mod_palier\local\attempt\answer_words;
use question_attempt;
use question_definition;

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
     * A question and what was answered, as the context of statements has them (docs/host-calls.md).
     *
     * @param question_attempt $qa
     * @return array interaction, description, the components of the type, response and answer where there is one
     */
    public static function described(question_attempt $qa): array {
        $question = $qa->get_question();
        $told = [
            'interaction' => self::type($question),
            'description' => self::plain($question->questiontext, $question->questiontextformat),
        ] + self::components($question);
        $response = self::response($qa);
        if ($response !== '') {
            $told['response'] = $response;
            $told['answer'] = self::plain(answer_words::of($qa), FORMAT_PLAIN);
        }
        return $told;
    }

    /**
     * What the identifiers in answers stand for, as lists of id and description.
     *
     * @param question_definition $question
     * @return array[] by the name of the list
     */
    private static function components(question_definition $question): array {
        $list = fn(array $texts): array => array_map(
            fn($id, $text) => ['id' => (string) $id, 'description' => $text],
            array_keys($texts),
            $texts,
        );
        $answers = fn(): array => array_map(
            fn($answer) => self::plain($answer->answer, $answer->answerformat),
            $question->answers ?? [],
        );
        switch (self::type($question)) {
            case 'choice':
                return ['choices' => $list($answers())];
            case 'sequencing':
                // Answers name an item by its text.
                $texts = array_unique(array_map(self::token(...), $answers()));
                return ['choices' => $list(array_combine($texts, $texts))];
            case 'matching':
                $stems = [];
                foreach ($question->stems as $id => $stem) {
                    $stems[$id] = self::plain($stem, $question->stemformat[$id]);
                }
                $choices = array_map(fn($choice) => self::plain($choice, FORMAT_HTML), $question->choices);
                return ['source' => $list($stems), 'target' => $list($choices)];
            case 'performance':
                $places = array_keys($question->places ?? $question->subquestions ?? []);
                return $places ? ['steps' => $list(array_combine($places, array_map(fn($n) => "[$n]", $places)))] : [];
            default:
                return [];
        }
    }

    /**
     * A text of a question as one line of plain text.
     *
     * @param string $text
     * @param int $format
     * @return string
     */
    private static function plain(string $text, int $format): string {
        $plain = $format === FORMAT_PLAIN ? $text : \question_utils::to_plain_text($text, $format);
        return \core_text::substr(trim(preg_replace('/\s+/u', ' ', $plain)), 0, self::MAX_LENGTH);
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
            $formatted = self::formatted($qa);
        } catch (\Throwable $e) {
            $formatted = null;
        }
        return \core_text::substr($formatted ?? $summary, 0, self::MAX_LENGTH);
    }

    /**
     * The answer in the interaction type's syntax, or null where the summary has to do.
     *
     * @param question_attempt $qa
     * @return string|null
     */
    private static function formatted(question_attempt $qa): ?string {
        $question = $qa->get_question();
        $type = self::type($question);
        $data = $qa->get_last_qt_data();
        if ($type === 'numeric') {
            return isset($data['answer']) ? self::number((string) $data['answer']) : null;
        }
        if (!in_array($type, ['true-false', 'choice', 'matching', 'sequencing', 'performance'])) {
            return null;
        }
        if ($type === 'sequencing') {
            return implode('[,]', array_map(self::token(...), answer_words::order($qa))) ?: null;
        }
        if ($type === 'performance') {
            $gaps = answer_words::gaps($qa);
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
