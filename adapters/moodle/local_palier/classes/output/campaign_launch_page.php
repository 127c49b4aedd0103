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
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The last step of a campaign: all of it, before it is locked.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_launch_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param campaign $campaign
     * @param campaign_steps $steps
     */
    public function __construct(
        /** @var campaign what is made. */
        private readonly campaign $campaign,
        /** @var campaign_steps its steps. */
        private readonly campaign_steps $steps
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        return $this->steps->export_for_template($output) + [
            'summary' => campaign_words::of($this->campaign),
            'complete' => $this->campaign->is_complete(),
            'kit' => (new \moodle_url('/local/palier/kit.php', ['id' => $this->campaign->id]))->out(false),
            'action' => (new moodle_url('/local/palier/editcampaign.php'))->out(false),
            'id' => $this->campaign->id,
            'sesskey' => sesskey(),
        ];
    }
}
