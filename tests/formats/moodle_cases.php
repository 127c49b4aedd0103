<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// The responses that moodle_table.php plays: for each question of a file, a list of
// ['response' => …, 'number_format' => [point, thousands] for numbers, 'tolerance_type' => … if set].
// Responses name choices by the identifiers of adapters/formats (text_id of content.hpp).

const ENGLISH = ['.', ','];
const FRENCH = [',', ' '];

/** text_id of adapters/formats/content.hpp: FNV-1a of the text, folded to 32 bits. */
function text_id(string $prefix, string $text, array &$taken): string {
    [$high, $low] = sscanf(hash('fnv1a64', $text), '%8x%8x');
    $base = $prefix . sprintf('%08x', $high ^ $low);
    for ($id = $base, $n = 2; isset($taken[$id]); $n++) {
        $id = "$base-$n";
    }
    $taken[$id] = true;
    return $id;
}

/** The identifiers of a question of the file, in the order of the file. */
function identifiers(SimpleXMLElement $question): array {
    $taken = ['c' => [], 's' => [], 'o' => []];
    $type = (string)$question['type'];
    $ids = ['choices' => [], 'fractions' => [], 'stems' => [], 'right' => [], 'gaps' => [], 'groups' => []];
    if ($type === 'multichoice' || $type === 'ordering') {
        $prefix = $type === 'ordering' ? 'o' : 'c';
        foreach ($question->answer as $answer) {
            if (($text = trim((string)$answer->text)) !== '') {
                $ids['choices'][] = text_id($prefix, $text, $taken[$prefix]);
                $ids['fractions'][] = (float)$answer['fraction'];
            }
        }
    } else if (in_array($type, ['match', 'matching'], true)) {
        $known = [];
        foreach ($question->subquestion as $pair) {
            $stem = trim((string)$pair->text);
            $answer = trim((string)$pair->answer->text);
            $known[$answer] ??= text_id('c', $answer, $taken['c']);
            if ($stem !== '') {
                $ids['stems'][] = text_id('s', $stem, $taken['s']);
                $ids['right'][] = $known[$answer];
            }
        }
        $ids['choices'] = $known;   // Answer text to identifier.
    } else if ($type === 'gapselect' || $type === 'ddwtos') {
        $bygroup = $number = [];
        $old = 0;
        foreach ($type === 'ddwtos' ? $question->dragbox : $question->selectoption as $option) {
            $old++;
            if (($text = trim((string)$option->text)) !== '') {
                $group = (string)$option->group;
                $bygroup[$group] ??= [];
                $ids['choices'][] = $id = text_id('c', $text, $bygroup[$group]);
                $ids['groups'][$group][] = $id;
                $number[$old] = [$group, $id];
            }
        }
        preg_match_all('/\[\[(\d+)]]/', (string)$question->questiontext->text, $found);
        foreach ($found[1] as $i => $old) {
            $ids['gaps']['g' . ($i + 1)] = $number[(int)$old][0];
            $ids['right']['g' . ($i + 1)] = $number[(int)$old][1];
        }
    }
    return $ids;
}

function cases(SimpleXMLElement $question): array {
    $type = (string)$question['type'];
    $idnumber = (string)$question->idnumber;
    $ids = identifiers($question);
    $responses = match ($type) {
        'multichoice' => (string)$question->single === 'true' ? one_choice($ids) : many_choices($ids),
        'truefalse' => [['choice' => 'true'], ['choice' => 'false'], null],
        'match' => pairs($ids['stems'], $ids['right'], fn() => array_values($ids['choices'])),
        'gapselect', 'ddwtos' => pairs(array_keys($ids['gaps']), $ids['right'], fn($gap) => $ids['groups'][$ids['gaps'][$gap]]),
        'ordering' => orders($ids['choices'], (string)$question->selecttype === 'ALL' ? 0 : (int)$question->selectcount),
        'shortanswer' => texts($question, $idnumber),
        'cloze' => array_map(fn($gaps) => ['gaps' => $gaps], gaps($idnumber)),
        default => [],
    };
    $cases = array_map(fn($response) => ['response' => $response], $responses);
    if ($type === 'cloze' && $idnumber === 'cloze-numbers') {
        $french = ['gaps' => [1 => '3,14', 2 => '12', 3 => '0,5']];
        array_push($cases, ['response' => $french, 'number_format' => FRENCH],
            ['response' => ['gaps' => [1 => '3.14', 2 => '12,0']], 'number_format' => FRENCH]);
    }
    return $type === 'numerical' ? numbers($question, $idnumber) : $cases;
}

