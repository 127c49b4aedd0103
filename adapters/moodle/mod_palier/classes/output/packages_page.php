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

namespace mod_palier\output;

use cm_info;
use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use core\url;
use mod_palier\local\counted;
use mod_palier\local\engine\json_text;
use mod_palier\local\package\package_maker;
use mod_palier\local\package\packages;
use mod_palier\local\package\program;
use mod_palier\local\package\remarks;
use stdClass;

/**
 * The packages of an activity: those that were made, and why none can be made where that is so.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class packages_page implements named_templatable, renderable {
    /**
     * The page.
     *
     * @param package_maker $maker
     * @param program|null $program null where there is none
     * @param cm_info $cm
     * @param int $shown row of palier_package whose report is shown, 0 for none
     * @param string $problem why a package was not made
     */
    public function __construct(
        /** @var package_maker */
        private readonly package_maker $maker,
        /** @var program|null null where there is none */
        private readonly ?program $program,
        /** @var cm_info the activity */
        private readonly cm_info $cm,
        /** @var int row of palier_package whose report is shown */
        private readonly int $shown = 0,
        /** @var string why a package was not made */
        private readonly string $problem = ''
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/packages_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $rows = packages::of((int) $this->cm->instance);
        $shown = $rows[$this->shown] ?? null;
        $forbidden = array_values($this->maker->forbidden());
        return [
            'problems' => $this->problem === '' ? [] : explode("\n", $this->problem),
            'cannot' => $this->cannot(),
            'security' => $this->program->notice[result_words::language()] ?? '',
            'forbidden' => array_map($this->name(...), $forbidden),
            'hasforbidden' => (bool) $forbidden,
            'shown' => $shown ? $this->report($shown) : false,
            'rows' => array_map($this->row(...), array_values($rows)),
            'hasrows' => (bool) $rows,
            'action' => (new url('/mod/palier/package.php', ['id' => $this->cm->id]))->out(false),
            'sesskey' => sesskey(),
        ];
    }

    /**
     * Why no package can be made.
     *
     * @return string empty where it can
     */
    private function cannot(): string {
        return match (true) {
            !$this->program => get_string('package_noprogram', 'mod_palier'),
            !$this->program->has_player() => get_string('package_noplayer', 'mod_palier'),
            !$this->maker->questions() => get_string('package_noquestions', 'mod_palier'),
            default => '',
        };
    }

    /**
     * A question's name for a page.
     *
     * @param stdClass $question
     * @return string HTML
     */
    private function name(stdClass $question): string {
        return format_string($question->name, true, ['context' => $question->contextid]);
    }

    /**
     * One package.
     *
     * @param stdClass $row
     * @return array
     */
    private function row(stdClass $row): array {
        $file = packages::file($this->cm->context, (int) $row->id);
        $when = userdate($row->timecreated, get_string('strftimedatetimeshort', 'core_langconfig'));
        return [
            'id' => $row->id,
            'when' => $when,
            'what' => $this->program->titles()[$row->format] ?? $row->format,
            'percent' => get_string('package_percent', 'mod_palier', $row->percent),
            'languages' => strtr($row->languages, [',' => ', ']),
            'fileurl' => $file ? url::make_pluginfile_url(
                $this->cm->context->id,
                'mod_palier',
                packages::FILEAREA,
                $row->id,
                '/',
                $file->get_filename(),
                true
            )->out(false) : '',
            'size' => $file ? display_size($file->get_filesize()) : '',
            'reporturl' => (new url('/mod/palier/package.php', ['id' => $this->cm->id, 'package' => $row->id]))->out(false),
        ];
    }

    /**
     * What became of the questions in a package.
     *
     * @param stdClass $row
     * @return array
     */
    private function report(stdClass $row): array {
        $report = json_text::decode($row->report);
        $names = get_string_manager()->get_list_of_languages();
        $languages = [];
        foreach (explode(',', $row->languages) as $language) {
            $part = $report[$language] ?? [];
            $lines = array_values(array_filter(array_map($this->line(...), $part['questions']['questions'] ?? [])));
            $languages[] = [
                'language' => $names[$language] ?? $language,
                'carried' => counted::text('package_carried', (int) ($part['carried'] ?? 0)),
                'warnings' => array_column($part['warnings'] ?? [], 'message'),
                'lines' => $lines,
                'haslines' => (bool) $lines,
            ];
        }
        return $this->row($row) + ['reports' => $languages];
    }

    /**
     * What a learner will miss of a question, or that the package has not got it.
     *
     * @param array $question of the report
     * @return array|null null where it is whole
     */
    private function line(array $question): ?array {
        $reason = (string) ($question['reason'] ?? '');
        $notes = $question['notes'] ?? [];
        return $reason === '' && !$notes ? null : [
            'name' => format_string($question['name'], true, ['context' => $this->cm->context]),
            'what' => get_string($reason === '' ? 'package_changed' : 'package_leftout', 'mod_palier'),
            'texts' => array_map(remarks::told(...), $reason === '' ? $notes : [$reason]),
        ];
    }
}
