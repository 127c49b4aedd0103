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
use local_palier\local\campaign;
use local_palier\local\campaigns;
use local_palier\local\snapshot;
use local_palier\local\snapshots;
use local_palier\local\suppression;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The maps of the campaigns of a course category or of the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class maps_page implements renderable, templatable {
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
        $maps = snapshots::of($this->context);
        $maker = has_capability('local/palier:makemaps', $this->context);
        $launched = array_filter(campaigns::of($this->context), fn(campaign $campaign): bool => !$campaign->is_draft());
        $obstacles = $maker ? snapshots::obstacles($launched) : [];
        $rows = array_map(function (campaign $campaign) use ($maps, $maker, $obstacles): array {
            $obstacle = $obstacles[$campaign->id] ?? null;
            return [
                'name' => $campaign->name,
                'wave' => get_string('campaign_wave', 'local_palier', $campaign->wave),
                'purpose' => $campaign->purpose,
                'maps' => array_map(self::map(...), $maps[$campaign->id] ?? []),
                'hasmaps' => isset($maps[$campaign->id]),
                'make' => $maker && !$obstacle
                    ? (new moodle_url('/local/palier/makemap.php', ['id' => $campaign->id]))->out(false)
                    : '',
                'obstacle' => $obstacle ? get_string($obstacle, 'local_palier') : '',
            ];
        }, array_values($launched));
        return [
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'explained' => get_string('maps_explained', 'local_palier', suppression::least()),
            'guide' => api::guide_url('human-resources')->out(false),
        ];
    }

    /**
     * A map in the list.
     *
     * @param snapshot $map
     * @return array
     */
    private static function map(snapshot $map): array {
        return [
            'month' => gaps_page::month($map->month),
            'url' => $map->state === snapshot::MADE
                ? (new moodle_url('/local/palier/map.php', ['id' => $map->id]))->out(false)
                : '',
            'waiting' => $map->state === snapshot::WAITING,
            'progress' => $map->progress,
            'why' => match ($map->state) {
                snapshot::TOO_FEW => get_string('map_toofew', 'local_palier'),
                snapshot::ONE_LEVEL => get_string('map_onelevel', 'local_palier'),
                default => '',
            },
        ];
    }
}
