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
 * A plan of action as a CSV file: a line for each indicator.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class action_file {
    /** @var string[] column of the file => column of the table. */
    public const COLUMNS = [
        'axis' => 'axis', 'action' => 'action', 'indicator' => 'indicator', 'campaign' => 'campaignid', 'measure' => 'measure',
        'competence' => 'competence', 'level' => 'level', 'question' => 'question', 'target' => 'target', 'date' => 'duedate',
    ];

    /** @var string[] columns that a file may lack. */
    public const OPTIONAL = ['competence', 'level', 'question'];

    /**
     * The file of a plan, which comes in again as it is.
     *
     * @param action[] $actions
     * @return string
     */
    public static function text(array $actions): string {
        $stream = fopen('php://temp', 'r+');
        fwrite($stream, profile_file::BOM);
        fputcsv($stream, array_keys(self::COLUMNS), ',', '"', '');
        foreach ($actions as $action) {
            fputcsv($stream, [
                $action->axis, $action->action, $action->indicator, campaigns::get($action->campaignid)->row->code,
                $action->measure, $action->competence, $action->level, $action->question, $action->target,
                preg_replace('/^(\d{4})(\d\d)(\d\d)$/', '$1-$2-$3', (string) $action->duedate),
            ], ',', '"', '');
        }
        rewind($stream);
        return stream_get_contents($stream);
    }
}
