<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Fails where a text of the catalogue stands a second time: as a literal in C++ or TypeScript (texts of two words and
// more: "pause" is a key too), or as a string of mod_palier that is not made of it. Case, kinds of apostrophes and
// spaces, and a stop at the end do not make two texts of one.
//
//   php adapters/words/said_once.php

declare(strict_types=1);

$root = dirname(__DIR__, 2);

function normal(string $text): string {
    $text = str_replace(['’', '\u00A0', "\u{a0}", "\u{202f}", '\u2019', '\\"', "\\'"], ["'", ' ', ' ', ' ', "'", '"', "'"], $text);
    $text = preg_replace(['/\{\$a(->\w+)?\}|\{\w+\}/', '/\s+/u'], ['{}', ' '], $text);
    return rtrim(trim(mb_strtolower($text)), '.');
}

$texts = []; // Normal text => key.
$pairs = []; // Normal French and English => key.
$made = [];  // Strings of Moodle that an entry makes.
foreach (glob(__DIR__ . '/catalogue/*.json') as $file) {
    foreach (json_decode(file_get_contents($file), true, 16, JSON_THROW_ON_ERROR) as $key => $entry) {
        $wanted = $entry['moodle'] ?? [];
        foreach (is_array($wanted) ? $wanted : [$wanted] as $name) {
            $made[$name] = $key;
        }
        if (isset($entry['as'])) {
            continue;
        }
        $forms = fn($language) => is_array($entry[$language]) ? $entry[$language] : ['other' => $entry[$language]];
        foreach ($forms('fr') as $form => $fr) {
            $en = $forms('en')[$form];
            $texts += [normal($fr) => $key, normal($en) => $key];
            $pair = normal($fr) . "\n" . normal($en);
            if (isset($pairs[$pair]) && $pairs[$pair] !== $key) {
                $bad[] = "adapters/words/catalogue: '$key' says what '{$pairs[$pair]}' says";
            }
            $pairs[$pair] = $key;
        }
    }
}

$folders = ["$root/engine", "$root/adapters", "$root/scorm/package", "$root/scorm/player/src"];
foreach ($folders as $folder) {
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS)) as $file) {
        if (!preg_match('/\.(cpp|hpp|ts|js)$/', (string) $file) || str_contains((string) $file, 'node_modules')) {
            continue;
        }
        $code = file_get_contents((string) $file);
        // Literals side by side are one, as in C++.
        $quoted = '"(?:[^"\\\\\n]|\\\\.)*"(?:\s*"(?:[^"\\\\\n]|\\\\.)*")*|\'(?:[^\'\\\\\n]|\\\\.)*\'|`(?:[^`\\\\]|\\\\.)*`';
        preg_match_all("/$quoted/u", preg_replace('~^\s*//.*$~m', '', $code), $found);
        foreach ($found[0] as $literal) {
            $text = normal(preg_replace(['/"\s*"/', '/\$\{\w+\}/'], ['', '{}'], substr($literal, 1, -1)));
            if (isset($texts[$text]) && str_contains($text, ' ')) {
                $bad[] = substr((string) $file, strlen($root) + 1) . ": $literal stands in the catalogue as '{$texts[$text]}'";
            }
        }
    }
}

$strings = [];
foreach (['fr', 'en'] as $language) {
    foreach (file("$root/adapters/moodle/mod_palier/lang/$language/palier.php") as $line) {
        if (preg_match('/^\$string\[\'([^\']+)\'\] = \'(.*)\';$/', rtrim($line), $found)) {
            $strings[$found[1]][] = normal($found[2]);
        }
    }
}
foreach ($strings as $name => [$fr, $en]) {
    // Places and marks alone say nothing.
    if (isset($pairs["$fr\n$en"]) && !isset($made[$name]) && preg_match('/\p{L}/u', $fr)) {
        $bad[] = "mod_palier: string '$name' stands in the catalogue as '{$pairs["$fr\n$en"]}': name it in its \"moodle\"";
    }
}
fwrite(STDERR, implode("\n", $bad ?? []) . (isset($bad) ? "\n" : ''));
exit(isset($bad) ? 1 : 0);
