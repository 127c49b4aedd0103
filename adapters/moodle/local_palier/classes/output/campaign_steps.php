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
use local_palier\local\templates;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The four steps in which a campaign is made, and where one is.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_steps implements renderable, templatable {
    /** @var string[] in their order. */
    private const STEPS = ['whom', 'what', 'words', 'launch'];

    /**
     * Constructor.
     *
     * @param campaign|null $campaign
     * @param string $step
     */
    public function __construct(
        /** @var campaign|null what is made; null where it was not begun. */
        private readonly ?campaign $campaign,
        /** @var string where one is. */
        private readonly string $step
    ) {
        if (!in_array($step, self::STEPS, true) || (!$campaign && $step !== self::STEPS[0])) {
            throw new \moodle_exception('campaign_incomplete', 'local_palier');
        }
    }

    /**
     * The levels that its test tells.
     *
     * @return int[]|null the first and the last; null where it has none
     */
    public function levels(): ?array {
        $template = $this->campaign->templateid;
        $lent = isset(templates::lent($this->campaign->context())[$template ?? 0]);
        $levels = $template === null ? null : api::scales_of_activity($template, $lent)['levels'];
        $top = $this->campaign->scope()['top'];
        return $levels === null || $top === null ? $levels : [$levels[0], $top];
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        return [
            'steps' => array_map(fn(string $step, int $place): array => [
                'name' => get_string("campaign_step_$step", 'local_palier', $place + 1),
                'current' => $step === $this->step,
                'url' => !$this->campaign ? '' : (new moodle_url(
                    '/local/palier/editcampaign.php',
                    ['id' => $this->campaign->id, 'step' => $step]
                ))->out(false),
            ], self::STEPS, array_keys(self::STEPS)),
            'figures' => (string) $this->campaign?->row->figures,
        ];
    }
}
