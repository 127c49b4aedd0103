// SPDX-License-Identifier: GPL-3.0-or-later
// The session is on a server of the same origin (`palier serve`), with its keys and its grading.
import type {Response} from '../question/field';
import {Refused, type View} from '../view';
import type {Language} from '../words';
import type {Host} from './host';

export class RemoteHost implements Host {
    readonly repeats = true;
    readonly named = true;
    readonly leaves = 'back_to_start';
    /** The device may be somebody else's next: its attempt is forgotten here, and stays on the server. */
    readonly leave = (): void => {
        void this.ask('POST', '/attempts/current/leave', {}).finally(() => location.assign('/'));
    };
    private name = '';

    /** `test`: which of the server's; empty for its first. */
    constructor(private readonly test = '', private readonly api = '/api') {}

    async open(language: Language): Promise<View> {
        const which = this.test === '' ? '' : `test=${encodeURIComponent(this.test)}`;
        const current = await this.ask('GET', `/attempts/current?${which}`);
        return current.status === 404 ? this.view('GET', `/before?lang=${language}&${which}`) : current.view;
    }

    begin(language: Language, name?: string): Promise<View> {
        this.name = name ?? this.name;
        return this.view('POST', '/attempts', {lang: language, name: this.name, ...(this.test === '' ? {} : {test: this.test})});
    }

    answer(sequence: number, response: Response, milliseconds: number): Promise<View> {
        return this.view('POST', '/attempts/current/answers', {sequence, response, ms: milliseconds});
    }

    unknown(sequence: number, milliseconds: number): Promise<View> {
        return this.view('POST', '/attempts/current/answers', {sequence, unknown: true, ms: milliseconds});
    }

    pause(sequence: number): Promise<View> {
        return this.view('POST', '/attempts/current/pause', {sequence});
    }

    resume(sequence: number): Promise<View> {
        return this.view('POST', '/attempts/current/go_on', {sequence});
    }

    stop(sequence: number): Promise<View> {
        return this.view('POST', '/attempts/current/stop', {sequence});
    }

    result(): Promise<View> {
        return this.view('GET', '/attempts/current/result');
    }

    story(): Promise<View> {
        return this.view('GET', '/attempts/current/story');
    }

    private async view(method: string, path: string, body?: unknown): Promise<View> {
        const {view} = await this.ask(method, path, body);
        if (view.screen === 'error') {
            throw new Refused(view.notice ?? '');
        }
        return view;
    }

    private async ask(method: string, path: string, body?: unknown): Promise<{status: number; view: View}> {
        const answer = await fetch(this.api + path, {
            method, credentials: 'same-origin', cache: 'no-store',
            ...(body === undefined ? {} : {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)}),
        });
        return {status: answer.status, view: await answer.json() as View};
    }
}
