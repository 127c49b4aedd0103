// SPDX-License-Identifier: GPL-3.0-or-later
// One classic script and one style sheet: modules do not load from file://.
import {defineConfig} from 'vite';

export default defineConfig({
    build: {
        target: 'es2020',
        lib: {entry: 'src/main.ts', name: 'PalierPlayer', formats: ['iife'], fileName: () => 'player.js', cssFileName: 'player'},
        assetsInlineLimit: 0,
        reportCompressedSize: false,
    },
});
