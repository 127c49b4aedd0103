// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/host/words.hpp"
#include "engine/result/result.hpp"

// The sentences of a story, for a learner: levels and doubt, never theta, never a judgement of the person.

namespace palier::host {

struct StorySentences {
    const palier::Session& session;
    Language language;

    /// What is known, as data: theta, its SE and the level with its part.
    Json known(const Estimate& estimate) const;
    /// Why this question came.
    std::string why(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                    const Item* before) const;
    /// What came of it: "Answered", "Withdrawn, does not count".
    std::string outcome(const Step& step) const;
    /// Why this question came, as the beginning of the sentence that `told` ends.
    std::string reason(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                       const Item* before) const;
    /// The question in one sentence, of levels and doubt alone, about a person who is not named: why it came (`reason`)
    /// and what came of it.
    std::string told(const std::string& reason, const Step& step, const Estimate& before, const Estimate& after,
                     bool first) const;
    /// That the answer was marked anew later, and how.
    std::string told_rescored(const Step& step) const;
    /// What its answer changed.
    std::string changed(const Step& step, const Estimate& before, const Estimate& after) const;
    /// The same of several scales: those whose standard errors fell most, the largest fall first.
    std::string changed_map(const Step& step, const AbilityEstimate& before, const AbilityEstimate& after) const;
    /// The question in one sentence of several scales: which it is about and why it came, what its answer told of that
    /// one, and of which others most. `asked`: own questions of its scale before it.
    std::string told_map(const palier::Session& then, const Step& step, const Decision& decision, int asked,
                         const AbilityEstimate& before, const AbilityEstimate& after) const;
    /// What the choice left out and how close it was: "Among 40 questions: 6 already asked…".
    std::string choice(std::size_t candidates, const Json& removed) const;

private:
    const palier::Plan& plan() const { return session.plan(); }
    std::string say(words::Key key, const words::Values& values = {}) const {
        return words::text(key, language, values);
    }
    int near(const palier::Session& then, const Decision& decision) const;
    std::pair<int, int> parted_levels(const Item& item) const;
    std::string where_it_lies(const palier::Session& then, const Decision& decision, const Item& item,
                              bool first) const;
    std::string scale_name(int scale) const;
    std::string reason_map(const Decision& decision, int scale, int asked, bool first, bool goes_on) const;
    std::string change_map(const palier::Session& then, int scale, int asked, const AbilityEstimate& before,
                           const AbilityEstimate& after) const;
    std::vector<int> surer_scales(const AbilityEstimate& before, const AbilityEstimate& after) const;
    std::string compared(const Item& item, const Item* before, bool first) const;
};

}  // namespace palier::host
