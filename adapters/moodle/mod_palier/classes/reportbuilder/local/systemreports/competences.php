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

use core_reportbuilder\local\entities\user;
use core_reportbuilder\local\report\column;
use lang_string;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\scales\correspondence;
use mod_palier\local\scales\framework_data;
use mod_palier\reportbuilder\local\entities\attempt;
use mod_palier\reportbuilder\local\entities\scale_result;
use moodle_url;
use stdClass;

/**
 * The results of a map for its trainers: a line a person and competence.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class competences extends trainer_report {
    /** @var string the filter that shows every competence. */
    public const EACH = '*';

    #[\Override]
    public static function get_name(): string {
        return get_string('report_competences', 'mod_palier');
    }

    #[\Override]
    protected function initialise(): void {
        $entity = new attempt();
        $results = new scale_result();
        $person = new user();
        $attempt = $entity->get_table_alias('palier_attempt');
        $scale = $results->get_table_alias('palier_attempt_scale');
        $user = $person->get_table_alias('user');

        $this->set_main_table('palier_attempt', $attempt);
        $this->add_entity($entity);
        $this->add_entity($results);
        $this->add_entity($person);
        $this->add_join("JOIN {user} {$user} ON {$user}.id = {$attempt}.userid");
        $this->add_join("JOIN {palier_attempt_scale} {$scale} ON {$scale}.attemptid = {$attempt}.id");
        $this->limit($attempt, $user);
        $competence = $this->wanted->get('competence');
        if ($competence === null || $competence === self::EACH) {
            $this->where("{$scale}.kind = :value", scale_results::SCALE);
        } else {
            $this->where("{$scale}.scale = :value", $competence);
        }
        $below = $this->wanted->get('below');
        if ($below !== null) {
            $end = $this->wanted->get('surely') ? 'levelhigh' : 'levellow';
            $this->where("{$scale}.{$end} < :value", $below);
        }

        $name = $this->downloading() ? 'user:fullname' : 'user:fullnamewithlink';
        $column = $this->add_column_from_entity($name)->set_title(new lang_string('person', 'mod_palier'));
        if ($this->downloading()) {
            $column->add_callback(trainer_report::harmless(...));
        }
        $this->add_column_from_entity('scale_result:competence');
        $palier = $this->palier();
        $plan = json_decode($palier->plan, true);
        $correspondence = correspondence::of(array_map('strval', array_column($plan['scales'] ?? [], 'id')));
        if ($correspondence) {
            $this->add_column($this->there($scale, $correspondence));
        }
        if ($this->downloading()) {
            foreach (['scaleid', 'levelvalue', 'levellow', 'levelhigh', 'bandlow', 'bandhigh', 'state'] as $id) {
                $this->add_column_from_entity("scale_result:$id");
            }
            foreach (attempt::FLAGS as $flag) {
                $this->add_column_from_entity("attempt:$flag");
            }
        } else {
            $this->add_column_from_entity('scale_result:level');
            if ($palier->fromlast) {
                $this->add_column_from_entity('attempt:earlier');
            }
        }
        if ($below !== null) {
            $this->add_column($this->certainty($scale, (int) $below));
        }
        if (array_column($plan['scales'] ?? [], 'required_theta')) {
            $this->add_column_from_entity('scale_result:required');
        }
        $this->add_column_from_entity('scale_result:answers');
        $this->add_column_from_entity('attempt:timefinish');
        if ($this->downloading()) {
            foreach (['theta', 'se'] as $id) {
                $this->add_column_from_entity("scale_result:$id")
                    ->set_callback(static fn(?float $value): ?float => $value === null ? null : round($value, 6));
            }
            $this->add_column_from_entity('attempt:number');
        } else {
            $this->add_column((new column('links', new lang_string('details', 'mod_palier'), 'attempt'))
                ->set_type(column::TYPE_INTEGER)
                ->add_field("{$attempt}.id")
                ->add_callback(static fn(int $id): string => \html_writer::link(
                    new moodle_url('/mod/palier/story.php', ['attempt' => $id]),
                    get_string('story', 'mod_palier')
                )));
        }
        $this->label_cells();
        $this->set_initial_sort_column('scale_result:level', SORT_ASC);
        $this->log_download(\mod_palier\event\report_viewed::class);
        $this->set_downloadable(true, get_string('report_competences', 'mod_palier'));
        $this->set_default_per_page(30);
        $this->set_default_no_results_notice(new lang_string('noattemptsfiltered', 'mod_palier'));
    }

    /**
     * The activity.
     *
     * @return stdClass plan, fromlast
     */
    private function palier(): stdClass {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($this->get_context()->instanceid, 'palier');
        return $DB->get_record('palier', ['id' => $cm->instance], 'plan, fromlast', MUST_EXIST);
    }

    /**
     * What a competence is in another framework.
     *
     * @param string $scale alias of palier_attempt_scale
     * @param correspondence $correspondence
     * @return column
     */
    private function there(string $scale, correspondence $correspondence): column {
        $title = new lang_string('correspondence_column', 'mod_palier', framework_data::title($correspondence->to));
        return (new column('there', $title, 'scale_result'))
            ->set_type(column::TYPE_TEXT)
            ->add_field("{$scale}.scale", 'there')
            ->add_callback(static fn(?string $id): string => implode(', ', $correspondence->there((string) $id)));
    }

    /**
     * Whether somebody is surely below a level, or only perhaps: the whole margin is, or a part of it.
     *
     * @param string $scale alias of palier_attempt_scale
     * @param int $below
     * @return column
     */
    private function certainty(string $scale, int $below): column {
        $title = new lang_string('belowlevel', 'mod_palier', $below);
        return (new column('below', $title, 'scale_result'))
            ->set_type(column::TYPE_INTEGER)
            ->add_field("{$scale}.levelhigh")
            ->set_is_sortable(true)
            ->add_callback(static fn(?int $high): string => get_string(
                $high < $below ? 'belowlevel_surely' : 'belowlevel_perhaps',
                'mod_palier'
            ));
    }

    /**
     * What a trainer may choose to see of a plan.
     *
     * @param string $plan JSON
     * @return string[] filter => name; none for a test of one level
     */
    public static function choices(string $plan): array {
        $scales = self::scales($plan);
        if (!$scales) {
            return [];
        }
        return [
            '' => get_string('scale_overall', 'mod_palier'),
            self::EACH => get_string('checkbyscale', 'mod_palier'),
        ] + self::names(json_decode($plan, true)['map']['domains'] ?? []) + $scales;
    }

    /**
     * The competences of a plan, by their ids.
     *
     * @param string $plan JSON
     * @return string[] none for a test of one level
     */
    public static function scales(string $plan): array {
        $decoded = json_decode($plan, true) ?: [];
        return \mod_palier\local\scales\map_plan::is($decoded) ? self::names($decoded['scales']) : [];
    }

    /**
     * Names of domains or scales, by their ids.
     *
     * @param array[] $entries of the plan
     * @return string[]
     */
    private static function names(array $entries): array {
        $names = [];
        foreach ($entries as $entry) {
            $names[$entry['id']] = \mod_palier\local\test\plan_text::of($entry['name'] ?? null) ?: (string) $entry['id'];
        }
        return $names;
    }
}
