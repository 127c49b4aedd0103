<?php
// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * The classes of the PHP extension `palier`, for editors and static analysers. The build takes the
 * signatures of the extension from this file; the bodies are empty.
 *
 * Structured values cross as JSON text (UTF-8); their shapes are in docs/host-calls.md, those of
 * the plan and of the log in engine/schema. Abilities (theta) and standard errors are in logits,
 * information is in 1 / logit², times in milliseconds.
 *
 * Arguments are never converted: "0" or 2.7 for an int, or an int for a string, is a TypeError; a
 * value out of range is a ValueError; a wrong number of arguments an ArgumentCountError. What the
 * engine refuses is a PalierException, whose message names the key, item, line or event at fault.
 * No call changes anything when it throws.
 *
 * All classes are final; none can be cloned, serialised, or made by `new`. Objects of one class
 * compare equal only when they are the same object; compare hash() instead.
 */

/** What the engine refuses; thrown itself where no child fits. */
class PalierException extends RuntimeException {}
/** A bank, its file or one of its items is not valid. */
class PalierBankException extends PalierException {}
/** A plan is not valid, or asks for what cannot hold together or with this bank. */
class PalierPlanException extends PalierException {}
/** A log or an event is not valid, or belongs to another bank or plan. */
class PalierLogException extends PalierException {}
/** Another argument of a call is not valid: an option, a context, a language, a request. */
class PalierArgumentException extends PalierException {}

/** Calls that belong to no object. */
final class Palier
{
    private function __construct() {}

    /** Version of the engine, as in `palier --version`. */
    public static function version(): string {}

    /**
     * Can this test run with this bank, how long will it be and how sure? Simulates learners with
     * the engine itself; its time grows with `persons` times the length of the test.
     *
     * @param string $optionsJson {"persons":400,"seed":1,"lang":"fr"}; every member is optional
     * @return string shape "feasibility"; margins and thetas in logits
     * @throws PalierArgumentException an option is unknown or out of range
     * @throws PalierException the simulation cannot be run
     */
    public static function feasibility(PalierBank $bank, PalierPlan $plan, string $optionsJson): string {}

    /**
     * A design study: the plan for many simulated learners, or for real answers.
     *
     * @param string $optionsJson {"persons":1000,"seed":1,"threads":1,"lang":"fr","population":{"distribution":
     *     "normal","mean":0,"sd":1}}, or "responses" in place of persons; every member is optional
     * @return string shape "simulation"; thetas, bias and errors in logits, rates and shares 0 to 1
     * @throws PalierArgumentException an option is unknown or out of range
     * @throws PalierPlanException the plan does not fit the bank
     */
    public static function simulate(PalierBank $bank, PalierPlan $plan, string $optionsJson): string {}

    /**
     * One step of a test: begin or go on from a log, record what happened, decide what comes next, tell of it.
     *
     * @param string $requestJson {"log":{…}} to go on, or {"seed":7,"context":{}} to begin; with "events" (to record, in
     *     order), "time" (milliseconds since 1970), "advance" (default true) and "told" (the context of statements;
     *     absent: none are made)
     * @return string {"events":[{"type","time","data"}],"next","result","statements":[{"id","event","verb","statement"}]}:
     *     `data` and `statement` are texts to keep as they are, `next` is the item to show or null, `result` the shape
     *     "state"; a step that begins has "log" too, the log without its events
     * @throws PalierLogException the log or an event is not valid: the message names the event
     * @throws PalierArgumentException the request or the context of statements is not valid
     */
    public static function step(PalierBank $bank, PalierPlan $plan, string $requestJson): string {}

    /**
     * xAPI statements of the events of a log.
     *
     * @param string $requestJson {"log","record","context","from_event"}
     * @return string {"statements":[{"id","event","statement":{…}}]}
     * @throws PalierLogException the log is not valid
     * @throws PalierArgumentException the request or its context is not valid
     */
    public static function statements(string $requestJson): string {}

    /**
     * Reads a table of item parameters, as the command does: one reader for everybody.
     *
     * @param string $csv the bytes of the file: UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs
     * @param string $optionsJson {"lang":"fr","by_host":true}; every member is optional
     * @return string {"rows":[{"line","item","complete","other"}],"problems":[{"line","column","code","message"}],…}:
     *     the answer of the call `parameters` (docs/host-calls.md)
     * @throws PalierArgumentException an option is unknown or not valid
     */
    public static function parameters(string $csv, string $optionsJson): string {}

    /**
     * Results in words, as every host tells them: headline, margin, decisions, why the test stopped.
     *
     * @param string $statesJson a JSON array of shapes "state" or "record", as they were stored
     * @param string $language fr or en
     * @return string {"words":[{"known","headline","level","margin","decisions",…}]}, one of each state: the answer of
     *     the call `words` (docs/host-calls.md)
     * @throws PalierArgumentException the states are no array of objects, or the language is another
     */
    public static function words(string $statesJson, string $language): string {}

