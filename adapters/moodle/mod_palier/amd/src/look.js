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

/**
 * What a test would be like, as its competences are ticked: the form is sent with its button "look", which stores nothing,
 * and what the page says of it takes the place of what was said before.
 *
 * Without it the button has to be pressed.
 *
 * @module     mod_palier/look
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
define([], function() {
    'use strict';

    /** Milliseconds to wait for the next change. */
    const PATIENCE = 500;

    return {
        /**
         * Begins.
         */
        init: function() {
            const region = document.querySelector('[data-region="mod_palier-look"]');
            const button = document.querySelector('form.mform input[type="submit"][name="look"]');
            if (!region || !button) {
                return;
            }
            const form = button.form;
            let timer = null;
            let number = 0;
            const look = function() {
                const mine = ++number;
                const sent = new FormData(form);
                sent.append(button.name, button.value);
                region.setAttribute('aria-busy', 'true');
                return fetch(form.action, {method: 'POST', body: sent, credentials: 'same-origin'}).then(function(answer) {
                    return answer.text();
                }).then(function(html) {
                    const told = new DOMParser().parseFromString(html, 'text/html')
                        .querySelector('[data-region="mod_palier-look"]');
                    if (told && mine === number) {
                        region.replaceChildren(...told.childNodes);
                    }
                    return told;
                }).catch(() => null).finally(function() {
                    if (mine === number) {
                        region.removeAttribute('aria-busy');
                    }
                });
            };
            form.addEventListener('change', function() {
                clearTimeout(timer);
                timer = setTimeout(look, PATIENCE);
            });
        },
    };
});
