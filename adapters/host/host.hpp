// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// The calls that every host makes: the PHP extension, `palier call` and the WASM build are thin
// bindings over these classes, so that a test takes the same path everywhere.
//
// Structured values cross as JSON text (UTF-8). Their shapes are in docs/host-calls.md, the plan's
// and the log's in engine/schema. Abilities and standard errors are in logits, times in
// milliseconds, seeds in 0 … 2^53 - 1.
//
// Errors: palier::Error (engine/errors.hpp) and its children; the message names the key, item,
// line or event at fault and what would be right. No call changes anything when it throws.
//
// Thread safety: Bank and Plan are immutable and may be shared; a Session belongs to one thread.

namespace palier::host {

/// Version of the engine, as in `palier --version`.
std::string version();

class Bank {
public:
    /// Compiles items, as a JSON array of objects that have the keys of the bank CSV
    /// ({"item","scale","model","a","b",…,"se_b","status","content","enemies","label"}).
    static Bank compile(std::string_view items_json);
    /// Reads what bytes() gave. Throws BankError when the header, the version or the hash is wrong.
    static Bank from_bytes(std::string_view bytes);
    /// Bytes of the compiled bank: versioned header, SHA-256 of the content, content.
    std::string bytes() const;
    /// SHA-256 of the content, 64 hexadecimal digits: the bank's identity.
    std::string hash() const;
    int size() const;
    /// The items in bank order, in the form that compile() takes.
    std::string items_json() const;
    /// Information of the operational items, summed, at each theta (logits).
    std::vector<double> information(const std::vector<double>& thetas) const;

    struct Content;
    explicit Bank(std::shared_ptr<const Content> content);
    const Content& content() const { return *content_; }

private:
    std::shared_ptr<const Content> content_;
};

class Plan {
public:
    /// Reads and checks a plan. Throws PlanError that names the key and says what would be valid.
    static Plan parse(std::string_view plan_json);
    /// The plan with every default filled in, keys sorted.
    std::string normalised() const;
    /// SHA-256 of normalised(), 64 hexadecimal digits.
    std::string hash() const;

    struct Content;
    explicit Plan(std::shared_ptr<const Content> content);
    const Content& content() const { return *content_; }

private:
    std::shared_ptr<const Content> content_;
};

class Session {
public:
    /// Begins a session. `context_json`: {} or the members of the `started` event
    /// ({"prior","seen","excluded","exposure","time"}).
    static Session start(const Bank& bank, const Plan& plan, std::uint64_t seed, std::string_view context_json);
    /// Goes on from a log. Throws LogError that names the event.
    static Session resume(const Bank& bank, const Plan& plan, std::string_view log_json);

    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();

    /// Checks and appends one event from the host (answered, unknown, skipped, timed_out, dropped,
    /// paused, resumed, stopped). Returns the event as it was appended, its category filled in.
    std::string record(std::string_view event_json);
    /// Decides: appends and returns {"event":{asked or stopped},"decision":{…}}. With an item on
    /// screen, or after a stop, it appends nothing and "event" is null. `time` goes into the event.
    std::string advance(std::int64_t time);
    /// What is known now (shape "state"), without the steps.
    std::string state() const;
    /// The whole record (shape "record"): state plus steps. Never decides.
    std::string replay() const;
    /// {"same":bool,"first_difference":…}: would this engine have asked and stopped the same?
    std::string verify() const;
    /// The trace of every decision with its sentences in the language (fr or en; shape "story").
    std::string explain(std::string_view language) const;
    /// The log, as engine/schema/log.schema.json.
    std::string log() const;

private:
    struct Impl;
    explicit Session(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Can this test run with this bank, how long will it be and how sure? Simulates learners with the
/// engine itself. `options_json`: {"persons":400,"seed":1,"lang":"fr","robustness":true}. Shape
/// "feasibility".
std::string feasibility(const Bank& bank, const Plan& plan, std::string_view options_json);

/// A design study: the plan for many simulated persons, or for real responses. `options_json`:
/// {"persons":1000,"seed":1,"threads":1,"lang":"en","population":{…}} (adapters/host/simulate.hpp). Shape
/// "simulation". `progress(done, all)` is called now and then on the calling thread; false cancels, and then
/// palier::Error is thrown.
std::string simulate(const Bank& bank, const Plan& plan, std::string_view options_json,
                     const std::function<bool(std::size_t done, std::size_t all)>& progress = {});

/// Results in words, in fr or en: an array of shapes "state" to the answer of the call `words`.
std::string result_in_words(std::string_view states_json, std::string_view language);

/// What a host is told of an error: {"error":{"type":"PlanError","message":"…"}}, the type one of BankError,
/// PlanError, LogError, ArgumentError and Error.
std::string error_json(const std::exception& error);

}  // namespace palier::host
