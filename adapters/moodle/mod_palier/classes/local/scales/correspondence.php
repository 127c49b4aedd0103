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

namespace mod_palier\local\scales;

/**
 * The competences of a map as another framework has them: which of the map's correspond to each competence there.
 *
 * It is a correspondence of names and no measurement: what is told of a competence is told of the one that was measured.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class correspondence {
    /**
     * Constructor.
     *
     * @param string $from family of the map's competences
     * @param string $to family that it is read by
     * @param string[] $ids of the map's competences, by number
     * @param string[][] $there numbers in the other framework, by number
     */
    private function __construct(
        /** @var string family of the map's competences. */
        public readonly string $from,
        /** @var string family that it is read by. */
        public readonly string $to,
        /** @var string[] ids of the map's competences, by number. */
        private readonly array $ids,
        /** @var string[][] numbers in the other framework, by number. */
        private readonly array $there,
    ) {
    }

    /**
     * Of a map.
     *
     * @param string[] $ids of its competences
     * @return self|null null where they are of no framework, of several, or of one that corresponds to no other
     */
    public static function of(array $ids): ?self {
        $found = [];
        foreach ($ids as $id) {
            $tag = scale_tag::read($id);
            if (isset(framework_data::FILES[$tag?->family])) {
                $found[$tag->family][$tag->value] = $id;
            }
        }
        $from = count($found) === 1 ? array_key_first($found) : null;
        foreach ($from === null ? [] : array_keys(framework_data::FILES) as $to) {
            $there = framework_data::related($from, $to);
            $known = array_intersect_key($found[$from], $there);
            if ($known) {
                return new self($from, $to, $known, $there);
            }
        }
        return null;
    }

    /**
     * The number of a competence of the map.
     *
     * @param string $id
     * @return string empty where it has none in its framework
     */
    public function number(string $id): string {
        return (string) array_search($id, $this->ids, true);
    }

    /**
     * What a competence of the map is in the other framework.
     *
     * @param string $id
     * @return string[] numbers there
     */
    public function there(string $id): array {
        return $this->there[$this->number($id)] ?? [];
    }

    /**
     * The other framework, area by area: what corresponds to each of its competences, whether the map has it or not.
     *
     * @return array[] name by language, and competences: name by language, and related: number => id in the map or null
     */
    public function areas(): array {
        $back = framework_data::related($this->to, $this->from);
        $names = framework_data::names($this->to);
        $areas = [];
        foreach (framework_data::domains(framework_data::read(framework_data::FILES[$this->to])) as $area) {
            $competences = [];
            foreach (array_column($area['competences'], 'id') as $number) {
                $related = $back[$number] ?? [];
                $competences[] = [
                    'name' => $names[$number],
                    'related' => array_combine($related, array_map(fn($other) => $this->ids[$other] ?? null, $related)),
                ];
            }
            $areas[] = ['name' => $names[$area['id']], 'competences' => $competences];
        }
        return $areas;
    }
}
