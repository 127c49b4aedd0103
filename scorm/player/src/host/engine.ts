// SPDX-License-Identifier: GPL-3.0-or-later
// The engine in this page: engine.js, which has the WebAssembly inside (scorm/engine).
import {Refused} from '../view';
import type {Format} from './standards';

interface Module {
    _palier_delivery(request: number): number;
    _malloc(bytes: number): number;
    _free(place: number): void;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, place: number, bytes: number): void;
    UTF8ToString(place: number): string;
}

declare global {
    interface Window {
        PalierEngine?: (options: {wasmBinary: Uint8Array}) => Promise<Module>;
        PALIER_WASM?: string;
        PALIER_TEST?: Test;
    }
}

/** A test, its keys included (docs/delivery.md, "The bundle"). */
export interface Bundle {
    id: string;
    variants: Record<string, unknown>;
}

/** How a package looks (scorm/package/theme.hpp); texts may be by language. */
export interface Theme {
    logo: string;
    logo_text: string | Record<string, string> | null;
    description: string | Record<string, string> | null;
}

/** test.js of a package. */
export interface Test {
    bundle: Bundle;
    /** What a learner is told of the package, by language. */
    notice: Record<string, string>;
    theme?: Theme;
    /** Draws items and shuffles options; absent: a new one for each attempt. */
    seed?: number;
    /** The standard that it was made for (scorm/package/standards.hpp); `web` for none. */
    format: Format;
    /** The language of its questions for this learner, where it is neither French nor English. */
    questions?: string;
}

export class Engine {
    private constructor(private readonly module: Module) {}

    static async load(): Promise<Engine> {
        if (!window.PalierEngine || !window.PALIER_WASM) {
            throw new Error('engine.js is missing');
        }
        const text = atob(window.PALIER_WASM);
        const wasmBinary = new Uint8Array(text.length);
        for (let i = 0; i < text.length; i++) {
            wasmBinary[i] = text.charCodeAt(i);
        }
        window.PALIER_WASM = undefined;
        return new Engine(await window.PalierEngine({wasmBinary}));
    }

    call<T>(request: Record<string, unknown>): T {
        // A test does not fit on the module's stack, where Emscripten's own call would put it.
        const {module} = this;
        const text = JSON.stringify(request);
        const bytes = module.lengthBytesUTF8(text) + 1;
        const place = module._malloc(bytes);
        module.stringToUTF8(text, place, bytes);
        const answer = JSON.parse(module.UTF8ToString(module._palier_delivery(place))) as T & {error?: {message: string}};
        module._free(place);
        if (answer.error) {
            throw new Refused(answer.error.message);
        }
        return answer;
    }
}
