<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed in: the cases of numerical and short answer questions (see moodle_cases.php).

/** Ways to write numbers, tried where a question has no list of its own. */
const NUMBERS = ['42', ' 42 ', '42.', '42.0', '+42', '4 2', '4.2e1', '4.2E1', '4,2e1', '42,', '42,0', '0042', '-42', '42 m', '42abc', 'abc',
    '', '   ', '0', '.', ',', '-', '4200e-2', '4.2x10^1', '4.2*10**1', '4.2×10^1', '4.2 x 10^1', '4.2X10^1', '42e', '4e1e1', '42 000', '42,000',
    '1,000,042', '42.000.000', "42\u{a0}", "\u{a0}42", '４２', '42%', '٤٢', '1e400', '--42', '42-', '42.0.0', '0x2A', "42\n", "4\t2", '42;', '=42'];

function numbers(SimpleXMLElement $question, string $idnumber): array {
    $lists = [
        'num-exact' => [NUMBERS, NUMBERS],
        'num-tolerance' => [['3.14159', '3.1315', '3.15159', '3.15160', '3,14', '3.1516', '3', '2.5', '2.49', '3.5', '3.51', '314159e-5'],
            ['3,14159', '3.14159', '3,14', '3', '3,5', '2,5', '3,51']],
        'num-any' => [['10', '11', '11.01', '9', '20', '15', '25', '26', '1000', '-5', 'x', ''], ['10,5', '19,5', '7,0']],
        'num-negative' => [['-273.15', '-273.2', '-273.1', '-273.09', '273.15', '- 273.15', '−273.15', '+273.15', '-2.7315e2', '-273,15'],
            ['-273,15', '-273.15', '-2,7315e2', '- 273,2']],
        'num-big' => [['6.02214076e23', '6.022e23', '6.0221e+23', '602214076000000000000000', '6.02214076x10^23', '6.02214076 × 10^23',
            '6.02214076*10^23', '6.03e23', '6e23', '6.02214076e 23'], ['6,02214076e23', '6,022×10^23', '602 214 076 000 000 000 000 000']],
        'num-small' => [['0.000001', '1e-6', '.000001', '0.0000011', '0.00000111', '1×10^-6', '1x10**-6', '0'], ['0,000001', '1e-6', ',000001']],
        'num-thirds' => [['0.333', '1/3', '0.334', '0.3343', '0.33', '3', '.3333333333', '33.3%'], ['0,333', '0,3343', '1/3', '3,0']],
        'num-zero' => [['0', '0.0', '-0', '00', '1e-15', '0.00000000000001', '1e-30', 'zero', '0e5'], ['0', '0,0', ',0']],
        'num-order' => [['100', '50', '150', '49', '100.5', '101'], ['100,0', '99,5']],
        'num-relative' => [['200', '190', '210', '189.99', '210.01', '-200', '-180', '-220', '-221'], ['190,0', '-180,0']],
        'num-geometric' => [['200', '100', '400', '99.9', '400.1', '-200', '-100', '-400', '-401', '-99'], ['100,0', '-400,0']],
    ];
    $lengths = ['2.5 m', '2.5', '250 cm', '250cm', '0.0025 km', '2.5 cm', '2.5 km', '250', '2.5 miles', '3 m', '3', '300 cm', '2,5 m', 'm', 'm 2.5',
        '2.5 M', '2.5m.', '2500 mm', '', '2.5e2cm', '2.5 c m', '9 m'];
    $apart = [];
    foreach (['2.5', '250', '0.0025', '3', '300', '2.5 m', '250 cm', 'x', '', '2,5'] as $text) {
        foreach (['m', 'cm', 'km', '', null, 'mile'] as $unit) {
            $apart[] = [$text, $unit];
        }
    }
    $lists += [
        'num-unit-of-mark' => [$lengths, ['2,5 m', '250 cm', '2,5', '0,0025 km']],
        'num-unit-of-max' => [$lengths, ['2,5 m', '250 cm', '2,5', '0,0025 km']],
        'num-unit-free' => [$lengths, ['2,5 m', '250 cm', '2,5', '0,0025 km']],
        'num-unit-radio' => [$apart, [['2,5', 'm'], ['250', 'cm']]],
        'num-unit-menu' => [array_filter($apart, fn($pair) => $pair[1] !== null), [['2,5', 'm'], ['250', 'cm']]],
        'num-unit-left' => [['€1200', '€ 1200', '1200', '1200 €', 'k€1.2', 'k€ 1.2', 'USD 1320', '€1,200', '€1 200', '£1200', '€5', 'e1200', '€1.2e3',
            '€12e2', '€-1200', '€1200.', '€.5', 'a5b1200'], ['€1200,0', 'k€1,2', '€1 200']],
        'num-unit-only-one' => [['5 kg', '5', '5000 g', '5.5kg', '5.6 kg', '5000'], ['5,0 kg', '5,5']],
        'num-legacy' => [['7', '7 h', '420 min', '420', '7 hours'], ['7,0', '7,0 h']],
    ];
    $types = ['num-relative' => 'relative', 'num-geometric' => 'geometric'];
    if (isset($lists[$idnumber])) {
        [$english, $french] = $lists[$idnumber];
    } else {
        $english = $french = [];
        foreach ($question->answer as $answer) {
            $value = trim((string)$answer->text);
            $tolerance = (float)$answer->tolerance;
            $around = [$value, (string)((float)$value + $tolerance), (string)((float)$value - $tolerance),
                (string)((float)$value + 2 * $tolerance + 1), "$value €", " $value"];
            array_push($english, ...$around);
            array_push($french, ...array_map(fn($number) => str_replace('.', ',', $number), $around));
        }
        array_push($english, '', 'x');
        array_push($french, '', 'x');
    }
    $cases = [];
    foreach ([[$english, ENGLISH], [$french, FRENCH]] as [$list, $format]) {
        foreach ($list as $entry) {
            [$text, $unit] = is_array($entry) ? $entry : [$entry, null];
            $case = ['response' => ['text' => $text], 'number_format' => $format];
            if ($unit !== null) {
                $case['response']['unit'] = $unit;
            }
            if (isset($types[$idnumber])) {
                $case['tolerance_type'] = $types[$idnumber];
            }
            $cases[] = $case;
        }
    }
    return $cases;
}

