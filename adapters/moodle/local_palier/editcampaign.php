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
 * A campaign is made in four steps: whom, what, words, launch.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\form\campaign_what_form;
use local_palier\form\campaign_whom_form;
use local_palier\form\campaign_words_form;
use local_palier\local\campaigns;
use local_palier\local\job_cohort;
use local_palier\local\profiles;
use local_palier\local\templates;
use local_palier\output\campaign_launch_page;
use local_palier\output\campaign_steps;
use local_palier\output\places;
use mod_palier\api;

require_login(null, false);
$id = optional_param('id', 0, PARAM_INT);
$step = optional_param('step', 'whom', PARAM_ALPHA);
$campaign = $id ? campaigns::get($id) : null;
$context = $campaign ? $campaign->context() : profiles::place(optional_param('contextid', 0, PARAM_INT));
$url = new moodle_url('/local/palier/editcampaign.php', ($id ? ['id' => $id] : ['contextid' => $context->id]) + ['step' => $step]);
$steps = new campaign_steps($campaign, $step);
$title = $campaign ? format_string($campaign->name, true, ['context' => $context]) : get_string('campaign_new', 'local_palier');
places::open($context, 'local/palier:managecampaigns', $url, $title);
if ($campaign && !$campaign->is_draft()) {
    redirect(new moodle_url('/local/palier/campaign.php', ['id' => $id]));
}
$list = new moodle_url('/local/palier/campaigns.php', ['contextid' => $context->id]);
$to = fn(string $next, int $id): moodle_url => new moodle_url('/local/palier/editcampaign.php', ['id' => $id, 'step' => $next]);

if ($step === 'launch') {
    if (optional_param('launch', false, PARAM_BOOL)) {
        require_sesskey();
        $launched = campaigns::launch($campaign);
        $done = get_string('campaign_launched', 'local_palier');
        $page = new moodle_url('/local/palier/campaign.php', ['id' => $launched->id]);
        redirect($page, $done, null, \core\output\notification::NOTIFY_SUCCESS);
    }
    if (optional_param('discard', false, PARAM_BOOL)) {
        require_sesskey();
        campaigns::discard($campaign);
        redirect($list);
    }
    places::show($title, new campaign_launch_page($campaign, $steps));
    die;
}
$template = $campaign ? optional_param('template', (int) $campaign->templateid, PARAM_INT) : 0;
$templates = $step === 'what' ? campaigns::templates($context) : [];
if ($step === 'what' && $campaign->wave) {
    // By the test of the first wave: there is nothing to choose.
    redirect($to('words', $id));
}
if ($step === 'what' && !isset($templates[$template])) {
    $template = 0;
}
$form = match (true) {
    $step === 'what' && $template > 0 => new campaign_what_form($url, [
        'template' => $template,
        'of' => api::scales_of_activity($template, isset(templates::lent($context)[$template])),
        'floors' => profiles::floors($context),
        'courses' => isset(templates::own($context)[$template]) ? null : templates::courses($context),
    ]),
    $step === 'what' => null,
    $step === 'words' => new campaign_words_form($url, [
        'stages' => $campaign->stages(),
        'levels' => $steps->levels(),
        'floor' => $campaign->floor,
    ]),
    default => new campaign_whom_form($url, ['cohorts' => job_cohort::choices($context)]),
};
if ($form?->is_cancelled()) {
    redirect($list);
}
$told = null;
if ($step === 'words' && $data = $form->get_data()) {
    campaigns::set_stages($campaign, campaign_words_form::stages_of($data));
    campaigns::change($campaign, [
        'landing' => trim($data->landing),
        'help' => trim($data->help) === '' ? null : trim($data->help),
        'surveys' => campaign_words_form::surveys_of($data),
    ]);
    redirect($to('launch', $id));
}
if ($form && $step !== 'words') {
    $values = $form->values();
    if ($values !== null) {
        $saved = $campaign ? campaigns::change($campaign, $values) : campaigns::begin($context, $values);
        redirect($to($step === 'what' ? 'words' : 'what', $saved->id));
    }
    $told = $step === 'what' ? $form->told() : null;
}
if ($form && $campaign && ($step !== 'what' || $template === $campaign->templateid)) {
    $form->fill($campaign);
}
if ($step === 'what') {
    $PAGE->requires->js_call_amd('mod_palier/look', 'init');
}
echo $OUTPUT->header(), $OUTPUT->heading($title);
echo $OUTPUT->render_from_template('local_palier/campaign_steps', $steps->export_for_template($OUTPUT) + [
    'what' => $step === 'what',
    'id' => $id,
    'action' => $url->out_omit_querystring(),
    'templates' => array_map(
        fn(int $cmid, string $name): array => ['id' => $cmid, 'name' => $name, 'selected' => $cmid === $template],
        array_keys($templates),
        $templates
    ),
    'told' => $told['summary'] ?? '',
    'problems' => $told['problems'] ?? [],
    'warnings' => $told['warnings'] ?? [],
]);
$form?->display();
echo $OUTPUT->footer();
