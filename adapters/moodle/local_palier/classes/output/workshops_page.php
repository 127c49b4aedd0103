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

use context;
use local_palier\local\authority;
use local_palier\local\templates;
use local_palier\local\told;
use local_palier\local\workshop_groups;
use local_palier\local\workshops;
use moodle_exception;
use moodle_url;
use renderable;
use renderer_base;
use stdClass;
use templatable;

/**
 * Workshops of a place: what people would like one on, groups that are proposed, and workshops that were made.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class workshops_page implements renderable, templatable {
    /** @var int people of a group, unless the adviser says otherwise. */
    private const USUAL = ['least' => 5, 'most' => 8, 'level' => 3];

    /** @var int[] the place and those below it that are the adviser's. */
    private readonly array $contextids;

    /** @var int[][]|null groups that are proposed; null where nothing was asked for. */
    private ?array $groups = null;

    /** @var string why there are none. */
    private string $obstacle = '';

    /**
     * Constructor.
     *
     * @param context $context
     * @param array $asked
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context,
        /** @var array what was asked for: framework, competence, level, least, most, cmid; empty for nothing. */
        private readonly array $asked = []
    ) {
        $this->contextids = authority::below($context, 'local/palier:advise');
        if ($asked) {
            $gaps = workshops::gaps(
                $this->contextids,
                $asked['framework'],
                $asked['competence'],
                $asked['level'],
                $asked['cmid'] ?: null
            );
            try {
                $this->groups = workshop_groups::of($gaps, $asked['least'], $asked['most']);
            } catch (moodle_exception $e) {
                $this->obstacle = $e->getMessage();
            }
        }
    }

    /**
     * The groups that are proposed.
     *
     * @return int[][] people; none where none can be
     */
    public function groups(): array {
        return $this->groups ?? [];
    }

    /**
     * A mark of the proposal: another one where anybody came or went, or would be in another group.
     *
     * @return string
     */
    public function mark(): string {
        return hash('sha256', json_encode([$this->asked, $this->groups()]));
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $asked = $this->asked + self::USUAL + ['framework' => '', 'competence' => '', 'cmid' => 0];
        $wanted = workshops::wanted($this->contextids);
        $competences = [];
        foreach ($wanted as $framework => $numbers) {
            foreach ($numbers as $number => $people) {
                $competences[] = [
                    'value' => told::key((string) $framework, (string) $number),
                    'label' => $this->name((string) $framework, (string) $number) . " ($people)",
                    'selected' => $framework === $asked['framework'] && (string) $number === $asked['competence'],
                ];
            }
        }
        $campaigns = workshops::campaigns($this->contextids);
        return [
            'action' => (new moodle_url('/local/palier/workshops.php'))->out(false),
            'contextid' => $this->context->id,
            'sesskey' => sesskey(),
            'competences' => $competences,
            'has' => (bool) $competences,
            'level' => $asked['level'],
            'least' => $asked['least'],
            'most' => $asked['most'],
            'largest' => workshops::MOST_PEOPLE,
            'campaigns' => array_map(fn($cmid, string $name): array => [
                'value' => $cmid,
                'name' => $name,
                'selected' => $cmid == $asked['cmid'],
            ], array_keys($campaigns), $campaigns),
            'obstacle' => $this->obstacle,
            'proposal' => $this->groups ? $this->proposal() : false,
            'made' => array_map(fn(stdClass $workshop): array => [
                'name' => $workshop->name,
                'competence' => $this->name($workshop->framework, $workshop->competence),
                'url' => (new moodle_url('/local/palier/workshop.php', ['id' => $workshop->id]))->out(false),
            ], workshops::of($this->context)),
            'back' => (new moodle_url('/local/palier/advice.php', ['contextid' => $this->context->id]))->out(false),
        ];
    }

    /**
     * The groups that are proposed, and what is asked before they are made.
     *
     * @return array
     */
    private function proposal(): array {
        global $DB;
        $users = $DB->get_records_list('user', 'id', array_merge(...$this->groups));
        $courses = templates::courses($this->context, 'moodle/course:managegroups');
        return [
            'groups' => array_map(fn(int $number, array $people): array => [
                'number' => $number + 1,
                'people' => array_map(fn(int $id): string => fullname($users[$id]), $people),
                'count' => count($people),
            ], array_keys($this->groups), $this->groups),
            'courses' => array_map(fn($id, string $name): array => ['id' => $id, 'name' => $name], array_keys($courses), $courses),
            'can' => (bool) $courses,
            'name' => $this->name($this->asked['framework'], $this->asked['competence']),
            'mark' => $this->mark(),
            'one' => told::key($this->asked['framework'], $this->asked['competence']),
            'cmid' => $this->asked['cmid'],
        ];
    }

    /**
     * What a competence is called here.
     *
     * @param string $framework
     * @param string $competence
     * @return string
     */
    private function name(string $framework, string $competence): string {
        return helpers_page::name($framework, $competence, $this->context);
    }
}
