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

namespace mod_palier\tests;

/**
 * Opens pages of an activity, as a browser would.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
trait opens_pages {
    /**
     * Opens a page as the present user.
     *
     * @param string $page
     * @param array $params of its address
     * @param array|null $posted what is sent, with the session's key where there is none
     * @return string what it shows, or where it leads to
     */
    protected function open(string $page, array $params, ?array $posted = null): string {
        return $this->open_script("mod/palier/$page.php", $params + ['id' => $this->palier->cmid], $posted);
    }

    /**
     * Opens a script as the present user.
     *
     * @param string $script its place in Moodle
     * @param array $params of its address
     * @param array|null $posted what is sent, with the session's key where there is none
     * @return string what it shows, or where it leads to
     */
    protected function open_script(string $script, array $params, ?array $posted = null): string {
        global $CFG, $COURSE, $DB, $OUTPUT, $PAGE, $SITE, $USER;
        $_GET = $params;
        $_POST = $posted === null ? [] : $posted + $_GET + ['sesskey' => sesskey()];
        $PAGE = new \moodle_page();
        $OUTPUT = new \bootstrap_renderer();
        $folder = getcwd();
        ob_start();
        try {
            chdir(dirname("{$CFG->dirroot}/$script"));
            require("{$CFG->dirroot}/$script");
        } catch (\moodle_exception $e) {
            // A redirect is told so by PHPUnit's Moodle.
            if ($e->errorcode !== 'redirecterrordetected') {
                throw $e;
            }
        } finally {
            $shown = ob_get_clean();
            chdir($folder);
            [$_GET, $_POST] = [[], []];
        }
        return $shown;
    }
}
