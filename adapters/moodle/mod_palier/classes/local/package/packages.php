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

namespace mod_palier\local\package;

use context_module;
use core\clock;
use core\di;
use mod_palier\event\package_made;
use stdClass;
use stored_file;

/**
 * The packages that were made of an activity, each with its file: their records are read with it.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class packages {
    /** @var string where the files lie. */
    public const FILEAREA = 'package';

    /**
     * Keeps a package that was made.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     * @param string $path its file
     * @param array $columns of palier_package
     * @return int row of palier_package
     */
    public static function keep(stdClass $palier, context_module $context, string $path, array $columns): int {
        global $DB, $USER;
        $row = (object) ($columns + [
            'palierid' => $palier->id,
            'usermodified' => $USER->id,
            'timecreated' => di::get(clock::class)->time(),
        ]);
        $transaction = $DB->start_delegated_transaction();
        $row->id = $DB->insert_record('palier_package', $row);
        get_file_storage()->create_file_from_pathname([
            'contextid' => $context->id,
            'component' => 'mod_palier',
            'filearea' => self::FILEAREA,
            'itemid' => $row->id,
            'filepath' => '/',
            'filename' => self::filename($palier->name, $row->format, $row->timecreated),
        ], $path);
        $transaction->allow_commit();
        package_made::create([
            'context' => $context,
            'objectid' => $row->id,
            'other' => ['format' => $row->format, 'percent' => (int) $row->percent],
        ])->trigger();
        return (int) $row->id;
    }

    /**
     * What a package is called on somebody's disk.
     *
     * @param string $name of the activity
     * @param string $format
     * @param int $time
     * @return string
     */
    private static function filename(string $name, string $format, int $time): string {
        $plain = \core_text::strtolower(\core_text::specialtoascii(format_string($name)));
        $plain = trim(preg_replace('/[^a-z0-9]+/', '-', $plain), '-');
        return ($plain === '' ? 'test' : substr($plain, 0, 60)) . '-' . $format . '-' . date('Ymd-Hi', $time) . '.zip';
    }

    /**
     * Those of an activity, the newest first.
     *
     * @param int $palierid
     * @return stdClass[] rows of palier_package by id
     */
    public static function of(int $palierid): array {
        global $DB;
        return $DB->get_records('palier_package', ['palierid' => $palierid], 'timecreated DESC, id DESC');
    }

    /**
     * The file of a package.
     *
     * @param context_module $context
     * @param int $id row of palier_package
     * @return stored_file|null
     */
    public static function file(context_module $context, int $id): ?stored_file {
        $files = get_file_storage()->get_area_files($context->id, 'mod_palier', self::FILEAREA, $id, 'id', false);
        return reset($files) ?: null;
    }

    /**
     * Deletes a package. Attempts that came back from it stay.
     *
     * @param int $palierid
     * @param context_module $context
     * @param int $id row of palier_package
     */
    public static function delete(int $palierid, context_module $context, int $id): void {
        global $DB;
        if ($DB->record_exists('palier_package', ['id' => $id, 'palierid' => $palierid])) {
            get_file_storage()->delete_area_files($context->id, 'mod_palier', self::FILEAREA, $id);
            $DB->delete_records('palier_package', ['id' => $id]);
        }
    }

    /**
     * Sends the file of a package to who may have it.
     *
     * @param \context $context
     * @param array $args id and name of the file
     * @param array $options
     * @return bool false where there is none for this person
     */
    public static function send(\context $context, array $args, array $options): bool {
        if (!$context instanceof context_module || !has_capability('mod/palier:exportpackages', $context)) {
            return false;
        }
        $file = self::file($context, (int) reset($args));
        if (!$file || $file->get_filename() !== end($args)) {
            return false;
        }
        send_stored_file($file, 0, 0, true, $options);
        return true;
    }
}
