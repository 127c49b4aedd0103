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

use local_palier\local\authority;
use local_palier\local\enrolment;
use local_palier\local\finding;
use local_palier\local\guidance;
use local_palier\local\learning_plan;
use local_palier\local\meetings;
use local_palier\local\recommendation;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What a person can do next, and why.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class guidance_list implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param guidance $guidance
     */
    public function __construct(
        /** @var guidance what there is. */
        private readonly guidance $guidance
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $profile = $this->guidance->comparison->profile;
        $name = fn($competence): string => $profile->competence((string) $competence);
        return [
            'trainings' => array_map($this->training(...), $this->guidance->recommendations),
            'hastrainings' => (bool) $this->guidance->recommendations,
            'without' => array_map($name, $this->guidance->without),
            'haswithout' => (bool) $this->guidance->without,
            'again' => array_map(fn($competence, finding $finding): array => [
                'competence' => $name($competence),
                'url' => api::start_url($finding->cmid)->out(false),
            ], array_keys($this->guidance->again), $this->guidance->again),
            'hasagain' => (bool) $this->guidance->again,
            'rendezvous' => guidance::rendezvous(),
            'meeturl' => meetings::can_ask() ? (new moodle_url('/local/palier/meetings.php'))->out(false) : '',
        ] + $this->people();
    }

    /**
     * Colleagues who help, and workshops to ask for.
     *
     * @return array
     */
    private function people(): array {
        global $USER;
        $profile = $this->guidance->comparison->profile;
        $may = has_capability('local/palier:seekhelp', \context_system::instance());
        $helpers = $may ? $this->guidance->helpers() : [];
        $workshops = $may ? $this->guidance->workshops() : [];
        $row = fn($competence): array => [
            'competence' => $profile->competence((string) $competence),
            'number' => (string) $competence,
        ];
        return [
            'helpers' => array_map(fn($competence, int $people): array => $row($competence) + [
                'people' => $people,
                'url' => helpers_page::url($profile->fields['framework'], (string) $competence)->out(false),
            ], array_keys($helpers), $helpers),
            'hashelpers' => (bool) $helpers,
            'workshops' => array_map(
                fn($competence, bool $wanted): array => $row($competence) + ['wanted' => $wanted],
                array_keys($workshops),
                $workshops
            ),
            'hasworkshops' => (bool) $workshops,
            'authority' => authority::names(authority::of((int) $USER->id)),
            'mine' => (new moodle_url('/local/palier/mine.php'))->out(false),
            'profileid' => $profile->id,
            'sesskey' => sesskey(),
        ];
    }

    /**
     * A training.
     *
     * @param recommendation $recommendation
     * @return array
     */
    private function training(recommendation $recommendation): array {
        $entry = $recommendation->entry;
        $way = $entry->courseid === null ? null : enrolment::way($entry->courseid);
        $course = fn(string $page): string => (new moodle_url($page, ['id' => $entry->courseid]))->out(false);
        $data = [
            'title' => $entry->title,
            'about' => $entry->about(),
            'levels' => $entry->levels(),
            'reasons' => self::reasons($recommendation),
            'canenrol' => $way === enrolment::OPEN,
            'courseurl' => $way === enrolment::IN ? $course('/course/view.php') : '',
            'askurl' => $way === enrolment::ASK ? $course('/enrol/index.php') : '',
            'url' => $entry->url,
            'canplan' => (bool) learning_plan::missing($entry, array_keys($recommendation->gaps)),
            'action' => (new moodle_url('/local/palier/step.php'))->out(false),
            'hidden' => [
                ['name' => 'sesskey', 'value' => sesskey()],
                ['name' => 'entry', 'value' => $entry->id],
                ['name' => 'profile', 'value' => $recommendation->profile->id],
            ],
        ];
        return $data + ['ask' => $way === null && $entry->url === '' && !$data['canplan'] ? $entry->code : ''];
    }

    /**
     * Why a training is recommended: for each gap that it is for, what is behind its place in the order.
     *
     * @param recommendation $recommendation
     * @return string[]
     */
    private static function reasons(recommendation $recommendation): array {
        $profile = $recommendation->profile;
        $reasons = [];
        foreach ($recommendation->gaps as $competence => $gap) {
            $reasons[] = get_string('because', 'local_palier', [
                'competence' => $profile->competence((string) $competence),
                'chance' => max(1, min(99, (int) round(100 * $gap))),
                'level' => $profile->requirements[$competence]['level'],
                'weight' => $profile->requirements[$competence]['weight'],
            ]);
        }
        return $reasons;
    }
}
