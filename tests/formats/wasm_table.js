// SPDX-License-Identifier: GPL-3.0-or-later
// node wasm_table.js GRADER.js ITEMS RESPONSES.json: the grader in WebAssembly against Moodle's table. ITEMS is the program
// that prints the questions, or a JSON file of them.
'use strict';
const {execFileSync} = require('child_process');
const fs = require('fs');
const path = require('path');
const [grader, itemsFile, tableFile] = process.argv.slice(2).map((file) => path.resolve(file));
const items = JSON.parse(itemsFile.endsWith('.json') ? fs.readFileSync(itemsFile, 'utf8')
    : execFileSync(itemsFile, {encoding: 'utf8', maxBuffer: 1 << 26}));
const table = JSON.parse(fs.readFileSync(tableFile, 'utf8'));

/** The halves of the item as the row shows it. */
function itemOf(row) {
    const {presentation, key} = JSON.parse(JSON.stringify(items[row.question]));
    if (row.shown) {
        presentation.interaction.items = presentation.interaction.items.filter((item) => row.shown.includes(item.id));
        key.answers.order = key.answers.order.filter((id) => row.shown.includes(id));
        key.answers.select = 'all';
    }
    if (row.tolerance_type) {
        key.answers.answers.forEach((answer) => { answer.tolerance_type = row.tolerance_type; });
    }
    return {presentation, key};
}
const FINISHED = {wrong: 'gradedwrong', partly_right: 'gradedpartial', right: 'gradedright'};

require(grader)({wasmBinary: fs.readFileSync(grader.replace(/\.js$/, '.wasm'))}).then((module) => {
    const call = (name, ...texts) => JSON.parse(module.ccall(name, 'string', texts.map(() => 'string'), texts));
    let differ = 0;
    for (const row of table.rows) {
        const {presentation, key} = itemOf(row);
        const grade = call('palier_grade', JSON.stringify(presentation), JSON.stringify(key), JSON.stringify(row.response),
            row.number_format ? JSON.stringify(row.number_format) : '');
        const finished = grade.state === 'not_answered' ? 'gaveup' : FINISHED[grade.outcome];
        if (!(Math.abs(grade.fraction - (row.moodle.fraction ?? 0)) < 1e-7) || finished !== row.moodle.finished) {
            differ += 1;
            console.error('differs:', JSON.stringify(row), JSON.stringify(grade));
        }
    }
    const refused = call('palier_grade', '{}', '{}', 'null', '');
    if (!refused.error) {
        differ += 1;
        console.error('a call that cannot be served gave', JSON.stringify(refused));
    }
    console.log(`${table.rows.length} rows by WebAssembly, ${differ} differ`);
    process.exit(differ === 0 ? 0 : 1);
});
