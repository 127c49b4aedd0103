// SPDX-License-Identifier: GPL-3.0-or-later
// node inline.mjs GLUE.js MODULE.wasm OUTPUT.js: Emscripten's script with the module beside it as base64.
// Emscripten's own SINGLE_FILE would first fetch a data: address, which a content security policy refuses.
import {readFileSync, writeFileSync} from 'node:fs';

const [glue, wasm, output] = process.argv.slice(2);
const script = readFileSync(glue, 'utf8');
writeFileSync(output, `/* Palier's engine, SPDX-License-Identifier: GPL-3.0-or-later; see licences/ */\n${script}\nvar PALIER_WASM = "${readFileSync(wasm).toString('base64')}";\n`);
