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

use local_palier\output\campaign_words;
use local_palier\output\map_page;
use mod_palier\api;
use moodle_exception;
use moodle_url;

/**
 * What is handed out before, during and after a campaign: each document is made from the campaign and from the site's settings
 * at the moment when it is asked for. Nothing of it is stored, and no person is in it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class kit {
    /** @var string[][] documents by group; the title of one is the string kit_NAME, that of a group kit_group_NAME. */
    public const GROUPS = [
        'messages' => ['announcement', 'invitation', 'reminder', 'thanks'],
        'work' => ['poster', 'manager', 'adviser', 'checklist', 'calendar'],
        'representatives' => ['notice', 'sheet', 'model'],
    ];

    /** @var string[] those that need the link, which comes with the launch. */
    private const LAUNCHED = ['invitation', 'reminder', 'poster'];

    /** @var string[] languages that documents are written in. */
    private const LANGUAGES = ['fr', 'en'];

    /** @var int days between the announcement and the first day. */
    private const AHEAD = 7;

    /** @var int days before the end at which people are reminded for the last time. */
    private const LAST = 3;

    /**
     * Constructor.
     *
     * @param campaign $campaign
     */
    public function __construct(
        /** @var campaign what it is about. */
        public readonly campaign $campaign
    ) {
    }

    /**
     * The languages of documents that this site has: Moodle's own words in them, such as months, come with a language pack.
     *
     * @return string[]
     */
    public static function languages(): array {
        $has = fn(string $language): bool => get_string_manager()->translation_exists($language, false);
        return array_values(array_filter(self::LANGUAGES, $has));
    }

    /**
     * Does something in one of the languages.
     *
     * @param string $language the reader's own, where it is none of languages()
     * @param callable $act
     * @return mixed what it gives
     */
    public static function in_language(string $language, callable $act): mixed {
        $before = force_current_language(in_array($language, self::languages(), true) ? $language : '');
        try {
            return $act();
        } finally {
            force_current_language($before);
        }
    }

    /**
     * The documents that there are now.
     *
     * @return string[][] names by group
     */
    public function names(): array {
        $without = $this->campaign->is_draft() ? self::LAUNCHED : [];
        return array_map(fn(array $names): array => array_values(array_diff($names, $without)), self::GROUPS);
    }

    /**
     * A document, in the present language.
     *
     * @param string $name
     * @return document
     * @throws moodle_exception kit_unknown
     */
    public function document(string $name): document {
        if (!in_array($name, array_merge(...array_values($this->names())), true)) {
            throw new moodle_exception('kit_unknown', 'local_palier', '', $name);
        }
        // The poster is a thing of its own, and bears the campaign's name; the others say what they are first.
        $document = new document($name === 'poster' ? $this->campaign->name : self::text("kit_$name"));
        if ($name !== 'calendar') {
            $document->text(get_string("kit_{$name}_text", 'local_palier'), $this->values());
        }
        match ($name) {
            'calendar' => $this->add_days($document),
            'poster' => $document->picture(
                (new \core_qrcode($this->campaign->join_url()->out(false)))->getBarcodePngData(8, 8),
                self::text('campaign_qr')
            ),
            'notice' => $this->add_notice($document),
            'sheet' => $this->add_sheet($document),
            'model' => $this->add_model($document),
            default => null,
        };
        return $document;
    }

    /**
     * What is to be done when.
     *
     * @return string[] names of the strings kit_day_NAME, by time of the day's beginning on the server, in order
     */
    public function days(): array {
        $open = self::day((int) $this->campaign->row->timeopen);
        $close = self::day((int) $this->campaign->row->timeclose);
        $length = (int) $open->diff($close)->days;
        $days = ['announce' => $open->modify('-' . self::AHEAD . ' days'), 'open' => $open];
        if ($length > 3 * self::LAST) {
            $days['middle'] = $open->modify('+' . intdiv($length, 2) . ' days');
        }
        if ($length > self::LAST) {
            $days['last'] = $close->modify('-' . self::LAST . ' days');
        }
        $days += ['close' => $close, 'thanks' => $close->modify('+1 day')];
        return array_map(fn(\DateTimeImmutable $day): int => $day->getTimestamp(), $days);
    }

    /**
     * The calendar as a file for diaries.
     *
     * @return string
     */
    public function diary(): string {
        global $CFG;
        require_once($CFG->libdir . '/bennu/bennu.inc.php');
        $diary = new \iCalendar();
        $diary->add_property('method', 'PUBLISH');
        $diary->add_property('prodid', '-//Palier//local_palier//EN');
        $host = (new moodle_url('/'))->get_host();
        foreach ($this->days() as $name => $time) {
            $event = new \iCalendar_event();
            $event->add_property('uid', "palier-{$this->campaign->id}-$name@$host");
            $event->add_property('dtstamp', \Bennu::timestamp_to_datetime(\core\di::get(\core\clock::class)->time()));
            $event->add_property('dtstart', self::day($time)->format('Ymd'), ['value' => 'DATE']);
            $event->add_property('summary', "{$this->campaign->name} – " . self::text("kit_day_$name"));
            $diary->add_component($event);
        }
        return $diary->serialize();
    }

    /**
     * The day of a time, on the server.
     *
     * @param int $time
     * @return \DateTimeImmutable
     */
    private static function day(int $time): \DateTimeImmutable {
        return (new \DateTimeImmutable("@$time"))->setTimezone(\core_date::get_server_timezone_object())->setTime(0, 0);
    }

    /**
     * A day in words.
     *
     * @param int $time
     * @return string
     */
    private static function date(int $time): string {
        return userdate($time, self::text('strftimedate', 'langconfig'), \core_date::get_server_timezone());
    }

    /**
     * A string.
     *
     * @param string $key
     * @param string $component
     * @return string
     */
    private static function text(string $key, string $component = 'local_palier'): string {
        return get_string($key, $component);
    }

    /**
     * What stands in the places of texts.
     *
     * @return string[]
     */
    private function values(): array {
        global $SITE;
        $row = $this->campaign->row;
        $words = campaign_words::of($this->campaign);
        $isdraft = $this->campaign->is_draft();
        return $words + [
            'site' => format_string($SITE->fullname, true, ['escape' => false]),
            'today' => self::date(\core\di::get(\core\clock::class)->time()),
            'from' => self::date((int) $row->timeopen),
            'to' => self::date((int) $row->timeclose),
            'least' => (string) suppression::least(),
            'link' => $isdraft ? '' : $this->campaign->join_url()->out(false),
            'code' => $isdraft ? '' : implode(' ', str_split($row->code, 4)),
            'page' => (new moodle_url('/local/palier/join.php'))->out(false),
            'mine' => (new moodle_url('/local/palier/mycampaigns.php'))->out(false),
            'sheet' => api::guide_url('model-sheet')->out(false),
            'helps' => $words['help'] === '' ? self::text('kit_nohelp') : $words['help'],
            'ask' => $words['help'] === ''
                ? self::text('kit_ask_anybody')
                : get_string('kit_ask_person', 'local_palier', $words['help']),
        ];
    }

    /**
     * Adds the days.
     *
     * @param document $document
     */
    private function add_days(document $document): void {
        $document->paragraph($this->campaign->name);
        $rows = [];
        foreach ($this->days() as $name => $time) {
            $rows[] = [self::date($time), self::text("kit_day_$name")];
        }
        $document->table([self::text('kit_calendar_date'), self::text('kit_calendar_what')], $rows);
    }

    /**
     * Adds who may see what, how long things are kept, where they go, and rights.
     *
     * @param document $document
     */
    private function add_notice(document $document): void {
        $sheet = api::data_protection_sheet();
        $counts = [];
        $capabilities = ['counts' => 'managecampaigns', 'maps' => 'viewmaps', 'gaps' => 'viewgaps'];
        foreach ($capabilities as $what => $capability) {
            $roles = get_role_names_with_caps_in_context($this->campaign->context(), ["local/palier:$capability"]);
            $counts[] = [self::text("kit_roles_$what"), implode(', ', $roles) ?: self::text('kit_roles_none')];
        }
        $document->table($sheet['who']['columns'], [...$sheet['who']['rows'], ...$counts]);
        $this->add_sections($document, array_intersect_key($sheet, ['kept' => 1, 'where' => 1]));
        $document->text(self::text('kit_notice_rights'), []);
    }

    /**
     * Adds what is done with data: each processing below a heading of its own, which fits a page and a telephone.
     *
     * @param document $document
     */
    private function add_sheet(document $document): void {
        $sheet = api::data_protection_sheet();
        $this->add_sections($document, array_diff_key($sheet, ['draft' => 1]));
        $document->heading($sheet['draft']['title']);
        foreach ($sheet['draft']['rows'] as $row) {
            $document->heading($row[0], 3);
            foreach (array_slice($row, 1, null, true) as $place => $text) {
                $label = $sheet['draft']['columns'][$place];
                $document->items(get_string('kit_field', 'local_palier', ['label' => $label, 'text' => $text]));
            }
        }
    }

    /**
     * Adds tables of the site's sheet.
     *
     * @param document $document
     * @param array[] $sections
     */
    private function add_sections(document $document, array $sections): void {
        foreach ($sections as $section) {
            $document->heading($section['title']);
            $document->paragraph($section['none']);
            $document->table($section['columns'], $section['rows']);
        }
    }

    /**
     * Adds which levels and competences the test of the campaign has.
     *
     * @param document $document
     */
    private function add_model(document $document): void {
        $cmid = $this->campaign->cmid ?? $this->campaign->templateid;
        if ($cmid === null) {
            return;
        }
        $lent = $this->campaign->cmid === null && isset(templates::lent($this->campaign->context())[$cmid]);
        $of = api::scales_of_activity($cmid, $lent);
        $asked = $this->campaign->cmid === null ? $this->campaign->scope()['scales'] : [];
        $scales = array_filter($of['scales'], fn(array $scale): bool => !$asked || in_array($scale['id'], $asked));
        if ($of['levels'] !== null) {
            [$first, $last] = $of['levels'];
            $document->paragraph(get_string('kit_model_levels', 'local_palier', [
                'first' => $first,
                'last' => $this->campaign->scope()['top'] ?? $last,
            ]));
        }
        if (count($scales) > 1) {
            $document->heading(self::text('kit_model_competences'));
            $document->items(...array_map(
                fn(array $scale): string => map_page::name($scale['name'] ?? $scale['id']),
                array_values($scales)
            ));
        }
    }
}