function one_choice(array $ids): array {
    $responses = [null, ['choices' => []]];
    foreach ($ids['choices'] as $id) {
        $responses[] = ['choice' => $id];
    }
    return $responses;
}

function many_choices(array $ids): array {
    $all = $ids['choices'];
    $right = array_values(array_filter($all, fn($i) => $ids['fractions'][$i] > 0, ARRAY_FILTER_USE_KEY));
    $wrong = array_values(array_diff($all, $right));
    $sets = [[], $all, $right, $wrong, array_slice($right, 1), array_merge($right, array_slice($wrong, 0, 1)),
        array_merge(array_slice($right, 0, 1), array_slice($wrong, 0, 1)), array_slice($right, 0, 2)];
    foreach ($all as $id) {
        $sets[] = [$id];
    }
    return array_map(fn($set) => ['choices' => $set], array_values(array_unique($sets, SORT_REGULAR)));
}

/** Of stems or gaps: all right, none, the first alone, all but the last, each one shifted, all the same, all wrong. */
function pairs(array $parts, array $right, callable $choices): array {
    $right = array_combine($parts, array_values($right));
    $shift = fn($by) => array_combine($parts, array_map(function($part) use ($right, $choices, $by) {
        $list = $choices($part);
        return $list[(array_search($right[$part], $list, true) + $by) % count($list)];
    }, $parts));
    $sets = [$right, [], array_slice($right, 0, 1), array_slice($right, 0, -1), $shift(1), $shift(2),
        array_slice($shift(1), 0, 1), array_merge($right, array_slice($shift(1), 0, 1)),
        array_merge($shift(1), array_slice($right, -1)), array_fill_keys($parts, $choices($parts[0])[0])];
    $sets = array_filter($sets, function($set) use ($choices) {
        foreach ($set as $part => $choice) {
            if (!in_array($choice, $choices($part), true)) {
                return false;
            }
        }
        return true;
    });
    return array_map(fn($set) => ['pairs' => (object)$set], array_values(array_unique($sets, SORT_REGULAR)));
}

/** Orders of n items, as indexes of those that are shown, in their right order. */
function orders(array $ids, int $selected): array {
    $n = $selected ?: count($ids);
    $range = range(0, $n - 1);
    $swap = function(array $list, int $a, int $b): array {
        [$list[$a], $list[$b]] = [$list[$b], $list[$a]];
        return $list;
    };
    $all = [$range, array_reverse($range), array_merge(array_slice($range, 1), [0]),
        array_merge([$n - 1], array_slice($range, 0, -1)), $swap($range, 0, 1), $swap($range, 0, $n - 1),
        $swap($range, $n - 2, $n - 1)];
    if ($n > 3) {
        $all[] = array_merge(array_filter($range, fn($i) => $i % 2 === 0), array_filter($range, fn($i) => $i % 2 === 1));
        $all[] = $swap($swap($range, 0, 2), 1, 3);
        $all[] = array_merge(array_slice($range, 2), [1, 0]);
        $all[] = array_merge([1, 2], [0], array_slice($range, 3));
    }
    if (!$selected) {
        $all[] = array_slice($range, 1);       // The first is not placed: a posted list may lack items.
        $all[] = array_slice($range, 0, -1);
        $all[] = [1, 0];
        $all[] = [0];
    }
    return array_map(fn($order) => ['order' => array_values($order)], array_values(array_unique($all, SORT_REGULAR)));
}

require(__DIR__ . '/moodle_cases_typed.php');