    /**
     * One request of `palier call`, answered in this process. Paths in it obey open_basedir.
     *
     * @param string $requestJson {"call":NAME,…}
     * @return string the answer that the command prints
     * @throws PalierException the refusal that the command prints under "error"
     */
    public static function call(string $requestJson): string {}
}

/** An immutable, compiled bank of items. */
final class PalierBank
{
    private function __construct() {}

    /**
     * Compiles items.
     *
     * @param string $itemsJson a JSON array of objects with the keys of the bank CSV
     *     ({"item","scale","model","a","b",…,"se_b","status","content","enemies","label"});
     *     difficulties in logits, discriminations in 1 / logit (D = 1)
     * @throws PalierBankException an item is not valid: the message names it and the key
     */
    public static function compile(string $itemsJson): PalierBank {}

    /**
     * Reads what bytes() gave.
     *
     * @throws PalierBankException the header, the version or the hash of the content is wrong
     */
    public static function fromBytes(string $bytes): PalierBank {}

    /**
     * The bank with this hash: kept from an earlier call of this process, or else read from the
     * file. A process keeps up to 64 banks and 256 MiB of them, the most recently used.
     *
     * @param string $path a regular file of at most 256 MiB that open_basedir allows
     * @param string $hash 64 lower-case hexadecimal digits
     * @throws ValueError the hash has another form, or the path contains a null byte
     * @throws PalierBankException the file cannot be read, is no bank or holds another bank
     */
    public static function open(string $path, string $hash): PalierBank {}

    /** The compiled bank: versioned header, SHA-256 of the content, content. */
    public function bytes(): string {}

    /** SHA-256 of the content, 64 lower-case hexadecimal digits: the bank's identity. */
    public function hash(): string {}

    /** Number of items. */
    public function size(): int {}

    /** The items in bank order, in the form that compile() takes. */
    public function itemsJson(): string {}

    /**
     * Test information: at each theta, the sum of the Fisher information of the operational items.
     *
     * @param list<int|float> $thetas logits; finite
     * @return list<float> as long as $thetas, in 1 / logit²
     * @throws TypeError an element is no number: the message names its index
     * @throws ValueError an element is not finite, or the array is no list
     */
    public function information(array $thetas): array {}
}

/** An immutable, checked plan: everything that a test is. */
final class PalierPlan
{
    private function __construct() {}

    /**
     * Reads and checks a plan (engine/schema/plan.schema.json).
     *
     * @throws PalierPlanException names the key and says what would be valid
     */
    public static function parse(string $planJson): PalierPlan {}

    /** The plan as JSON with every default filled in and its keys sorted. */
    public function normalised(): string {}

    /** SHA-256 of normalised(), 64 lower-case hexadecimal digits. */
    public function hash(): string {}
}

/** One learner's session: its event log and what follows from it. */
final class PalierSession
{
    private function __construct() {}

    /**
     * Begins a session.
     *
     * @param int $seed 0 to 2^53 - 1; with the step number it fixes every random choice
     * @param string $contextJson {} or members of the event `started`: {"prior","seen","excluded","exposure","time"}
     * @throws ValueError the seed is out of range
     * @throws PalierPlanException the plan does not fit the bank
     * @throws PalierLogException the context is not valid
     */
    public static function start(PalierBank $bank, PalierPlan $plan, int $seed, string $contextJson): PalierSession {}

    /**
     * Goes on from a log.
     *
     * @param string $logJson what log() gave (engine/schema/log.schema.json)
     * @throws PalierLogException names the event; also when bank or plan is another one
     */
    public static function resume(PalierBank $bank, PalierPlan $plan, string $logJson): PalierSession {}

    /**
     * Checks and appends one event from the host (answered, unknown, skipped, timed_out, dropped,
     * paused, resumed, stopped).
     *
     * @return string the event as it was appended, its category filled in
     * @throws PalierLogException the event is not valid here; nothing was appended
     */
    public function record(string $eventJson): string {}

    /**
     * Decides: the next item, or why the test stops. With an item on screen, or after a stop, it
     * appends nothing and "event" is null.
     *
     * @param int $time milliseconds since 1970-01-01 UTC; goes into the event; it decides nothing but where
     *     the plan has the stop rule time_limit and outcomes come without `ms`
     * @return string {"event":{asked or stopped},"decision":{…}}
     */
    public function advance(int $time): string {}

    /** What is known now: shape "state"; theta, SE and interval in logits. */
    public function state(): string {}

    /** The whole record: shape "record", a state and its steps. Never decides. */
    public function replay(): string {}

    /** Would this engine have asked and stopped the same? {"same":bool,"first_difference":…} */
    public function verify(): string {}

    /**
     * The trace of every decision, with sentences for a learner.
     *
     * @param string $language fr or en
     * @return string shape "story"
     * @throws PalierArgumentException another language
     */
    public function explain(string $language): string {}

    /** The log, as engine/schema/log.schema.json. */
    public function log(): string {}
}
