// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"

namespace palier::delivery {

/// A file of questions (bankfile::read_questions) in one language.
struct Questions {
    std::string language;  ///< fr, en, pt-BR, …; of its texts, its numbers, and of `lang` on the page
    std::string file;      ///< its name, for messages
    std::string xml;       ///< its bytes
};

struct BundleRequest {
    std::string id = "test";                   ///< names the test in statements
    Json title;                                ///< a text, or texts by language
    std::shared_ptr<const palier::Bank> bank;  ///< items of all languages, by the questions' idnumber
    Json plan;
    std::vector<Questions> questions;
    /// Questions without an idnumber are those items whose `label` is their name, where both are there once: Moodle's
    /// export of a bank calls such an item q and the number of its entry, which no question XML has.
    bool match_names = false;
    /// Of the items whose question can be carried so large a part (engine/assembly/sub_bank.hpp): which one,
    /// `share_seed` draws. Without a number half of them, where that keeps in each language what all of them keep (no
    /// problem or warning of its own) and is twice as many as nine of ten tests ask at most; else all.
    std::optional<double> share = 1;
    std::uint64_t share_seed = 1;
    bool robustness = true;    ///< the report of a map says what it is worth where the plan is mistaken (feasibility)
    std::string words = "en";  ///< language of what the report says of the plan: fr or en
};

struct MadeBundle {
    Json bundle;
    /// {"LANGUAGE": {"carried", "questions": (report of moodle_xml.hpp), "without_parameters": [id],
    /// "by_name": {id: item that match_names would find, or found},
    /// "expected": feasibility's figures or its problems}, "without_questions": [id],
    /// of a part of the bank, and where it was left open which: "part": {"share", "seed", "items", "of"}}
    Json report;
};

/// The bundle of a test (docs/delivery.md): for each language the operational items whose question
/// was carried, and how long the test is likely to be by 200 simulated learners. Throws
/// FormatError, PlanError, BankError, or ArgumentError where a language has no item at all.
MadeBundle make_bundle(const BundleRequest& request);

/// Of a bundle with all questions what make_bundle makes of these questions where `share` is left open: half of them or
/// all. `first`: the one of its languages whose questions say how long the test is likely to be; `words`: language of
/// what the report says of the plan. Throws as make_bundle does, and ArgumentError where it is no bundle.
MadeBundle part_of_bundle(const Json& bundle, const std::string& first, const std::string& words);

}  // namespace palier::delivery
