<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// A large organisation in an empty site, and what its tasks cost. Rows are written in bulk; each result is one that was really
// measured: some agents take the demonstration's map, the others have copies. The same size gives the same site.
// Usage, inside a site: php programme.php make --agents=N --authorities=N --password=PASSWORD [--taken=24]   its last line is JSON
//                       php programme.php measure --password=PASSWORD [--taken=24]   the part of it that takes long, to keep for make
//                       php programme.php TASK --made=JSON   what launch, enrol, remind, map, change or gaps cost, as JSON
define('CLI_SCRIPT', true);
require(getcwd() . '/config.php');
require_once($CFG->dirroot . '/cohort/lib.php');
require_once($CFG->dirroot . '/course/lib.php');
require_once($CFG->dirroot . '/user/lib.php');

use core\clock;
use core\di;
use local_palier\local\{campaign, campaigns, catalogue_import, demo_clock, gap_counting, participation, profile_import, snapshots};
use local_palier\local\templates;
use mod_palier\api;
use mod_palier\local\test\reminders;

final class programme {
    private const WAVES = 10;
    // Authorities that have all waves; the others have one campaign.
    private const FAITHFUL = 30;
    // Of the agents, in percent: who begins, finishes and shares.
    private const SHARE = ['begun' => 80, 'finished' => 75, 'shared' => 70];
    private const TRAININGS = 1000;
    private const JOBS = 20;
    private const COMPETENCES = [
        '1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '2.4', '3.1', '3.2', '3.3', '3.4', '4.1', '4.2', '4.3', '5.1', '5.2',
    ];
    private array $agents = [];
    private array $places = [];
    private array $sources = [];
    private stdClass $tests;
    private context $centre;
    private int $all;
    private readonly int $now;

    // $taken: how many take a test really; the others have copies of these.
    public function __construct(
        private readonly int $number,
        private readonly int $authorities,
        private readonly string $password,
        private readonly int $taken
    ) {
        $this->now = intdiv(time(), HOURSECS) * HOURSECS;
    }

    public function make(): array {
        global $DB;
        $DB->set_field('tool_usertours_tours', 'enabled', 0);
        \tool_usertours\cache::notify_tour_change();
        $category = $DB->get_record('course_categories', ['idnumber' => 'large']) ?: $this->measure();
        $this->centre = context_coursecat::instance($category->id);
        $this->tests = $DB->get_record('course', ['shortname' => 'large-tests'], '*', MUST_EXIST);
        [$map] = templates::shared($this->centre);
        [$trial] = campaigns::of($this->centre);
        $this->sources = $DB->get_fieldset_select('local_palier_participation', 'attemptid', 'campaignid = ?', [$trial->id]);
        $this->told('agents');
        $this->people();
        $this->told('authorities');
        $this->bodies((int) $category->id);
        $this->told('cohorts');
        $this->all = $this->cohort($this->centre, 'Tous les agents', 'large-all', $this->agents);
        $this->content();
        $this->told('two waves for all');
        $this->enrol($this->tests, $this->all, $this->agents);
        $first = $this->copy($trial, 0, $this->agents, $this->all, $this->tests, $this->now - 190 * DAYSECS);
        $second = $this->copy($first, 1, $this->agents, $this->all, $this->tests, $this->now - 20 * DAYSECS, $first->id);
        $this->told('campaigns of authorities');
        $faithful = $this->series($first);
        $this->told('maps');
        $maps = $this->maps($faithful);
        $this->told('accounts');
        $answer = $this->accounts() + [
            'contexts' => ['site' => context_system::instance()->id, 'centre' => $this->centre->id] + [
                'large' => $this->places[0]['context']->id,
                'small' => $this->places[1]['context']->id,
            ],
            'map' => $map,
            'largecohort' => $this->places[0]['cohort'],
            'largecourse' => (int) $this->places[0]['course']->id,
            'cohorts' => array_column($this->places, 'cohort'),
            'first' => $first->id,
            'second' => $second->id,
            'secondcode' => $second->row->code,
            'own' => $faithful[1][0]->id,
            'last' => end($faithful[1])->id,
            'lastcode' => end($faithful[1])->row->code,
            'ownmap' => $maps[1],
            'job' => $DB->get_field('local_palier_profile', 'id', ['code' => 'job-1']),
            'course' => $this->conditions(),
        ];
        purge_all_caches();
        $this->told('done: ' . $DB->count_records('palier_attempt') . ' results, '
            . $DB->count_records('local_palier_campaign') . ' campaigns');
        return $answer;
    }