function texts(SimpleXMLElement $question, string $idnumber): array {
    $lists = [
        'sa-plain' => ['Loire', 'loire', 'LOIRE', ' Loire ', "Loire\n", 'Loire.', 'the loire', 'the  Loire', 'river', 'Rivière', '', '  ', 'Loir', 'Loiree'],
        'sa-case' => ['LibreOffice', 'Libreoffice', 'libreoffice', 'LIBREOFFICE', ' LibreOffice', 'Libre Office'],
        'sa-wild' => ['blue', 'BLUE', 'a blue thing', "a\nblue", "blue\nb", 'bleu', 'green', 'grn', 'GREEN', 'grown', 'gray', "gr\nn", '*', 'x', '0', "x\ny"],
        'sa-star' => ['5 * 3', '5 \* 3', '5  3', '5 x 3', '**', '*', '***', 'a*', 'a*b', 'ab', 'a**', '\*c', '\\\\*c', '*c', '\c', 'xc'],
        'sa-runs' => ['abc', 'axbyc', 'acb', 'aXXbYYcZ', 'xyz', 'x1y2z3', 'xzy', 'xyyz', "x\nyz", "xy\nz", "xy\nyz", 'abcbc'],
        'sa-accents' => ['été', "e\u{301}te\u{301}", 'ÉTÉ', "E\u{301}TE\u{301}", 'ete', 'ETE', 'école', "e\u{301}cole", 'ECOLE', 'garçon', "garc\u{327}on", 'GARÇON', 'garcon', 'etè'],
        'sa-fold' => ['straße', 'STRASSE', 'STRAẞE', 'strasse', 'σίσυφος', 'σίσυφοσ', 'ΣΊΣΥΦΟΣ', 'ПРИВЕТ', 'Привет', 'iı', 'ii', 'Iı', 'II', 'ıı', 'ÅNGSTRÖM',
            "\u{212b}ngström", "A\u{30a}ngstro\u{308}m", 'İx', 'ix', "i\u{307}x", "I\u{307}X", 'ſtraße'],
        'sa-signs' => ['a.b|c(d)[e]{f}^$+?/', 'A.B|C(D)[E]{F}^$+?/', 'aXb|c(d)[e]{f}^$+?/', 'C:\temp\x', 'c:\TEMP\X', 'C:\\\\temp\\\\x', '#1', 'a-b', 'a–b', '1'],
        'sa-number' => ['0', '00', '007', '7', '0.0', ' 0 ', ''],
        'sa-order' => ['abc', 'a', 'ABC', 'b', 'ab c'],
        'sa-han' => ['한국어', "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}\u{110b}\u{1165}", '한국', '日本', '日本語', '日', "क\u{93c}", "\u{958}", 'क'],
    ];
    $list = $lists[$idnumber] ?? [];
    if (!$list) {
        foreach ($question->answer as $answer) {
            $text = str_replace('*', 'xyz', trim((string)$answer->text));
            array_push($list, $text, mb_strtoupper($text), " $text ", $text . '.', mb_substr($text, 1), Normalizer::normalize($text, Normalizer::FORM_D));
        }
        $list[] = '';
    }
    return array_map(fn($text) => ['text' => $text], array_values(array_unique($list)));
}

