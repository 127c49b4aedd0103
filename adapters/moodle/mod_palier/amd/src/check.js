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
 * The activity's form: precision as a slider, and the check that follows what is chosen.
 *
 * The form works without it: the slider is a menu, and the check has a button.
 *
 * @module     mod_palier/check
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
define(['core/ajax', 'core/str'], function(Ajax, Str) {
    'use strict';

    /** Fields of the form that make the plan. */
    const FIELDS = [
        'purpose', 'precision', 'maxitems', 'minitems', 'visibility', 'levelscheme', 'thresholdlevel', 'thresholdtheta',
        'confidence', 'randomesque', 'easyitems', 'seenpolicy', 'maxattempts', 'delaydays', 'secondsperitem', 'stopearly',
        'timelimit', 'planjson', 'planexpert', 'scalesource', 'correlation', 'ownitems',
        'trialitems',
    ];

    /** Milliseconds to wait for the next change. */
    const PATIENCE = 500;

    /**
     * Puts a slider in the place of a menu whose options are in order.
     *
     * @param {HTMLSelectElement} select
     */
    const slide = function(select) {
        const box = document.createElement('div');
        const range = document.createElement('input');
        const output = document.createElement('output');
        const label = document.querySelector('label[for="' + select.id + '"]');
        box.className = 'mod_palier-range';
        range.type = 'range';
        range.id = select.id + '_range';
        range.min = 0;
        range.max = select.options.length - 1;
        range.step = 1;
        range.value = select.selectedIndex;
        if (label) {
            range.setAttribute('aria-label', label.textContent.trim());
            label.setAttribute('for', range.id);
        }
        const tell = function() {
            const text = select.options[select.selectedIndex].text;
            output.textContent = text;
            range.setAttribute('aria-valuetext', text);
        };
        range.addEventListener('input', function() {
            select.selectedIndex = Number(range.value);
            tell();
            select.dispatchEvent(new Event('change', {bubbles: true}));
        });
        output.setAttribute('for', range.id);
        box.append(range, output);
        select.hidden = true;
        select.classList.add('d-none');
        select.after(box);
        tell();
    };

    /**
     * The values of a field, whatever its kind.
     *
     * @param {HTMLFormElement} form
     * @param {String} name
     * @return {String[]}
     */
    const values = function(form, name) {
        return Array.from(form.querySelectorAll('[name="' + name + '"]:not([type="hidden"]), [name="' + name + '[]"]'))
            .flatMap(function(element) {
                if (element.tagName === 'SELECT') {
                    return Array.from(element.selectedOptions).map((option) => option.value);
                }
                if (element.type === 'checkbox') {
                    return [element.checked ? '1' : '0'];
                }
                return [element.value];
            });
    };

    /**
     * Numbers as the server reads them.
     *
     * @param {String} name
     * @param {String} value
     * @return {String}
     */
    const plain = function(name, value) {
        return name === 'planjson' ? value : value.replace(',', '.');
    };

    return {
        /**
         * Begins.
         *
         * @param {Number} courseid
         * @param {Number} cmid the activity, 0 while it is being made
         */
        init: function(courseid, cmid) {
            const region = document.querySelector('[data-region="mod_palier-check"]');
            const select = document.querySelector('select[name="precision"]');
            if (!region || !select) {
                return;
            }
            const form = select.form;
            const button = form.querySelector('[name="checknow"]');
            let timer = null;
            let number = 0;
            slide(select);
            if (button) {
                (button.closest('.fitem') || button).classList.add('d-none');
            }

            const check = function() {
                const categories = values(form, 'questioncategories').filter((id) => Number(id)).map(Number);
                const mine = ++number;
                if (!categories.length) {
                    Str.get_string('checkchoose', 'mod_palier').then(function(text) {
                        region.textContent = text;
                        return text;
                    }).catch(() => null);
                    return;
                }
                region.setAttribute('aria-busy', 'true');
                Ajax.call([{
                    methodname: 'mod_palier_check',
                    args: {
                        courseid: courseid,
                        cmid: cmid,
                        categories: categories,
                        subcategories: values(form, 'questionsubcategories').includes('1'),
                        tags: values(form, 'questiontags').filter((id) => Number(id)).map(Number),
                        fields: FIELDS.map((name) => ({
                            name: name,
                            value: plain(name, String(values(form, name)[0] || '')),
                        })),
                    },
                }])[0].then(function(answer) {
                    if (mine === number) {
                        region.innerHTML = answer.html;
                        region.removeAttribute('aria-busy');
                    }
                    return answer;
                }).catch(function(error) {
                    if (mine === number) {
                        region.textContent = error.message || String(error);
                        region.removeAttribute('aria-busy');
                    }
                });
            };

            form.addEventListener('change', function(event) {
                const name = (event.target.name || '').replace('[]', '');
                const known = FIELDS.concat(['questioncategories', 'questionsubcategories', 'questiontags']);
                if (known.includes(name)) {
                    clearTimeout(timer);
                    timer = setTimeout(check, PATIENCE);
                }
            });
            region.addEventListener('click', function(event) {
                const way = event.target.closest('[data-palier-field]');
                const field = way && form.querySelector('[name="' + way.dataset.palierField + '"]');
                if (!field) {
                    return;
                }
                field.value = way.dataset.palierValue;
                if (field === select) {
                    const range = document.getElementById(select.id + '_range');
                    range.value = select.selectedIndex;
                    range.dispatchEvent(new Event('input'));
                } else {
                    field.dispatchEvent(new Event('change', {bubbles: true}));
                }
            });
            check();
        },
    };
});
