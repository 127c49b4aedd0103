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
use moodle_url;

/**
 * The pages of the programme that belong to a course category or to the site.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class places {
    /** @var string[] page => what whoever opens it may do. */
    public const CAPABILITIES = [
        'profiles' => 'local/palier:manageprofiles',
        'gaps' => 'local/palier:viewgaps',
        'catalogue' => 'local/palier:managecatalogue',
        'campaigns' => 'local/palier:managecampaigns',
        'maps' => 'local/palier:viewmaps',
        'advice' => 'local/palier:advise',
        'workshops' => 'local/palier:advise',
        'actions' => 'local/palier:viewmaps',
    ];

    /** @var string[] page => its script. */
    public const PAGES = [
        'profiles' => '/local/palier/index.php',
        'gaps' => '/local/palier/gaps.php',
        'catalogue' => '/local/palier/catalogue.php',
        'campaigns' => '/local/palier/campaigns.php',
        'maps' => '/local/palier/maps.php',
        'advice' => '/local/palier/advice.php',
        'workshops' => '/local/palier/workshops.php',
        'actions' => '/local/palier/actions.php',
    ];

    /**
     * Those that the present user may open.
     *
     * @param context $context
     * @return moodle_url[] by page
     */
    public static function of(context $context): array {
        $mine = array_filter(self::CAPABILITIES, fn($capability) => has_capability($capability, $context));
        return array_intersect_key(
            array_map(fn($page) => new moodle_url($page, ['contextid' => $context->id]), self::PAGES),
            $mine
        );
    }

    /**
     * Begins a page, for those who are signed in and may open it.
     *
     * @param context $context
     * @param string $capability
     * @param moodle_url $url
     * @param string $title
     */
    public static function open(context $context, string $capability, moodle_url $url, string $title): void {
        global $PAGE, $SITE;
        $PAGE->set_context($context);
        $PAGE->set_url($url);
        $PAGE->set_pagelayout('standard');
        $PAGE->set_title($title);
        $issite = $context->contextlevel === CONTEXT_SYSTEM;
        $PAGE->set_heading($issite ? format_string($SITE->fullname) : $context->get_context_name(false));
        require_capability($capability, $context);
    }

    /**
     * Shows a page.
     *
     * @param string $title
     * @param \renderable&\templatable $page
     * @param int $level of its heading: 1 where the layout has none of its own
     */
    public static function show(string $title, \renderable&\templatable $page, int $level = 2): void {
        global $OUTPUT;
        $template = 'local_palier/' . (new \ReflectionClass($page))->getShortName();
        echo $OUTPUT->header(), $OUTPUT->heading($title, $level);
        echo $OUTPUT->render_from_template($template, $page->export_for_template($OUTPUT));
        echo $OUTPUT->footer();
    }

    /**
     * Sends a file in the place of a page, and ends.
     *
     * @param string $name
     * @param string $content
     * @param string $type
     */
    public static function send(string $name, string $content, string $type = 'text/csv'): never {
        global $CFG;
        require_once($CFG->libdir . '/filelib.php');
        send_file($content, $name, 0, 0, true, true, $type);
        die;
    }
}
