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

use local_palier\local\campaign;
use local_palier\local\participation;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What people read before they begin a campaign, or where they type its code.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class join_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param campaign|null $campaign
     */
    public function __construct(
        /** @var campaign|null null where no code was told yet. */
        private readonly ?campaign $campaign
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        global $USER;
        $data = ['action' => (new moodle_url('/local/palier/join.php'))->out(false), 'sesskey' => sesskey()];
        if (!$this->campaign) {
            return $data + ['ask' => true];
        }
        return $data + campaign_words::of($this->campaign) + [
            'ask' => false,
            'code' => $this->campaign->row->code,
            'open' => $this->campaign->is_open(),
            'state' => get_string(campaigns_page::state($this->campaign), 'local_palier'),
            'canrefuse' => participation::of($this->campaign, (int) $USER->id)->state() === 'invited',
            'mine' => (new moodle_url('/local/palier/mycampaigns.php'))->out(false),
        ];
    }
}
