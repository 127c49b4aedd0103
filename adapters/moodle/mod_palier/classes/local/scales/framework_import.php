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

use core_competency\competency_framework;
use mod_palier\local\engine\json_text;
use moodle_exception;
use tool_lpimportcsv\framework_importer;

/**
 * A framework that comes with the plugin, made a competency framework of the site by core's own importer, or its file for
 * that importer's page.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class framework_import {
    /** @var string[] file => id number of the framework; those of its competencies begin with its first part. */
    public const IDNUMBERS = ['crcn' => 'CRCN-2019', 'digcomp22' => 'DIGCOMP-2.2'];

    /** @var int level from which a competency counts as proficient: the first that needs no help. */
    private const PROFICIENT = 3;

    /** @var int characters that core keeps of a name. */
    private const LONGEST_NAME = 100;

    /**
     * The framework of the site that was made of a file, if it is there.
     *
     * @param string $file
     * @return competency_framework|null
     */
    public static function here(string $file): ?competency_framework {
        return competency_framework::get_record(['idnumber' => self::IDNUMBERS[$file]]) ?: null;
    }

    /**
     * What the id numbers of its competencies begin with.
     *
     * @param string $file
     * @return string
     */
    public static function prefix(string $file): string {
        return strtok(self::IDNUMBERS[$file], '-') . '-';
    }

    /**
     * Makes it. Whether the user may is checked by core.
     *
     * @param string $file of framework_data::FILES
     * @param string $language fr or en: of the names
     * @return competency_framework
     */
    public static function import(string $file, string $language): competency_framework {
        if (self::here($file)) {
            throw new moodle_exception('frameworkhere', 'mod_palier', '', self::IDNUMBERS[$file]);
        }
        $importer = new framework_importer(self::csv($file, $language), 'utf-8', 'comma');
        if ($importer->get_error()) {
            throw new moodle_exception('invalidimportfile', 'tool_lpimportcsv');
        }
        return $importer->import();
    }

    /**
     * The file that core's page "Import competency framework" takes.
     *
     * @param string $file of framework_data::FILES
     * @param string $language fr or en
     * @return string
     */
    public static function csv(string $file, string $language): string {
        $framework = framework_data::read($file);
        $names = framework_data::names(array_search($file, framework_data::FILES, true));
        $prefix = self::prefix($file);
        $levels = self::levels($framework, $language);
        $configuration = [['scaleid' => '0']];
        foreach (array_keys($levels) as $level) {
            $configuration[] = [
                'id' => $level + 1,
                'scaledefault' => (int) ($level === self::PROFICIENT),
                'proficient' => (int) ($level >= self::PROFICIENT),
            ];
        }
        $source = $framework['source'];
        $title = \core_text::substr($source['name'], 0, self::LONGEST_NAME);
        $described = implode(' – ', array_filter([$source['name'], $source['legal'] ?? $source['reference'], $source['licence']]));
        $rows = [framework_importer::list_required_headers()];
        $rows[] = ['', self::IDNUMBERS[$file], $title, $described, FORMAT_HTML, implode(',', $levels),
            json_text::encode($configuration), '', '', '', '', 1, 1, 'domain,competency,competency,competency'];
        $number = 1;
        foreach (framework_data::domains($framework) as $domain) {
            $parent = "{$prefix}{$domain['id']}";
            $rows[] = self::row('', $parent, $names[$domain['id']][$language], ++$number);
            foreach ($domain['competences'] as $competence) {
                $rows[] = self::row(
                    $parent,
                    "{$prefix}{$competence['id']}",
                    $names[$competence['id']][$language],
                    ++$number
                );
            }
        }
        $stream = fopen('php://temp', 'r+');
        foreach ($rows as $row) {
            fputcsv($stream, $row, ',', '"', '');
        }
        rewind($stream);
        return stream_get_contents($stream);
    }

    /**
     * A competency.
     *
     * @param string $parent
     * @param string $idnumber
     * @param string $name
     * @param int $number in the file
     * @return array
     */
    private static function row(string $parent, string $idnumber, string $name, int $number): array {
        return [$parent, $idnumber, $name, '', FORMAT_HTML, '', '', '', 0, 'null', '', $number, '', ''];
    }

    /**
     * What the levels are called, the one before level 1 first.
     *
     * @param array $framework
     * @param string $language
     * @return string[] by level
     */
    private static function levels(array $framework, string $language): array {
        $names = ['fr' => 'Niveau 0 - non atteint', 'en' => 'Level 0 - not reached'];
        $levels = [$names[$language]];
        foreach ($framework['levels'] as $level) {
            $band = $level["band_$language"] ?? $level["label_band_$language"];
            $levels[$level['level']] = ($language === 'fr' ? 'Niveau ' : 'Level ') . "{$level['level']} - $band";
        }
        return $levels;
    }
}
