// SPDX-License-Identifier: GPL-3.0-or-later
// `palier serve --demo` as a process of its own, and what it has kept.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {build, work} from './fixture.mjs';

/** Starts it with an empty store; `test`: map, short-map or level. */
export async function palierServe(name, test, ...options) {
    const database = join(work, `${name}.db`);
    const portFile = join(work, `${name}.port`);
    [database, `${database}-wal`, `${database}-shm`, portFile].forEach((file) => rmSync(file, {force: true}));
    const process = spawn(join(build, 'palier'), ['serve', '--demo', '--test', test, '--db', database, '--listen', '127.0.0.1:0', '--port-file', portFile,
        '--player', join(build, 'player'), ...options], {stdio: 'ignore'});
    for (let i = 0; i < 300 && !existsSync(portFile); i++) {
        await new Promise((done) => { setTimeout(done, 100); });
    }
    const rows = (query) => JSON.parse(execFileSync('python3', ['-c', `import json, sqlite3, sys
print(json.dumps([row[0] for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])]))`, database, query], {encoding: 'utf8', maxBuffer: 64 << 20}));
    return {
        address: `http://127.0.0.1:${readFileSync(portFile, 'utf8').trim()}`,
        stop: () => process.kill(),
        /** The seed that the only attempt drew. */
        seed: () => parseInt(rows(`SELECT json_extract(body, '$.saved') FROM record WHERE collection = 'attempt'`)[0].split(';')[3], 36),
        /** Theta after each answer, as its statements have it. */
        thetas: () => rows('SELECT body FROM statement ORDER BY stored').map((body) => JSON.parse(body)).filter(({verb}) => verb.id.endsWith('/answered'))
            .map(({result}) => result.extensions['urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#extensions/theta']),
    };
}
