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

namespace mod_palier\local\scales;

/**
 * Competence frameworks that come with the plugin as data (folder frameworks): names of their domains and competences in
 * French and English.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class framework_data {
    /** @var string[] family of tags => file. */
    public const FILES = ['crcn' => 'crcn', 'digcomp' => 'digcomp22'];

    /**
     * A framework as it is in its file.
     *
     * @param string $file one of FILES
     * @return array
     */
    public static function read(string $file): array {
        global $CFG;
        if (!in_array($file, self::FILES, true)) {
            throw new \coding_exception("No framework '{$file}' comes with mod_palier");
        }
        return json_decode(file_get_contents("{$CFG->dirroot}/mod/palier/frameworks/{$file}.json"), true, 512, JSON_THROW_ON_ERROR);
    }

    /**
     * Its domains, called areas in one of them, each with its competences.
     *
     * @param array $framework
     * @return array[]
     */
    public static function domains(array $framework): array {
        return $framework['domains'] ?? $framework['areas'];
    }

    /**
     * What a framework is called in a sentence.
     *
     * @param string $family
     * @return string
     */
    public static function title(string $family): string {
        return self::read(self::FILES[$family])['source']['short'];
    }

    /**
     * Which version of a framework this is, and where it is from.
     *
     * @param string $family
     * @return string[] text, and the language that most of it is in
     */
    public static function source(string $family): array {
        $framework = self::read(self::FILES[$family]);
        $source = $framework['source'];
        $text = get_string('frameworksource', 'mod_palier', [
            'version' => $framework['version'],
            'source' => $source['legal'] ?? "{$source['reference']}. {$source['attribution']}. {$source['licence']}",
        ] + $source);
        return ['text' => $text, 'language' => $source['language']];
    }

    /**
     * What the parts of a family of tags are called.
     *
     * @param string $family
     * @return array[] number => name by language; empty for a family that is not known
     */
    public static function names(string $family): array {
        if (!isset(self::FILES[$family])) {
            return [];
        }
        $names = [];
        foreach (self::domains(self::read(self::FILES[$family])) as $domain) {
            $names[$domain['id']] = self::name($domain, $domain['id'] . '. ');
            foreach ($domain['competences'] as $competence) {
                $names[$competence['id']] = self::name($competence, $competence['id'] . ' ');
            }
        }
        return $names;
    }

    /**
     * What competences of one framework are in another, as far as the data say: a mapping of our own, not official.
     *
     * @param string $from family of tags
     * @param string $to family of tags
     * @return string[][] numbers of the other, by number; empty where nothing is known
     */
    public static function related(string $from, string $to): array {
        $key = 'related_' . (self::FILES[$to] ?? '');
        $related = [];
        foreach (isset(self::FILES[$from]) ? self::domains(self::read(self::FILES[$from])) : [] as $domain) {
            foreach ($domain['competences'] as $competence) {
                if (isset($competence[$key])) {
                    $related[$competence['id']] = $competence[$key];
                }
            }
        }
        if ($related || !isset(self::FILES[$from], self::FILES[$to])) {
            return $related;
        }
        // The other way round.
        foreach ($from === $to ? [] : self::back($to, $from) as $number => $others) {
            $related[$number] = $others;
        }
        return $related;
    }

    /**
     * A mapping that the data have the other way round.
     *
     * @param string $from family of tags, whose data have it
     * @param string $to family of tags
     * @return string[][]
     */
    private static function back(string $from, string $to): array {
        $key = 'related_' . self::FILES[$to];
        $related = [];
        foreach (self::domains(self::read(self::FILES[$from])) as $domain) {
            foreach ($domain['competences'] as $competence) {
                foreach ($competence[$key] ?? [] as $number) {
                    $related[$number][] = $competence['id'];
                }
            }
        }
        ksort($related, SORT_NATURAL);
        return $related;
    }

    /**
     * The name of a domain or competence: its title where the framework has one in that language, else the label given here.
     *
     * @param array $entry
     * @param string $number
     * @return string[] by language
     */
    private static function name(array $entry, string $number): array {
        return [
            'fr' => $number . ($entry['title_fr'] ?? $entry['label_fr']),
            'en' => $number . ($entry['title_en'] ?? $entry['label_en']),
        ];
    }
}
