// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/delivery/delivery.hpp"

// Records that come back from where a learner's device graded and chose: graded and scored again.

namespace palier::delivery {

/// What is not as the engine would have had it: a mark, the way of the questions, the platform's score.
struct Difference {
    /// {"code", …}: "mark" ("item", "claimed", "found"), "way" ("event" of the log, "expected" and "found": its
    /// events), "score" ("claimed", "found"), "no_score" ("claimed").
    Json data;
    std::string english;
};

/// What the engine finds in a saved text (Attempt::save), by its own grading.
struct Returned {
    std::string language;
    bool finished = false;
    Json items;   ///< of the bank that it was taken with
    Json log;     ///< with the marks that the responses deserve, and these in words
    Json record;  ///< docs/host-calls.md, shape record; of that log
    std::vector<Difference> differences;
    /// Marks that cannot be looked at again: the responses were too long to be kept.
    int unchecked = 0;
};

/// `claimed`: the score of 0 to 100 that a platform holds, to two decimals. Throws ArgumentError where the text is cut,
/// altered or of another test. Anybody who writes a record whole can give right answers in it: what is the same is
/// coherent, not proved.
Returned check_saved(const std::shared_ptr<const Test>& test, std::string_view saved,
                     std::optional<double> claimed = std::nullopt);

}  // namespace palier::delivery
