// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/delivery/delivery.hpp"
#include "adapters/formats/content.hpp"
#include "adapters/host/words.hpp"
#include "engine/session/session.hpp"

// Inside the delivery: what a test and an attempt hold.

namespace palier::delivery {

/// The questions in one language.
struct Variant {
    std::string language;
    std::shared_ptr<const palier::Bank> bank;
    std::vector<formats::Item> items;  ///< by position in the bank, each with its key
};

struct Test::Content {
    std::string hash;
    std::string id;
    Json title;
    Json expected;  ///< {"items": [low, high], "minutes"} or null
    std::shared_ptr<const palier::Plan> plan;
    std::vector<Variant> variants;
    std::vector<std::string> languages;

    /// The questions in this language, in that it is derived from (pt for pt-BR), or else the first.
    const Variant& variant(const std::string& language) const;
    /// The language of an attempt that is asked for: one of the words, or one of the questions. Throws ArgumentError.
    std::string language_of_attempt(const std::string& asked) const;
};

/// The words of this module nearest to a language: French for fr and its regions, else English.
host::Language nearest_words(const std::string& language);

struct Attempt::Impl {
    std::shared_ptr<const Test> test;
    const Variant* variant;
    std::string language;
    palier::Session session;

    // What the last call leaves to be said once.
    bool saved = false;
    bool put_aside = false;
    bool calm = false;
    std::string notice{};
    std::string invalid{};
    Json response = nullptr;
    Json feedback = nullptr;  ///< feedback.hpp, of a practice

    host::Language words() const { return nearest_words(language); }
    const palier::Plan& plan() const { return session.plan(); }
    std::int64_t sequence() const { return static_cast<std::int64_t>(session.log().events.size()); }
    bool finished() const { return !session.stop().empty(); }
    bool paused() const;
    /// The item at this position of the bank as this learner sees it.
    formats::Item shown(int position) const;
    /// What a question is called when it is told of: the bank's label, or the question's title.
    std::string label(int position) const;
};

/// The most items that one attempt may ask: what the saved text is made for.
inline constexpr int longest_test = 500;

/// "question-3": a bank's identifier may tell the level, so a learner's page gets the place.
std::string question_id(const Attempt::Impl& attempt);

// view.cpp
Json view_json(const Attempt::Impl& attempt);
Json result_view(const Attempt::Impl& attempt);
Json story_view(const Attempt::Impl& attempt);
Json before_view(const Test::Content& test, const std::string& language, bool stays);
Json error_view(const std::string& language, const std::string& sentence);

// saved.cpp
std::string saved_text(const Attempt::Impl& attempt, std::size_t most);
/// The log and the language of a saved text. Throws ArgumentError.
struct Saved {
    std::string language;
    palier::Log log;
};
Saved read_saved(const Test::Content& test, std::string_view text);

}  // namespace palier::delivery
