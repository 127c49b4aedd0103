// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/host/map_words.hpp"
#include "adapters/host/words.hpp"

// A result in the reader's words, the same in every host: in a package and `palier serve` on the result's screen, in
// the story's summary, and in Moodle by the call `words`. It says what the shape "state" holds (docs/host-calls.md) and
// computes nothing but whole percents, so that a result that was stored years ago reads as it was found.

namespace palier::host {

struct ResultWords {
    /// How likely a level is.
    struct Share {
        int number;
        int percent;
        bool mine;
        std::string text;  ///< "Niveau 3 : 40 %"
    };

    bool known = false;
    std::string headline;  ///< the level, or that there are too few answers to tell it
    std::string level;     ///< "Indépendant (3 sur 8)", "3 sur 8" or "0,4 sur l’échelle du test"; "" if not known
    std::string margin;    ///< "" where there is none
    std::string why_unknown;             ///< "" if known
    std::vector<std::string> decisions;  ///< threshold, classification and floor, where the plan has them
    std::vector<std::string>
        you_can;                ///< what the person can do: the level's description, what was answered, what is next
    std::string provisional;    ///< "" if it is not
    std::string stop;           ///< why the test stopped, told to the learner; "" while it goes on
    std::vector<Share> shares;  ///< empty without levels
    std::string shares_text;    ///< their text twin
    /// What the plan proposes next, most_shown at most.
    struct NextStep {
        std::string scale;       ///< the identifier of the competence that it is of; "" of none
        std::string competence;  ///< its name
        std::string kind;        ///< text, course, activity or person
        std::string target;      ///< what the kind names, as the plan has it; "" of a text
        std::string text;        ///< as the plan has it; may be ""
        std::string sentence;    ///< competence and text; "" where the plan has no text, and a host names the target
    };
    std::vector<NextStep> next_steps{};
    /// Of several competences, in place of shares.
    std::optional<MapWords> map{};

    /// Headline, margin, decisions and whether it is provisional, one after the other.
    std::string summary() const;
};

/// `state`: the shape "state" or "record". One of version 0.1.0 has no "known": there it means an estimate of at least
/// one answer. What has another type than the shape says is taken as absent.
ResultWords result_words(const Json& state, Language language, Reader reader = Reader::learner);

/// {"known","headline","level","margin","why_unknown","decisions":[…],"you_can":[…],"provisional","stop","summary",
/// "shares":[{"number","percent","mine","text"}],"shares_text","next_steps":[{"scale","competence","kind","target",
/// "text","sentence"}],"map"}; what is absent is null.
Json to_json(const ResultWords& words);

/// The answer of the call `words`: {"words":[…]}, one of each state of the array, in its order.
/// `reader`: "learner" or "other".
Json words_json(const Json& states, const std::string& language, const std::string& reader = "learner");

}  // namespace palier::host
