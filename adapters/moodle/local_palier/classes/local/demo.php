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

use context_coursecat;
use core\clock;
use core\di;
use core_course_category;
use mod_palier\api;
use moodle_exception;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->dirroot . '/cohort/lib.php');
require_once($CFG->dirroot . '/course/lib.php');
require_once($CFG->dirroot . '/user/lib.php');

/**
 * A demonstration of the programme: a centre de gestion with three authorities, whose agents took a map twice. All results are
 * synthetic: each test was really taken, by a program that knows what is below an agent's ability. Where it is there nothing
 * changes but passwords.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class demo {
    /** @var string id number of the centre's course category. */
    public const CENTRE = 'palier-demo-cdg';

    /** @var string short name of the course that trainings lead to. */
    private const TRAINING = 'palier-demo-premiers-pas';

    /** @var int how many agents there are, unless somebody says otherwise. */
    public const AGENTS = 60;

    /** @var array[] authorities: short name => name, share of the agents, ability of theirs on average in logits. */
    private const AUTHORITIES = [
        'ville' => ['Ville', 0.47, -0.4],
        'agglo' => ['Communauté d’agglomération', 0.33, 0.4],
        'syndicat' => ['Syndicat des eaux', 0.20, 0.9],
    ];

    /** @var string[] roles of staff: short name in accounts => what it is called. */
    private const STAFF = [
        'rh' => 'Ressources humaines', 'campagnes' => 'Responsable de campagne', 'conseil' => 'Conseiller numérique',
    ];

    /** @var string[][] what staff of a kind may do, by roles of the plugin. */
    private const ROLES = [
        'rh' => ['palierhr', 'paliercatalogue', 'palierprofiles'],
        'campagnes' => ['paliercampaigns'],
        'conseil' => ['palieradviser'],
    ];

    /** @var string[] competences that the campaign asks. */
    private const COMPETENCES = ['1.1', '2.1', '3.1', '4.1'];

    /** @var int questions of the campaign's test. */
    private const QUESTIONS = 20;

    /** @var int days from the first wave to today. */
    private const SINCE = 182;

    /** @var int days that a wave is open. */
    private const OPEN = 28;

    /** @var float how much more agents know at the second wave, in logits. */
    private const GAIN = 0.7;

    /** @var stdClass the centre's course category. */
    private readonly stdClass $centre;

    /** @var array[] agents: id, authority, ability. */
    private array $agents = [];

    /** @var array[] accounts: who is who. */
    private array $accounts = [];

    /** @var int[] cohorts of the authorities, by short name. */
    private array $cohorts = [];

    /**
     * Constructor.
     *
     * @param string $password of all accounts
     * @param int $number of agents
     */
    private function __construct(
        /** @var string of all accounts. */
        private readonly string $password,
        /** @var int how many agents. */
        private readonly int $number
    ) {
    }

    /**
     * Makes it.
     *
     * @param string|null $password of all accounts; null makes one up for new ones
     * @param int $number of agents
     * @return array accounts (username, name, place, may), campaigns, maps, authorities, and password: null where accounts keep
     *     theirs
     */
    public static function make(?string $password, int $number = self::AGENTS): array {
        global $DB;
        $there = $DB->get_record('course_categories', ['idnumber' => self::CENTRE]);
        if ($there) {
            return self::found($there, $password);
        }
        $demo = new self($password ?? random_string(14) . '-a1', $number);
        $clock = di::get(clock::class);
        try {
            $demo->make_all($clock->time());
        } finally {
            di::set(clock::class, $clock);
        }
        return self::told($demo->accounts, context_coursecat::instance($demo->centre->id), $demo->password);
    }

    /**
     * What is there already.
     *
     * @param stdClass $category
     * @param string|null $password
     * @return array as of make()
     */
    private static function found(stdClass $category, ?string $password): array {
        global $DB;
        $accounts = [];
        foreach ($DB->get_records('user', ['idnumber' => self::CENTRE, 'deleted' => 0], 'id') as $user) {
            if ($password !== null) {
                update_internal_user_password($user, $password);
            }
            $accounts[] = self::account($user->username, fullname($user), $user->department);
        }
        return self::told($accounts, context_coursecat::instance($category->id), $password);
    }

    /**
     * What there is to tell.
     *
     * @param array[] $accounts
     * @param context_coursecat $centre
     * @param string|null $password
     * @return array as of make()
     */
    private static function told(array $accounts, context_coursecat $centre, ?string $password): array {
        $url = fn(string $page, array $params): string => (new \moodle_url("/local/palier/$page.php", $params))->out(false);
        $authorities = core_course_category::get($centre->instanceid, MUST_EXIST, true)->get_children();
        return [
            'category' => $centre->instanceid,
            'accounts' => $accounts,
            'password' => $password,
            'campaigns' => array_map(fn(campaign $campaign): array => [
                'name' => $campaign->name,
                'url' => $url('campaign', ['id' => $campaign->id]),
                'link' => $campaign->join_url()->out(false),
            ], array_reverse(campaigns::of($centre))),
            'maps' => $url('maps', ['contextid' => $centre->id]),
            'authorities' => array_values(array_map(fn(core_course_category $category): array => [
                'name' => $category->name,
                'campaigns' => $url('campaigns', ['contextid' => context_coursecat::instance($category->id)->id]),
            ], $authorities)),
        ];
    }

    /**
     * An account, as it is told.
     *
     * @param string $username
     * @param string $name
     * @param string $place
     * @return array
     */
    private static function account(string $username, string $name, string $place): array {
        return ['username' => $username, 'name' => $name, 'place' => $place];
    }

    /**
     * Makes all of it.
     *
     * @param int $now
     */
    private function make_all(int $now): void {
        $this->centre = $this->category('Centre de gestion (démonstration)', self::CENTRE);
        $context = context_coursecat::instance($this->centre->id);
        $this->staff('centre', $context, 'Centre de gestion');
        $all = $this->cohort($context, 'Agents des trois collectivités', self::CENTRE);
        $course = $this->course('Centre de gestion : tests', self::CENTRE, (int) $this->centre->id);
        $cmid = api::make_demo_map((int) $course->id);
        templates::share($context, $cmid);
        $this->content($context);
        $courses = [];
        foreach (self::AUTHORITIES as $short => [$name]) {
            $category = $this->category($name, self::CENTRE . "-$short", (int) $this->centre->id);
            $place = context_coursecat::instance($category->id);
            $this->staff($short, $place, $name);
            $this->cohorts[$short] = $this->cohort($place, $name, self::CENTRE . "-$short");
            $courses[$short] = [$place, $this->course("{$name} : tests", self::CENTRE . "-$short", (int) $category->id)];
        }
        $this->people($all);
        di::set(clock::class, new demo_clock($now - self::SINCE * DAYSECS));
        $first = $this->wave(campaigns::begin($context, [
            'name' => 'Où nous en sommes',
            'purpose' => 'Choisir ensemble les formations, dans les trois collectivités.',
            'cohortid' => $all,
            'templateid' => $cmid,
            'scales' => json_encode(self::scales($cmid)),
            'questions' => self::QUESTIONS,
            'landing' => 'Bienvenue. Ce test dit où vous en êtes, à vous seul ; vous partagez le résultat, ou non.',
            'help' => 'Le conseiller numérique du centre de gestion',
            'timeopen' => $now - self::SINCE * DAYSECS,
            'timeclose' => $now - (self::SINCE - self::OPEN) * DAYSECS,
        ]), 0.0);
        $this->map($first, $now - (self::SINCE - self::OPEN - 1) * DAYSECS);
        // The second wave is open for some days more.
        di::set(clock::class, new demo_clock($now - (self::OPEN - 7) * DAYSECS));
        $second = $this->wave(campaigns::next_wave($first), self::GAIN);
        $this->map($second, $now);
        // One authority has a campaign of its own, by the test that the centre lends. Nobody has begun.
        [$place, $course] = $courses['ville'];
        campaigns::launch(campaigns::begin($place, [
            'name' => 'Bien démarrer',
            'purpose' => 'Proposer un accompagnement à celles et ceux qui en veulent.',
            'cohortid' => $this->cohorts['ville'],
            'templateid' => $cmid,
            'courseid' => $course->id,
            'landing' => 'Bienvenue.',
            'timeopen' => $now,
            'timeclose' => $now + self::OPEN * DAYSECS,
        ]));
    }

    /**
     * Launches a wave; agents take its test on different days, and share it or not. Some would rather not, some do not begin.
     *
     * @param campaign $draft
     * @param float $gain what agents know more than at first, in logits
     * @return campaign
     */
    private function wave(campaign $draft, float $gain): campaign {
        global $USER;
        $campaign = campaigns::launch($draft);
        campaigns::enrol($campaign->id);
        $campaign = campaigns::get($campaign->id);
        $admin = $USER;
        foreach ($this->agents as $place => [$id, $ability]) {
            di::set(clock::class, new demo_clock((int) $campaign->row->timeopen + DAYSECS * (1 + $place % 18) + 60 * $place));
            // One in fifteen does not begin, one in ten would rather not, one in twelve keeps the result.
            if ($place % 15 === 7) {
                continue;
            }
            \core\session\manager::set_user(\core_user::get_user($id));
            try {
                if ($place % 10 === 9) {
                    participation::refuse($campaign);
                    continue;
                }
                participation::join($campaign);
            } finally {
                \core\session\manager::set_user($admin);
            }
            api::take_demo_test($campaign->cmid, $id, $ability + $gain, $place % 12 !== 5);
        }
        return $campaign;
    }

    /**
     * Makes the map of a campaign, authority by authority.
     *
     * @param campaign $campaign
     * @param int $time
     */
    private function map(campaign $campaign, int $time): void {
        di::set(clock::class, new demo_clock($time));
        snapshots::make(snapshots::request($campaign, array_values($this->cohorts))->id);
    }

    /**
     * The common base, the sample jobs and some trainings.
     *
     * @param context_coursecat $context
     */
    private function content(context_coursecat $context): void {
        global $CFG;
        $base = "profile,kind,name_fr,name_en,framework,competence,level,weight\n";
        $trainings = "code,title,framework,competences,from_level,to_level,modality,days,course\n";
        $course = $this->course('Premiers pas numériques', self::TRAINING, (int) $this->centre->id);
        self::let_in($course);
        foreach (self::COMPETENCES as $competence) {
            $base .= "socle,socle,Socle de tous,Common base,CRCN-2019,$competence,3,2\n";
            $trainings .= "debut-$competence,Premiers pas : $competence,CRCN-2019,$competence,,3,onsite,1," . self::TRAINING . "\n"
                . "suite-$competence,Aller plus loin : $competence,CRCN-2019,$competence,3,5,blended,0.5,\n";
        }
        $jobs = file_get_contents("$CFG->dirroot/local/palier/profiles/jobs.csv");
        foreach ([new profile_import($base, $context), new profile_import($jobs, $context)] as $import) {
            self::apply($import);
        }
        self::apply(new catalogue_import($trainings, $context));
    }

    /**
     * Lets people enrol in a course themselves.
     *
     * @param stdClass $course
     */
    private static function let_in(stdClass $course): void {
        global $DB;
        $plugin = enrol_get_plugin('self');
        $instance = $DB->get_record('enrol', ['courseid' => $course->id, 'enrol' => 'self']);
        $instance = $instance ?: $DB->get_record('enrol', ['id' => $plugin->add_default_instance($course)], '*', MUST_EXIST);
        $plugin->update_status($instance, ENROL_INSTANCE_ENABLED);
        $DB->set_field('enrol', 'customint6', 1, ['id' => $instance->id]);
    }

    /**
     * Stores what a file says.
     *
     * @param profile_import|catalogue_import $import
     */
    private static function apply(profile_import|catalogue_import $import): void {
        if ($import->faults) {
            throw new \coding_exception('A file of the demonstration has faults', json_encode($import->faults));
        }
        $import->apply();
    }

    /**
     * The scales of a map that are the campaign's competences.
     *
     * @param int $cmid
     * @return string[]
     */
    private static function scales(int $cmid): array {
        $of = api::scales_of_activity($cmid);
        $ids = array_map(fn(array $scale): string => (string) $scale['id'], $of['scales']);
        return array_values(array_filter($ids, fn(string $id): bool => in_array(
            api::competence_of_scale($id, $of['source'])[1] ?? '',
            self::COMPETENCES,
            true
        )));
    }

    /**
     * A course category.
     *
     * @param string $name
     * @param string $idnumber
     * @param int $parent
     * @return stdClass
     */
    private function category(string $name, string $idnumber, int $parent = 0): stdClass {
        $category = core_course_category::create(['name' => $name, 'idnumber' => $idnumber, 'parent' => $parent]);
        return (object) ['id' => (int) $category->id];
    }

    /**
     * A course.
     *
     * @param string $name
     * @param string $shortname
     * @param int $category
     * @return stdClass
     */
    private function course(string $name, string $shortname, int $category): stdClass {
        return create_course((object) [
            'fullname' => $name,
            'shortname' => $shortname,
            'category' => $category,
            'format' => 'topics',
            'numsections' => 1,
            'summary' => '',
            'summaryformat' => FORMAT_HTML,
        ]);
    }

    /**
     * A cohort.
     *
     * @param context_coursecat $context
     * @param string $name
     * @param string $idnumber
     * @return int
     */
    private function cohort(context_coursecat $context, string $name, string $idnumber): int {
        return cohort_add_cohort((object) ['contextid' => $context->id, 'name' => $name, 'idnumber' => $idnumber]);
    }

    /**
     * The staff of a place.
     *
     * @param string $short
     * @param context_coursecat $context
     * @param string $place
     */
    private function staff(string $short, context_coursecat $context, string $place): void {
        global $DB;
        foreach (self::STAFF as $kind => $what) {
            $id = $this->user("$kind-$short", $what, $place, $place);
            foreach (self::ROLES[$kind] as $role) {
                role_assign($DB->get_field('role', 'id', ['shortname' => $role], MUST_EXIST), $id, $context->id);
            }
        }
    }

    /**
     * The agents, each of one authority.
     *
     * @param int $all cohort of all
     */
    private function people(int $all): void {
        $left = $this->number;
        foreach (self::AUTHORITIES as $short => [$name, $share, $mean]) {
            $last = array_key_last(self::AUTHORITIES) === $short;
            $count = $last ? $left : min($left, (int) round($share * $this->number));
            $left -= $count;
            for ($i = 0; $i < $count; $i++) {
                $number = sprintf('%02d', count($this->agents) + 1);
                $id = $this->user("agent$number", 'Agent', $number, $name);
                cohort_add_member($all, $id);
                cohort_add_member($this->cohorts[$short], $id);
                // From two below to two above what is usual there.
                $this->agents[] = [$id, $mean + (crc32("agent$number") % 4001) / 1000 - 2];
            }
        }
    }

    /**
     * An account.
     *
     * @param string $username
     * @param string $firstname
     * @param string $lastname
     * @param string $place
     * @return int
     * @throws moodle_exception where somebody else has that name
     */
    private function user(string $username, string $firstname, string $lastname, string $place): int {
        global $CFG;
        $this->accounts[] = self::account($username, "$firstname $lastname", $place);
        return user_create_user((object) [
            'username' => $username,
            'password' => $this->password,
            'firstname' => $firstname,
            'lastname' => $lastname,
            'idnumber' => self::CENTRE,
            'department' => $place,
            'email' => "$username@example.invalid",
            'emailstop' => 1,
            'auth' => 'manual',
            'confirmed' => 1,
            'mnethostid' => $CFG->mnet_localhost_id,
        ]);
    }
}
