<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Imports questions into Moodle and plays one response through its question engine (see moodle_table.php).

/** @return array idnumber => question id, of a file imported into a new category */
function import_questions(string $file): array {
    global $DB, $SITE;
    $context = context_course::instance($SITE->id);
    $top = question_get_top_category($context->id, true);
    $category = (object)['name' => basename($file) . ' ' . uniqid(), 'contextid' => $context->id, 'info' => '', 'infoformat' => FORMAT_HTML,
        'stamp' => make_unique_id_code(), 'parent' => $top->id, 'sortorder' => 999, 'idnumber' => null];
    $category->id = $DB->insert_record('question_categories', $category);
    $format = new qformat_xml();
    $format->setCategory($category);
    $format->setContexts([$context]);
    $format->setCourse($SITE);
    $format->setFilename($file);
    $format->setRealfilename(basename($file));
    $format->setMatchgrades('error');
    $format->setCatfromfile(false);
    $format->setContextfromfile(false);
    $format->setStoponerror(true);
    $format->set_display_progress(false);
    if (!$format->importpreprocess() || !$format->importprocess() || !$format->importpostprocess()) {
        throw new moodle_exception('cannotimport', '', '', $file);
    }
    return $DB->get_records_sql_menu("SELECT e.idnumber, v.questionid FROM {question_bank_entries} e
        JOIN {question_versions} v ON v.questionbankentryid = e.id
        JOIN {question} q ON q.id = v.questionid AND q.parent = 0 WHERE e.questioncategoryid = ?", [$category->id]);
}

/** The case with 'moodle': state when saved, its message, state and fraction when finished. */
function play(int $questionid, array $ids, array $case): array {
    $question = question_bank::load_question($questionid, false);
    if (isset($case['number_format'])) {
        foreach ($question->subquestions ?? [$question] as $part) {
            if (isset($part->ap)) {
                $part->ap->set_characters(...$case['number_format']);
            }
        }
    }
    if (isset($case['tolerance_type'])) {
        foreach ($question->answers as $answer) {
            $answer->tolerancetype = $case['tolerance_type'];
        }
    }
    $usage = question_engine::make_questions_usage_by_activity('core_question_preview', context_system::instance());
    $usage->set_preferred_behaviour('deferredfeedback');
    $slot = $usage->add_question($question, 1);
    $usage->start_question($slot);
    $attempt = $usage->get_question_attempt($slot);
    if (isset($case['response']['order'])) {
        $case = shown_items($question, $attempt, $ids, $case);
    }
    $posted = posted($question, $attempt, $ids, $case['response']);
    if (isset($case['response']['gaps'])) {
        $case['response'] = ['pairs' => (object)named_gaps($question, $case['response']['gaps'])];
    }
    $prefix = $usage->get_field_prefix($slot);
    $post = ["$prefix:sequencecheck" => $attempt->get_sequence_check_count()];
    foreach ($posted as $name => $value) {
        $post[$prefix . $name] = $value;
    }
    $usage->process_all_actions(time(), $post);
    $saved = (string)$attempt->get_state();
    $error = $question->get_validation_error($attempt->get_last_qt_data());
    $usage->finish_all_questions();
    $fraction = $attempt->get_fraction();
    // Seven decimals, as Moodle's database keeps a fraction.
    $case['moodle'] = ['saved' => $saved, 'message' => message_name($error), 'finished' => (string)$attempt->get_state(),
        'fraction' => $fraction === null ? null : round((float)$fraction, 7) + 0.0];
    return $case;
}

/** Which items an ordering shows, in their right order, and the case's order by their identifiers. */
function shown_items($question, question_attempt $attempt, array $ids, array $case): array {
    $byanswer = array_combine(array_keys($question->answers), $ids['choices']);
    $right = explode(',', $attempt->get_step(0)->get_qt_var('_correctresponse'));
    $shown = array_map(fn($answer) => $byanswer[$answer], $right);
    $case['response'] = ['order' => array_map(fn($i) => $shown[$i], $case['response']['order'])];
    if (count($shown) < count($byanswer)) {
        $case['shown'] = $shown;
    }
    return $case;
}

/** What is put into the gaps of a cloze, choices by their identifiers. */
function named_gaps(qtype_multianswer_question $question, array $gaps): array {
    $pairs = [];
    foreach ($gaps as $gap => $given) {
        if (is_array($given)) {
            $taken = [];
            $ids = [];
            foreach ($question->subquestions[$gap]->answers as $answer) {
                $ids[] = text_id('c', trim($answer->answer), $taken);
            }
            $given = implode(',', array_map(fn($place) => $ids[$place], $given));
        }
        if ($given !== '') {
            $pairs["g$gap"] = $given;
        }
    }
    return $pairs;
}

/** The fields of a cloze. */
function posted_gaps(qtype_multianswer_question $question, question_attempt $attempt, array $gaps): array {
    $fields = [];
    foreach ($question->subquestions as $gap => $part) {
        $given = $gaps[$gap] ?? null;
        if (!$part instanceof qtype_multichoice_base) {
            $fields["sub{$gap}_answer"] = $given ?? '';
            continue;
        }
        $order = array_flip(explode(',', $attempt->get_step(0)->get_qt_var("_sub{$gap}_order")));
        $places = array_map(fn($place) => $order[array_keys($part->answers)[$place]], $given ?? []);
        if ($part instanceof qtype_multichoice_single_question) {
            $fields += $places ? ["sub{$gap}_answer" => $places[0]] : [];
            continue;
        }
        foreach ($order as $place) {
            $fields["sub{$gap}_choice$place"] = in_array($place, $places) ? 1 : 0;
        }
    }
    return $fields;
}

/** The fields that a browser would post. */
function posted($question, question_attempt $attempt, array $ids, ?array $response): array {
    $first = $attempt->get_step(0);
    $fields = [];
    $chosen = $response['choices'] ?? (isset($response['choice']) ? [$response['choice']] : []);
    if ($question instanceof qtype_multianswer_question) {
        return posted_gaps($question, $attempt, $response['gaps']);
    }
    if ($question instanceof qtype_truefalse_question) {
        return $chosen ? ['answer' => $chosen[0] === 'true' ? 1 : 0] : [];
    }
    if ($question instanceof qtype_multichoice_base) {
        $byid = array_combine($ids['choices'], array_keys($question->answers));
        $order = array_flip(explode(',', $first->get_qt_var('_order')));
        $single = $question instanceof qtype_multichoice_single_question;
        if ($single) {
            return $chosen ? ['answer' => $order[$byid[$chosen[0]]]] : [];
        }
        foreach ($order as $place) {
            $fields["choice$place"] = 0;
        }
        foreach ($chosen as $id) {
            $fields['choice' . $order[$byid[$id]]] = 1;
        }
    } else if ($question instanceof qtype_match_question) {
        $stems = array_combine($ids['stems'], array_keys($question->stems));
        $places = array_flip(explode(',', $first->get_qt_var('_stemorder')));
        $values = array_flip(explode(',', $first->get_qt_var('_choiceorder')));
        $choices = [];
        foreach ($question->choices as $key => $text) {
            $choices[$ids['choices'][$text]] = $key;
        }
        foreach ($places as $place) {
            $fields["sub$place"] = 0;
        }
        foreach ($response['pairs'] as $stem => $choice) {
            $fields['sub' . $places[$stems[$stem]]] = $values[$choices[$choice]] + 1;
        }
    } else if ($question instanceof qtype_ordering_question) {
        $byid = array_combine($ids['choices'], array_values($question->answers));
        $fields[$question->get_response_fieldname()] = implode(',', array_map(fn($id) => $byid[$id]->md5key, $response['order']));
    } else if ($question instanceof qtype_gapselect_question_base) {
        foreach ($question->places as $place => $group) {
            $values = array_flip(explode(',', $first->get_qt_var('_choiceorder' . $group)));
            $choice = ((array)$response['pairs'])["g$place"] ?? null;
            $number = $choice === null ? null : array_search($choice, $ids['groups'][$group], true) + 1;
            $fields["p$place"] = $number === null ? 0 : $values[$number] + 1;
        }
    } else {
        $fields['answer'] = $response['text'];
        if (isset($response['unit'])) {
            $fields['unit'] = $response['unit'];
        }
    }
    return $fields;
}

/** Which of Moodle's messages this is. */
function message_name(string $text): ?string {
    $names = ['qtype_multichoice' => ['pleaseselectananswer', 'pleaseselectatleastoneanswer'], 'qtype_truefalse' => ['pleaseselectananswer'],
        'qtype_match' => ['pleaseananswerallparts'], 'qtype_multianswer' => ['pleaseananswerallparts'], 'qtype_gapselect' => ['pleaseputananswerineachbox'],
        'qtype_shortanswer' => ['pleaseenterananswer'],
        'qtype_numerical' => ['pleaseenterananswer', 'invalidnumber', 'invalidnumbernounit', 'unitnotselected']];
    foreach ($names as $component => $list) {
        foreach ($list as $name) {
            if ($text === get_string($name, $component)) {
                return $name;
            }
        }
    }
    foreach (['.', ','] as $separator) {
        if ($text === get_string('pleaseenteranswerwithoutthousandssep', 'qtype_numerical', $separator)) {
            return 'pleaseenteranswerwithoutthousandssep';
        }
    }
    return $text === '' ? null : $text;
}
