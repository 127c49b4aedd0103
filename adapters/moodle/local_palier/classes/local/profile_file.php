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

namespace local_palier\local;

/**
 * Profiles as a CSV file: a line for each competence of each profile.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class profile_file {
    /** @var string[] column of the file => column of the tables. */
    public const COLUMNS = [
        'profile' => 'code', 'kind' => 'kind', 'name_fr' => 'namefr', 'name_en' => 'nameen', 'family_fr' => 'familyfr',
        'family_en' => 'familyen', 'impact' => 'impact', 'redeployment' => 'redeployment', 'cohort' => 'cohort',
        'framework' => 'framework', 'competence' => 'competence', 'level' => 'level', 'weight' => 'weight',
        'reason_fr' => 'reasonfr', 'reason_en' => 'reasonen',
    ];

    /** @var string[] columns that a file may lack. */
    public const OPTIONAL = [
        'name_fr', 'name_en', 'family_fr', 'family_en', 'impact', 'redeployment', 'cohort', 'weight', 'reason_fr', 'reason_en',
    ];

    /** @var string byte order mark of UTF-8, by which a spreadsheet knows what it reads. */
    public const BOM = "\xEF\xBB\xBF";

    /**
     * The file of profiles. It holds no text that a spreadsheet would take for a formula: profile_import takes none.
     *
     * @param profile[] $profiles
     * @return string
     */
    public static function text(array $profiles): string {
        $stream = fopen('php://temp', 'r+');
        fwrite($stream, self::BOM);
        fputcsv($stream, array_keys(self::COLUMNS), ',', '"', '');
        foreach ($profiles as $profile) {
            foreach ($profile->requirements as $requirement) {
                $values = $requirement + $profile->fields;
                $values['redeployment'] = $values['redeployment'] ? 'yes' : '';
                fputcsv($stream, array_map(fn($column) => $values[$column], self::COLUMNS), ',', '"', '');
            }
        }
        rewind($stream);
        return stream_get_contents($stream);
    }

    /**
     * The sample profiles that come along: six jobs of a French local authority.
     *
     * @return string
     */
    public static function samples(): string {
        return file_get_contents(__DIR__ . '/../../profiles/jobs.csv');
    }
}
