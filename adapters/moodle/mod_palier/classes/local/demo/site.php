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

namespace mod_palier\local\demo;

use context_module;
use mod_palier\local\attempt\attempt;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\scales\scale_source;
use mod_palier\local\test\check_request;
use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_builder;
use moodle_url;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/course/lib.php');
require_once($CFG->dirroot . '/course/modlib.php');
require_once($CFG->dirroot . '/group/lib.php');
require_once($CFG->dirroot . '/user/lib.php');

/**
 * A course to try Palier in: the demonstration bank, a test in French and one in English, a map in French, a trainer,
 * learners and some finished attempts. Making it again changes nothing that is there.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class site {
    /** @var string short name of the course. */
    public const COURSE = 'palier-demo';

    /** @var array[] learners: user name, first name, last name, group, ability in logits or null for no attempt. */
    private const LEARNERS = [
        ['amina', 'Amina', 'Benali', 0, 0.4],
        ['bruno', 'Bruno', 'Carvalho', 0, -1.6],
        ['chloe', 'Chloé', 'Darmont', 0, 1.8],
        ['dragan', 'Dragan', 'Ilic', 1, -0.6],
        ['elise', 'Élise', 'Fontaine', 1, 2.6],
        ['fatou', 'Fatou', 'Gueye', 1, 1.0],
        ['gael', 'Gaël', 'Hamon', 1, null],
        ['hoa', 'Hoa', 'Tran', 0, null],
    ];

    /** @var string[] groups. */
    private const GROUPS = ['Accueil', 'Services techniques'];

    /** @var array[] tests: key => file, id number, name, and of a map where its competences come from. */
    private const TESTS = [
        'fr' => ['palier-demo-fr.xml', 'palier-demo-fr', 'Compétences numériques : se situer', scale_source::ONE],
        'en' => ['palier-demo-en.xml', 'palier-demo-en', 'Digital skills: find your level', scale_source::ONE],
        'map' => ['palier-demo-fr.xml', 'palier-demo-map', 'Compétences numériques : la carte', 'tags:crcn'],
    ];

    /** @var array[] what is proposed after a result, by language: from and to which level, kind, text. */
    private const NEXT_STEPS = [
        'fr' => [
            [null, 2, 'text', 'Réservez une place à l’atelier « Premiers pas » : en petit groupe, sur votre poste.'],
            [null, 2, 'person', 'Prenez rendez-vous, en personne ou par téléphone :'],
            [3, 5, 'text', 'Choisissez un module court sur ce qui vous sert cette semaine : trier des fichiers,'
                . ' partager un dossier, repérer un message douteux.'],
            [6, null, 'text', 'Aidez un collègue une demi-heure par mois : expliquer fait progresser.'],
            [null, null, 'activity', 'Voyez où vous en êtes, compétence par compétence :'],
        ],
        'en' => [
            [null, 2, 'text', 'Book a place in the workshop “First steps”: in a small group, at your own computer.'],
            [null, 2, 'person', 'Make an appointment, in person or by telephone:'],
            [3, 5, 'text', 'Choose a short module on what helps you this week: sorting files, sharing a folder, spotting a'
                . ' doubtful message.'],
            [6, null, 'text', 'Help a colleague for half an hour a month: explaining is a way of learning.'],
            [null, null, 'activity', 'See where you stand, competence by competence (in French):'],
        ],
    ];

    /** @var int questions of the map: two or three a competence. */
    private const MAP_ITEMS = 40;

    /** @var string[] learners who take the map. */
    private const ON_THE_MAP = ['amina', 'bruno', 'fatou'];

    /** @var float how much better or worse a learner is in one competence than in others, at most, in logits. */
    private const APART = 1.5;

    /**
     * Makes whatever is not there.
     *
     * @param string|null $trainerpassword null makes one up for a new account
     * @param string|null $learnerpassword null makes one up for new accounts
     * @param bool $attempts whether learners take the test
     * @return array accounts and addresses
     */
    public static function make(?string $trainerpassword, ?string $learnerpassword, bool $attempts = true): array {
        $course = self::course();
        $learnerpassword ??= self::users_exist() ? null : self::password();
        $trainer = self::user('formatrice', 'Maryse', 'Le Goff', $trainerpassword);
        self::enrol($course, $trainer['id'], 'editingteacher');
        $groups = array_map(fn($name) => self::group($course, $name), self::GROUPS);
        $learners = [];
        foreach (self::LEARNERS as [$username, $firstname, $lastname, $group]) {
            $learner = self::user($username, $firstname, $lastname, $learnerpassword);
            self::enrol($course, $learner['id'], 'student');
            groups_add_member($groups[$group], $learner['id']);
            $learners[] = $learner;
        }
        $answer = [
            'course' => (int) $course->id,
            'courseurl' => (new moodle_url('/course/view.php', ['id' => $course->id]))->out(false),
            'cmid' => 0,
            'trainer' => $trainer['username'],
            'learners' => array_column($learners, 'username'),
            'newlearners' => array_column(array_filter(self::LEARNERS, fn($learner) => $learner[4] === null), 0),
            'tests' => [],
            'accounts' => ['trainer' => $trainer, 'learners' => $learners],
        ];
        foreach (array_keys(self::TESTS) as $key) {
            $cmid = self::test($course, $key);
            $url = fn($page) => (new moodle_url("/mod/palier/{$page}.php", ['id' => $cmid]))->out(false);
            $answer['tests'][$key] = [
                'cmid' => $cmid,
                'view' => $url('view'),
                'check' => $url('check'),
                'report' => $url('report'),
                'statements' => $url('statements'),
                'parameters' => $url('parameters'),
            ];
        }
        $answer['cmid'] = $answer['tests']['fr']['cmid'];
        foreach ($answer['tests'] as $key => $test) {
            self::propose($test['cmid'], $key, $trainer['id'], $answer['tests']['map']['cmid']);
        }
        if ($attempts) {
            $answer['attempts'] = self::play($answer['cmid'], $learners, array_column(self::LEARNERS, 0))
                + self::play($answer['tests']['map']['cmid'], $learners, self::ON_THE_MAP);
        }
        return $answer;
    }

    /**
     * The map of the demonstration in another course, with its questions.
     *
     * @param stdClass $course
     * @return int course module
     */
    public static function map(stdClass $course): int {
        return self::test($course, 'map');
    }

    /**
     * Takes a map or a test of the demonstration's questions as a learner would.
     *
     * @param int $cmid
     * @param int $userid
     * @param float $ability in logits
     * @return attempt that is over
     */
    public static function take(int $cmid, int $userid, float $ability): attempt {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($cmid, 'palier');
        $palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
        $difficulties = self::difficulties(
            bank_builder::for_instance((int) $palier->id, $cm->context),
            $DB->get_field('user', 'username', ['id' => $userid], MUST_EXIST)
        );
        return (new player($userid, $ability, $difficulties))->take($palier, $cm->context);
    }

    /**
     * The course.
     *
     * @return stdClass
     */
    private static function course(): stdClass {
        global $DB;
        $course = $DB->get_record('course', ['shortname' => self::COURSE]);
        return $course ?: create_course((object) [
            'shortname' => self::COURSE,
            'fullname' => 'Palier – démonstration',
            'category' => \core_course_category::get_default()->id,
            'format' => 'topics',
            'numsections' => 1,
            'enablecompletion' => 1,
            'summary' => '',
            'summaryformat' => FORMAT_HTML,
        ]);
    }

    /**
     * Whether the learners' accounts are there.
     *
     * @return bool
     */
    private static function users_exist(): bool {
        global $DB;
        return $DB->record_exists('user', ['username' => self::LEARNERS[0][0], 'deleted' => 0]);
    }

    /**
     * An account.
     *
     * @param string $username
     * @param string $firstname
     * @param string $lastname
     * @param string|null $password null leaves an account's own, and makes one up for a new account
     * @return array id, username, name, password (null when it was left)
     */
    private static function user(string $username, string $firstname, string $lastname, ?string $password): array {
        global $CFG, $DB;
        $user = $DB->get_record('user', ['username' => $username, 'mnethostid' => $CFG->mnet_localhost_id]);
        if ($user) {
            if ($password !== null) {
                update_internal_user_password($user, $password);
            }
            $id = (int) $user->id;
        } else {
            $password ??= self::password();
            $id = user_create_user((object) [
                'username' => $username,
                'password' => $password,
                'firstname' => $firstname,
                'lastname' => $lastname,
                'email' => $username . '@example.invalid',
                'emailstop' => 1,
                'auth' => 'manual',
                'confirmed' => 1,
                'mnethostid' => $CFG->mnet_localhost_id,
            ]);
        }
        return ['id' => $id, 'username' => $username, 'name' => $firstname . ' ' . $lastname, 'password' => $password];
    }

    /**
     * A password that no one knows yet.
     *
     * @return string
     */
    private static function password(): string {
        return random_string(14) . '-a1';
    }

    /**
     * Enrols an account.
     *
     * @param stdClass $course
     * @param int $userid
     * @param string $role
     */
    private static function enrol(stdClass $course, int $userid, string $role): void {
        global $DB;
        $roleid = $DB->get_field('role', 'id', ['shortname' => $role], MUST_EXIST);
        enrol_try_internal_enrol($course->id, $userid, $roleid);
    }

    /**
     * A group.
     *
     * @param stdClass $course
     * @param string $name
     * @return int
     */
    private static function group(stdClass $course, string $name): int {
        return (int) (groups_get_group_by_name($course->id, $name)
            ?: groups_create_group((object) ['courseid' => $course->id, 'name' => $name]));
    }

    /**
     * A test with its questions and their parameters.
     *
     * @param stdClass $course
     * @param string $key of TESTS
     * @return int course module
     */
    private static function test(stdClass $course, string $key): int {
        global $DB;
        [$file, $idnumber, $name, $source] = self::TESTS[$key];
        $cmid = $DB->get_field('course_modules', 'id', ['course' => $course->id, 'idnumber' => $idnumber]);
        if ($cmid) {
            return (int) $cmid;
        }
        $category = question_file::import($course, $file);
        $form = (object) (['scalesource' => $source] + ($source === scale_source::ONE ? [] : ['maxitems' => self::MAP_ITEMS]));
        $plan = plan_builder::from_form(check_request::with_map($form, new bank_builder(question_filter::make([$category]))));
        $module = create_module((object) [
            'modulename' => 'palier',
            'module' => $DB->get_field('modules', 'id', ['name' => 'palier'], MUST_EXIST),
            'course' => $course->id,
            'section' => 1,
            'visible' => 1,
            'visibleoncoursepage' => 1,
            'cmidnumber' => $idnumber,
            'name' => $name,
            'introeditor' => ['text' => '', 'format' => FORMAT_HTML, 'itemid' => 0],
            'groupmode' => NOGROUPS,
            'completion' => COMPLETION_TRACKING_AUTOMATIC,
            'completionresult' => 1,
            'plan' => $plan,
            'scalesource' => $source,
            'grade' => 0,
            'timeopen' => 0,
            'timeclose' => 0,
        ]);
        question_filter::save(
            (int) $module->instance,
            context_module::instance($module->coursemodule),
            question_filter::make([$category], true, [], (int) $module->coursemodule, (int) $course->id)
        );
        return (int) $module->coursemodule;
    }

    /**
     * What comes after a result: on the map all but the map.
     *
     * @param int $cmid
     * @param string $key of TESTS
     * @param int $trainerid whom to ask
     * @param int $mapcmid the map
     */
    private static function propose(int $cmid, string $key, int $trainerid, int $mapcmid): void {
        [, $cm] = get_course_and_cm_from_cmid($cmid, 'palier');
        $steps = new next_steps((int) $cm->instance);
        if ($steps->all()) {
            return;
        }
        $targets = ['person' => $trainerid, 'activity' => $mapcmid, 'text' => 0];
        $proposed = [];
        foreach (self::NEXT_STEPS[$key === 'en' ? 'en' : 'fr'] as [$low, $high, $kind, $text]) {
            if ($kind !== 'activity' || $mapcmid !== $cmid) {
                $proposed[] = (object) ['levellow' => $low, 'levelhigh' => $high, 'kind' => $kind, 'target' => $targets[$kind],
                    'text' => $text];
            }
        }
        $steps->save($proposed);
    }

    /**
     * How hard questions are for a learner, who is better in some competences of a map than in others.
     *
     * @param bank_builder $bank
     * @param string $username
     * @return float[] by question
     */
    private static function difficulties(bank_builder $bank, string $username): array {
        $difficulties = [];
        foreach ($bank->questions() as $question) {
            $scale = (string) $bank->scale_of($question);
            $apart = $scale === bank_builder::SCALE ? 0 : ((crc32("$username $scale") % 2001) / 1000 - 1) * self::APART;
            $difficulties[$question->questionid] = (float) $question->b - $apart;
        }
        return $difficulties;
    }

    /**
     * Learners take the test.
     *
     * @param int $cmid
     * @param array $learners
     * @param string[] $who user names
     * @return int how many attempts there are
     */
    private static function play(int $cmid, array $learners, array $who): int {
        global $DB;
        [, $cm] = get_course_and_cm_from_cmid($cmid, 'palier');
        $count = 0;
        foreach (self::LEARNERS as $position => [, , , , $ability]) {
            if ($ability === null || !in_array($learners[$position]['username'], $who, true)) {
                continue;
            }
            $userid = $learners[$position]['id'];
            if (!$DB->record_exists('palier_attempt', ['palierid' => $cm->instance, 'userid' => $userid, 'preview' => 0])) {
                self::take($cmid, $userid, $ability);
            }
            $count++;
        }
        return $count;
    }
}
