<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// How long a trainer's pages take with many attempts and statements: copies of the demonstration's attempts, made by the
// database itself (PostgreSQL) and taken away again.
// Usage: packaging/dev-site SITE --run /path/to/trainer_bench.php [--attempts=5000]
define('CLI_SCRIPT', true);
require(getcwd() . '/config.php');
use core_reportbuilder\system_report_factory;
use mod_palier\local\report\{question_analysis, report_file, report_filters};
use mod_palier\output\report_summary;
use mod_palier\reportbuilder\local\systemreports\{attempts, competences, statements};

$options = getopt('', ['attempts:']);
$count = (int) ($options['attempts'] ?? 5000);
\core\session\manager::set_user(get_admin());
$cm = get_coursemodule_from_id('palier', $DB->get_field('course_modules', 'id', ['idnumber' => 'palier-demo-fr'], MUST_EXIST), 0, false,
    MUST_EXIST);
[$course, $cm] = get_course_and_cm_from_cmid($cm->id, 'palier');
$old = $DB->get_record_sql("SELECT a.* FROM {palier_attempt} a WHERE a.palierid = ? AND a.state = 'finished' AND a.preview = 0
    ORDER BY a.seq DESC, a.id", [$cm->instance], IGNORE_MULTIPLE);
$student = $DB->get_field('role', 'id', ['shortname' => 'student']);
$enrol = $DB->get_field('enrol', 'id', ['courseid' => $course->id, 'enrol' => 'manual']);
$context = context_course::instance($course->id);
$columns = fn(string $table, array $other) => implode(', ', array_map(
    fn($name) => $other[$name] ?? "o.$name",
    array_diff(array_keys($DB->get_columns($table)), ['id'])
));
$names = fn(string $table) => implode(', ', array_diff(array_keys($DB->get_columns($table)), ['id']));
$last = fn(string $table) => (int) $DB->get_field_sql("SELECT COALESCE(MAX(id), 0) FROM {{$table}}");
$tables = ['user', 'user_enrolments', 'role_assignments', 'question_usages', 'palier_attempt', 'palier_event', 'palier_statement'];
$before = array_combine($tables, array_map($last, $tables));
$made = "i FROM generate_series(1, $count) i";
$DB->execute("INSERT INTO {user} ({$names('user')}) SELECT {$columns('user', ['username' => "'bench-' || i", 'idnumber' => "''",
    'firstname' => "'Bench ' || i", 'email' => "i || '@example.invalid'"])} FROM {user} o, generate_series(1, $count) i WHERE o.id = $old->userid");
$rank = fn(string $table) => "SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS i FROM {{$table}} WHERE id > {$before[$table]}";
$time = time();
$DB->execute("INSERT INTO {user_enrolments} (status, enrolid, userid, timestart, timeend, modifierid, timecreated, timemodified)
    SELECT 0, $enrol, u.id, 0, 0, 2, $time, $time FROM {user} u WHERE u.id > {$before['user']}");
$DB->execute("INSERT INTO {role_assignments} (roleid, contextid, userid, timemodified, modifierid, component, itemid, sortorder)
    SELECT $student, $context->id, u.id, $time, 2, '', 0, 0 FROM {user} u WHERE u.id > {$before['user']}");
$DB->execute("INSERT INTO {question_usages} ({$names('question_usages')}) SELECT {$columns('question_usages', [])}
    FROM {question_usages} o, generate_series(1, $count) i WHERE o.id = $old->qubaid");
$DB->execute("INSERT INTO {palier_attempt} ({$names('palier_attempt')})
    SELECT {$columns('palier_attempt', ['userid' => 'u.id', 'qubaid' => 'q.id', 'attempt' => '1', 'level' => 'u.i % 9',
        'timefinish' => 'o.timefinish + u.i', 'timemodified' => 'o.timemodified + u.i'])}
      FROM {palier_attempt} o, ({$rank('user')}) u JOIN ({$rank('question_usages')}) q ON q.i = u.i WHERE o.id = $old->id");
$DB->execute("INSERT INTO {palier_event} ({$names('palier_event')}) SELECT {$columns('palier_event', ['attemptid' => 'a.id'])}
    FROM {palier_event} o, {palier_attempt} a WHERE o.attemptid = $old->id AND a.id > {$before['palier_attempt']}");
$DB->execute("INSERT INTO {palier_statement} ({$names('palier_statement')})
    SELECT {$columns('palier_statement', ['attemptid' => 'a.id', 'userid' => 'a.userid', 'uuid' => 'gen_random_uuid()::text',
        'timecreated' => 'o.timecreated + a.id'])}
      FROM {palier_statement} o, {palier_attempt} a WHERE o.attemptid = $old->id AND a.id > {$before['palier_attempt']}");
foreach ($tables as $table) {
    $DB->execute("ANALYZE {{$table}}");
}
printf("%d attempts, %d statements, %d events\n", $DB->count_records('palier_attempt'), $DB->count_records('palier_statement'),
    $DB->count_records('palier_event'));

$pid = $DB->get_field_sql('SELECT pg_backend_pid()');
$DB->execute('SET max_parallel_workers_per_gather = 0');
// Seconds of processor that the database's process used: a busy machine does not change them.
$database = fn() => array_sum(array_slice(explode(' ', substr(strrchr(file_get_contents("/proc/$pid/stat"), ')'), 2)), 11, 2)) / 100;
$PAGE->set_url('/mod/palier/report.php', ['id' => $cm->id]);
$PAGE->set_cm($cm, $course);
$output = $PAGE->get_renderer('core');
$report = fn(string $class, array $filters) => system_report_factory::create($class, $cm->context, 'mod_palier', '', 0,
    (new report_filters($filters))->values())->page();
$file = function (string $class) use ($cm): int {
    $handle = fopen('php://temp', 'w+b');
    (new report_file($cm, $class, new report_filters([])))->write_spreadsheet($handle);
    return ftell($handle);
};
$pages = [
    'report, summary' => fn() => $output->render(new report_summary($cm, 0)),
    'report, first page' => fn() => $report(attempts::class, []),
    'report, at most level 2' => fn() => $report(attempts::class, ['atmost' => 2]),
    'report, a person' => fn() => $report(attempts::class, ['person' => 'Bench 77']),
    'report, file' => fn() => $file(attempts::class),
    'statements, first page' => fn() => $report(statements::class, []),
    'statements, a person' => fn() => $report(statements::class, ['person' => 'Bench 77']),
    'questions' => fn() => question_analysis::of($cm->context),
];
try {
    foreach ($pages as $name => $make) {
        foreach ([1, 2, 3] as $try) {
            [$from, $used, $reads] = [microtime(true), getrusage(), $DB->perf_get_reads()];
            $spent = $database();
            $make();
            $cpu = getrusage()['ru_utime.tv_sec'] - $used['ru_utime.tv_sec']
                + (getrusage()['ru_utime.tv_usec'] - $used['ru_utime.tv_usec']) / 1e6;
            printf("%s: %.2f s; processor: PHP %.2f s, database %.2f s; %d reads; %d MB\n", $name, microtime(true) - $from, $cpu,
                $database() - $spent, $DB->perf_get_reads() - $reads, memory_get_peak_usage() >> 20);
        }
    }
} finally {
    foreach (array_reverse($tables) as $table) {
        $DB->delete_records_select($table, 'id > ?', [$before[$table]]);
    }
}
