<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// The responses that foreign_table.php plays, of questions that nobody here knows: right, wrong, in part, and odd. As in
// moodle_cases.php, but made from what Moodle loaded.

/** @return array the cases of a question, by its class in Moodle */
function foreign_cases(SimpleXMLElement $xml, $question): array {
    $ids = identifiers($xml);
    $responses = match (true) {
        $question instanceof qtype_multianswer_question => array_map(fn($gaps) => ['gaps' => $gaps], foreign_gaps($question)),
        $question instanceof qtype_multichoice_single_question => one_choice($ids),
        $question instanceof qtype_multichoice_base => many_choices($ids),
        $question instanceof qtype_truefalse_question => [['choice' => 'true'], ['choice' => 'false'], null],
        $question instanceof qtype_match_question => pairs($ids['stems'], $ids['right'], fn() => array_values($ids['choices'])),
        $question instanceof qtype_gapselect_question_base => pairs(array_keys($ids['gaps']), $ids['right'],
            fn($gap) => $ids['groups'][$ids['gaps'][$gap]]),
        $question instanceof qtype_ordering_question => orders($ids['choices'],
            (int)$question->selecttype === 0 ? 0 : min(count($ids['choices']), max(2, (int)$question->selectcount))),
        $question instanceof qtype_numerical_question => foreign_numbers($question),
        $question instanceof qtype_shortanswer_question => array_map(fn($text) => ['text' => $text], foreign_texts($question->answers)),
        default => throw new moodle_exception('notyourtype', '', '', get_class($question)),
    };
    $cases = [];
    $numbers = array_filter($question->subquestions ?? [$question], fn($part) => $part instanceof qtype_numerical_question);
    foreach ($numbers ? [ENGLISH, FRENCH] : [null] as $format) {
        foreach ($responses as $response) {
            $cases[] = ['response' => $response] + ($format ? ['number_format' => $format] : []);
        }
    }
    return $cases;
}

/** Ways to write what an answer says, and ways to miss it. */
function foreign_texts(array $answers): array {
    $list = ['', ' ', '*', 'x', '?', '0', str_repeat('long ', 60), "\u{feff}", '<b>x</b>', '&amp;'];
    foreach ($answers as $answer) {
        $text = trim($answer->answer);
        foreach (str_contains($text, '*') ? ['xyz', '', "a\nb", 'é à'] : [''] as $any) {
            $plain = str_replace(['\*', '*', "\u{1}"], ["\u{1}", $any, '*'], $text);
            array_push($list, $plain, mb_strtoupper($plain), mb_strtolower($plain), mb_convert_case($plain, MB_CASE_TITLE), "  $plain\t", "$plain.",
                mb_substr($plain, 1), mb_substr($plain, 0, -1), str_replace(' ', '  ', $plain), str_replace(' ', "\u{a0}", $plain),
                str_replace(' ', '', $plain), "$plain $plain", Normalizer::normalize($plain, Normalizer::FORM_D) ?: $plain,
                mb_convert_kana($plain, 'A'), str_replace('.', ',', $plain), str_replace(["'", '"'], ["\u{2019}", "\u{201d}"], $plain),
                preg_replace('/\pM/u', '', Normalizer::normalize($plain, Normalizer::FORM_D) ?: $plain), "\\$plain", strrev($plain === mb_convert_encoding(
                    $plain, 'ASCII', 'UTF-8') ? $plain : 'x'));
        }
        $list[] = $text;
    }
    return array_values(array_unique(array_filter($list, fn($text) => mb_check_encoding($text, 'UTF-8'))));
}

/** Numbers at and beyond the borders of each answer, and ways to write them. */
function foreign_written(array $answers): array {
    $list = ['', ' ', 'x', '0', '-', '1e400', '1,000.5', '1.000,5', '1 000', '٣', '½', '5%', '*', str_repeat('9', 60)];
    foreach ($answers as $answer) {
        if (!is_numeric($answer->answer)) {
            continue;
        }
        $value = (float)$answer->answer;
        $tolerance = (float)($answer->tolerance ?? 0);
        foreach ([$value, $value + $tolerance, $value - $tolerance, $value + 1.001 * $tolerance + 1e-9, $value + 2 * $tolerance + 1, -$value, $value * 1.0001] as $number) {
            $written = (string)$number;
            array_push($list, $written, str_replace('.', ',', $written));
        }
        $written = (string)$value;
        array_push($list, " $written ", "+$written", "$written.", "0$written", sprintf('%.6e', $value), sprintf('%.3fe3', $value / 1000), number_format($value, 2),
            number_format($value, 2, ',', ' '), number_format($value, 2, ',', '.'), "$written m", "$written €", "$written %", "€$written", "m$written", "$written$written",
            str_replace('-', "\u{2212}", $written), "$written x 10^0", "=$written", "\u{a0}$written");
    }
    return array_values(array_unique($list));
}

function foreign_numbers(qtype_numerical_question $question): array {
    $responses = [];
    $units = (fn() => array_map('strval', array_keys($this->units)))->call($question->ap);
    $apart = $question->has_separate_unit_field();
    foreach (foreign_written($question->answers) as $text) {
        foreach ($units ? array_merge($units, ['', 'parsec']) : [''] as $unit) {
            $responses[] = $apart ? ['text' => $text, 'unit' => $unit] : ['text' => $unit === '' ? $text : "$text $unit"];
        }
    }
    // Of many units a part will do.
    return array_slice(array_values(array_unique($responses, SORT_REGULAR)), 0, 400);
}

/** What is put into the gaps of a cloze: all right, all wrong, each gap alone, and what is odd in each beside right others. */
function foreign_gaps(qtype_multianswer_question $question): array {
    $right = $wrong = $odd = [];
    foreach ($question->subquestions as $gap => $part) {
        $answers = array_values($part->answers);
        $fractions = array_map(fn($answer) => (float)$answer->fraction, $answers);
        $best = array_keys($fractions, max($fractions))[0];
        if ($part instanceof qtype_multichoice_base) {
            $several = !$part instanceof qtype_multichoice_single_question;
            $right[$gap] = $several ? array_keys(array_filter($fractions, fn($fraction) => $fraction > 0)) : [$best];
            $wrong[$gap] = [array_keys($fractions, min($fractions))[0]];
            $odd[$gap] = array_merge([[]], array_map(fn($place) => [$place], array_keys($fractions)), $several ? [array_keys($fractions)] : []);
        } else if ($part instanceof qtype_numerical_question) {
            $right[$gap] = (string)$answers[$best]->answer === '*' ? '7' : (string)(float)$answers[$best]->answer;
            $wrong[$gap] = '123456.789';
            $odd[$gap] = foreign_written($answers);
        } else {
            $right[$gap] = str_replace('*', '', $answers[$best]->answer);
            $wrong[$gap] = 'xyzzy';
            $odd[$gap] = foreign_texts($answers);
        }
    }
    $sets = [$right, $wrong, []];
    foreach (array_keys($right) as $gap) {
        $sets[] = [$gap => $right[$gap]];
        $sets[] = [$gap => $wrong[$gap]] + $right;
        foreach (array_slice($odd[$gap], 0, (int)ceil(200 / count($right))) as $one) {
            $sets[] = [$gap => $one] + $right;
        }
    }
    return array_values(array_unique($sets, SORT_REGULAR));
}
