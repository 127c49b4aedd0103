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

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use mod_palier\local\xapi\deliveries;
use mod_palier\local\xapi\sentence;
use mod_palier\reportbuilder\local\entities\statement;
use moodle_url;
use stdClass;

/**
 * One statement: the sentence, what happened to it, its identifiers and the JSON that is sent.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class statement_detail implements named_templatable, renderable {
    /**
     * One statement.
     *
     * @param stdClass $row of palier_statement
     * @param string $person the learner's name
     * @param moodle_url $back the list
     */
    public function __construct(
        /** @var stdClass The row of palier_statement. */
        private readonly stdClass $row,
        /** @var string The learner's name. */
        private readonly string $person,
        /** @var moodle_url The list. */
        private readonly moodle_url $back,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/statement_detail';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $statement = json_decode($this->row->statement, true) ?: [];
        $facts = [];
        $fact = function (string $name, string $value, bool $code = false) use (&$facts): void {
            if ($value !== '') {
                $facts[] = ['name' => get_string($name, 'mod_palier'), 'value' => $value, 'code' => $code];
            }
        };
        $format = get_string('strftimedatetimeaccurate', 'langconfig');
        $fact('when', userdate((int) $this->row->timecreated, $format));
        $fact('delivery', statement::state($this->row->state));
        $fact('whynotsent', (string) $this->row->error);
        foreach (deliveries::of((int) $this->row->id) as $delivery) {
            $fact('destination', $delivery->words($format));
        }
        $fact('statementid', $this->row->uuid, true);
        $fact('verb', $statement['verb']['id'] ?? '', true);
        $fact('object', $statement['object']['id'] ?? '', true);
        $fact('registration', $statement['context']['registration'] ?? '', true);
        $fact('actor', $statement['actor']['account']['name'] ?? $statement['actor']['mbox'] ?? '', true);
        return [
            'sentence' => sentence::of($this->row->statement, $this->row->verb, $this->person),
            'facts' => $facts,
            'json' => json_encode($statement, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE),
            'story' => (new moodle_url('/mod/palier/story.php', ['attempt' => $this->row->attemptid]))->out(false),
            'back' => $this->back->out(false),
        ];
    }
}