    // The centre, and a campaign whose test some people take really. Where it is there it stays, so it can be kept for other sizes.
    public function measure(): stdClass {
        $this->told('a centre, and a test that is taken');
        $category = core_course_category::create(['name' => 'Centre de gestion', 'idnumber' => 'large']);
        $centre = context_coursecat::instance($category->id);
        $map = api::make_demo_map((int) $this->course('Tests du centre', 'large-tests', (int) $category->id)->id);
        templates::share($centre, $map);
        $trial = campaigns::launch(campaigns::begin($centre, [
            'name' => 'Essai', 'purpose' => 'Essayer.', 'templateid' => $map, 'landing' => 'Bienvenue.',
            'timeopen' => $this->now - 200 * DAYSECS, 'timeclose' => $this->now + DAYSECS,
        ]));
        $admin = get_admin();
        for ($i = 0; $i < $this->taken; $i++) {
            $id = user_create_user((object) ['username' => "essai$i", 'firstname' => 'Essai', 'lastname' => "$i", 'auth' => 'manual',
                'email' => "essai$i@example.invalid", 'confirmed' => 1, 'mnethostid' => 1, 'password' => $this->password]);
            \core\session\manager::set_user(core_user::get_user($id));
            participation::join($trial);
            \core\session\manager::set_user($admin);
            api::take_demo_test($trial->cmid, $id, $i % 9 / 2 - 2, true);
            $this->told('test ' . ($i + 1));
        }
        return (object) ['id' => $category->id];
    }

    private function told(string $what): void {
        fprintf(STDERR, "%4d s  %s\n", microtime(true) - $_SERVER['REQUEST_TIME_FLOAT'], $what);
    }

    private function course(string $name, string $shortname, int $category): stdClass {
        return create_course((object) [
            'fullname' => $name, 'shortname' => $shortname, 'category' => $category, 'format' => 'topics', 'numsections' => 1,
            'summary' => '', 'summaryformat' => FORMAT_HTML,
        ]);
    }

    private function people(): void {
        global $CFG, $DB;
        $user = fn(int $number): stdClass => (object) [
            'auth' => 'manual', 'confirmed' => 1, 'mnethostid' => $CFG->mnet_localhost_id, 'username' => sprintf('agent%05d', $number),
            'password' => AUTH_PASSWORD_NOT_CACHED, 'firstname' => 'Agent', 'lastname' => sprintf('%05d', $number), 'lang' => 'fr',
            'email' => sprintf('agent%05d@example.invalid', $number), 'emailstop' => 1, 'timezone' => '99',
            'timecreated' => $this->now, 'timemodified' => $this->now, 'description' => '', 'descriptionformat' => FORMAT_HTML,
        ];
        $DB->insert_records('user', array_map($user, range(1, $this->number)));
        $this->agents = array_map('intval', $DB->get_fieldset_select('user', 'id', "username LIKE 'agent%' ORDER BY id"));
    }

    // A quarter of the agents are of the first authority; the others are as large as each other.
    private function bodies(int $centre): void {
        $large = intdiv($this->number, 4);
        $rest = array_slice($this->agents, $large);
        $least = intdiv(count($rest), $this->authorities - 1);
        for ($i = 0; $i < $this->authorities; $i++) {
            $last = $i === $this->authorities - 1;
            $people = $i === 0
                ? array_slice($this->agents, 0, $large)
                : array_slice($rest, ($i - 1) * $least, $last ? null : $least);
            [$context, $course] = $this->body($i, $centre);
            $this->places[] = [
                'context' => $context,
                'people' => $people,
                'cohort' => $this->cohort($context, sprintf('Agents %03d', $i), "large-$i", $people),
                'course' => $course,
            ];
            // Two services of each.
            foreach (array_chunk($people, intdiv(count($people), 2) + 1) as $place => $those) {
                $this->cohort($context, sprintf('Service %03d-%d', $i, $place), "large-$i-$place", $those);
            }
        }
    }

