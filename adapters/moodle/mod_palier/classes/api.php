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

namespace mod_palier;

use cm_info;
use context;
use context_course;
use context_helper;
use context_module;
use core_competency\competency;
use mod_palier\api\result;
use mod_palier\event\attempt_finished;
use mod_palier\event\attempt_shared;
use mod_palier\event\attempt_started;
use mod_palier\event\attempt_withdrawn;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\sharing;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\demo\site;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\guide;
use mod_palier\local\parameters\csv_text;
use mod_palier\local\report\grading_method;
use mod_palier\local\report\visible_learners;
use mod_palier\local\scales\framework_data;
use mod_palier\local\scales\framework_import;
use mod_palier\local\scales\scale_source;
use mod_palier\local\scales\scale_tag;
use mod_palier\local\test\derived_test;
use mod_palier\output\data_protection_page;
use moodle_url;
use stdClass;

/**
 * The one door for other plugins: results, banks, the engine. All else in this plugin may change without notice.
 *
 * Who may see what is checked here, for the present user ($USER), by the rules of the activity itself: one's own results
 * with mod/palier:reviewmyattempts; those of others with mod/palier:viewreports, with separate groups those of one's own
 * groups only, and never one that its learner has not shared where the plan of the attempt asks for sharing. A scheduled
 * task runs as the administrator and so reads every shared result: whoever calls from there decides who sees what is
 * made of it. What does not exist is an exception (dml_missing_record_exception), what may not be seen a
 * required_capability_exception; results alone are left out in silence where a list spans several activities.
 *
 * A level is never computed outside the engine: what is known of a person is {@see result::$state}.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class api {
    /**
     * @var string[] Events of attempts, for observers in db/events.php. Their context is the activity's, objectid the
     *     attempt, relateduserid the learner, other: palierid, preview (1: nobody's result, leave it out).
     *     attempt_finished tells that an attempt ended, with a result or without; attempt_shared that its learner let
     *     others see it (activities that ask for no sharing have none), attempt_withdrawn that this was taken back. They come
     *     after the attempt is stored.
     */
    public const EVENTS = [
        attempt_started::class, attempt_finished::class, attempt_shared::class, attempt_withdrawn::class,
    ];

    /** @var string[] calls of the engine that another plugin may make, by their names in docs/host-calls.md. */
    public const CALLS = [
        'version', 'plan', 'parameters', 'words', 'feasibility', 'simulate', 'information', 'assemble',
        'shares',
    ];

    /** @var int people whose results are in memory together. */
    private const AT_ONCE = 250;

    /** @var int levels above the first that a plan may have (engine/schema/plan.schema.json). */
    private const MOST_LEVELS = 32;

    /**
     * The results of a person, at every activity where the present user may see them: at each the attempt
     * that counts by its grading method (where the average counts, the last with a result; without any result, the last).
     *
     * Of oneself also those that are not shared; of others shared ones only.
     *
     * @param int $userid
     * @return result[] oldest first
     */
    public static function results_of_user(int $userid): array {
        global $DB, $USER;
        $results = [];
        foreach (self::attempts_of([$userid])[$userid] ?? [] as $cmid => [$palier, $attempts]) {
            if ($userid == $USER->id && has_capability('mod/palier:reviewmyattempts', context_module::instance($cmid))) {
                $results[] = self::result($cmid, $palier, $attempts);
            } else if (has_capability('mod/palier:viewreports', context_module::instance($cmid))) {
                $cm = self::cm($cmid);
                [$where, $params] = visible_learners::condition($cm->context, 'a');
                array_push($results, ...iterator_to_array(self::read($cm, $where, $params, [$userid]), false));
            }
        }
        return self::oldest_first($results);
    }

    /**
     * The results at an activity: of each learner the attempt that counts by the grading method, among those that the
     * present user may see (where the average counts, the last with a result; without any result, the last).
     *
     * @param int $cmid course module
     * @param int $groupid members of this group only; 0: all. A group that the present user may not see has no results
     * @return \Generator<result> in the order of users; read one by one, so that it costs no memory in learners
     * @throws \required_capability_exception without mod/palier:viewreports
     */
    public static function results_of_activity(int $cmid, int $groupid = 0): \Generator {
        $cm = self::cm($cmid);
        require_capability('mod/palier:viewreports', $cm->context);
        return self::read($cm, ...visible_learners::condition($cm->context, 'a', $groupid));
    }

    /**
     * The results at all activities of a course where the present user may see those of others.
     *
     * @param int $courseid
     * @return \Generator<result> activity by activity, each in the order of users
     */
    public static function results_of_course(int $courseid): \Generator {
        foreach (get_fast_modinfo($courseid)->get_instances_of('palier') as $cm) {
            if (has_capability('mod/palier:viewreports', $cm->context)) {
                yield from self::read($cm, ...visible_learners::condition($cm->context, 'a'));
            }
        }
    }

    /**
     * The results of persons that open doors for them: whatever may leave their own pages, so what they shared or what needs no
     * sharing. Who asks is not checked, as access has to be the same whoever looks: it is for conditions of access alone, and
     * nothing of it may be shown to anybody but its learner.
     *
     * It asks the database once, and no course for its activities: it may be called while these are put together. All of it is in
     * memory: whoever asks for many asks for some at a time.
     *
     * @param int[] $userids
     * @param int|null $cmid at this activity alone
     * @return result[][] by user, of each activity the one that counts by its grading method, oldest first
     */
    public static function results_for_access(array $userids, ?int $cmid = null): array {
        $results = [];
        foreach (self::attempts_of($userids, $cmid) as $userid => $activities) {
            foreach ($activities as $id => [$palier, $attempts]) {
                $open = array_values(array_filter($attempts, fn(attempt $attempt): bool => $attempt->is_shared()));
                if ($open) {
                    $results[$userid][] = self::result($id, $palier, $open);
                }
            }
        }
        return array_map(self::oldest_first(...), $results);
    }

    /**
     * The questions of an activity as they are now, counted. Reads no answer and begins no bank.
     *
     * @param int $cmid course module
     * @return array{questions: int, items: int, scales: array, contents: array} questions: all that the filter gives;
     *     items: those with parameters, which a bank has; scales: scale => status (draft, pretest, operational, retired)
     *     => how many; contents: content area ('' where it has none) => how many operational items
     * @throws \required_capability_exception without mod/palier:manageparameters
     */
    public static function bank_of_activity(int $cmid): array {
        $builder = self::builder($cmid);
        $items = $builder->items();
        $scales = [];
        $contents = [];
        foreach ($items as $item) {
            $scales[$item['scale']][$item['status']] = ($scales[$item['scale']][$item['status']] ?? 0) + 1;
            if ($item['status'] === 'operational') {
                $contents[$item['content'] ?? ''] = ($contents[$item['content'] ?? ''] ?? 0) + 1;
            }
        }
        return [
            'questions' => count($builder->questions()),
            'items' => count($items),
            'scales' => $scales,
            'contents' => $contents,
        ];
    }

    /**
     * Activities by what they are called, with their contexts at hand: the database is asked once, however many courses there are.
     * It tells names, and nothing of questions or results; whoever calls decides which of them the present user may read.
     *
     * @param context|null $place of the courses below it; null: wherever they are
     * @param int[]|null $cmids these alone
     * @return array[] name and course (its short name), both HTML, and source as {@see self::scales_of_activity()} has it, by
     *     course module
     */
    public static function activities(?context $place, ?array $cmids = null): array {
        global $DB;
        $columns = context_helper::get_preload_record_columns_sql('x');
        [$where, $params] = $place
            ? [' AND ' . $DB->sql_like('x.path', ':below'), ['below' => $place->path . '/%']]
            : ['', []];
        if ($cmids !== null) {
            [$in, $those] = $DB->get_in_or_equal($cmids, SQL_PARAMS_NAMED, 'cm', true, 0);
            [$where, $params] = ["$where AND cm.id $in", $params + $those];
        }
        $rows = $DB->get_records_sql(
            "SELECT cm.id, p.name, c.shortname, p.scalesource, $columns
               FROM {course_modules} cm
               JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
               JOIN {palier} p ON p.id = cm.instance
               JOIN {course} c ON c.id = cm.course
               JOIN {context} x ON x.instanceid = cm.id AND x.contextlevel = :module
              WHERE cm.deletioninprogress = 0 $where
           ORDER BY cm.id",
            $params + ['module' => CONTEXT_MODULE]
        );
        return array_map(function (stdClass $row): array {
            context_helper::preload_from_record($row);
            $options = ['context' => context_module::instance($row->id)];
            return [
                'name' => format_string($row->name, true, $options),
                'course' => format_string($row->shortname, true, $options),
                'source' => (string) $row->scalesource,
            ];
        }, $rows);
    }

    /**
     * What an activity measures, as its plan says now: one scale, or the competences of a map.
     *
     * @param int $cmid course module
     * @param bool $lent whether whoever calls lends this activity to the present user, who need not see it
     * @return array{source: string, scales: array[], domains: array[], purpose: string, levels: int[]|null, bands: array[]}
     *     source: '' for one level, tags:FAMILY,
     *     framework:IDNUMBER (of a competency framework; ids of scales are the id numbers of its competencies) or plan;
     *     scales: id, name (a text, texts by language, or null) and of a map domain and top_level (the highest level that is
     *     asked about, where that is not the last); domains: id and name; purpose as in a
     *     result; levels: the first and the last, null without; bands: first, last and name (as of scales) of each run of
     *     neighbouring levels that have one name, the lowest first
     * @throws \required_capability_exception without mod/palier:view
     */
    public static function scales_of_activity(int $cmid, bool $lent = false): array {
        global $DB;
        $cm = self::cm($cmid);
        if (!$lent) {
            require_capability('mod/palier:view', $cm->context);
        }
        $palier = $DB->get_record('palier', ['id' => $cm->instance], 'plan, scalesource', MUST_EXIST);
        $plan = json_decode($palier->plan, true);
        $first = (int) ($plan['levels']['first'] ?? 0);
        $part = fn(array $entry): array => ['id' => $entry['id'], 'name' => $entry['name'] ?? null]
            + array_intersect_key($entry, ['domain' => 1, 'top_level' => 1]);
        return [
            'source' => (string) $palier->scalesource,
            'scales' => array_map($part, $plan['scales'] ?? []),
            'domains' => array_map($part, $plan['map']['domains'] ?? []),
            'purpose' => (string) ($plan['purpose'] ?? ''),
            'levels' => isset($plan['levels']) ? [$first, $first + count($plan['levels']['cuts'])] : null,
            'bands' => isset($plan['levels']) ? self::bands($plan['levels']) : [],
        ];
    }

    /**
     * The competence frameworks that come with this plugin, whether or not they are competency frameworks of the site.
     *
     * @return array[] id number, with its version (CRCN-2019) => title; levels, the first and the last; competences, number
     *     (1.1) => name by language (fr, en)
     */
    public static function frameworks(): array {
        static $frameworks = [];
        foreach ($frameworks ? [] : framework_data::FILES as $family => $file) {
            $data = framework_data::read($file);
            $numbers = [];
            foreach (framework_data::domains($data) as $domain) {
                array_push($numbers, ...array_column($domain['competences'], 'id'));
            }
            $frameworks[framework_import::IDNUMBERS[$file]] = [
                'title' => framework_data::title($family),
                'levels' => [min(array_column($data['levels'], 'level')), max(array_column($data['levels'], 'level'))],
                'competences' => array_intersect_key(framework_data::names($family), array_flip($numbers)),
            ];
        }
        return $frameworks;
    }

    /**
     * A framework: one that comes along, or a competency framework of the site that may be used in a place.
     *
     * @param string $idnumber
     * @param context $place where it is used: a framework of a course category is known in that category and below it
     * @return array|null as {@see self::frameworks()} has it: of one of the site's own, number is the id number of the competency,
     *     its name is the same in all languages, and its levels are those that a plan may have. Null where there is none
     */
    public static function framework(string $idnumber, context $place): ?array {
        if (isset(self::frameworks()[$idnumber])) {
            return self::frameworks()[$idnumber];
        }
        $framework = scale_source::framework(scale_source::FRAMEWORK . $idnumber, IGNORE_MISSING);
        $contexts = $place->get_parent_context_ids(true);
        if (!$framework || !in_array($framework->get('contextid'), $contexts)) {
            return null;
        }
        $plain = fn($one): string => format_string(
            $one->get('shortname'),
            true,
            ['context' => $framework->get_context(), 'escape' => false]
        );
        $competences = [];
        foreach (competency::get_records(['competencyframeworkid' => $framework->get('id')], 'path, sortorder') as $competency) {
            $competences[$competency->get('idnumber')] = array_fill_keys(['fr', 'en'], $plain($competency));
        }
        return ['title' => $plain($framework), 'levels' => [1, self::MOST_LEVELS], 'competences' => $competences];
    }

    /**
     * The competence that a scale of a map is.
     *
     * @param string $id of the scale: crcn:1.1, CRCN-1.1, or the id number of a competency of the site
     * @param string $source of the activity, as {@see self::scales_of_activity()} and {@see result::$source} have it
     * @return string[]|null id number of the framework and number of the competence, as {@see self::framework()} has them;
     *     null where it is of none
     */
    public static function competence_of_scale(string $id, string $source = ''): ?array {
        if (str_starts_with($source, scale_source::FRAMEWORK)) {
            $own = substr($source, strlen(scale_source::FRAMEWORK));
            if (!isset(self::frameworks()[$own])) {
                return [$own, $id];
            }
        }
        $tag = scale_tag::read($id);
        $idnumber = framework_import::IDNUMBERS[framework_data::FILES[$tag?->family ?? ''] ?? ''] ?? null;
        return isset($idnumber, self::frameworks()[$idnumber]['competences'][$tag->value]) ? [$idnumber, $tag->value] : null;
    }

    /**
     * The competency of this site that a competence is, for learning plans and whatever else core keeps of competencies.
     *
     * @param string $framework id number, as {@see self::framework()} has it
     * @param string $number of the competence
     * @return int|null id of the competency; null where the framework is not one of this site's, or is hidden
     */
    public static function competency_of(string $framework, string $number): ?int {
        $file = array_search($framework, framework_import::IDNUMBERS, true);
        $record = scale_source::framework(scale_source::FRAMEWORK . $framework, IGNORE_MISSING);
        if (!$record || !$record->get('visible')) {
            return null;
        }
        $competency = competency::get_record([
            'competencyframeworkid' => $record->get('id'),
            'idnumber' => ($file === false ? '' : framework_import::prefix($file)) . $number,
        ]);
        return $competency ? (int) $competency->get('id') : null;
    }

    /**
     * What the competences of one framework are in another: a correspondence of names and no measurement, of ours and not
     * official. Whoever tells a result by it says so.
     *
     * @param string $from id number, one of {@see self::frameworks()}
     * @param string $to id number
     * @return string[][] numbers in the other, by number; empty where nothing is known
     */
    public static function corresponding(string $from, string $to): array {
        $family = fn(string $idnumber): string => (string) array_search(
            array_search($idnumber, framework_import::IDNUMBERS, true),
            framework_data::FILES,
            true
        );
        return framework_data::related($family($from), $family($to));
    }

    /**
     * Asks the engine: one of {@see self::CALLS}, with the members and the answer of docs/host-calls.md ("palier call").
     *
     * It computes and stores nothing. Without $cmid it reads nothing of the site, and whoever calls may ask. With $cmid the
     * bank of that activity's questions, as they are now, is the bank of the call.
     *
     * @param string $call its name, such as feasibility
     * @param array $request its other members; values as PHP arrays (an object without members: new \stdClass())
     * @param int|null $cmid course module of the activity whose bank is meant
     * @return array the answer
     * @throws \coding_exception for another call, or a member that names a file or an item list beside $cmid
     * @throws \required_capability_exception without mod/palier:manageparameters at $cmid
     * @throws \mod_palier\local\engine\engine_exception a moodle_exception: what is wrong and what would be right
     * @throws \moodle_exception noengine where the site has none, emptybank where no question has parameters
     */
    public static function ask_engine(string $call, array $request = [], ?int $cmid = null): array {
        if (!in_array($call, self::CALLS, true)) {
            throw new \coding_exception("The engine's call '$call' is none of: " . implode(', ', self::CALLS));
        }
        foreach (['call', 'bank_file', 'bank_hash', 'output', ...($cmid === null ? [] : ['items'])] as $member) {
            if (array_key_exists($member, $request)) {
                throw new \coding_exception("A request to the engine has no member '$member' here");
            }
        }
        return engine_factory::get()->call($call, $request, $cmid === null ? null : self::builder($cmid)->bank());
    }

    /**
     * How far people have come between two tests of one plan, as the engine says (call gains of docs/host-calls.md).
     *
     * @param string $planhash {@see result::$planhash} of all of them
     * @param array[] $persons before and after, each as {@see result::estimates()} tells it. Results whose state has "earlier" are
     *     the caller's to leave out
     * @param float $probability of the intervals
     * @return array[] by scale: compared (how many) and mean (value, se, interval, and levels with the same; null of fewer than 5)
     * @throws \dml_missing_record_exception where no attempt has that plan
     */
    public static function gains(string $planhash, array $persons, float $probability): array {
        global $DB;
        $objects = fn(array $estimates) => (object) array_map(fn(array $one) => (object) $one, $estimates);
        $answer = engine_factory::get()->call('gains', [
            // As objects: an empty one is to stay one.
            'plan' => json_decode($DB->get_field('palier_plan', 'plan', ['hash' => $planhash], MUST_EXIST)),
            'persons' => array_map(fn(array $person) => array_map($objects, $person), array_values($persons)),
            'probability' => $probability,
            'each' => false,
        ]);
        return array_map(
            fn(array $scale): array => ['compared' => $scale['compared'], 'mean' => $scale['mean']],
            array_column($answer['scales'], null, 'scale')
        );
    }

    /**
     * Where a learner begins the test, or goes on with it: the page of the activity, with its conditions and its button.
     * It starts nothing by itself, so it may stand in a message, a poster or a QR code. It looks nothing up: of an activity that is
     * not there it is an address that says so.
     *
     * @param int $cmid course module
     * @return moodle_url
     */
    public static function start_url(int $cmid): moodle_url {
        return new moodle_url('/mod/palier/view.php', ['id' => $cmid]);
    }

    /**
     * Could a test that is made of an activity keep its promise, with these questions? The engine simulates. It stores nothing.
     *
     * @param int $cmid course module of the activity that it is made of: one of several competences or of one level
     * @param array $scope scales: ids of the competences that are asked, two at least, empty for all; top: level above which
     *     none is told, or null; tops, of a test of several competences: the level up to which each is asked about, by its id,
     *     the highest where it is not there; whoever is told it has it at least; questions: how many at most, or null as in the
     *     activity; floor, of a test of one level: the test asks whether that level is reached, and ends when it knows; help: who
     *     helps and how they are reached, the first of the next steps below that level (without one: of all); instead: text of a
     *     next step whose place it takes; course: in which course it is made, where that is not the activity's own: by that,
     *     whoever calls says that the activity is lent to those of that course, with its questions
     * @return array{can: bool, summary: string, problems: string[], warnings: string[], questions: float|null, minutes: float|null}
     *     summary: in one line, how many questions there are, how many it would ask, its margin and its time, as the form says it;
     *     problems: what forbids it, with what would be right; warnings: what should be known, such as how many near a level
     *     would get no answer whether they reach it
     * @throws \required_capability_exception without mod/palier:addinstance where it is made
     */
    public static function check_test_of(int $cmid, array $scope): array {
        $where = isset($scope['course']) ? context_course::instance($scope['course']) : self::cm($cmid)->context;
        require_capability('mod/palier:addinstance', $where);
        try {
            $check = (new derived_test($cmid, $scope))->check();
        } catch (\moodle_exception $e) {
            return ['can' => false, 'summary' => '', 'problems' => [$e->getMessage()], 'warnings' => []]
                + ['questions' => null, 'minutes' => null];
        }
        return [
            'can' => $check->canrun,
            'summary' => derived_test::summary($check),
            'problems' => array_column($check->problems, 'message'),
            'warnings' => array_column($check->warnings, 'message'),
            'questions' => $check->feasibility['expected_items'] ?? null,
            'minutes' => $check->feasibility['expected_minutes'] ?? null,
        ];
    }

    /**
     * Makes that test: an activity with the same questions and next steps. Its results belong to the
     * learner until they are shared.
     *
     * @param int $cmid
     * @param array $scope as of {@see self::check_test_of()}
     * @param string $name
     * @param int $timeopen 0: no date
     * @param int $timeclose
     * @return int course module
     * @throws \required_capability_exception without mod/palier:addinstance
     * @throws \moodle_exception where it cannot run
     */
    public static function make_test_of(int $cmid, array $scope, string $name, int $timeopen, int $timeclose): int {
        $check = self::check_test_of($cmid, $scope);
        if (!$check['can']) {
            throw new \moodle_exception('derived_cannot', 'mod_palier', '', implode(' ', $check['problems']));
        }
        return (new derived_test($cmid, $scope))->make($name, $timeopen, $timeclose);
    }

    /**
     * Makes the map of the demonstration in a course, with its questions, where it is not there. For demonstration sites.
     *
     * @param int $courseid
     * @return int course module
     */
    public static function make_demo_map(int $courseid): int {
        return site::map(get_course($courseid));
    }

    /**
     * Takes a test of the demonstration's questions as a learner would, and shares it or not. For demonstration sites.
     *
     * @param int $cmid
     * @param int $userid who may take it
     * @param float $ability in logits
     * @param bool $share
     * @return int attempt
     */
    public static function take_demo_test(int $cmid, int $userid, float $ability, bool $share): int {
        global $USER;
        $before = $USER;
        $attempt = site::take($cmid, $userid, $ability);
        if ($share) {
            \core\session\manager::set_user(\core_user::get_user($userid, '*', MUST_EXIST));
            try {
                sharing::share($attempt->id);
            } finally {
                \core\session\manager::set_user($before);
            }
        }
        return $attempt->id;
    }

    /**
     * Where a guide that comes with this plugin is read.
     *
     * @param string $page its name in English, such as human-resources
     * @return moodle_url
     */
    public static function guide_url(string $page): moodle_url {
        return guide::url($page);
    }

    /**
     * What this site's settings say of people's data, for a file that people are given who have to know it: who sees what, how
     * long it is kept, where it goes, and the draft of an impact assessment. What concerns the machine and its network is not
     * in it.
     *
     * @return array[] as {@see data_protection_page::sections()}: where, kept, who, others (where there is one) and draft
     */
    public static function data_protection_sheet(): array {
        return array_diff_key(data_protection_page::sections(), ['network' => 1, 'chosen' => 1, 'engine' => 1]);
    }

    /**
     * A file that a spreadsheet opens by a double click, as this plugin makes its own: with the byte order mark, semicolons,
     * the reader's decimal sign; no text in it is a formula.
     *
     * @param array[] $rows of cells; the first has the titles
     * @return string
     */
    public static function spreadsheet(array $rows): string {
        $safe = fn($cell) => is_string($cell) ? csv_text::safe($cell) : $cell;
        return csv_text::BOM . implode('', array_map(fn($row) => csv_text::spreadsheet_line(array_map($safe, $row)), $rows));
    }

    /**
     * Where a learner shares a result of theirs, or takes that back. It does neither by itself.
     *
     * @param int $attemptid {@see result::$attemptid}
     * @return moodle_url
     */
    public static function share_url(int $attemptid): moodle_url {
        return new moodle_url('/mod/palier/share.php', ['attempt' => $attemptid]);
    }

    /**
     * The bands of levels: neighbouring levels of one name, or one level.
     *
     * @param array $levels of a plan
     * @return array[]
     */
    private static function bands(array $levels): array {
        $bands = [];
        for ($place = 0; $place <= count($levels['cuts']); $place++) {
            $level = (int) ($levels['first'] ?? 0) + $place;
            $name = $levels['names'][$place] ?? null;
            if ($bands && $name !== null && end($bands)['name'] == $name) {
                $bands[array_key_last($bands)]['last'] = $level;
            } else {
                $bands[] = ['first' => $level, 'last' => $level, 'name' => $name];
            }
        }
        return $bands;
    }

    /**
     * What persons finished here, at every activity. It asks the database once, and no course.
     *
     * @param int[] $userids
     * @param int|null $cmid at this activity alone
     * @return array[][] by user, by course module: the activity's grademethod and scalesource, and attempts, oldest first
     */
    private static function attempts_of(array $userids, ?int $cmid = null): array {
        global $DB;
        if (!$userids) {
            return [];
        }
        [$in, $params] = $DB->get_in_or_equal($userids, SQL_PARAMS_NAMED, 'user');
        $context = context_helper::get_preload_record_columns_sql('x');
        $rows = $DB->get_records_sql(
            "SELECT a.*, b.hash AS bankhash, p.hash AS planhash, p.plan, cm.id AS cmid, pa.grademethod, pa.scalesource, $context
               FROM {palier_attempt} a
               JOIN {palier} pa ON pa.id = a.palierid
               JOIN {course_modules} cm ON cm.instance = pa.id AND cm.deletioninprogress = 0
               JOIN {modules} m ON m.id = cm.module AND m.name = 'palier'
               JOIN {context} x ON x.instanceid = cm.id AND x.contextlevel = :module
               JOIN {palier_bank} b ON b.id = a.bankid
               JOIN {palier_plan} p ON p.id = a.planid
              WHERE a.userid $in AND a.preview = 0 AND a.packageid IS NULL AND a.state = :finished"
                . ($cmid === null ? '' : ' AND cm.id = :cmid') . '
           ORDER BY a.userid, cm.id, a.timefinish, a.id',
            $params + ['module' => CONTEXT_MODULE, 'finished' => attempt::FINISHED] + ($cmid === null ? [] : ['cmid' => $cmid])
        );
        $found = [];
        foreach ($rows as $row) {
            context_helper::preload_from_record($row);
            $attempt = new attempt($row);
            $found[$attempt->userid][(int) $row->cmid][0] = $row;
            $found[$attempt->userid][(int) $row->cmid][1][] = $attempt;
        }
        return $found;
    }

    /**
     * Results in the order in which they were finished.
     *
     * @param result[] $results
     * @return result[]
     */
    private static function oldest_first(array $results): array {
        usort($results, fn(result $one, result $other) =>
            [$one->timefinish, $one->attemptid] <=> [$other->timefinish, $other->attemptid]);
        return $results;
    }

    /**
     * Reads results that may be seen. A result is large and there may be tens of thousands: those of a few people at a time are in
     * memory, whatever a database's driver keeps of an answer.
     *
     * @param cm_info $cm
     * @param string $where on a, the table palier_attempt
     * @param array $params named
     * @param int[]|null $userids of these alone
     * @return \Generator<result>
     */
    private static function read(cm_info $cm, string $where, array $params, ?array $userids = null): \Generator {
        global $DB;
        $where = "a.palierid = :palierid AND a.state = :finished AND a.packageid IS NULL AND $where";
        $params += ['palierid' => $cm->instance, 'finished' => attempt::FINISHED];
        $userids ??= $DB->get_fieldset_sql(
            "SELECT DISTINCT a.userid FROM {palier_attempt} a WHERE $where ORDER BY a.userid",
            $params
        );
        $palier = $DB->get_record('palier', ['id' => $cm->instance], 'grademethod, scalesource', MUST_EXIST);
        foreach (array_chunk($userids, self::AT_ONCE) as $some) {
            [$in, $those] = $DB->get_in_or_equal($some, SQL_PARAMS_NAMED, 'reader');
            $rows = $DB->get_records_sql(
                "SELECT a.*, b.hash AS bankhash, p.hash AS planhash, p.plan
                   FROM {palier_attempt} a
                   JOIN {palier_bank} b ON b.id = a.bankid
                   JOIN {palier_plan} p ON p.id = a.planid
                  WHERE $where AND a.userid $in
               ORDER BY a.userid, a.timefinish, a.id",
                $params + $those
            );
            $attempts = [];
            foreach ($rows as $row) {
                $attempts[$row->userid][] = new attempt($row);
            }
            foreach ($attempts as $own) {
                yield self::result((int) $cm->id, $palier, $own);
            }
        }
    }

    /**
     * The result that counts for a learner.
     *
     * @param int $cmid
     * @param stdClass $palier its grademethod and scalesource
     * @param attempt[] $attempts those that may be seen, oldest first
     * @return result
     */
    private static function result(int $cmid, stdClass $palier, array $attempts): result {
        $counting = grading_method::counting((string) $palier->grademethod, $attempts) ?: $attempts;
        $attempt = end($counting);
        $state = $attempt->known();
        return new result(
            $attempt->id,
            $cmid,
            $attempt->userid,
            $attempt->attempt,
            $attempt->is_shared(),
            $attempt->timestart,
            $attempt->timefinish,
            $attempt->plan_hash(),
            $attempt->bank()->hash,
            (string) ($attempt->plan()['purpose'] ?? ''),
            !empty($state['known']),
            $state,
            (string) $palier->scalesource
        );
    }

    /**
     * The questions of an activity, for those who keep its parameters.
     *
     * @param int $cmid
     * @return bank_builder
     */
    private static function builder(int $cmid): bank_builder {
        $cm = self::cm($cmid);
        require_capability('mod/palier:manageparameters', $cm->context);
        return bank_builder::for_instance((int) $cm->instance, context_module::instance($cmid));
    }

    /**
     * An activity of this plugin.
     *
     * @param int $cmid
     * @return cm_info
     */
    private static function cm(int $cmid): cm_info {
        [, $cm] = get_course_and_cm_from_cmid($cmid, 'palier');
        return $cm;
    }
}
