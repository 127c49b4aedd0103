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

namespace mod_palier\local\xapi;

/**
 * Lets requests through to the LRS that the administrator named, and leaves every other address to Moodle's own rules.
 *
 * Moodle's rules block addresses of the local network and unusual ports, to keep users of the site from reaching them.
 * An LRS often is there, and its address comes from an administrator, who could change those rules as well. Turning the
 * rules off would let a redirect lead anywhere; this does not.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class endpoint_security extends \core\files\curl_security_helper {
    /** @var bool Whether the last address asked about is the endpoint's. */
    private bool $ours = false;

    /**
     * For one endpoint.
     *
     * @param string $endpoint
     */
    public function __construct(
        /** @var string The address below which requests are allowed. */
        private readonly string $endpoint,
    ) {
    }

    #[\Override]
    public function url_is_blocked($urlstring, $notused = null) {
        $this->ours = str_starts_with((string) $urlstring, rtrim($this->endpoint, '/') . '/');
        if ($this->ours) {
            return !in_array(parse_url($urlstring, PHP_URL_SCHEME), ['http', 'https'], true);
        }
        return parent::url_is_blocked($urlstring);
    }

    /**
     * The addresses that names were found at, as Moodle 5.1 asks after it has asked whether an address is blocked. It fixes them
     * because it judges by them; of the endpoint the name alone was judged. Moodle 4.5 and 5.0 have no such method.
     *
     * @return string[] as CURLOPT_RESOLVE takes them
     */
    public function get_resolve_info(): array {
        return $this->ours ? [] : parent::get_resolve_info();
    }
}
