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
use local_palier\local\authority;
use local_palier\local\comparison;
use local_palier\local\decision;
use local_palier\local\finding;
use local_palier\local\guidance;
use local_palier\local\profile;
use local_palier\local\told;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * One's own results beside a profile.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class mine_page implements renderable, templatable {
    /** @var string[] a sign beside the word, which says the same. */
    public const SIGNS = ['reached' => '✓', 'undecided' => '≈', 'notreached' => '○', 'unknown' => '–'];

    /**
     * Constructor.
     *
     * @param profile[] $choices
     * @param comparison|null $comparison
     * @param guidance|null $guidance
     */
    public function __construct(
        /** @var profile[] by id: profiles that may be chosen. */
        private readonly array $choices,
        /** @var comparison|null with the one that is shown; null where there is none to choose. */
        private readonly ?comparison $comparison,
        /** @var guidance|null what can be done next; null where nothing is compared. */
        private readonly ?guidance $guidance = null
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $data = [
            'action' => (new moodle_url('/local/palier/mine.php'))->out(false),
            'choices' => array_values(array_map(fn(profile $profile) => [
                'id' => $profile->id,
                'name' => $profile->name(),
                'kind' => get_string('kind_' . $profile->fields['kind'], 'local_palier'),
                'selected' => $profile->id === $this->comparison->profile->id,
            ], $this->choices)),
            'has' => (bool) $this->comparison,
            'help' => self::help(),
        ];
        if (!$this->comparison) {
            return $data;
        }
        $profile = $this->comparison->profile;
        $first = $this->comparison->first();
        return $data + [
            'name' => $profile->name(),
            'family' => $profile->family(),
            'noframework' => $profile->framework() === null,
            'summary' => get_string('mine_summary', 'local_palier', $this->comparison->counts()),
            'first' => $first === null ? '' : $profile->competence($first),
            'next' => $this->guidance ? (new guidance_list($this->guidance))->export_for_template($output) : false,
            'lines' => array_map($this->line(...), array_map('strval', array_keys($profile->requirements))),
        ];
    }

    /**
     * With what the present user may offer help to colleagues, and does.
     *
     * @return array|null null where they may not
     */
    private static function help(): ?array {
        global $USER;
        if (!has_capability('local/palier:seekhelp', context_system::instance())) {
            return null;
        }
        $mine = told::mine(told::HELP);
        $able = told::able();
        $rows = [];
        foreach (array_unique([...array_keys($able), ...array_keys($mine)]) as $framework) {
            $numbers = array_unique([...$able[$framework] ?? [], ...$mine[$framework] ?? []]);
            natsort($numbers);
            foreach ($numbers as $number) {
                $rows[] = [
                    'key' => told::key((string) $framework, (string) $number),
                    'id' => count($rows),
                    'competence' => helpers_page::name((string) $framework, (string) $number),
                    'offered' => in_array($number, $mine[$framework] ?? [], true),
                ];
            }
        }
        $places = authority::of((int) $USER->id);
        return [
            'rows' => $rows,
            'can' => $rows && $places,
            'noauthority' => $rows && !$places,
            'told' => get_string('help_told', 'local_palier', [
                'authority' => authority::names($places),
                'level' => told::help_level(),
            ]),
            'none' => $rows ? '' : get_string('help_none', 'local_palier', told::help_level()),
            'sesskey' => sesskey(),
            'list' => (new moodle_url('/local/palier/helpers.php'))->out(false),
        ];
    }

    /**
     * A competence.
     *
     * @param string $competence
     * @return array
     */
    private function line(string $competence): array {
        $profile = $this->comparison->profile;
        $decision = $this->comparison->decision($competence);
        $finding = $this->comparison->finding($competence);
        return [
            'competence' => $profile->competence($competence),
            'level' => get_string('level', 'local_palier', $profile->requirements[$competence]['level']),
            'reason' => $profile->reason($competence),
            'sign' => self::SIGNS[$decision],
            'decision' => get_string("decision_$decision", 'local_palier'),
            'chance' => $finding ? self::chance($finding->chances) : '',
            'source' => $finding ? self::source($finding) : null,
        ];
    }

    /**
     * A chance, or the least and the greatest of several, in words. Nothing is certain.
     *
     * @param float[] $chances
     * @return string
     */
    public static function chance(array $chances): string {
        $round = fn(float $chance): int => max(1, min(99, (int) round(100 * $chance)));
        [$low, $high] = [$round(min($chances)), $round(max($chances))];
        return match (true) {
            $low !== $high => get_string('chances', 'local_palier', ['low' => $low, 'high' => $high]),
            $low === 1 => get_string('chance_one', 'local_palier'),
            default => get_string('chance', 'local_palier', $low),
        };
    }

    /**
     * Where it is from.
     *
     * @param finding $finding
     * @return array
     */
    private static function source(finding $finding): array {
        return [
            'date' => userdate($finding->time, get_string('strftimedate', 'langconfig')),
            'url' => api::start_url($finding->cmid)->out(false),
            'basis' => match ($finding->basis) {
                finding::MEASURED => '',
                finding::DOMAIN => get_string('basis_domain', 'local_palier'),
                finding::CORRESPONDING => get_string(
                    $finding->complete ? 'basis_corresponding' : 'basis_incomplete',
                    'local_palier',
                    ['framework' => $finding->framework, 'numbers' => implode(', ', $finding->numbers)]
                ),
            },
            'provisional' => $finding->provisional,
        ];
    }
}
