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

namespace local_palier\output;

use context;
use local_palier\form\campaign_what_form;
use local_palier\local\campaign;
use local_palier\local\campaigns;
use local_palier\local\transversal;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The campaigns of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaigns_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param context $context
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $rows = array_map(fn(campaign $campaign): array => [
            'name' => $campaign->name,
            'url' => (new moodle_url('/local/palier/campaign.php', ['id' => $campaign->id]))->out(false),
            'state' => get_string(self::state($campaign), 'local_palier'),
            'wave' => get_string('campaign_wave', 'local_palier', $campaign->wave),
            'window' => $campaign->row->timeopen ? $campaign->window() : '',
        ], campaigns::of($this->context));
        return [
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'new' => (new moodle_url('/local/palier/editcampaign.php', ['contextid' => $this->context->id]))->out(false),
            'lend' => (new moodle_url('/local/palier/templates.php', ['contextid' => $this->context->id]))->out(false),
            'transversal' => transversal::template($this->context) !== null,
            'ways' => array_map(fn(string $way): array => [
                'way' => $way,
                'label' => get_string("transversal_$way", 'local_palier', campaign_what_form::SHORT),
            ], transversal::WAYS),
            'action' => (new moodle_url('/local/palier/campaigns.php'))->out(false),
            'contextid' => $this->context->id,
            'sesskey' => sesskey(),
            'guide' => api::guide_url('human-resources')->out(false),
        ];
    }

    /**
     * The string of what a campaign is now.
     *
     * @param campaign $campaign
     * @return string
     */
    public static function state(campaign $campaign): string {
        return match (true) {
            $campaign->is_draft() => 'campaign_draft',
            $campaign->is_over() => 'campaign_over',
            $campaign->is_launching() => 'campaign_launching',
            $campaign->is_open() => 'campaign_open',
            default => 'campaign_before',
        };
    }
}
