// SPDX-License-Identifier: GPL-3.0-or-later
// One classic script and one style sheet: modules do not load from file://.
import {readFileSync} from 'node:fs';
import {defineConfig} from 'vite';

/** Temml is a script of its own, which the player loads when a question has a formula. */
const temml = {
    name: 'temml',
    generateBundle() {
        this.emitFile({type: 'asset', fileName: 'temml.min.js', source: readFileSync('node_modules/temml/dist/temml.min.js')});
    },
};

export default defineConfig({
    plugins: [temml],
    build: {
        target: 'es2020',
        lib: {entry: 'src/main.ts', name: 'PalierPlayer', formats: ['iife'], fileName: () => 'player.js', cssFileName: 'player'},
        assetsInlineLimit: 0,
        reportCompressedSize: false,
    },
});
