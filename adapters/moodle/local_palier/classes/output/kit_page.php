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

use local_palier\local\kit;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The documents of a campaign: each to be read and printed, and as a file for a word processor.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class kit_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param kit $kit
     * @param string $language of the documents
     */
    public function __construct(
        /** @var kit what is shown. */
        private readonly kit $kit,
        /** @var string one of kit::languages(). */
        private readonly string $language
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $campaign = $this->kit->campaign;
        $url = fn(array $more): string => (new moodle_url('/local/palier/kit.php', [
            'id' => $campaign->id,
            'language' => $this->language,
        ] + $more))->out(false);
        $groups = [];
        foreach ($this->kit->names() as $group => $names) {
            $groups[] = [
                'title' => get_string("kit_group_$group", 'local_palier'),
                'documents' => array_map(fn(string $name): array => [
                    'name' => get_string("kit_$name", 'local_palier'),
                    // A launched campaign has a page for its poster.
                    'url' => $name === 'poster'
                        ? (new moodle_url('/local/palier/poster.php', ['id' => $campaign->id]))->out(false)
                        : $url(['document' => $name]),
                    'odt' => $url(['document' => $name, 'format' => 'odt']),
                    'ics' => $name === 'calendar' ? $url(['document' => $name, 'format' => 'ics']) : '',
                ], $names),
            ];
        }
        $page = $campaign->is_draft() ? 'editcampaign' : 'campaign';
        return [
            'campaign' => $campaign->name,
            'draft' => $campaign->is_draft(),
            'languages' => array_map(fn(string $language): array => [
                'code' => $language,
                'name' => ['fr' => 'Français', 'en' => 'English'][$language],
                'url' => (new moodle_url('/local/palier/kit.php', ['id' => $campaign->id, 'language' => $language]))->out(false),
                'current' => $language === $this->language,
            ], kit::languages()),
            'groups' => $groups,
            'back' => (new moodle_url("/local/palier/$page.php", ['id' => $campaign->id]
                + ($campaign->is_draft() ? ['step' => 'launch'] : [])))->out(false),
        ];
    }
}
