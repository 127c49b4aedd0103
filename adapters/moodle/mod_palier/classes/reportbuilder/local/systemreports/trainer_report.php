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

namespace mod_palier\reportbuilder\local\systemreports;

use core\context\module as context_module;
use core\url;
use core_reportbuilder\local\helpers\database;
use core_reportbuilder\local\report\column;
use core_reportbuilder\system_report;
use mod_palier\reportbuilder\local\code_title;
use mod_palier\local\report\{report_filters, visible_learners};

/**
 * What the trainer's reports have in common: who may read which learners, and the filters of the address.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class trainer_report extends system_report {
    /** @var report_filters What the trainer asked to see. */
    protected report_filters $wanted;

    #[\Override]
    protected function can_view(): bool {
        return $this->get_context() instanceof context_module &&
            has_capability('mod/palier:viewreports', $this->get_context());
    }

    /**
     * The format in which the report is being downloaded; an empty string when it is shown on a page.
     *
     * @return string
     */
    protected function download_format(): string {
        // Core makes the report before it tells it that it is downloaded; the request knows.
        return $this->get_parameter('spreadsheet', false, PARAM_BOOL) ? 'spreadsheet'
            : ($this->get_parameter('download', '', PARAM_ALPHA) ?: optional_param('download', '', PARAM_ALPHA));
    }

    /**
     * Whether the report is being downloaded.
     *
     * @return bool
     */
    protected function downloading(): bool {
        return $this->download_format() !== '';
    }

    /**
     * Whether what is downloaded is read as HTML. Such a format takes cells as they are.
     *
     * @return bool
     */
    private function downloads_html(): bool {
        $writer = "dataformat_{$this->download_format()}\\writer";
        return class_exists($writer) && (new $writer())->supports_html();
    }

    /**
     * Gives each cell its column's name: on a narrow screen a row becomes a card, and the header goes. In a file that is no HTML
     * a cell is the text that its HTML shows.
     */
    protected function label_cells(): void {
        $this->add_attributes(['class' => 'palier-report']);
        $plain = $this->downloading() && !$this->downloads_html();
        foreach ($this->get_columns() as $column) {
            if ($plain && in_array($column->get_type(), [column::TYPE_TEXT, column::TYPE_LONGTEXT])) {
                $column->add_callback(static fn(?string $html): ?string => $html === null ? null
                    : htmlspecialchars_decode($html, ENT_QUOTES));
            }
            if ($this->download_format() === 'json') {
                $column->set_title(new code_title($column->get_name()));
            }
            $column->add_attributes(['data-label' => $column->get_title(), 'data-column' => $column->get_name()]);
        }
    }

    /**
     * Leaves a trace of a download.
     *
     * @param string $event class of the event
     */
    protected function log_download(string $event): void {
        if ($this->downloading()) {
            $event::create(['context' => $this->get_context(), 'other' => [
                'format' => $this->download_format(),
                'filters' => $this->wanted->values(),
            ]])->trigger();
        }
    }

    /**
     * Limits the report to this activity, to the learners that the reader may see, and to what was asked.
     *
     * @param string $attempt alias of palier_attempt
     * @param string $user alias of user
     */
    protected function limit(string $attempt, string $user): void {
        $this->wanted = new report_filters($this->get_parameters());
        $context = $this->get_context();
        [, $cm] = get_course_and_cm_from_cmid($context->instanceid, 'palier');
        $this->where("{$attempt}.palierid = :value", $cm->instance);
        [$visible, $params] = visible_learners::condition($context, $attempt, (int) $this->wanted->get('group'));
        $this->add_base_condition_sql($visible, $params);
        if (($person = $this->wanted->get('person')) !== null) {
            $this->like(\core_user\fields::get_sql_fullname($user), $person);
        }
        if (($userid = $this->wanted->get('user')) !== null) {
            $this->where("{$attempt}.userid = :value", $userid);
        }
        if (($attemptid = $this->wanted->get('attempt')) !== null) {
            $this->where("{$attempt}.id = :value", $attemptid);
        }
        if (($level = $this->wanted->get('atmost')) !== null) {
            $this->where("{$attempt}.level <= :value", $level);
        }
    }

    /**
     * Adds a condition with one value.
     *
     * @param string $sql with ":value"
     * @param mixed $value
     */
    protected function where(string $sql, mixed $value): void {
        $name = database::generate_param_name();
        $this->add_base_condition_sql(str_replace(':value', ":$name", $sql), [$name => $value]);
    }

    /**
     * Adds a condition: one of some values.
     *
     * @param string $field
     * @param array $values
     */
    protected function where_in(string $field, array $values): void {
        global $DB;
        [$insql, $params] = $DB->get_in_or_equal($values, SQL_PARAMS_NAMED, database::generate_param_name() . '_');
        $this->add_base_condition_sql("$field $insql", $params);
    }

    /**
     * Adds a condition: a text contains another, whatever the case and the accents.
     *
     * @param string|array $field SQL, or SQL with its parameters
     * @param string $text
     */
    protected function like(string|array $field, string $text): void {
        global $DB;

        [$sql, $params] = is_array($field) ? $field : [$field, []];
        // A field's own parameters get names that no other condition has.
        foreach ($params as $name => $value) {
            $unique = database::generate_param_name();
            $sql = preg_replace('/:' . preg_quote((string) $name, '/') . '\b/', ":$unique", $sql);
            unset($params[$name]);
            $params[$unique] = $value;
        }
        $name = database::generate_param_name();
        $this->add_base_condition_sql($DB->sql_like($sql, ":$name", false, false), $params + [
            $name => '%' . $DB->sql_like_escape($text) . '%',
        ]);
    }

    /**
     * The report as HTML. Core gives the links that sort and turn pages the site's home page as address, as its script
     * follows none of them; where no script runs they lead to this page.
     *
     * @return string
     */
    public function page(): string {
        global $PAGE;
        return str_replace('href="' . (new url('/'))->out() . '?', 'href="' . $PAGE->url->out() . '&amp;', $this->output());
    }

    /**
     * A cell that no spreadsheet takes for a formula.
     *
     * @param string $text
     * @return string
     */
    public static function harmless(string $text): string {
        return preg_match('/^[=+\-@\t\r]/', $text) ? "'" . $text : $text;
    }
}
