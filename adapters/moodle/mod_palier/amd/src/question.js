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
 * The question on screen: what is typed is saved now and then, and without a connection an answer waits and is sent later.
 *
 * The page works without it. Drafts are kept by the server alone: nothing stays in a browser that others use. An answer that
 * is sent twice because the first time nothing came back is one answer: the server knows the question it is about.
 *
 * @module     mod_palier/question
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
define([], function() {
    'use strict';

    /** Milliseconds after the last change before a draft is saved. */
    const PATIENCE = 3000;

    /** Milliseconds between two looks at what changed without an event. */
    const REGULARLY = 15000;

    /** Answers of a server, or of what stands before it, that is not there for a while. */
    const AWAY = [502, 503, 504];

    /** Milliseconds between two tries of sending what waits. */
    const RETRY = 4000;

    /**
     * Sends the form.
     *
     * @param {HTMLFormElement} form
     * @param {String} action
     * @param {Boolean} leaving whether the page is being left
     * @return {Promise<Object>} where to go
     */
    const send = function(form, action, leaving) {
        const data = new FormData(form);
        data.set('do', action);
        data.set('ajax', '1');
        return fetch(form.action, {method: 'POST', body: data, credentials: 'same-origin', keepalive: Boolean(leaving)})
            .then(function(response) {
                if (AWAY.includes(response.status)) {
                    throw new TypeError('away');
                }
                if (!response.ok || !(response.headers.get('Content-Type') || '').includes('json')) {
                    // The server has something to say that only a page can: the form goes the usual way.
                    throw new SyntaxError('not JSON');
                }
                return response.json();
            });
    };

    /**
     * What a form holds as a draft.
     *
     * @param {HTMLFormElement} form
     * @return {String}
     */
    const answers = function(form) {
        const data = new FormData(form);
        data.delete('palier_comment');
        return new URLSearchParams(data).toString();
    };

    /**
     * The fields of a form as the server sent them: a learner may have typed before this script was there.
     *
     * @param {HTMLFormElement} form
     * @return {HTMLFormElement}
     */
    const asSent = function(form) {
        const sent = document.createElement('form');
        form.querySelectorAll('input, select, textarea').forEach((field) => sent.append(field.cloneNode(true)));
        sent.reset();
        return sent;
    };

    return {
        /**
         * Looks after the form of a question.
         *
         * @param {String} id of the form
         */
        init: function(id) {
            const form = document.getElementById(id);
            const notice = document.getElementById('palier-offline');
            if (!form || !window.fetch) {
                return;
            }
            let timer = null;
            let busy = false;
            let saved = answers(asSent(form));

            const draft = function(leaving) {
                clearTimeout(timer);
                const now = answers(form);
                if (busy || now === saved) {
                    return;
                }
                send(form, 'draft', leaving).then(function() {
                    saved = now;
                    notice.hidden = true;
                    return true;
                }).catch(function() {
                    // The next change, or the answer, tries again.
                    return false;
                });
            };
            const soon = function() {
                clearTimeout(timer);
                timer = setTimeout(() => draft(false), PATIENCE);
            };
            const changed = function(e) {
                if (e.target.name !== 'palier_comment') {
                    soon();
                }
            };
            form.addEventListener('input', changed);
            form.addEventListener('change', changed);
            soon();
            // Core's scripts write into the form without an event.
            setInterval(() => draft(false), REGULARLY);
            document.addEventListener('visibilitychange', function() {
                if (document.visibilityState === 'hidden') {
                    draft(true);
                }
            });

            const buttons = function(disabled) {
                form.querySelectorAll('button[name=do]').forEach(function(button) {
                    button.disabled = disabled;
                });
            };

            /**
             * Sends what a button asks for, again and again until the server has it.
             *
             * @param {String} action
             */
            const submit = function(action) {
                send(form, action).then(function(next) {
                    window.location.assign(next.url);
                    return true;
                }).catch(function(error) {
                    if (error instanceof SyntaxError) {
                        const field = document.createElement('input');
                        field.type = 'hidden';
                        field.name = 'do';
                        field.value = action;
                        form.append(field);
                        form.submit();
                        return;
                    }
                    notice.hidden = false;
                    notice.focus({preventScroll: true});
                    notice.scrollIntoView({block: 'center'});
                    const again = function() {
                        clearTimeout(timer);
                        window.removeEventListener('online', again);
                        submit(action);
                    };
                    timer = setTimeout(again, RETRY);
                    window.addEventListener('online', again);
                });
            };
            form.addEventListener('submit', function(e) {
                if (e.defaultPrevented || !e.submitter || e.submitter.name !== 'do') {
                    return;
                }
                e.preventDefault();
                if (busy) {
                    return;
                }
                busy = true;
                clearTimeout(timer);
                const action = e.submitter.value;
                // Core's scripts write into the form as it is sent.
                window.setTimeout(function() {
                    submit(action);
                    buttons(true);
                }, 0);
            });
            // A page that the browser brings back works again.
            window.addEventListener('pageshow', function(e) {
                if (e.persisted) {
                    busy = false;
                    buttons(false);
                }
            });
        }
    };
});
