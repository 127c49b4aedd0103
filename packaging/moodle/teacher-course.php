<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// A teacher with an own course and own questions, a manager, and two learners who never saw the demonstration course, for
// the browser tests: a category of 30 questions that say nothing of their level, and one of 31 with tags niveau:1 …
// niveau:6, an essay among them. Its last line is JSON.
// Usage, inside a site of packaging/dev-site: php teacher-course.php --password=PASSWORD [--directory=MOODLE]
define('CLI_SCRIPT', true);
$options = getopt('', ['password:', 'directory:']);
require(($options['directory'] ?? getcwd()) . '/config.php');
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->libdir . '/testing/generator/lib.php');
require_once($CFG->dirroot . '/question/format.php');
require_once($CFG->dirroot . '/question/format/gift/format.php');
require_once($CFG->dirroot . '/user/lib.php');

\core\session\manager::set_user(get_admin());
$generator = new testing_data_generator();
$course = $generator->create_course(['fullname' => 'Accueil des agents', 'shortname' => 'accueil-' . random_string(6)]);
$name = 'formatrice-' . \core_text::strtolower(random_string(6));
$teacher = $generator->create_user(['username' => $name, 'firstname' => 'Odile', 'lastname' => 'Formatrice', 'lang' => 'fr']);
update_internal_user_password($teacher, $options['password']);
$generator->enrol_user($teacher->id, $course->id, 'editingteacher');
$learner = $generator->create_user(['username' => "apprenant-$name", 'firstname' => 'Amar', 'lastname' => 'Apprenant', 'lang' => 'fr']);
update_internal_user_password($learner, $options['password']);
$generator->enrol_user($learner->id, $course->id, 'student');
$manager = $generator->create_user(['username' => "gestionnaire-$name", 'firstname' => 'Inès', 'lastname' => 'Gestionnaire', 'lang' => 'fr']);
update_internal_user_password($manager, $options['password']);
role_assign($DB->get_field('role', 'id', ['shortname' => 'manager'], MUST_EXIST), $manager->id, context_system::instance());
$newcomers = [];
foreach ($DB->get_records('course', ['shortname' => 'palier-demo']) as $demo) {
    foreach (['Noé', 'Zoé'] as $place => $first) {
        $newcomer = $generator->create_user(['username' => "nouvelle$place-$name", 'firstname' => $first, 'lastname' => 'Nouvelle', 'lang' => 'fr']);
        update_internal_user_password($newcomer, $options['password']);
        $generator->enrol_user($newcomer->id, $demo->id, 'student');
        $newcomers[] = $newcomer->username;
    }
}

// A tour of Moodle would cover the buttons.
$DB->set_field('tool_usertours_tours', 'enabled', 0);
\tool_usertours\cache::notify_tour_change();

// From Moodle 5.0 on a course has no questions of its own: they lie in a bank, which is an activity.
$context = context_course::instance($course->id);
if (class_exists(\core_question\local\bank\question_bank_helper::class)) {
    $bank = \core_question\local\bank\question_bank_helper::get_default_open_instance_system_type($course, true);
    $context = context_module::instance($bank->id);
}
$made = [];
foreach (['Mes questions' => false, 'Questions avec tags' => true] as $title => $tagged) {
    $category = $generator->get_plugin_generator('core_question')
        ->create_question_category(['contextid' => $context->id, 'name' => $title]);
    $gift = '';
    for ($i = 1; $i <= 30; $i++) {
        $answers = $i % 2 ? "{=oui ~non ~peut-être ~jamais}" : "{=réponse $i}";
        $tags = $tagged ? '// [tag:niveau:' . (int) ceil($i / 5) . "]\n" : '';
        $gift .= "{$tags}::Question $i::Que faut-il répondre à la question $i ? $answers\n\n";
    }
    $gift .= $tagged ? "::Rédaction::Racontez votre première journée. {}\n" : '';
    $file = make_request_directory() . '/questions.gift';
    file_put_contents($file, $gift);
    $format = new qformat_gift();
    $format->setCategory($category);
    $format->setCourse($course);
    $format->setContexts([$context]);
    $format->setFilename($file);
    $format->setRealfilename('questions.gift');
    $format->setCatfromfile(false);
    $format->setContextfromfile(false);
    $format->setStoponerror(true);
    $format->set_display_progress(false);
    if (!$format->importpreprocess() || !$format->importprocess()) {
        throw new moodle_exception('cannotimport', 'question');
    }
    $made[] = ['id' => (int) $category->id, 'name' => $title];
}
echo json_encode([
    'course' => (int) $course->id,
    'teacher' => $teacher->username,
    'learner' => $learner->username,
    'manager' => $manager->username,
    'newcomers' => $newcomers,
    'categories' => $made,
]), "\n";
