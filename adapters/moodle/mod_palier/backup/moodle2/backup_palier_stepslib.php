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

/**
 * What a backup of an adaptive test holds.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use mod_palier\local\attempt\attempt;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;

/**
 * The activity with its questions' parameters; with people's data also their attempts, with all that these rest on:
 * plan, bank, log, statements, question usages.
 */
class backup_palier_activity_structure_step extends backup_questions_activity_structure_step {
    #[\Override]
    protected function define_structure() {
        $palier = new backup_nested_element('palier', ['id'], [
            'name', 'intro', 'introformat', 'plan', 'purpose', 'visibility', 'grade', 'grademethod', 'gradepractice',
            'completionresult', 'completionlevel', 'timeopen', 'timeclose', 'password', 'subnet', 'timecreated', 'timemodified',
            'scalesource', 'evidence', 'evidencerelated', 'scalegrades', 'fromlast', 'selfplacement',
        ]);
        $this->add_question_set_references($palier, 'mod_palier', question_filter::AREA);

        $nextsteps = new backup_nested_element('nextsteps');
        $nextstep = new backup_nested_element('nextstep', ['id'], [
            'sortorder', 'scale', 'levellow', 'levelhigh', 'kind', 'target', 'text',
        ]);
        $gradeitems = new backup_nested_element('gradeitems');
        $gradeitem = new backup_nested_element('gradeitem', ['id'], ['kind', 'scale', 'itemnumber']);
        $filtertags = new backup_nested_element('filtertags');
        $filtertag = new backup_nested_element('filtertag', ['id'], ['name']);
        $parameters = new backup_nested_element('parameters');
        $parameter = new backup_nested_element('parameter', ['id'], [
            'questionid', 'questionbankentryid', 'model', 'a', 'b', 'c', 'd', 'steps', 'seb', 'level', 'status', 'content',
            'enemies', 'itemset', 'keyformat', 'source', 'timecreated',
        ]);
        $overrides = new backup_nested_element('overrides');
        $override = new backup_nested_element('override', ['id'], [
            'userid', 'groupid', 'timeopen', 'timeclose', 'attempts', 'extratime', 'password', 'reason', 'timemodified',
        ]);
        $plans = new backup_nested_element('plans');
        $plan = new backup_nested_element('usedplan', ['id'], ['hash', 'plan', 'timecreated']);
        $banks = new backup_nested_element('banks');
        $bank = new backup_nested_element('bank', ['id'], ['hash', 'items', 'timecreated']);
        $bankitems = new backup_nested_element('bankitems');
        $bankitem = new backup_nested_element('bankitem', ['id'], ['item', 'questionid', 'questionbankentryid']);
        $attempts = new backup_nested_element('attempts');
        $attempt = new backup_nested_element('attempt', ['id'], [
            'userid', 'number', 'qubaid', 'bankid', 'planid', 'seed', 'state', 'seq', 'slot', 'theta', 'se', 'level',
            'levellow', 'levelhigh', 'stopreason', 'engineversion', 'result', 'timeshared', 'timestart', 'timemodified',
            'timefinish', 'packageid', 'differences', 'device',
        ]);
        // The usage comes first: the attempt is made when its new usage is known.
        $this->add_question_usages($attempt, 'qubaid');
        $events = new backup_nested_element('events');
        $event = new backup_nested_element('event', ['id'], ['seq', 'type', 'slot', 'questionid', 'data', 'timecreated']);
        $scaleresults = new backup_nested_element('scaleresults');
        $scaleresult = new backup_nested_element('scaleresult', ['id'], [
            'kind', 'scale', 'domain', 'name', 'state', 'answers', 'theta', 'se', 'level', 'levellow', 'levelhigh', 'bandlow',
            'bandhigh', 'required', 'sortorder',
        ]);
        $statements = new backup_nested_element('statements');
        $statement = new backup_nested_element('statement', ['id'], [
            'uuid', 'eventseq', 'verb', 'scale', 'statementtext', 'state', 'tries', 'error', 'timecreated', 'timesent',
        ]);
        $contests = new backup_nested_element('contests');
        $contest = new backup_nested_element('contest', ['id'], [
            'userid', 'kind', 'slot', 'item', 'questionid', 'status', 'timecreated', 'timemodified', 'timedecided',
        ]);
        $messages = new backup_nested_element('contestmessages');
        $message = new backup_nested_element('contestmessage', ['id'], ['userid', 'message', 'decision', 'timecreated']);
        $formers = new backup_nested_element('formers');
        $former = new backup_nested_element('former', ['id'], [
            'seq', 'theta', 'se', 'level', 'levellow', 'levelhigh', 'result', 'reason', 'usermodified', 'timecreated',
            'timereplaced',
        ]);

        $palier->add_child($nextsteps);
        $nextsteps->add_child($nextstep);
        $palier->add_child($gradeitems);
        $gradeitems->add_child($gradeitem);
        $palier->add_child($filtertags);
        $filtertags->add_child($filtertag);
        $palier->add_child($parameters);
        $parameters->add_child($parameter);
        $palier->add_child($overrides);
        $overrides->add_child($override);
        $palier->add_child($plans);
        $plans->add_child($plan);
        $palier->add_child($banks);
        $banks->add_child($bank);
        $bank->add_child($bankitems);
        $bankitems->add_child($bankitem);
        $palier->add_child($attempts);
        $attempts->add_child($attempt);
        $attempt->add_child($events);
        $events->add_child($event);
        $attempt->add_child($scaleresults);
        $scaleresults->add_child($scaleresult);
        $attempt->add_child($statements);
        $statements->add_child($statement);
        $attempt->add_child($contests);
        $contests->add_child($contest);
        $contest->add_child($messages);
        $messages->add_child($message);
        $attempt->add_child($formers);
        $formers->add_child($former);

        $palier->set_source_table('palier', ['id' => backup::VAR_ACTIVITYID]);
        $nextstep->set_source_table('palier_nextstep', ['palierid' => backup::VAR_ACTIVITYID], 'sortorder, id');
        $gradeitem->set_source_table('palier_gradeitem', ['palierid' => backup::VAR_ACTIVITYID], 'itemnumber');
        $userinfo = $this->get_setting_value('userinfo');
        $filter = question_filter::load((int) $this->task->get_activityid());
        $filtertag->set_source_array($this->tags($filter));
        $parameter->set_source_array($this->parameters($filter, $userinfo));
        $which = array_filter([
            $userinfo ? 'userid IS NOT NULL' : null,
            $this->get_setting_value('groups') ? 'groupid IS NOT NULL' : null,
        ]);
        $override->set_source_sql(
            'SELECT * FROM {palier_override}
              WHERE palierid = :palierid AND (' . (implode(' OR ', $which) ?: '1 = 0') . ')
           ORDER BY id',
            ['palierid' => backup::VAR_ACTIVITYID],
        );
        if ($userinfo) {
            $of = ['palierid' => backup::VAR_ACTIVITYID];
            $plan->set_source_sql('SELECT * FROM {palier_plan} WHERE id IN (
                                       SELECT planid FROM {palier_attempt} WHERE palierid = :palierid AND preview = 0)', $of);
            $bank->set_source_sql('SELECT * FROM {palier_bank} WHERE id IN (
                                       SELECT bankid FROM {palier_attempt} WHERE palierid = :palierid AND preview = 0)', $of);
            $bankitem->set_source_sql(
                'SELECT i.id, i.item, i.questionbankentryid, (SELECT MAX(v.questionid)
                                         FROM {question_versions} v
                                        WHERE v.questionbankentryid = i.questionbankentryid) AS questionid
                   FROM {palier_bank_item} i
                  WHERE i.bankid = :bankid
               ORDER BY i.id',
                ['bankid' => backup::VAR_PARENTID],
            );
            $attempt->set_source_sql(
                "SELECT a.*, a.attempt AS number
                   FROM {palier_attempt} a
                  WHERE palierid = :palierid AND preview = 0 AND {$this->not_private()}
               ORDER BY id",
                $of,
            );
            $event->set_source_table('palier_event', ['attemptid' => backup::VAR_PARENTID], 'seq');
            $scaleresult->set_source_table('palier_attempt_scale', ['attemptid' => backup::VAR_PARENTID], 'sortorder');
            $statement->set_source_sql(
                'SELECT s.*, s.statement AS statementtext FROM {palier_statement} s WHERE attemptid = :attemptid ORDER BY id',
                ['attemptid' => backup::VAR_PARENTID],
            );
            $contest->set_source_table('palier_contest', ['attemptid' => backup::VAR_PARENTID], 'id');
            $message->set_source_table('palier_contest_message', ['contestid' => backup::VAR_PARENTID], 'id');
            $former->set_source_table('palier_former', ['attemptid' => backup::VAR_PARENTID], 'id');
        }

