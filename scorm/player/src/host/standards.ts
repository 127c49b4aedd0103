// SPDX-License-Identifier: GPL-3.0-or-later
// The standards that a package may be made for, and how this page finds the platform of each.
import {Cmi5, launchOf} from './cmi5';
import {awaitApi, type Runtime} from './runtime';
import {Scorm12, type Scorm12Api} from './scorm12';
import {Scorm2004, type Scorm2004Api} from './scorm2004';

interface Standard {
    /** The platform's runtime, or null where there is none around this page. */
    find(window: Window): Promise<Runtime | null>;
    /** Whether a commit that the platform takes is stored. SCORM's answers are not to be believed (attempt-storage.ts). */
    truthful: boolean;
}

async function withApi<Api>(window: Window, name: string, make: (api: Api) => Runtime): Promise<Runtime | null> {
    const api = await awaitApi<Api>(window, name);
    return api && make(api);
}

const scorm2004: Standard = {find: (window) => withApi(window, 'API_1484_11', (api: Scorm2004Api) => new Scorm2004(api)), truthful: false};

/** `web` is a page of its own. */
export const standards = {
    'scorm12': {find: (window) => withApi(window, 'API', (api: Scorm12Api) => new Scorm12(api)), truthful: false},
    'scorm2004': scorm2004,
    'scorm2004-3rd': scorm2004,
    'cmi5': {
        find: (window) => {
            const launch = launchOf(window.location.search);
            return Promise.resolve(launch && new Cmi5(launch));
        },
        truthful: true,
    },
    'web': null,
} satisfies Record<string, Standard | null>;

export type Format = keyof typeof standards;
