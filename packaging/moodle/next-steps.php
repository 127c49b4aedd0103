<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// What the browser tests of next steps need, in the demonstration course: two people with a result of its map, one above level 3
// in a competence and one below; a profile that asks that level; a training for it whose course lets people in; two pages.
// Its last line is JSON.
// Usage, inside a site of packaging/dev-site: php next-steps.php --password=PASSWORD [--directory=MOODLE] --demo=JSON
define('CLI_SCRIPT', true);
$options = getopt('', ['password:', 'directory:', 'demo:']);
require(($options['directory'] ?? getcwd()) . '/config.php');
require_once($CFG->libdir . '/testing/generator/lib.php');

use local_palier\local\{catalogue_import, profile_import};
use mod_palier\api;

\core\session\manager::set_user(get_admin());
$generator = new testing_data_generator();
$demo = json_decode($options['demo'], true);
[$course, $cm] = get_course_and_cm_from_cmid($demo['tests']['map']['cmid'], 'palier');
$site = context_system::instance();
$mark = \core_text::strtolower(random_string(6));
$old = $DB->get_records('palier_attempt', ['palierid' => $cm->instance, 'state' => 'finished', 'preview' => 0], 'id');
$attempt = current(array_filter($old, fn($row) => str_contains((string) $row->result, '"p_level_at_least"')));
$state = json_decode($attempt->result, true);
$source = api::scales_of_activity($cm->id)['source'];
$place = key(array_filter($state['scales'], fn($scale) => api::competence_of_scale((string) $scale['id'], $source) !== null));
[$framework, $competence] = api::competence_of_scale((string) $state['scales'][$place]['id'], $source);
$people = [];
foreach (['above' => 0.97, 'below' => 0.03] as $who => $chance) {
    $person = $generator->create_user(['username' => "$who-$mark", 'lastname' => "Personne$who", 'lang' => 'fr']);
    update_internal_user_password($person, $options['password']);
    $generator->enrol_user($person->id, $course->id, 'student');
    $state['known'] = true;
    $state['scales'][$place]['state'] = 'measured';
    $state['scales'][$place]['p_level_at_least'] = array_map(
        fn(int $level): float => $level < 3 ? 1 : ($level === 3 ? $chance : 0),
        range($state['levels']['first'], $state['levels']['last'])
    );
    $usage = (object) array_diff_key((array) $DB->get_record('question_usages', ['id' => $attempt->qubaid]), ['id' => 0]);
    $DB->insert_record('palier_attempt', (object) ([
        'userid' => $person->id,
        'attempt' => 1,
        'slot' => null,
        'timeshared' => time(),
        'qubaid' => $DB->insert_record('question_usages', $usage),
        'result' => json_encode($state),
    ] + array_diff_key((array) $attempt, ['id' => 0])));
    $people[$who] = $person->username;
}
$training = $generator->create_course(['fullname' => 'Ranger et retrouver', 'shortname' => "RANGER-$mark"]);
$self = $DB->get_record('enrol', ['courseid' => $training->id, 'enrol' => 'self'], '*', MUST_EXIST);
enrol_get_plugin('self')->update_status($self, ENROL_INSTANCE_ENABLED);
$DB->set_field('enrol', 'customint6', 1, ['id' => $self->id]);
$catalogue = new catalogue_import(
    "code,title,framework,competences,to_level,modality,days,course\n"
        . "$mark,Ranger et retrouver,$framework,$competence,3,mixte,0.5,{$training->shortname}\n",
    $site
);
$profile = new profile_import(
    "profile,kind,name_fr,framework,competence,level,weight\n$mark,socle,Socle $mark,$framework,$competence,3,4\n",
    $site
);
if ($catalogue->faults || $profile->faults) {
    throw new coding_exception(json_encode([$catalogue->faults, $profile->faults]));
}
$catalogue->apply();
$profile->apply();
$pages = [];
foreach (['next' => 'Formation avancée', 'prepare' => 'Formation de préparation'] as $key => $name) {
    $pages[$key] = $generator->create_module('page', ['course' => $course->id, 'name' => "$name $mark"])->cmid;
}
echo json_encode($people + $pages + [
    'mark' => $mark,
    'profile' => "Socle $mark",
    'training' => (int) $training->id,
    'course' => (int) $course->id,
    'test' => (int) $cm->id,
    'competence' => "$framework|$competence",
]), "\n";