    // A course category with a course, by their rows: Moodle's own way sorts all of them again for each.
    private function body(int $number, int $centre): array {
        global $DB;
        $category = $DB->insert_record('course_categories', (object) [
            'name' => sprintf('Collectivité %03d', $number), 'parent' => $centre, 'sortorder' => 20000 + 10000 * $number, 'visible' => 1,
            'visibleold' => 1, 'depth' => 2, 'coursecount' => 1, 'timemodified' => $this->now, 'descriptionformat' => FORMAT_HTML,
        ]);
        $DB->set_field('course_categories', 'path', "/$centre/$category", ['id' => $category]);
        $course = $DB->get_record('course', ['id' => $this->tests->id], '*', MUST_EXIST);
        unset($course->id);
        $course->category = $category;
        [$course->fullname, $course->shortname] = [sprintf('Tests %03d', $number), "large-$number"];
        $course->sortorder = 20001 + 10000 * $number;
        $course->id = $DB->insert_record('course', $course);
        $context = context_coursecat::instance($category);
        context_course::instance($course->id);
        course_create_section($course, 0, true);
        return [$context, $course];
    }

    private function cohort(context $context, string $name, string $idnumber, array $people): int {
        global $DB;
        $id = cohort_add_cohort((object) ['contextid' => $context->id, 'name' => $name, 'idnumber' => $idnumber]);
        $DB->insert_records('cohort_members', array_map(
            fn(int $person) => (object) ['cohortid' => $id, 'userid' => $person, 'timeadded' => $this->now],
            $people
        ));
        return $id;
    }

    private function content(): void {
        $profiles = "profile,kind,name_fr,family_fr,impact,redeployment,cohort,framework,competence,level,weight\n";
        foreach (self::COMPETENCES as $place => $competence) {
            $profiles .= "socle,socle,Socle de tous,,,,,CRCN-2019,$competence,3," . (1 + $place % 3) . "\n";
        }
        for ($job = 0; $job < self::JOBS; $job++) {
            $people = array_values(array_filter($this->agents, fn(int $place) => $place % self::JOBS === $job, ARRAY_FILTER_USE_KEY));
            $this->cohort($this->centre, "Métier $job", "job-$job", $people);
            foreach (array_slice(self::COMPETENCES, $job % 8, 8) as $competence) {
                $profiles .= "job-$job,job,Métier $job,Famille," . ['low', 'medium', 'strong'][$job % 3] . ",no,job-$job,CRCN-2019,$competence,"
                    . (3 + $job % 3) . ",2\n";
            }
        }
        $trainings = "code,title,framework,competences,from_level,to_level,modality,days\n";
        for ($i = 0; $i < self::TRAININGS; $i++) {
            $to = 2 + $i % 5;
            $competence = self::COMPETENCES[$i % 16];
            $trainings .= "f-$i,Formation $i,CRCN-2019,$competence," . ($to > 2 ? $to - 2 : '') . ",$to,onsite," . (1 + $i % 4) . "\n";
        }
        self::apply(new profile_import($profiles, $this->centre));
        self::apply(new catalogue_import($trainings, $this->centre));
        // Each authority has a base of its own.
        foreach ($this->places as $place) {
            self::apply(new profile_import(
                "profile,kind,name_fr,framework,competence,level\nbase,socle,Base,CRCN-2019,1.1,3\nbase,socle,,CRCN-2019,2.1,3\n",
                $place['context']
            ));
        }
    }

    private static function apply(profile_import|catalogue_import $import): void {
        $import->faults ? throw new coding_exception(json_encode($import->faults)) : $import->apply();
    }

