// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/item_fault.hpp"

#include <algorithm>

namespace palier {
namespace {

std::string english_fault(const std::string& code, const std::string& key, const std::vector<std::string>& values) {
    const auto& sentences = item_fault_sentences();
    const auto found =
        std::find_if(sentences.begin(), sentences.end(), [&](const auto& entry) { return entry.first == code; });
    return found == sentences.end() ? code : fill_sentence(found->second, key, values);
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& item_fault_sentences() {
    static const std::vector<std::pair<std::string, std::string>> sentences = {
        {"item_missing", "'{key}' is missing; it should be the item's identifier"},
        {"discrimination_missing", "'{key}' is missing; it should be the discrimination, model {0}"},
        {"difficulty_missing", "'{key}' is missing; it should be the difficulty in logits"},
        {"location_missing", "'{key}' is missing; it should be the location in logits, model rsm"},
        {"model_unknown", "unknown model '{0}'{1} this version runs {2}"},
        {"step_of_other_model", "'{key}' belongs to grm, pcm, gpcm, rsm or nrm; the model is {0}"},
        {"step_missing", "'{key}' is missing before '{0}'"},
        {"steps_missing", "'{key}' is missing; model {0} has {1}1… one fewer than categories"},
        {"steps_too_many", "{0} steps {1}1…; at most 15 (16 categories)"},
        {"not_of_model", "'{key}' does not belong to model {0}"},
        {"not_of_steps", "'{key}' does not belong to model {0}; its steps are b1…"},
        {"not_of_nominal", "'{key}' does not belong to model nrm; its slopes are a1…"},
        {"nominal_counts", "{0} slopes a1… and {1} intercepts c1…; nrm has as many of each"},
        {"intercept_missing", "'{key}' is missing; it should be the intercept of an item with slopes a.SCALE"},
        {"intercept_of_steps", "'{key}' does not belong to model {0}; it has intercept1…, one fewer than categories"},
        {"intercepts_crossed", "'{key}' is {0}; it should be below '{1}', which is {2} (intercepts of grm decrease)"},
        {"not_of_loadings",
         "'{key}' does not belong to model {0}; items with slopes a.SCALE are 1pl, 2pl, 3pl, 4pl, grm or gpcm"},
        {"beside_loadings",
         "'{key}' stands beside '{0}'; an item has either a scale with a and b, or slopes a.SCALE with intercepts"},
        {"error_alone", "'{key}' is there without '{0}'"},
        {"loads_nowhere", "'{key}': no slope a.SCALE differs from 0; the item should load on a scale"},
        {"loadings_many", "'{key}': {0} slopes; at most 64"},
        {"loading_twice", "'{key}' is there twice or out of order"},
        {"scale_name", "'{key}'; the name of the scale after 'a.' should have 1 to 256 bytes of UTF-8"},
        {"not_finite", "'{key}' is {0}; it should be a finite number"},
        {"not_a_number", "'{key}' is {0}; it should be a number"},
        {"not_positive", "'{key}' is {0}; it should be above 0 (recode the responses of a reversed item)"},
        {"above", "'{key}' is {0}; it should be at most {1}"},
        {"outside", "'{key}' is {0}; it should be between {1} and {2}"},
        {"not_within", "'{key}' is {0}; it should be within {1} to {2}"},
        {"slope_fixed", "'{key}' is {0}; model {1} has a = 1; use {2}"},
        {"no_lower_asymptote", "'{key}' is {0}; model {1} has no lower asymptote; use 3pl"},
        {"no_upper_asymptote", "'{key}' is {0}; model {1} has no upper asymptote; use 4pl"},
        {"lower_range", "'{key}' is {0}; it should be at least 0 and below 1"},
        {"upper_range", "'{key}' is {0}; it should be above 0 and at most 1"},
        {"asymptotes_crossed", "'{key}' is {0}; it should be below 'd', which is {1}"},
        {"boundaries_crossed", "'{key}' is {0}; it should be above '{1}', which is {2} (boundaries of grm increase)"},
        {"slopes_all_zero", "every slope a1… is 0; one of them should differ from category 0's, which is 0"},
        {"negative", "'{key}' is {0}; it should be 0 or more"},
        {"choice", "'{key}' is {0}; it should be one of {1}"},
        {"text_long", "'{key}' has {0} bytes; at most {1}"},
        {"text_encoding", "'{key}' is not UTF-8"},
        {"list_long", "'{key}' is {0}; it should be at most {1} entries"},
        {"numbers_many", "{0} numbers; at most 64"},
        {"number_name", "'{key}'; the name after 'num.' should have 1 to 64 bytes of UTF-8"},
    };
    return sentences;
}

std::string fill_sentence(std::string sentence, const std::string& key, const std::vector<std::string>& values) {
    std::string filled;
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        if (sentence.compare(at, 5, "{key}") == 0) {
            filled += key;
            at += 4;
        } else if (sentence[at] == '{' && at + 2 < sentence.size() && sentence[at + 2] == '}' &&
                   sentence[at + 1] >= '0' && sentence[at + 1] <= '9') {
            const auto index = static_cast<std::size_t>(sentence[at + 1] - '0');
            if (index < values.size()) filled += values[index];
            at += 2;
        } else {
            filled += sentence[at];
        }
    }
    return filled;
}

ItemFault::ItemFault(std::string where_, std::string key_, std::string code_, std::vector<std::string> values_)
    : BankError(where_ + ": " + english_fault(code_, key_, values_)),
      where(std::move(where_)),
      key(std::move(key_)),
      code(std::move(code_)),
      values(std::move(values_)) {}

}  // namespace palier
