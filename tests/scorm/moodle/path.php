<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// The adaptive activity of a disposable Moodle takes one person's answers.
//
//   php path.php --moodle DIR --plan FILE --answers FILE    prints JSON: seed, steps, stop
//
// The plan is the one of the other hosts, but for the name that Moodle gives its scale. The answers are JSON, item to
// {"right": true or false}: what is not right is answered wrong where the kind of question has one wholly wrong answer,
// else with "I don't know". Both are the lowest category.
define('CLI_SCRIPT', true);
$options = getopt('', ['moodle:', 'plan:', 'answers:']);
if (count($options) !== 3) {
    fwrite(STDERR, "usage: see the head of this file\n");
    exit(2);
}
$plan = json_decode(file_get_contents($options['plan']), true);
$answers = json_decode(file_get_contents($options['answers']), true);
require($options['moodle'] . '/config.php');
require_once($CFG->libdir . '/testing/generator/lib.php');
\core\session\manager::set_user(get_admin());

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\starter;
use mod_palier\local\attempt\step;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\engine_factory;

$site = \mod_palier\local\demo\site::make(null, null, false);
[, $cm] = get_course_and_cm_from_cmid($site['tests']['fr']['cmid'], 'palier');
$palier = $DB->get_record('palier', ['id' => $cm->instance], '*', MUST_EXIST);
$plan['scales'][0]['id'] = bank_builder::SCALE;
$palier->plan = json_encode($plan, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
$DB->set_field('palier', 'plan', $palier->plan, ['id' => $palier->id]);

$generator = new testing_data_generator();
$user = $generator->create_user(['username' => 'parcours' . strtolower(random_string(6))]);
$generator->enrol_user($user->id, $cm->course, 'student');
\core\session\manager::set_user($user);
$attempt = (new starter($palier, context_module::instance($cm->id), $user->id))->start();
while ($attempt->is_open()) {
    $quba = $attempt->quba();
    $question = $quba->get_question($attempt->slot);
    $response = $question->get_correct_response();
    if (!$answers[$question->idnumber]['right']) {
        $response = match ($question->get_type_name()) {
            'truefalse' => ['answer' => 1 - (int) $response['answer']],
            'numerical' => ['answer' => '1007'] + $response,
            'shortanswer' => ['answer' => 'xyzzy'],
            default => null,
        };
    }
    $fields = [];
    foreach ($response ?? [] as $name => $value) {
        $fields[$quba->get_field_prefix($attempt->slot) . $name] = (string) $value;
    }
    $result = step::post($attempt->id, $response ? 'answer' : 'unknown', $attempt->slot, $fields);
    if (!in_array($result->outcome, [\mod_palier\local\attempt\outcome::SAVED, \mod_palier\local\attempt\outcome::FINISHED])) {
        throw new coding_exception("{$question->idnumber}: {$result->outcome}");
    }
    $attempt = attempt_repository::load($attempt->id);
}
$record = engine_factory::get()->replay($attempt->bank(), $attempt->plan_json(), $attempt->log()->json());
echo json_encode([
    'seed' => (int) json_decode($attempt->log()->json(), true)['seed'],
    'steps' => array_map(fn($step) => ['item' => $step['item'], 'theta' => $step['theta']], $record['steps']),
    'stop' => $record['stop'],
]), "\n";
