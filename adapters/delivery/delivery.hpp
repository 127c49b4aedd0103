// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/content.hpp"
#include "engine/util/json.hpp"

// A whole test outside Moodle: what `palier serve` and the packages do alike. The engine decides, the
// grader grades, this module keeps the log and says what is to be seen, in French or English.
// Shapes of the JSON (bundle, View, record) and the calls: docs/delivery.md.
//
// No I/O and no clock: times come from the host, milliseconds since 1970 UTC. Errors are
// palier::Error and its children; a call that throws has changed nothing.

namespace palier {
class Session;
}

namespace palier::delivery {

/// SCORM 1.2 lets an LMS refuse a record of more than 4,096 characters; a host adds a counter of its own.
inline constexpr std::size_t default_saved = 3900;

/// A test: plan, and for each language its bank and the contents of its items. Immutable; may be
/// shared between threads.
class Test {
public:
    /// Reads a bundle (docs/delivery.md) of at most 64 MiB. Throws ArgumentError, PlanError,
    /// BankError or formats::FormatError that names what is wrong.
    static std::shared_ptr<const Test> open(std::string_view bundle_json);

    /// SHA-256 of the bundle, keys sorted: an attempt goes on only with the bundle that it began with.
    const std::string& hash() const;
    /// Languages of its questions, at least one.
    const std::vector<std::string>& languages() const;
    std::string title(const std::string& language) const;
    /// {"hash","id","title","languages","items","plan"}: what a host may want to know.
    Json about() const;
    /// The View before the test: what it is for, who sees what, how long. `language` is fr or en; `stays` where
    /// nothing leaves the learner's browser, so that nobody else sees it.
    Json before(const std::string& language, bool stays = false) const;

    struct Content;
    const Content& content() const { return *content_; }
    explicit Test(std::unique_ptr<const Content> content);
    ~Test();

private:
    std::unique_ptr<const Content> content_;
};

/// One person's way through a test. Belongs to one thread.
class Attempt {
public:
    /// Begins. `language`: fr, en, or one of the test's: of the questions where the test has it (else its first), and
    /// the words are the nearest of fr and en.
    /// `seed`: 0 … 2^53 - 1, draws items and shuffles options. `context`: {} or members of the
    /// `started` event ({"prior","seen","excluded"}).
    static Attempt start(std::shared_ptr<const Test> test, const std::string& language, std::uint64_t seed,
                         const Json& context, std::int64_t time);
    /// Goes on from what save() gave. Throws ArgumentError where it is cut, altered or of another
    /// bundle.
    static Attempt resume(std::shared_ptr<const Test> test, std::string_view saved);

    Attempt(Attempt&&) noexcept;
    Attempt& operator=(Attempt&&) noexcept;
    ~Attempt();

    /// What is to be seen now.
    Json view() const;
    /// A step. `sequence` is that of the View which was answered: another one changes nothing and
    /// gives the question now on screen. A response that cannot be graded is shown again with the
    /// reason and is no step. `ms`: time on screen, 0 or more; -1 where unknown.
    Json answer(std::int64_t sequence, const Json& response, std::int64_t ms, std::int64_t time);
    /// "I don't know".
    Json unknown(std::int64_t sequence, std::int64_t ms, std::int64_t time);
    /// Puts the test aside, takes it up again, ends it by the learner's choice. A stale sequence
    /// changes nothing.
    Json pause(std::int64_t sequence, std::int64_t time);
    Json go_on(std::int64_t sequence, std::int64_t time);
    Json stop(std::int64_t sequence, std::int64_t time);
    /// The View of the result or of the story; that of the question while the test is open.
    Json result() const;
    Json story() const;

    /// The attempt as text: printable, no line feed, of `most` bytes where it can: the longest responses are left out
    /// for that, their marks stay.
    std::string save(std::size_t most = default_saved) const;
    /// The whole record: log, result with its score, steps, for an LMS's fields and statements.
    Json record() const;
    /// The engine's session, as long as the attempt lives and until its next step.
    const palier::Session& session() const;
    /// The question on screen as this learner sees it, without its key and under the identifier of
    /// the View: for hosts that draw without QTI. Nothing when there is none.
    std::optional<formats::Item> item() const;

    bool finished() const;
    /// Number of events: the sequence of the View.
    std::int64_t sequence() const;
    const std::string& language() const;

    struct Impl;

private:
    explicit Attempt(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// One request of the player, by docs/delivery.md: {"call":NAME, …} gives a View or another answer,
/// or {"error":{"type","message"}}. Keeps one test and one attempt. Never throws.
class OpenTests {
public:
    OpenTests();
    ~OpenTests();
    std::string call(std::string_view request_json);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace palier::delivery
