<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// How long the pages of a bank's keeper take with many questions. It fills a category by the database itself (PostgreSQL)
// and takes it away again. Usage: packaging/dev-site SITE --run /path/to/keeper_bench.php --questions=100000
define('CLI_SCRIPT', true);
require(getcwd() . '/config.php');
require_once($CFG->libdir . '/questionlib.php');
$count = (int) (getopt('', ['questions:'])['questions'] ?? 100000);
\core\session\manager::set_user(get_admin());
$time = time();
$course = $DB->get_field_select('course', 'MAX(id)', 'id > 1') ?: SITEID;
$context = class_exists(\core_question\local\bank\question_bank_helper::class)
    ? context_module::instance(\core_question\local\bank\question_bank_helper::get_default_open_instance_system_type(get_course($course), true)->id)
    : context_course::instance($course);
$top = question_get_top_category($context->id, true);
$category = $DB->insert_record('question_categories', ['name' => 'Bench', 'contextid' => $context->id, 'info' => '', 'infoformat' => 0,
    'stamp' => make_unique_id_code(), 'parent' => $top->id, 'sortorder' => 999]);
$DB->execute("INSERT INTO {question_bank_entries} (questioncategoryid, idnumber, ownerid)
    SELECT $category, 'bench-' || i, 2 FROM generate_series(1, $count) i");
$DB->execute("INSERT INTO {question} (parent, name, questiontext, questiontextformat, generalfeedback, generalfeedbackformat, qtype, stamp,
        timecreated, timemodified, createdby, modifiedby, defaultmark, penalty, length)
    SELECT 0, 'Bench ' || e.id, '', 1, '', 1, 'truefalse', 'bench' || e.id, $time, $time, 2, 2, 1, 1, 1
      FROM {question_bank_entries} e WHERE e.questioncategoryid = $category");
$DB->execute("INSERT INTO {question_versions} (questionbankentryid, questionid, version, status)
    SELECT e.id, q.id, 1, 'ready' FROM {question_bank_entries} e JOIN {question} q ON q.stamp = 'bench' || e.id
     WHERE e.questioncategoryid = $category");
$DB->execute("INSERT INTO {palier_param} (questionbankentryid, model, a, b, c, seb, level, status, source, iscurrent, usermodified, timecreated)
    SELECT e.id, '3pl', 1, 0, 0.25, 0.6, 3, 'operational', 'expert', 1, 2, $time FROM {question_bank_entries} e
     WHERE e.questioncategoryid = $category AND e.id % 10 > 0");
foreach (['question', 'question_versions', 'question_bank_entries', 'palier_param'] as $table) {
    $DB->execute("ANALYZE {{$table}}");
}
$pid = $DB->get_field_sql('SELECT pg_backend_pid()');
$DB->execute('SET max_parallel_workers_per_gather = 0');
// Seconds of processor that the database's process used: a busy machine does not change them.
$database = fn() => array_sum(array_slice(explode(' ', substr(strrchr(file_get_contents("/proc/$pid/stat"), ')'), 2)), 11, 2)) / 100;
$filter = \mod_palier\local\bank\question_filter::make([$category]);
$url = new moodle_url('/mod/palier/parameters.php', ['id' => 1]);
$PAGE->set_url($url);
$PAGE->set_context(context_system::instance());
$output = $PAGE->get_renderer('core');
$pages = [
    'parameters, first page' => fn() => new \mod_palier\output\parameters_page(new \mod_palier\local\bank\question_search($filter), $url),
    'parameters, page 1000' => fn() => new \mod_palier\output\parameters_page(
        new \mod_palier\local\bank\question_search($filter), $url, 'all', '', 1000),
    'parameters, search' => fn() => new \mod_palier\output\parameters_page(
        new \mod_palier\local\bank\question_search($filter), $url, 'missing', '77'),
    'levels, first page' => fn() => new \mod_palier\output\levels_page(new \mod_palier\local\bank\question_search($filter), $url),
];
try {
    foreach ($pages as $name => $make) {
        foreach ([1, 2, 3] as $try) {
            [$from, $used] = [microtime(true), getrusage()];
            $before = $database();
            $template = str_starts_with($name, 'levels') ? 'mod_palier/levels_page' : 'mod_palier/parameters_page';
            $output->render_from_template($template, $make()->export_for_template($output));
            $cpu = getrusage()['ru_utime.tv_sec'] - $used['ru_utime.tv_sec']
                + (getrusage()['ru_utime.tv_usec'] - $used['ru_utime.tv_usec']) / 1e6;
            printf("%s, %d questions: %.2f s; processor: PHP %.2f s, database %.2f s; %d MB\n", $name, $count,
                microtime(true) - $from, $cpu, $database() - $before, memory_get_peak_usage() >> 20);
        }
    }
} finally {
    $of = "IN (SELECT id FROM {question_bank_entries} WHERE questioncategoryid = $category)";
    $DB->execute("DELETE FROM {palier_param} WHERE questionbankentryid $of");
    $DB->execute("DELETE FROM {question} WHERE id IN (SELECT questionid FROM {question_versions} WHERE questionbankentryid $of)");
    $DB->execute("DELETE FROM {question_versions} WHERE questionbankentryid $of");
    $DB->execute("DELETE FROM {question_bank_entries} WHERE questioncategoryid = $category");
    $DB->delete_records('question_categories', ['id' => $category]);
}
