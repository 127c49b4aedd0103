<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the strings of mod_palier that the catalogue has: an entry's "moodle" names them (README.md). Other strings of
// the plugin stay as they are. --check: writes nothing, and fails where a string is not as the catalogue says.
//
//   php adapters/words/moodle.php [--check] [FOLDER with en/palier.php and fr/palier.php]

declare(strict_types=1);

$check = in_array('--check', $argv, true);
$plugin = array_values(array_diff(array_slice($argv, 1), ['--check']))[0] ?? dirname(__DIR__) . '/moodle/mod_palier/lang';

/** All entries by key. */
function catalogue(): array {
    $entries = [];
    foreach (glob(__DIR__ . '/catalogue/*.json') as $file) {
        $entries += json_decode(file_get_contents($file), true, 16, JSON_THROW_ON_ERROR);
    }
    return $entries;
}

/** French with its no-break spaces, as table.cmake makes them. */
function spaced(string $text, string $language): string {
    return $language === 'fr' ? preg_replace(['/ (?=[:;!?»%])/u', '/(?<=«) /u'], "\u{a0}", $text) : $text;
}

/** A text with Moodle's places: {level} is {$a->level}; "a" names the place that is {$a}, or gives places other names. */
function placed(string $text, string|array|null $a): string {
    return preg_replace_callback('/\{(\w+)\}/', fn($found) => $found[1] === $a
        ? '{$a}' : '{$a->' . (is_array($a) ? $a[$found[1]] ?? $found[1] : $found[1]) . '}', $text);
}

/** The strings that one entry makes in a language: name => text. */
function strings(array $entries, string $key, string $language): array {
    $entry = $entries[$key];
    $text = ($entries[$entry['as'] ?? $key])[$language];
    $made = [];
    $wanted = $entry['moodle'] ?? [];
    foreach (is_array($wanted) ? $wanted : [$wanted] as $form => $name) {
        $one = spaced(is_array($text) ? $text[$form] : $text, $language);
        $made[$name] = placed($one, $entry['a'] ?? null);
    }
    return $made;
}

$entries = catalogue();
$stale = 0;
foreach (['en', 'fr'] as $language) {
    $made = [];
    foreach (array_keys($entries) as $key) {
        foreach (strings($entries, $key, $language) as $name => $text) {
            if (isset($made[$name])) {
                fwrite(STDERR, "adapters/words/catalogue: two entries make the string '$name'\n");
                exit(1);
            }
            $made[$name] = $text;
        }
    }
    $file = "$plugin/$language/palier.php";
    $code = file_get_contents($file);
    // A string may have several lines: all up to the next one.
    $parts = preg_split('/^(?=\$string\[\')/m', $code);
    $head = array_shift($parts);
    $lines = [];
    foreach ($parts as $part) {
        preg_match('/^\$string\[\'([^\']+)\'\] = /', $part, $found);
        $lines[$found[1]] = rtrim($part, "\n");
    }
    foreach ($made as $name => $text) {
        $line = "\$string['$name'] = '" . addcslashes($text, "\\'") . "';";
        if (($lines[$name] ?? '') !== $line) {
            $stale++;
            if ($check) {
                fwrite(STDERR, "$file: '$name' is not as adapters/words/catalogue says:\n  $line\n");
            }
        }
        $lines[$name] = $line;
    }
    if (!$check) {
        ksort($lines, SORT_STRING);
        file_put_contents($file, $head . implode("\n", $lines) . "\n");
    }
}
if ($check && $stale) {
    fwrite(STDERR, "Run: php adapters/words/moodle.php\n");
    exit(1);
}
