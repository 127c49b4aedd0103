// SPDX-License-Identifier: GPL-3.0-or-later
// The sliders of a report made by `palier simulate --adjustable`. The engine itself, as WebAssembly in a worker, says what the
// test would be; nothing here computes anything, and nothing leaves the page.
(() => {
    const text = (id) => document.getElementById(id).textContent;
    const {items, plan, options, words} = JSON.parse(text('palier-data'));
    const form = document.getElementById('palier-adjustable');
    const summary = form.querySelector('[data-is=summary]');
    const interval = form.querySelector('[data-is=interval]');
    const notes = form.querySelector('[data-is=notes]');
    const rows = form.querySelector('tbody');
    const number = (value, digits) => value.toLocaleString(options.lang, {minimumFractionDigits: digits, maximumFractionDigits: digits});
    const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, name) => values[name]);
    const plural = new Intl.PluralRules(options.lang);
    const counted = (forms, count, values) => fill(forms[plural.select(count)] ?? forms.other, {n: number(count, 0), ...values});
    const cell = (name, value) => Object.assign(document.createElement(name), {textContent: value});

    const worker = new Worker(URL.createObjectURL(new Blob([text('palier-engine'), `
        const engine = PalierCalls();
        onmessage = async ({data}) => {
            const module = await engine;
            const size = module.lengthBytesUTF8(data) + 1;
            const place = module._malloc(size);
            module.stringToUTF8(data, place, size);
            postMessage(module.UTF8ToString(module._palier_call(place)));
            module._free(place);
        };`], {type: 'text/javascript'})));

    const sliders = [...form.querySelectorAll('input[type=range]')];
    const value = (slider) => Number(slider.dataset.key === 'standard_error' ? slider.dataset.sum - slider.value : slider.value);
    // What the sliders say is in the plan; a precision runs from quick to precise, so its numbers run backwards.
    const changed = () => {
        const stop = {...plan.stop};
        for (const slider of sliders) {
            const now = Number(value(slider).toFixed(2));
            stop[slider.dataset.key] = now;
            const said = slider.dataset.key === 'max_items' ? counted(words.max_items, now)
                : fill(words.standard_error, {value: number(now, 2)});
            slider.setAttribute('aria-valuetext', said);
            slider.nextElementSibling.textContent = said;
        }
        stop.min_items = Math.min(stop.min_items ?? 0, stop.max_items ?? Infinity);
        return JSON.stringify({call: 'feasibility', items, plan: {...plan, stop}, options});
    };

    const show = (answer) => {
        const known = answer.expected_items !== undefined;
        const forms = answer.margin_levels == null ? words.expected_logits : words.expected_levels;
        summary.textContent = answer.error ? answer.error.message : !known ? '' : counted(forms, answer.items, {
            items: counted(words.questions, Math.round(answer.expected_items)),
            margin: number(answer.margin_levels ?? answer.margin, 1),
            minutes: number(Math.max(1, answer.expected_minutes), 0),
        });
        const [low, high] = answer.items_interval ?? [];
        interval.textContent = known ? fill(low < high ? words.expected_between : words.expected_same,
            {low, high: counted(words.questions, high)}) : '';
        notes.replaceChildren(...[...(answer.problems ?? []), ...(answer.warnings ?? [])].map((note) => cell('li', note.message)));
        rows.replaceChildren(...(answer.by_level ?? []).map((level) => {
            const row = document.createElement('tr');
            const name = cell('th', level.level == null ? `θ ${number(level.theta, 1)}` : fill(words.row, {level: level.level}));
            name.scope = 'row';
            row.append(name, cell('td', level.items_in_bank), cell('td', number(level.expected_items, 1)), cell('td', number(level.se, 2)),
                cell('td', level.kept ? words.yes : words.no));
            return row;
        }));
    };

    // One question at a time to the engine; of those that come meanwhile only the last is asked.
    let busy = false;
    let waiting = null;
    const ask = (request) => {
        if (busy) {
            waiting = request;
            return;
        }
        busy = true;
        form.setAttribute('aria-busy', 'true');
        worker.postMessage(request);
    };
    worker.onmessage = ({data}) => {
        busy = false;
        show(JSON.parse(data));
        const next = waiting;
        waiting = null;
        next ? ask(next) : form.setAttribute('aria-busy', 'false');
    };
    worker.onerror = (event) => { summary.textContent = event.message; };
    form.addEventListener('input', () => ask(changed()));
    form.hidden = false;
    ask(changed());
})();
