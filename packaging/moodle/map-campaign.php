<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// A campaign with its map, and one without, for the browser tests: 60 people in two services have results as the
// demonstration's, who share them; somebody of human resources, and
// somebody of elsewhere. Its last line is JSON.
// Usage, inside a site of packaging/dev-site: php map-campaign.php --password=PASSWORD [--directory=MOODLE] --demo=JSON
define('CLI_SCRIPT', true);
$options = getopt('', ['password:', 'directory:', 'demo:']);
require(($options['directory'] ?? getcwd()) . '/config.php');
require_once($CFG->libdir . '/testing/generator/lib.php');
require_once($CFG->dirroot . '/cohort/lib.php');

use local_palier\local\{campaigns, snapshots};

\core\session\manager::set_user(get_admin());
$generator = new testing_data_generator();
$demo = json_decode($options['demo'], true);
[$course, $cm] = get_course_and_cm_from_cmid($demo['tests']['map']['cmid'], 'palier');
$context = context_coursecat::instance($course->category);
$name = 'rh-' . \core_text::strtolower(random_string(6));
$hr = $generator->create_user(['username' => $name, 'firstname' => 'Rose', 'lastname' => 'Humaine', 'lang' => 'fr']);
update_internal_user_password($hr, $options['password']);
role_assign($DB->get_field('role', 'id', ['shortname' => 'palierhr'], MUST_EXIST), $hr->id, $context->id);
$stranger = $generator->create_user(['username' => "$name-ailleurs", 'lastname' => 'Ailleurs', 'lang' => 'fr']);
update_internal_user_password($stranger, $options['password']);
$old = array_values($DB->get_records('palier_attempt', ['palierid' => $cm->instance, 'state' => 'finished', 'preview' => 0], 'id'));
$all = cohort_add_cohort((object) ['contextid' => $context->id, 'name' => 'Agents', 'idnumber' => "$name-all"]);
$services = array_map(
    fn(string $service): int => cohort_add_cohort((object) ['contextid' => $context->id, 'name' => $service]),
    ['Accueil', 'Voirie']
);
$time = time();
$made = [];
foreach (['Où nous en sommes', 'Et ensuite'] as $title) {
    $campaign = campaigns::launch(campaigns::begin($context, [
        'name' => $title,
        'purpose' => 'Choisir ensemble les formations.',
        'cohortid' => $all,
        'templateid' => $cm->id,
        'landing' => 'Bienvenue.',
        'timeopen' => $time - 20 * DAYSECS,
        'timeclose' => $time + 20 * DAYSECS,
    ]));
    $made[] = $campaign;
}
[, $test] = get_course_and_cm_from_cmid($made[0]->cmid, 'palier');
for ($i = 0; $i < 60; $i++) {
    $person = $generator->create_user(['username' => "$name-$i", 'lastname' => "Inconnue$i"]);
    cohort_add_member($all, $person->id);
    cohort_add_member($services[$i % 2], $person->id);
    if ($i < 44) {
        $shared = ['timeshared' => $time - 2 * DAYSECS];
        $attempt = ['palierid' => $test->instance, 'userid' => $person->id, 'attempt' => 1, 'slot' => null] + $shared
            + array_diff_key((array) $old[$i % count($old)], ['id' => 0]);
        $usage = (object) array_diff_key((array) $DB->get_record('question_usages', ['id' => $attempt['qubaid']]), ['id' => 0]);
        $attempt['qubaid'] = $DB->insert_record('question_usages', $usage);
        $id = $DB->insert_record('palier_attempt', (object) $attempt);
        $DB->insert_record('local_palier_participation', (object) ($shared + [
            'campaignid' => $made[0]->id,
            'userid' => $person->id,
            'attemptid' => $id,
        ]));
    }
}
$map = snapshots::request($made[0], $services);
snapshots::make($map->id);
echo json_encode([
    'context' => $context->id,
    'hr' => $name,
    'stranger' => $stranger->username,
    'map' => $map->id,
    'campaign' => $made[1]->id,
    'state' => snapshots::get($map->id)->state,
]), "\n";