    private function enrol(stdClass $course, int $cohort, array $people): void {
        global $DB;
        $id = $DB->insert_record('enrol', (object) [
            'enrol' => 'cohort', 'status' => ENROL_INSTANCE_ENABLED, 'courseid' => $course->id, 'customint1' => $cohort, 'customint2' => 0,
            'roleid' => participation::role(), 'timecreated' => $this->now, 'timemodified' => $this->now,
        ]);
        $context = context_course::instance($course->id);
        $DB->insert_records('user_enrolments', array_map(fn(int $person) => (object) [
            'enrolid' => $id, 'userid' => $person, 'status' => 0, 'timestart' => 0, 'timeend' => 0, 'modifierid' => 2,
            'timecreated' => $this->now, 'timemodified' => $this->now,
        ], $people));
        $DB->insert_records('role_assignments', array_map(fn(int $person) => (object) [
            'roleid' => participation::role(), 'contextid' => $context->id, 'userid' => $person, 'component' => 'enrol_cohort',
            'itemid' => $id, 'modifierid' => 2, 'sortorder' => 0, 'timemodified' => $this->now,
        ], $people));
    }

    // Another test as that of a campaign, in a course, and a wave or a campaign that has it, with the results of its people.
    private function copy(campaign $of, int $wave, array $people, int $cohort, stdClass $course, int $open, ?int $series = null): campaign {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($of->cmid, 'palier');
        $row = $DB->get_record('palier', ['id' => $cm->instance]);
        $palierid = $DB->insert_record('palier', (object) (['course' => $course->id, 'timeopen' => $open] + ['timeclose' => $open + 25 * DAYSECS]
            + ['name' => "Test $wave"] + array_diff_key((array) $row, ['id' => 0])));
        $cmid = add_course_module((object) ['course' => $course->id, 'module' => $cm->module, 'instance' => $palierid, 'section' => 0]);
        course_add_cm_to_section($course, $cmid, 0);
        $DB->set_field('course_modules', 'visibleoncoursepage', 1, ['id' => $cmid]);
        context_module::instance($cmid);
        $context = $course->id === $this->tests->id ? $this->centre : context_coursecat::instance($course->category);
        $number = $DB->count_records('local_palier_campaign');
        $id = $DB->insert_record('local_palier_campaign', (object) ([
            'contextid' => $context->id, 'name' => "Campagne de $course->shortname, T$wave", 'cohortid' => $cohort, 'cmid' => $cmid,
            'wave' => $wave, 'series' => $series, 'timeopen' => $open, 'timeclose' => $open + 25 * DAYSECS,
            'code' => strtr(sprintf('ZZ%06d', $number), '01258', 'ABCDE'), 'timelaunched' => $open, 'timecreated' => $open,
        ] + array_diff_key((array) $of->row, ['id' => 0])));
        $campaign = campaigns::get($id);
        $this->results($campaign, $people);
        return $campaign;
    }

