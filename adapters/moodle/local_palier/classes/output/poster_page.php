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
use renderable;
use renderer_base;
use templatable;

/**
 * A campaign to be printed.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class poster_page implements renderable, templatable {
    /** @var int size of the smallest square of the QR code. */
    private const SQUARE = 6;

    /**
     * Constructor.
     *
     * @param campaign $campaign
     */
    public function __construct(
        /** @var campaign what is shown. */
        private readonly campaign $campaign
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $link = $this->campaign->join_url()->out(false);
        $picture = (new \core_qrcode($link))->getBarcodeSVGcode(self::SQUARE, self::SQUARE);
        return campaign_words::of($this->campaign) + [
            'link' => $link,
            'page' => (new \moodle_url('/local/palier/join.php'))->out(false),
            'code' => implode(' ', str_split($this->campaign->row->code, 4)),
            'picture' => 'data:image/svg+xml;base64,' . base64_encode($picture),
        ];
    }
}
