// SPDX-License-Identifier: GPL-3.0-or-later
// The engine of a package, in node.
import {readFileSync} from 'node:fs';
import vm from 'node:vm';

/** A function from request to answer, of a package's engine.js. */
export async function engine(script) {
    const context = vm.createContext({WebAssembly, console, TextDecoder, process: undefined, window: {}, document: {}, performance});
    vm.runInContext(readFileSync(script, 'utf8'), context);
    const module = await context.PalierEngine({wasmBinary: new Uint8Array(Buffer.from(context.PALIER_WASM, 'base64'))});
    const call = caller(module, module._palier_delivery);
    return (request) => JSON.parse(call(request));
}

/** A function from request to the text of the answer, of one C function of a module. */
export function caller(module, run) {
    return (request) => {
        const text = JSON.stringify(request);
        const bytes = module.lengthBytesUTF8(text) + 1;
        const place = module._malloc(bytes);
        module.stringToUTF8(text, place, bytes);
        const answer = module.UTF8ToString(run(place));
        module._free(place);
        return answer;
    };
}
