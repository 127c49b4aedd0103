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

namespace availability_palier;

use context;
use core_availability\capability_checker;
use core_availability\info;
use course_modinfo;
use html_writer;
use mod_palier\api;
use stdClass;

/**
 * A level in a competence, or the level of a whole test, that has to be reached with a probability.
 *
 * Only results that may leave their learner's own page count: shared ones, or those of a test that asks for no sharing. What is
 * taken back, reopened or deleted counts no more from the next page on, what is corrected counts as it is then; while a result is
 * contested it stays as it is. What was not measured opens nothing: neither the condition nor its opposite.
 *
 * @package    availability_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class condition extends \core_availability\condition {
    /** @var int any test of this site. */
    public const ANY = 0;

    /** @var int a test that is not there any more. */
    public const GONE = -1;

    /** @var int percent, where nothing is said. */
    public const USUAL = 80;

    /** @var int[] the least and the greatest percentage that may be asked. */
    public const CHANCES = [50, 99];

    /** @var int course module of the test; ANY or GONE. */
    public int $cm;

    /** @var string id number of the framework; empty for the level of the whole test. */
    public readonly string $framework;

    /** @var string number of the competence; empty for the level of the whole test. */
    public readonly string $competence;

    /** @var int level that has to be reached. */
    public readonly int $level;

    /** @var int with how many chances in a hundred. */
    public readonly int $chance;

    /** @var int course module that prepares for it, 0 for none. */
    public int $prepare;

    /** @var string page that prepares for it, empty for none. */
    public readonly string $url;

    /**
     * Constructor.
     *
     * @param stdClass $structure as save() makes it
     * @throws \coding_exception where it is none
     */
    public function __construct($structure) {
        $kinds = ['cm' => 'is_int', 'framework' => 'is_string', 'competence' => 'is_string', 'level' => 'is_int'];
        foreach ($kinds as $field => $is) {
            if (!isset($structure->$field) || !$is($structure->$field)) {
                throw new \coding_exception("Missing or invalid ->$field for palier condition");
            }
        }
        $chance = $structure->chance ?? self::USUAL;
        if (!is_int($chance) || $chance < self::CHANCES[0] || $chance > self::CHANCES[1]) {
            throw new \coding_exception('Invalid ->chance for palier condition');
        }
        if ($structure->competence === '' && $structure->cm === self::ANY) {
            throw new \coding_exception('A palier condition without a competence needs ->cm');
        }
        $this->cm = $structure->cm;
        $this->framework = $structure->framework;
        $this->competence = $structure->competence;
        $this->level = $structure->level;
        $this->chance = $chance;
        $this->prepare = (int) ($structure->prepare ?? 0);
        $this->url = self::web((string) ($structure->url ?? ''));
    }

    #[\Override]
    public function save() {
        return (object) array_filter([
            'type' => 'palier',
            'cm' => $this->cm,
            'framework' => $this->framework,
            'competence' => $this->competence,
            'level' => $this->level,
            'chance' => $this->chance,
            'prepare' => $this->prepare ?: null,
            'url' => $this->url === '' ? null : $this->url,
        ], fn($value): bool => $value !== null);
    }

    #[\Override]
    public function is_available($not, info $info, $grabthelot, $userid) {
        return $this->allows(standing::chance((int) $userid, $this), (bool) $not);
    }

    #[\Override]
    public function is_applied_to_user_lists() {
        return $this->cm > 0;
    }

    #[\Override]
    public function filter_user_list(array $users, $not, info $info, capability_checker $checker) {
        if (!$this->may_filter($info)) {
            return $users;
        }
        $chances = standing::chances(array_keys($users), $this);
        return array_filter($users, fn($id): bool => $this->allows($chances[$id], (bool) $not), ARRAY_FILTER_USE_KEY);
    }

    #[\Override]
    public function get_user_list_sql($not, info $info, $onlyactive) {
        [$enrolled, $params] = get_enrolled_sql($info->get_context(), '', 0, $onlyactive);
        if (!$this->may_filter($info)) {
            return [$enrolled, $params];
        }
        global $DB;
        $ids = $DB->get_fieldset_sql($enrolled, $params);
        $chances = standing::chances(array_map('intval', $ids), $this);
        $those = array_keys(array_filter($chances, fn(?float $chance): bool => $this->allows($chance, (bool) $not)));
        // Numbers of the database's own: as parameters there could be too many.
        return ['SELECT id FROM {user} WHERE id IN (' . implode(',', [0, ...array_map('intval', $those)]) . ')', []];
    }

    #[\Override]
    public function get_description($full, $not, info $info) {
        return $this->description_callback([json_encode($this->save()), (int) (bool) $full, (int) (bool) $not]);
    }

    /**
     * What is asked, and what whoever reads it can do: of the reader alone it says whether something is known.
     *
     * @param course_modinfo $modinfo
     * @param context $context
     * @param string[] $params of get_description()
     * @return string HTML
     */
    public static function get_description_callback_value(course_modinfo $modinfo, context $context, array $params): string {
        [$json, $full, $not] = $params + ['', '0', '0'];
        $condition = new self(json_decode($json));
        $text = $condition->asked($modinfo, $context, (bool) $not);
        if ($condition->cm === self::GONE) {
            return $text;
        }
        $unknown = !$full && standing::chance($modinfo->get_user_id(), $condition) === null;
        $way = match (true) {
            $unknown => $condition->test($modinfo),
            (bool) $not => '',
            default => $condition->preparation($modinfo),
        };
        return $way === '' ? $text : "$text. $way";
    }

    #[\Override]
    public function update_after_restore($restoreid, $courseid, \base_logger $logger, $name) {
        global $DB;
        $mapped = function (int $id) use ($restoreid, $courseid, $DB): ?int {
            $record = \restore_dbops::get_backup_ids_record($restoreid, 'course_module', $id);
            return match (true) {
                $record && $record->newitemid => (int) $record->newitemid,
                // A copy in the same course.
                $DB->record_exists('course_modules', ['id' => $id, 'course' => $courseid]) => $id,
                default => null,
            };
        };
        $cm = $this->cm > 0 ? $mapped($this->cm) : $this->cm;
        $prepare = $this->prepare ? $mapped($this->prepare) : 0;
        if ($cm === null) {
            $told = "Restored item ($name) has availability condition on a test that was not restored";
            $logger->process($told, \backup::LOG_WARNING);
        }
        return $this->becomes($cm ?? self::GONE, $prepare ?? 0);
    }

    #[\Override]
    public function update_dependency_id($table, $oldid, $newid) {
        if ($table !== 'course_modules') {
            return false;
        }
        $new = fn(int $id): int => $id === (int) $oldid ? (int) $newid : $id;
        return $this->becomes($new($this->cm), $new($this->prepare));
    }

    #[\Override]
    protected function get_debug_string() {
        return "#{$this->cm} {$this->framework} {$this->competence} >= {$this->level} ({$this->chance} %)";
    }

    /**
     * Whether chances let somebody in.
     *
     * @param float|null $chance null where nothing is known
     * @param bool $not
     * @return bool
     */
    private function allows(?float $chance, bool $not): bool {
        return $chance !== null && $chance >= $this->chance / 100 !== $not;
    }

    /**
     * Whether lists of people are filtered: whoever reads one may read the shared results of a test of this course, and of no
     * other one.
     *
     * @param info $info
     * @return bool
     */
    private function may_filter(info $info): bool {
        return $this->cm > 0 && isset(get_fast_modinfo($info->get_course())->cms[$this->cm]);
    }

    /**
     * It is about other activities from now on.
     *
     * @param int $cm
     * @param int $prepare
     * @return bool whether that is new
     */
    private function becomes(int $cm, int $prepare): bool {
        $changed = [$this->cm, $this->prepare] !== [$cm, $prepare];
        [$this->cm, $this->prepare] = [$cm, $prepare];
        return $changed;
    }

    /**
     * What is asked.
     *
     * @param course_modinfo $modinfo
     * @param context $context
     * @param bool $not
     * @return string HTML
     */
    private function asked(course_modinfo $modinfo, context $context, bool $not): string {
        $language = str_starts_with(current_language(), 'fr') ? 'fr' : 'en';
        $names = $this->competence === '' ? [] : api::framework($this->framework, $context)['competences'][$this->competence] ?? [];
        $what = match (true) {
            $this->competence === '' => 'all',
            $this->cm === self::ANY => 'competence',
            default => 'both',
        };
        return get_string(($not ? 'notreached_' : 'reached_') . $what, 'availability_palier', [
            'level' => $this->level,
            'chance' => $this->chance,
            'competence' => s($names[$language] ?? $this->competence),
            'test' => self::link($modinfo, $this->cm) ?? get_string('gone', 'availability_palier'),
        ]);
    }

    /**
     * Where what was not measured is measured: the test that is meant, else one of this course.
     *
     * @param course_modinfo $modinfo
     * @return string HTML
     */
    private function test(course_modinfo $modinfo): string {
        $test = $this->cm ?: $this->test_here($modinfo);
        $link = $test ? self::link($modinfo, $test) : null;
        return $link === null
            ? get_string('unknown', 'availability_palier')
            : get_string('unknown_test', 'availability_palier', $link);
    }

    /**
     * A test of this course that the reader may take and that measures the competence.
     *
     * @param course_modinfo $modinfo
     * @return int|null course module
     */
    private function test_here(course_modinfo $modinfo): ?int {
        foreach ($modinfo->get_instances_of('palier') as $cm) {
            if (!$cm->uservisible || !has_capability('mod/palier:view', $cm->context)) {
                continue;
            }
            $test = api::scales_of_activity($cm->id);
            foreach ($test['scales'] as $scale) {
                if (api::competence_of_scale((string) $scale['id'], $test['source']) === [$this->framework, $this->competence]) {
                    return (int) $cm->id;
                }
            }
        }
        return null;
    }

    /**
     * What prepares for it.
     *
     * @param course_modinfo $modinfo
     * @return string HTML, empty where nothing does
     */
    private function preparation(course_modinfo $modinfo): string {
        $links = array_filter([
            $this->prepare ? self::link($modinfo, $this->prepare) : null,
            $this->url === '' ? null : html_writer::link($this->url, get_string('preparation', 'availability_palier')),
        ]);
        return $links ? get_string('prepare_with', 'availability_palier', implode(', ', $links)) : '';
    }

    /**
     * An activity of this course, with the way to it where the reader may go.
     *
     * @param course_modinfo $modinfo
     * @param int $cmid
     * @return string|null HTML; null where it is not there
     */
    private static function link(course_modinfo $modinfo, int $cmid): ?string {
        $cm = $modinfo->cms[$cmid] ?? null;
        if (!$cm || $cm->deletioninprogress) {
            return null;
        }
        $name = $cm->get_formatted_name();
        return $cm->uservisible && $cm->url ? html_writer::link($cm->url, $name) : $name;
    }

    /**
     * An address of the web, and nothing else.
     *
     * @param string $url
     * @return string empty where it is none
     */
    private static function web(string $url): string {
        return preg_match('~^https?://~i', $url) && clean_param($url, PARAM_URL) === $url ? $url : '';
    }
}
