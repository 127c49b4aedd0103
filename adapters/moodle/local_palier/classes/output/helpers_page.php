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

namespace local_palier\output;

use context_system;
use core_message\api as messages;
use local_palier\local\authority;
use local_palier\local\told;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * Colleagues of one's own authority who help, by competence, and how to reach them: by a message of Moodle's, without any address.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class helpers_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param string $framework
     * @param string $competence
     */
    public function __construct(
        /** @var string id number of the framework; empty for the list of competences. */
        private readonly string $framework = '',
        /** @var string number of the competence. */
        private readonly string $competence = ''
    ) {
    }

    /**
     * Where those of a competence are listed.
     *
     * @param string $framework
     * @param string $competence
     * @return moodle_url
     */
    public static function url(string $framework, string $competence): moodle_url {
        return new moodle_url('/local/palier/helpers.php', ['framework' => $framework, 'competence' => $competence]);
    }

    /**
     * What a competence is called, for the people of a place.
     *
     * @param string $framework
     * @param string $competence
     * @param \context|null $place null for that of the present user
     * @return string the number alone where it is not known here
     */
    public static function name(string $framework, string $competence, ?\context $place = null): string {
        global $USER;
        $own = authority::of((int) $USER->id)[0] ?? null;
        $place ??= $own ? \context::instance_by_id($own) : context_system::instance();
        $language = str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
        return api::framework($framework, $place)['competences'][$competence][$language] ?? $competence;
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $USER;
        $places = authority::of((int) $USER->id);
        $one = $this->framework !== '';
        $helpers = $one ? told::helpers($this->framework, $this->competence) : [];
        return [
            'intro' => get_string('helpers_intro', 'local_palier', authority::names($places)),
            'noauthority' => !$places,
            'one' => $one,
            'name' => $one ? self::name($this->framework, $this->competence) : '',
            'helpers' => array_map($this->helper(...), array_values($helpers)),
            'hashelpers' => (bool) $helpers,
            'competences' => $one ? [] : self::competences(),
            'all' => (new moodle_url('/local/palier/helpers.php'))->out(false),
            'mine' => (new moodle_url('/local/palier/mine.php'))->out(false),
        ];
    }

    /**
     * The competences that somebody helps with.
     *
     * @return array[]
     */
    private static function competences(): array {
        $rows = [];
        foreach (told::offered() as $framework => $numbers) {
            foreach ($numbers as $number => $people) {
                $rows[] = [
                    'name' => self::name((string) $framework, (string) $number),
                    'people' => $people,
                    'url' => self::url((string) $framework, (string) $number)->out(false),
                ];
            }
        }
        return $rows;
    }

    /**
     * Somebody who helps.
     *
     * @param stdClass $user
     * @return array
     */
    private function helper(stdClass $user): array {
        global $CFG, $USER;
        $messaging = !empty($CFG->messaging) && has_capability('moodle/site:sendmessage', context_system::instance());
        $open = $messaging && messages::can_send_message((int) $user->id, (int) $USER->id);
        return [
            'name' => fullname($user),
            'id' => $user->id,
            'messageurl' => $open ? self::message_url((int) $user->id)->out(false) : '',
            'contact' => $messaging && !$open && !messages::is_blocked((int) $user->id, (int) $USER->id),
            'action' => self::url($this->framework, $this->competence)->out(false),
            'sesskey' => sesskey(),
        ];
    }

    /**
     * Where a message to somebody is written.
     *
     * @param int $userid
     * @return moodle_url
     */
    public static function message_url(int $userid): moodle_url {
        return new moodle_url('/message/index.php', ['id' => $userid]);
    }
}
