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
 * One's own campaigns: what was done in each, what is shared, and how that is taken back. Nobody else opens this page.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');

use local_palier\local\campaigns;
use local_palier\local\survey;
use local_palier\local\usefulness;
use local_palier\output\my_campaigns_page;
use local_palier\output\places;

require_login(null, false);
$title = get_string('mycampaigns', 'local_palier');
$url = new moodle_url('/local/palier/mycampaigns.php');
places::open(context_system::instance(), 'local/palier:takepart', $url, $title);
if (isguestuser()) {
    throw new moodle_exception('noguest');
}
$do = optional_param('do', '', PARAM_ALPHA);
if (in_array($do, ['useful', 'survey'], true) && data_submitted()) {
    require_sesskey();
    $campaign = campaigns::get(required_param('id', PARAM_INT));
    $survey = optional_param('survey', '', PARAM_ALPHA);
    $questions = $do === 'useful' ? usefulness::QUESTIONS : survey::QUESTIONS[$survey] ?? [];
    $answers = [];
    foreach ($questions as $question) {
        $answers[$question] = optional_param($question, '', PARAM_ALPHA);
    }
    try {
        $do === 'useful' ? usefulness::answer($campaign, $answers) : survey::answer($campaign, $survey, $answers);
        redirect($url, $do === 'useful' ? '' : get_string('survey_told', 'local_palier'));
    } catch (moodle_exception $e) {
        if (!in_array($e->errorcode, ['useful_none', 'useful_busy', 'survey_all'], true)) {
            throw $e;
        }
        \core\notification::error($e->getMessage());
    }
}
places::show($title, new my_campaigns_page());
