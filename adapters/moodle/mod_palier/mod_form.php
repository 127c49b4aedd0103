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

defined('MOODLE_INTERNAL') || die();

require_once($CFG->dirroot . '/course/moodleform_mod.php');

use mod_palier\local\test\check_request;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\test\plan_builder;
use mod_palier\local\test\plan_fields;
use mod_palier\local\test\plan_text;
use mod_palier\local\bank\question_choices;
use mod_palier\local\bank\question_filter;
use mod_palier\local\report\grading_method;
use mod_palier\local\scales\competency_evidence;
use mod_palier\local\scales\scale_finder;
use mod_palier\local\scales\scale_source;
use mod_palier\output\check_result;

/**
 * The activity's form. Each field has a default that works.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class mod_palier_mod_form extends moodleform_mod {
    /** @var array[] key of the plan => field of the form, for the engine's messages. */
    private const FIELDS_OF_KEYS = [
        'map.correlation' => 'correlation',
        'map.' => 'scalesource',
        'scales' => 'scalesource',
        'stop.standard_error' => 'precision',
        'stop.max_items' => 'maxitems',
        'stop.min_items' => 'minitems',
        'selection.randomesque' => 'randomesque',
        'start' => 'easyitems',
        'pretest' => 'trialitems',
        'threshold.confidence' => 'confidence',
        'threshold' => 'thresholdlevel',
        'retake' => 'maxattempts',
        'report.seconds_per_item' => 'secondsperitem',
        'stop.rules' => 'timelimit',
    ];

    /** @var array the filter condition that the activity has. */
    private array $filter = [];

    #[\Override]
    public function definition() {
        global $CFG;
        $mform = $this->_form;
        $this->filter = $this->_instance ? question_filter::load((int) $this->_instance) : [];

        $mform->addElement('header', 'general', get_string('general', 'form'));
        $mform->addElement('text', 'name', get_string('name'), ['size' => 64]);
        $mform->setType('name', empty($CFG->formatstringstriptags) ? PARAM_CLEANHTML : PARAM_TEXT);
        $mform->addRule('name', null, 'required', null, 'client');
        $mform->addRule('name', get_string('maximumchars', '', 255), 'maxlength', 255, 'client');
        $this->standard_intro_elements();

        $this->definition_test();
        $this->definition_dates();
        $this->definition_more();
        $this->definition_expert();

        $this->standard_grading_coursemodule_elements();
        $mform->setDefault('grade', 0);
        $practice = $mform->createElement(
            'advcheckbox',
            'gradepractice',
            get_string('gradepractice', 'mod_palier'),
            get_string('gradepractice_label', 'mod_palier')
        );
        $mform->insertElementBefore($practice, 'grade');
        $mform->addHelpButton('gradepractice', 'gradepractice', 'mod_palier');
        $mform->hideIf('gradepractice', 'purpose', 'neq', 'practice');
        $this->standard_coursemodule_elements();
        $this->add_action_buttons();
    }

    /**
     * What the test is for, its questions, and how sure it is to be.
     */
    private function definition_test(): void {
        global $PAGE;
        $mform = $this->_form;
        $mform->addElement('header', 'testheader', get_string('testheader', 'mod_palier'));
        $mform->setExpanded('testheader');
        if (!engine_factory::find()) {
            $mform->addElement('static', 'noengine', '', $this->no_engine());
        }

        $purposes = $this->options('purpose', plan_builder::PURPOSES);
        $mform->addElement('select', 'purpose', get_string('purpose', 'mod_palier'), $purposes);
        $mform->addHelpButton('purpose', 'purpose', 'mod_palier');
        $mform->addElement('select', 'thresholdlevel', get_string('thresholdlevel', 'mod_palier'), $this->levels(true));
        $mform->addHelpButton('thresholdlevel', 'thresholdlevel', 'mod_palier');
        $mform->hideIf('thresholdlevel', 'purpose', 'neq', 'threshold');
        $mform->addElement('text', 'thresholdtheta', get_string('thresholdtheta', 'mod_palier'), ['size' => 8]);
        $mform->setType('thresholdtheta', PARAM_RAW_TRIMMED);
        $mform->hideIf('thresholdtheta', 'purpose', 'neq', 'threshold');
        $mform->hideIf('thresholdtheta', 'thresholdlevel', 'neq', 'theta');

        $choices = new question_choices($this->context);
        $categories = $choices->categories();
        foreach ($this->filter['filter']['category']['values'] ?? [] as $categoryid) {
            $categories[$categoryid] ??= get_string('categoryother', 'mod_palier', $categoryid);
        }
        $mform->addElement('autocomplete', 'questioncategories', get_string('questioncategories', 'mod_palier'), $categories, [
            'multiple' => true,
            'noselectionstring' => get_string('questioncategories_none', 'mod_palier'),
        ]);
        $mform->addHelpButton('questioncategories', 'questioncategories', 'mod_palier');
        $tags = $choices->tags();
        foreach ($this->filter['filter']['qtagids']['values'] ?? [] as $tagid) {
            $tags[$tagid] ??= get_string('tagother', 'mod_palier', $tagid);
        }
        $mform->addElement('autocomplete', 'questiontags', get_string('questiontags', 'mod_palier'), $tags, [
            'multiple' => true,
            'noselectionstring' => get_string('questiontags_none', 'mod_palier'),
        ]);
        $mform->addHelpButton('questiontags', 'questiontags', 'mod_palier');

        $mform->addElement('select', 'scalesource', get_string('scalesource', 'mod_palier'), $this->scale_sources($tags));
        $mform->addHelpButton('scalesource', 'scalesource', 'mod_palier');
        if ($this->_cm && scale_finder::ids_of($this->current->plan ?? '')) {
            $url = new moodle_url('/mod/palier/map.php', ['id' => $this->_cm->id]);
            $mform->addElement('static', 'maplink', '', html_writer::link($url, get_string('mapsettings_link', 'mod_palier')));
        }

        $mform->addElement('select', 'precision', get_string('precision', 'mod_palier'), $this->precisions());
        $mform->addHelpButton('precision', 'precision', 'mod_palier');
        $mform->hideIf('precision', 'purpose', 'eq', 'threshold');
        $mform->addElement('text', 'maxitems', get_string('maxitems', 'mod_palier'), ['size' => 4, 'inputmode' => 'numeric']);
        $mform->setType('maxitems', PARAM_RAW_TRIMMED);
        $mform->addElement(
            'select',
            'visibility',
            get_string('visibility', 'mod_palier'),
            $this->options('visibility', ['course', 'after_sharing'])
        );
        $mform->addHelpButton('visibility', 'visibility', 'mod_palier');

        // The theme hides these menus until their script has run.
        $mform->addElement('html', html_writer::tag('noscript', html_writer::tag(
            'style',
            '[data-fieldtype="autocomplete"] select { visibility: visible; height: auto; width: 100%; }'
        )));
        $mform->registerNoSubmitButton('checknow');
        $mform->addElement('submit', 'checknow', get_string('checknow', 'mod_palier'));
        $mform->addElement(
            'static',
            'checkresult',
            get_string('check', 'mod_palier'),
            html_writer::div('', '', ['data-region' => 'mod_palier-check', 'aria-live' => 'polite'])
        );
        $PAGE->requires->js_call_amd('mod_palier/check', 'init', [
            (int) $this->current->course,
            (int) ($this->_cm->id ?? 0),
        ]);
    }

    /**
     * When learners may take it.
     */
    private function definition_dates(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'datesheader', get_string('availability'));
        foreach (['timeopen', 'timeclose'] as $date) {
            $mform->addElement('date_time_selector', $date, get_string($date, 'mod_palier'), ['optional' => true]);
        }
        $mform->addElement('passwordunmask', 'password', get_string('password', 'mod_palier'));
        $mform->setType('password', PARAM_TEXT);
        $mform->addHelpButton('password', 'password', 'mod_palier');
        $mform->addElement('text', 'subnet', get_string('subnet', 'mod_palier'), ['size' => 40]);
        $mform->setType('subnet', PARAM_TEXT);
        $mform->addHelpButton('subnet', 'subnet', 'mod_palier');
    }

    /**
     * What most people leave as it is.
     */
    private function definition_more(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'moreheader', get_string('moreheader', 'mod_palier'));
        $mform->addElement(
            'advcheckbox',
            'questionsubcategories',
            get_string('questionsubcategories', 'mod_palier'),
            get_string('questionsubcategories_label', 'mod_palier')
        );
        $mform->setDefault('questionsubcategories', 1);
        $this->number('minitems', 4);
        foreach (['correlation', 'ownitems'] as $field) {
            $this->number($field, 4);
            $mform->hideIf($field, 'scalesource', 'eq', scale_source::ONE);
        }
        if ($this->plan_has_own_rules()) {
            $mform->addElement('hidden', 'stopearly', 0);
            $mform->setType('stopearly', PARAM_INT);
            $mform->addElement('hidden', 'timelimit', 0);
            $mform->setType('timelimit', PARAM_RAW_TRIMMED);
        } else {
            $mform->addElement(
                'advcheckbox',
                'stopearly',
                get_string('stopearly', 'mod_palier'),
                get_string('stopearly_label', 'mod_palier')
            );
            $mform->addHelpButton('stopearly', 'stopearly', 'mod_palier');
            $this->number('timelimit', 4);
        }
        $schemes = ['crcn', 'own', 'none'];
        if ($this->plan_has_own_levels()) {
            $schemes[] = 'plan';
        }
        $schemes = $this->options('levelscheme', $schemes);
        $mform->addElement('select', 'levelscheme', get_string('levelscheme', 'mod_palier'), $schemes);
        $mform->addHelpButton('levelscheme', 'levelscheme', 'mod_palier');
        $mform->addElement('textarea', 'levelnames', get_string('levelnames', 'mod_palier'), ['rows' => 9, 'cols' => 40]);
        $mform->setType('levelnames', PARAM_TEXT);
        $mform->addHelpButton('levelnames', 'levelnames', 'mod_palier');
        $mform->hideIf('levelnames', 'levelscheme', 'neq', 'own');
        $this->number('confidence', 4);
        $mform->hideIf('confidence', 'purpose', 'neq', 'threshold');
        $this->number('randomesque', 4);
        $this->number('easyitems', 4);
        $this->number('trialitems', 4);
        $mform->addElement(
            'select',
            'seenpolicy',
            get_string('seenpolicy', 'mod_palier'),
            $this->options('seenpolicy', ['flag', 'exclude', 'allow'])
        );
        $mform->addHelpButton('seenpolicy', 'seenpolicy', 'mod_palier');
        $attempts = [0 => get_string('unlimited')] + array_combine(range(1, 20), range(1, 20));
        $mform->addElement('select', 'maxattempts', get_string('maxattempts', 'mod_palier'), $attempts);
        $methods = $this->options('grademethod', grading_method::ALL);
        $mform->addElement('select', 'grademethod', get_string('grademethod', 'mod_palier'), $methods);
        $mform->setDefault('grademethod', grading_method::BEST);
        $mform->addHelpButton('grademethod', 'grademethod', 'mod_palier');
        $mform->addElement(
            'advcheckbox',
            'correctness',
            get_string('correctness', 'mod_palier'),
            get_string('correctness_label', 'mod_palier')
        );
        $mform->addHelpButton('correctness', 'correctness', 'mod_palier');
        $mform->hideIf('correctness', 'purpose', 'eq', 'practice');
        $mform->hideIf('grademethod', 'maxattempts', 'eq', 1);
        $this->number('delaydays', 4);
        $this->number('secondsperitem', 4);
        $mform->addElement(
            'advcheckbox',
            'evidence',
            get_string('evidence', 'mod_palier'),
            get_string('evidence_label', 'mod_palier')
        );
        $mform->addHelpButton('evidence', 'evidence', 'mod_palier');
        $sources = [...array_keys($this->scale_sources([])), scale_source::ONE, scale_source::PLAN];
        foreach (array_filter($sources, fn($source) => !str_starts_with($source, scale_source::FRAMEWORK)) as $source) {
            $mform->hideIf('evidence', 'scalesource', 'eq', $source);
        }
        $related = competency_evidence::related_sources($sources);
        if ($related) {
            $mform->addElement(
                'advcheckbox',
                'evidencerelated',
                get_string('evidencerelated', 'mod_palier'),
                get_string('evidencerelated_label', 'mod_palier')
            );
            $mform->addHelpButton('evidencerelated', 'evidencerelated', 'mod_palier');
            $mform->hideIf('evidencerelated', 'evidence', 'notchecked');
            foreach (array_diff($sources, $related) as $source) {
                $mform->hideIf('evidencerelated', 'scalesource', 'eq', $source);
            }
        }
    }

    /**
     * The plan itself.
     */
    private function definition_expert(): void {
        $mform = $this->_form;
        $mform->addElement('header', 'expertheader', get_string('expertheader', 'mod_palier'));
        $mform->addElement('textarea', 'planjson', get_string('planjson', 'mod_palier'), [
            'rows' => 16,
            'cols' => 80,
            'spellcheck' => 'false',
            'class' => 'text-monospace font-monospace',
        ]);
        $mform->setType('planjson', PARAM_RAW);
        $mform->addHelpButton('planjson', 'planjson', 'mod_palier');
        $mform->addElement(
            'advcheckbox',
            'planexpert',
            '',
            get_string('planexpert', 'mod_palier')
        );
    }

    /**
     * A field for a number.
     *
     * @param string $name
     * @param int $size
     */
    private function number(string $name, int $size): void {
        $mform = $this->_form;
        $mform->addElement('text', $name, get_string($name, 'mod_palier'), ['size' => $size, 'inputmode' => 'decimal']);
        $mform->setType($name, PARAM_RAW_TRIMMED);
        $mform->addHelpButton($name, $name, 'mod_palier');
    }

    /**
     * Options whose names are strings of the field.
     *
     * @param string $field
     * @param string[] $values
     * @return string[]
     */
    private function options(string $field, array $values): array {
        return array_combine($values, array_map(
            fn($value) => get_string($field . '_' . str_replace('_', '', $value), 'mod_palier'),
            $values
        ));
    }

    /**
     * One level, or the maps that can be made here.
     *
     * @param string[] $tags of the questions that may be chosen
     * @return string[] source => name
     */
    private function scale_sources(array $tags): array {
        $sources = scale_source::choices($this->context, $tags);
        $own = $this->scale_source($this->current);
        return $sources + [$own => s(scale_source::name($own))];
    }

    /**
     * Where the scales of an activity come from.
     *
     * @param stdClass $palier with plan and scalesource, where it has them
     * @return string
     */
    private function scale_source(stdClass $palier): string {
        if (!scale_finder::ids_of($palier->plan ?? '')) {
            return scale_source::ONE;
        }
        return ($palier->scalesource ?? '') ?: scale_source::PLAN;
    }

    /**
     * Degrees of precision, the plan's own among them.
     *
     * @return string[]
     */
    private function precisions(): array {
        $values = plan_builder::PRECISIONS;
        $own = plan_builder::to_form($this->current->plan ?? '')['precision'];
        if (!in_array($own, $values, true)) {
            $values[] = $own;
            rsort($values, SORT_NUMERIC);
        }
        $names = [];
        foreach ($values as $value) {
            $key = 'precision_' . str_replace('.', '', $value);
            $names[$value] = get_string(
                in_array($value, plan_builder::PRECISIONS, true) ? $key : 'precision_other',
                'mod_palier'
            );
        }
        return $names;
    }

    /**
     * The levels that the activity has, or would have.
     *
     * @param bool $theta with the choice to give an ability instead
     * @return string[]
     */
    private function levels(bool $theta): array {
        $plan = json_decode($this->current->plan ?? '', true);
        if (empty($plan['levels']['cuts'])) {
            $plan = ['levels' => plan_builder::crcn()];
        }
        // Names of a plan may be anybody's words, and core shows choices as HTML.
        $levels = array_map('s', plan_text::levels($plan));
        return $theta ? $levels + ['theta' => get_string('thresholdlevel_theta', 'mod_palier')] : $levels;
    }

    /**
     * Whether the plan has stop rules that the form did not make: they stay as they are.
     *
     * @return bool
     */
    private function plan_has_own_rules(): bool {
        return plan_builder::has_own_rules($this->current->plan ?? '');
    }

    /**
     * Whether the plan has levels that are not those of the framework.
     *
     * @return bool
     */
    private function plan_has_own_levels(): bool {
        return plan_builder::to_form($this->current->plan ?? '')['levelscheme'] === 'plan'
            || (optional_param('levelscheme', '', PARAM_ALPHA) === 'plan');
    }

    /**
     * Says that there is no engine, and where an administrator finds out more.
     *
     * @return string HTML
     */
    private function no_engine(): string {
        $text = s(get_string('noengineform', 'mod_palier'));
        if (has_capability('moodle/site:config', context_system::instance())) {
            $text .= ' ' . html_writer::link(
                new moodle_url('/report/status/index.php', ['detail' => 'mod_palier_engine']),
                get_string('enginestatuslink', 'mod_palier'),
                ['class' => 'alert-link']
            );
        }
        return html_writer::div($text, 'alert alert-danger', ['role' => 'alert']);
    }

    #[\Override]
    public function add_completion_rules() {
        $mform = $this->_form;
        $result = 'completionresult' . $this->get_suffix();
        $mform->addElement('checkbox', $result, '', get_string('completionresult', 'mod_palier'));
        $level = 'completionlevel' . $this->get_suffix();
        $mform->addElement(
            'select',
            $level,
            get_string('completionlevel', 'mod_palier'),
            ['' => get_string('completionlevel_none', 'mod_palier')] + $this->levels(false)
        );
        return [$result, $level];
    }

    #[\Override]
    public function completion_rule_enabled($data) {
        return !empty($data['completionresult' . $this->get_suffix()])
            || ($data['completionlevel' . $this->get_suffix()] ?? '') !== '';
    }

    #[\Override]
    public function data_preprocessing(&$defaultvalues) {
        parent::data_preprocessing($defaultvalues);
        $source = $this->scale_source((object) $defaultvalues);
        $defaultvalues = ['scalesource' => $source] + plan_builder::to_form($defaultvalues['plan'] ?? '') + $defaultvalues;
        unset($defaultvalues['plan']);
        foreach (plan_fields::NUMBERS as $name) {
            if ($defaultvalues[$name] !== '') {
                $defaultvalues[$name] = format_float((float) $defaultvalues[$name], -1);
            }
        }
        if ($this->filter) {
            $filter = $this->filter['filter'];
            $defaultvalues['questioncategories'] = $filter['category']['values'] ?? [];
            $defaultvalues['questionsubcategories'] = (int) !empty($filter['category']['filteroptions']['includesubcategories']);
            $defaultvalues['questiontags'] = $filter['qtagids']['values'] ?? [];
        }
    }

    #[\Override]
    public function definition_after_data() {
        parent::definition_after_data();
        if (!optional_param('checknow', false, PARAM_BOOL) || !$this->is_submitted()) {
            return;
        }
        global $OUTPUT;
        $mform = $this->_form;
        $data = (object) $mform->exportValues();
        $errors = $this->validate_questions((array) $data) + $this->validate_plan((array) $data);
        if ($errors) {
            $html = html_writer::div(s(implode(' ', $errors)), 'alert alert-danger');
        } else {
            $check = check_request::check(plan_fields::unlocalised($data), $this->filter);
            $result = new check_result($check, (int) ($this->_cm->id ?? 0), false, true);
            $html = $OUTPUT->render_from_template('mod_palier/check_result', $result->export_for_template($OUTPUT));
        }
        $mform->getElement('checkresult')->setValue(
            html_writer::div($html, '', ['data-region' => 'mod_palier-check', 'aria-live' => 'polite'])
        );
    }

    #[\Override]
    public function data_postprocessing($data) {
        parent::data_postprocessing($data);
        $suffix = $this->get_suffix();
        if (!empty($data->completionunlocked)) {
            $automatic = ($data->{'completion' . $suffix} ?? 0) == COMPLETION_TRACKING_AUTOMATIC;
            if (!$automatic || empty($data->{'completionresult' . $suffix})) {
                $data->{'completionresult' . $suffix} = 0;
            }
            if (!$automatic) {
                $data->{'completionlevel' . $suffix} = '';
            }
        }
        if (isset($data->questioncategories)) {
            $data->questionfilter = check_request::filter(
                $data,
                $this->filter,
                (int) ($data->coursemodule ?? 0),
                (int) ($data->course ?? 0)
            );
            plan_fields::unlocalised($data);
            $data->map = check_request::with_map($data, null, $this->filter)->map ?? null;
        }
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        if (!engine_factory::find()) {
            $errors['noengine'] = get_string('noengine', 'mod_palier');
            $errors['purpose'] = get_string('noengine', 'mod_palier');
        }
        if (!empty($data['timeopen']) && !empty($data['timeclose']) && $data['timeclose'] <= $data['timeopen']) {
            $errors['timeclose'] = get_string('timecloseearly', 'mod_palier');
        }
        $level = 'completionlevel' . $this->get_suffix();
        if (($data[$level] ?? '') !== '' && ($data['levelscheme'] ?? '') === 'none') {
            $errors[$level] = get_string('levelneedsscheme', 'mod_palier');
        }
        return $errors + $this->validate_questions($data) + $this->validate_plan($data);
    }

    /**
     * Validates which questions.
     *
     * @param array $data
     * @return string[]
     */
    private function validate_questions(array $data): array {
        $categories = array_map('intval', (array) ($data['questioncategories'] ?? []));
        if (!$categories) {
            return ['questioncategories' => get_string('nocategorychosen', 'mod_palier')];
        }
        $new = array_diff($categories, $this->filter['filter']['category']['values'] ?? []);
        if (!(new question_choices($this->context))->may_use($new)) {
            return ['questioncategories' => get_string('nocategory', 'mod_palier')];
        }
        return [];
    }

    /**
     * Validates the fields of the plan, then the plan by the engine.
     *
     * @param array $data
     * @return string[]
     */
    private function validate_plan(array $data): array {
        $errors = empty($data['planexpert']) ? plan_fields::errors($data) : [];
        $engine = engine_factory::find();
        if ($errors || !$engine) {
            return $errors;
        }
        try {
            $form = plan_fields::unlocalised((object) $data);
            $engine->plan(plan_builder::from_form(check_request::with_map($form, null, $this->filter)));
        } catch (engine_exception $e) {
            return [$this->field_of($e->enginemessage, !empty($data['planexpert'])) => s($e->enginemessage)];
        } catch (moodle_exception $e) {
            $map = in_array($e->errorcode, check_request::MAP_ERRORS, true);
            return [$map ? 'scalesource' : 'planjson' => $e->getMessage()];
        }
        return [];
    }

    /**
     * The field that an engine's message is about.
     *
     * @param string $message
     * @param bool $expert whether the plan was written as text
     * @return string
     */
    private function field_of(string $message, bool $expert): string {
        if (!$expert) {
            foreach (self::FIELDS_OF_KEYS as $key => $field) {
                if (str_contains($message, $key)) {
                    return $field;
                }
            }
        }
        return 'planjson';
    }
}
