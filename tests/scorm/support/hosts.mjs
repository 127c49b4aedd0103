// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the player that talk to an LMS, as modules for node.
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {root} from './fixture.mjs';

const player = join(root, 'scorm/player');
const {build} = createRequire(join(player, 'package.json'))(createRequire(createRequire(join(player, 'package.json')).resolve('vite')).resolve('esbuild'));
const made = await build({
    stdin: {contents: ['runtime', 'scorm12', 'scorm2004', 'cmi5', 'attempt-storage', 'response-text', 'objectives'].map((name) => `export * from './src/host/${name}';`).join('\n'), resolveDir: player, loader: 'ts'},
    bundle: true, format: 'esm', write: false,
});
export const hosts = await import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString('base64')}`);