        $palier->annotate_ids('scale', 'grade');
        $parameter->annotate_ids('question', 'questionid');
        $bankitem->annotate_ids('question', 'questionid');
        // From Moodle 5.1 on a backup takes the entries that are named, and no other of their categories.
        $parameter->annotate_ids('question_bank_entry', 'questionbankentryid');
        $bankitem->annotate_ids('question_bank_entry', 'questionbankentryid');
        $attempt->annotate_ids('user', 'userid');
        $override->annotate_ids('user', 'userid');
        $override->annotate_ids('group', 'groupid');
        $event->annotate_ids('question', 'questionid');
        $contest->annotate_ids('question', 'questionid');
        $message->annotate_ids('user', 'userid');
        $former->annotate_ids('user', 'usermodified');
        $palier->annotate_files('mod_palier', 'intro', null);

        return $this->prepare_activity_structure($palier);
    }

    /**
     * Which attempts a file may hold that others read: those that trainers may see. What a learner has not shared stays
     * on the site, as the first page of the test promises.
     *
     * @return string a condition on a, the table palier_attempt
     */
    private function not_private(): string {
        global $DB;
        $plans = $DB->get_records_sql_menu(
            'SELECT id, plan FROM {palier_plan} WHERE id IN (SELECT planid FROM {palier_attempt} WHERE palierid = ?)',
            [$this->task->get_activityid()]
        );
        $private = array_keys(array_filter($plans, fn($plan) => attempt::is_private_plan(json_decode($plan, true))));
        if (!$private) {
            return '1 = 1';
        }
        $in = implode(', ', array_map('intval', $private));
        $left = $DB->count_records_select(
            'palier_attempt',
            "palierid = ? AND preview = 0 AND timeshared = 0 AND planid IN ($in)",
            [$this->task->get_activityid()]
        );
        if ($left) {
            $this->log("$left attempts left out: their learners have not shared them", backup::LOG_INFO);
        }
        return "(timeshared > 0 OR planid NOT IN ($in))";
    }

    /**
     * The tags that the questions are chosen by: ids mean nothing elsewhere, names do.
     *
     * @param array $filter
     * @return array[]
     */
    private function tags(array $filter): array {
        global $DB;
        $ids = $filter['filter']['qtagids']['values'] ?? [];
        $tags = $ids ? $DB->get_records_list('tag', 'id', $ids, '', 'id, rawname') : [];
        return array_values(array_map(fn($tag) => ['id' => $tag->id, 'name' => $tag->rawname], $tags));
    }

    /**
     * The current parameters of the questions: those that the activity chooses now, and those that attempts had.
     *
     * @param array $filter
     * @param bool $userinfo
     * @return array[]
     */
    private function parameters(array $filter, bool $userinfo): array {
        global $DB;

        $questionids = question_filter::question_ids($filter);
        if ($userinfo) {
            $questionids = array_merge($questionids, $DB->get_fieldset_sql(
                'SELECT MAX(v.questionid)
                   FROM {palier_bank_item} i
                   JOIN {question_versions} v ON v.questionbankentryid = i.questionbankentryid
                  WHERE i.bankid IN (SELECT bankid FROM {palier_attempt} WHERE palierid = ? AND preview = 0)
               GROUP BY i.questionbankentryid',
                [$this->task->get_activityid()],
            ));
        }
        $parameters = [];
        foreach (bank_builder::read(array_unique($questionids)) as $question) {
            if ($question->paramid !== null) {
                $parameters[] = $DB->get_record('palier_param', ['id' => $question->paramid]);
                end($parameters)->questionid = $question->questionid;
            }
        }
        return array_map(fn($parameter) => (array) $parameter, $parameters);
    }
}
