// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/host/words.hpp"
#include "engine/result/result.hpp"

// The sentences of a story, for a learner: levels and doubt, never theta, never a judgement of the person.

namespace palier::host {

/// Why a test stopped, by its reason, in a sentence.
std::string stop_sentence(const std::string& reason, Language language);

struct Teller {
    const palier::Session& session;
    Language language;
    Result found;  ///< of the session

    /// What is known, as data: theta, its SE and the level with its part.
    Json known(const Estimate& estimate) const;
    /// Why this question came.
    std::string why(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                    const Item* before) const;
    /// What its answer changed.
    std::string changed(const Step& step, const Estimate& before, const Estimate& after) const;
    /// What the choice left out and how close it was: "Among 40 questions: 6 already asked…".
    std::string choice(std::size_t candidates, const Json& removed) const;
    /// What the plan's threshold, classification and floor say, a sentence each; none without them.
    std::vector<std::string> decisions() const;
    std::string summary() const;

private:
    const palier::Plan& plan() const { return session.plan(); }
    std::string say(const std::string& fr, const std::string& en) const { return language == Language::fr ? fr : en; }
    std::pair<int, int> parted_levels(const Item& item) const;
    std::string where_it_lies(const palier::Session& then, const Decision& decision, const Item& item,
                              bool first) const;
    std::string compared(const Item& item, const Item* before, bool first) const;
    std::string level_sentence() const;
};

}  // namespace palier::host