/** What is put into the gaps of a cloze: texts, or lists of places among the choices of the file. */
function gaps(string $idnumber): array {
    $lists = [
        'cloze-one' => [[1 => '4'], [1 => ' 4.0 '], [1 => '5'], [1 => 'four'], [1 => ''], []],
        'cloze-mixed' => [[1 => 'Paris', 2 => [1], 3 => '67'], [1 => 'PARIS', 2 => [1], 3 => '67.5'], [1 => 'Lyon', 2 => [0], 3 => '70'],
            [1 => 'Lyon', 2 => [2], 3 => '67'], [1 => 'Rome', 2 => [0], 3 => '1'], [1 => 'Paris'], [2 => [1]], [1 => 'Paris', 3 => 'many'],
            [1 => '', 2 => [], 3 => ''], [1 => 'Paris', 2 => [1], 3 => 'about 67'], [1 => 'Paris', 2 => [1], 3 => '67,000'], []],
        'cloze-weights' => [[1 => 'a', 2 => 'b', 3 => 'c'], [1 => 'a'], [2 => 'b', 1 => 'x', 3 => 'x'], [3 => 'c', 1 => 'x', 2 => 'x'],
            [1 => 'a', 2 => 'b', 3 => 'x'], [1 => 'half', 2 => 'half', 3 => 'half'], [1 => 'A', 2 => 'B', 3 => 'C'], []],
        'cloze-numbers' => [[1 => '3.14', 2 => '12', 3 => '0.5'], [1 => '3.15', 2 => '11.5', 3 => '.5'], [1 => '3.16', 2 => '12', 3 => '0.5'],
            [1 => '3.2', 2 => '13', 3 => '5e-1'], [1 => '3.14', 2 => '14', 3 => '1/2'], [1 => '3.14'], [1 => '3.14', 2 => '12', 3 => '77']],
        'cloze-choices' => [[1 => [0], 2 => [1], 3 => [2], 4 => [0]], [1 => [1], 2 => [1], 3 => [2], 4 => [1]], [1 => [2], 2 => [0], 3 => [0], 4 => [1]],
            [1 => [0], 2 => [1]], [1 => [1], 2 => [0], 3 => [1], 4 => [1]], []],
        'cloze-several' => [[1 => [0, 1], 2 => [0, 2]], [1 => [0], 2 => [0]], [1 => [0, 1, 2], 2 => [0, 1, 2]], [1 => [2], 2 => [1]],
            [1 => [0, 1], 2 => []], [1 => [0, 2], 2 => [0, 2]], []],
        'cloze-quoted' => [[1 => 'a}b', 2 => 'c#d', 3 => [0], 4 => 'é'], [1 => 'a\\}b', 2 => 'c\#d', 3 => [0], 4 => 'É'],
            [1 => 'A}B', 2 => 'C#D', 3 => [1], 4 => "e\u{301}"], [1 => 'a', 2 => 'c', 3 => [0], 4 => 'e']],
    ];
    return $lists[$idnumber];
}
