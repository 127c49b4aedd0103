// SPDX-License-Identifier: GPL-3.0-or-later
// The one interface between the screens and what runs a test.
import type {Response} from '../question/field';
import type {View} from '../view';
import type {Kept} from './attempt-storage';
import type {Language} from '../words';

/** `no_lms`: nobody but this browser keeps the result; `unreadable`: an earlier visit is lost; `review`: nothing is kept. */
export type Concern = 'no_lms' | 'unreadable' | 'review';

export interface Host {
    /** The View to begin with: that of an open or finished attempt, else what comes before the test. */
    open(language: Language): Promise<View>;
    begin(language: Language, name?: string): Promise<View>;
    answer(sequence: number, response: Response, milliseconds: number): Promise<View>;
    unknown(sequence: number, milliseconds: number): Promise<View>;
    pause(sequence: number): Promise<View>;
    resume(sequence: number): Promise<View>;
    stop(sequence: number): Promise<View>;
    result(): Promise<View>;
    story(): Promise<View>;
    /**
     * Keeps what was answered, once the next question is on screen, and says what became of it. A host whose Views are
     * kept before they come has none.
     */
    keep?: () => Promise<Kept>;
    /** Tries again what is not kept. */
    keepAgain?: () => Promise<Kept>;
    /** Another tab has taken over: nothing more may be kept from here. */
    release?: () => void;
    /** What a learner has to know before the first question. */
    readonly concerns?: readonly Concern[];
    /** Whether nothing is left to do in this window once the result is kept. */
    readonly closes?: boolean;
    /** Leads back to the platform, or to the start for whoever comes next; absent: there is no such place. */
    readonly leave?: () => void;
    readonly leaves?: 'back_to_platform' | 'back_to_start';
    /** Whether learners may say who they are. */
    readonly named?: boolean;
    /** Whether another attempt may begin once this one is over. */
    readonly repeats: boolean;
}