    // What people did in a campaign, with copies of the results that were measured.
    private function results(campaign $campaign, array $people): void {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($campaign->cmid, 'palier');
        $own = $DB->get_fieldset_select('local_palier_participation', 'userid', 'campaignid = ?', [$campaign->id]);
        $open = (int) $campaign->row->timeopen;
        $rows = [];
        foreach (array_values(array_diff($people, $own)) as $place => $person) {
            $luck = ($place * 37 + $campaign->wave * 11) % 100;
            $time = $open + DAYSECS * (1 + $place % 15) + $place % HOURSECS;
            if ($luck < self::SHARE['begun']) {
                $rows[] = (object) [
                    'campaignid' => $campaign->id, 'userid' => $person, 'timebegun' => $time,
                    'timefinished' => $luck < self::SHARE['finished'] ? $time + HOURSECS : 0,
                    'timeshared' => $luck < self::SHARE['shared'] ? $time + 2 * HOURSECS : 0,
                ];
            }
        }
        $DB->insert_records('local_palier_participation', $rows);
        $finished = count(array_filter($rows, fn(stdClass $row): bool => $row->timefinished > 0));
        $usage = (object) ['contextid' => $cm->context->id, 'component' => 'mod_palier', 'preferredbehaviour' => 'deferredfeedback'];
        $usages = 1 + (int) $DB->get_field('question_usages', 'MAX(id)', []);
        for ($i = 0; $i < $finished; $i++) {
            $usage->id = $usages + $i;
            $all[] = clone $usage;
        }
        array_map(fn(array $some) => $this->import('question_usages', $some), array_chunk($all ?? [], 1000));
        $columns = array_keys($DB->get_columns('palier_attempt'));
        $new = [
            'palierid' => ':palierid', 'userid' => 'p.userid', 'attempt' => '1', 'qubaid' => 'p.place + :usages', 'due' => 'NULL',
            'timeshared' => 'p.timeshared', 'timestart' => 'p.timebegun', 'timemodified' => 'p.timefinished', 'timefinish' => 'p.timefinished',
        ];
        $values = implode(', ', array_map(fn(string $column): string => $new[$column] ?? "s.$column", array_diff($columns, ['id'])));
        $into = implode(', ', array_diff($columns, ['id']));
        [$in, $params] = $DB->get_in_or_equal($this->sources, SQL_PARAMS_NAMED);
        $DB->execute("
            INSERT INTO {palier_attempt} ($into)
            SELECT $values
              FROM (SELECT userid, timebegun, timefinished, timeshared, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place
                      FROM {local_palier_participation} WHERE campaignid = :campaignid AND timefinished > 0 AND attemptid IS NULL) p
              JOIN (SELECT a.*, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place FROM {palier_attempt} a WHERE id $in) s
                ON s.place = MOD(p.place * 7 + p.userid, $this->taken)",
            $params + ['palierid' => $cm->instance, 'usages' => $usages, 'campaignid' => $campaign->id]
        );
        $DB->execute('
            UPDATE {local_palier_participation}
               SET attemptid = (SELECT MAX(a.id) FROM {palier_attempt} a
                                 WHERE a.palierid = ? AND a.userid = {local_palier_participation}.userid)
             WHERE campaignid = ? AND timeshared > 0', [$cm->instance, $campaign->id]);
    }

    // Rows with ids of our own.
    private function import(string $table, array $rows): void {
        global $DB;
        $columns = array_keys((array) reset($rows));
        $marks = implode(', ', array_fill(0, count($rows), '(' . implode(', ', array_fill(0, count($columns), '?')) . ')'));
        $values = array_merge(...array_map(fn(stdClass $row): array => array_values((array) $row), $rows));
        $DB->execute("INSERT INTO {{$table}} (" . implode(', ', $columns) . ") VALUES $marks", $values);
    }

    // Campaigns of the authorities but the first, by place.
    private function series(campaign $of): array {
        $made = [];
        foreach (array_slice($this->places, 1, null, true) as $place => ['people' => $people, 'cohort' => $cohort, 'course' => $course]) {
            $this->enrol($course, $cohort, $people);
            $waves = $place <= self::FAITHFUL ? self::WAVES : 1;
            for ($wave = 0; $wave < $waves; $wave++) {
                $open = $this->now - (30 * ($waves - $wave) - 10) * DAYSECS;
                $made[$place][] = $this->copy($of, $wave, $people, $cohort, $course, $open, $made[$place][0]->id ?? null);
            }
            rebuild_course_cache((int) $course->id, true);
        }
        return $made;
    }

    // Maps of all waves but the last one of five authorities.
    private function maps(array $series): array {
        $maps = [];
        foreach (array_slice($series, 0, 5, true) as $place => $campaigns) {
            foreach (array_slice($campaigns, 0, -1) as $campaign) {
                di::set(clock::class, new demo_clock((int) $campaign->row->timeclose + DAYSECS));
                $maps[$place] = snapshots::request($campaign, [])->id;
                snapshots::make($maps[$place]);
            }
        }
        di::set(clock::class, new core\system_clock());
        return $maps;
    }

    // A course with as many sections as a long training, each of which asks for a level.
    private function conditions(): int {
        global $DB;
        $course = $this->course('Formation', 'large-training', (int) $this->places[1]['course']->category);
        $this->enrol($course, $this->places[1]['cohort'], $this->places[1]['people']);
        foreach (range(1, 20) as $number) {
            $section = course_create_section($course, $number);
            course_update_section($course, $section, ['name' => "Module $number", 'availability' => json_encode([
                'op' => '&', 'showc' => [true],
                'c' => [[
                    'type' => 'palier', 'cm' => 0, 'framework' => 'CRCN-2019', 'competence' => self::COMPETENCES[$number % 16],
                    'level' => 1 + $number % 6, 'chance' => 80,
                ]],
            ])]);
        }
        return (int) $course->id;
    }

    private function accounts(): array {
        global $DB;
        $staff = ['hr' => 'palierhr', 'campaigns' => 'paliercampaigns', 'trainings' => 'paliercatalogue', 'profiles' => 'palierprofiles'];
        foreach (['centre' => $this->centre, 'large' => $this->places[0]['context'], 'small' => $this->places[1]['context']] as $place => $context) {
            foreach ($staff as $who => $role) {
                $id = user_create_user((object) [
                    'username' => "$who-$place", 'password' => $this->password, 'firstname' => $who, 'lastname' => $place, 'lang' => 'fr',
                    'email' => "$who-$place@example.invalid", 'confirmed' => 1, 'mnethostid' => 1, 'auth' => 'manual',
                ]);
                role_assign($DB->get_field('role', 'id', ['shortname' => $role], MUST_EXIST), $id, $context->id);
            }
        }
        // Somebody of an authority with all waves, who shared in most of them.
        $learner = $DB->get_record('user', ['id' => $this->places[1]['people'][0]], '*', MUST_EXIST);
        update_internal_user_password($learner, $this->password);
        $admin = get_admin();
        update_internal_user_password($admin, $this->password);
        return ['learner' => $learner->username, 'admin' => $admin->username];
    }
}

// What a task costs, in a process of its own.
function task(string $name, array $made): array {
    global $DB;
    $today = time();
    $large = context::instance_by_id($made['contexts']['large']);
    $wave = fn(string $which): campaign => campaigns::get($made[$which]);
    $newest = fn(): stdClass => $DB->get_record_sql(
        'SELECT * FROM {local_palier_campaign} WHERE contextid = ? ORDER BY id DESC',
        [$large->id],
        IGNORE_MULTIPLE
    );
    $do = match ($name) {
        'launch' => fn() => campaigns::launch(campaigns::begin($large, [
            'name' => 'Pour tous', 'purpose' => 'Choisir.', 'cohortid' => $made['largecohort'], 'templateid' => $made['map'],
            'courseid' => $made['largecourse'], 'landing' => 'Bienvenue.', 'timeopen' => $today - DAYSECS, 'timeclose' => $today + DAYSECS,
        ])),
        'enrol' => fn() => campaigns::enrol((int) $newest()->id),
        'remind' => function () use ($newest, $today, $DB): string {
            $palierid = (int) $DB->get_field('course_modules', 'instance', ['id' => $newest()->cmid]);
            return reminders::send($palierid, $today - 3 * DAYSECS, $today) . ' messages';
        },
        'map', 'change' => function () use ($wave, $name, $made): string {
            $map = snapshots::request($wave($name === 'map' ? 'first' : 'second'), $made['cohorts'])->id;
            snapshots::make($map);
            return (string) $map;
        },
        'gaps' => fn() => gap_counting::run(context::instance_by_id($made['contexts']['centre'])),
    };
    [$reads, $writes, $began] = [$DB->perf_get_reads(), $DB->perf_get_writes(), microtime(true)];
    memory_reset_peak_usage();
    $said = $do();
    return [
        'task' => $name,
        'seconds' => round(microtime(true) - $began, 1),
        'reads' => $DB->perf_get_reads() - $reads,
        'writes' => $DB->perf_get_writes() - $writes,
        'megabytes' => round(memory_get_peak_usage() / 2 ** 20),
        'said' => is_string($said) ? $said : '',
    ];
}

[, $what] = $argv + [1 => ''];
$options = [];
foreach (array_slice($argv, 2) as $argument) {
    [$name, $value] = explode('=', ltrim($argument, '-'), 2);
    $options[$name] = $value;
}
\core\session\manager::set_user(get_admin());
$programme = fn(): programme => new programme(
    (int) ($options['agents'] ?? 20000),
    (int) ($options['authorities'] ?? 300),
    $options['password'],
    (int) ($options['taken'] ?? 24)
);
$answer = match ($what) {
    'make' => $programme()->make(),
    'measure' => $programme()->measure(),
    default => task($what, json_decode($options['made'], true)),
};
echo json_encode($answer), "\n";
