// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/feedback.hpp"

#include <algorithm>

#include "adapters/delivery/response_words.hpp"
#include "adapters/formats/best_mark.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/text/markup.hpp"

namespace palier::delivery {
namespace {

using words::Language;

/// A response in words; null where it says nothing.
Json answer_words(const formats::Item& item, const formats::Response& response, Language language) {
    return interaction_json(item, dump_json(formats::to_json(response)), language).value("answer", Json());
}

Json right_answer(const formats::Item& item, Language language) {
    formats::Response best = formats::best_response(item);
    if (auto* typed = std::get_if<formats::Entry>(&best);
        typed && std::holds_alternative<formats::NumericalInteraction>(item.interaction))
        if (const std::string decimal = formats::number_format(item.language).decimal; decimal != ".")
            if (const auto point = typed->text.find('.'); point != std::string::npos)
                typed->text.replace(point, 1, decimal);
    return answer_words(item, best, language);
}

/// What is said of the choices that were taken.
std::vector<formats::Html> of_choices(const formats::Item& item, const formats::Response& response) {
    std::vector<formats::Html> said;
    const auto* taken = std::get_if<formats::Selection>(&response);
    if (taken == nullptr) return said;
    if (const auto* key = std::get_if<formats::ChoiceKey>(&item.key->answers))
        for (const formats::ChoiceScore& score : key->scores)
            if (std::find(taken->choices.begin(), taken->choices.end(), score.id) != taken->choices.end())
                said.push_back(score.feedback);
    if (const auto* key = std::get_if<formats::TrueFalseKey>(&item.key->answers))
        for (const std::string& choice : taken->choices)
            said.push_back(choice == "true" ? key->feedback_true : key->feedback_false);
    return said;
}

}  // namespace

Json feedback_json(const formats::Item& item, const Step& step, Language language) {
    using formats::Verdict;
    const bool answered = step.response.has_value();
    const formats::Response response =
        answered ? formats::response_from_json(Json::parse(*step.response)) : formats::Response{};
    const Verdict verdict = answered ? formats::verdict(formats::grade(item, response).fraction) : Verdict::wrong;
    const bool right = verdict == Verdict::right;
    const auto said = [&](words::Key key) { return words::text(key, language); };

    std::vector<formats::Html> texts = of_choices(item, response);
    const formats::Feedback& of = item.key->feedback;
    if (answered) texts.push_back(right ? of.right : verdict == Verdict::partly_right ? of.partly_right : of.wrong);
    texts.push_back(of.general);
    Json plain = Json::array();
    for (const formats::Html& text : texts)
        if (std::string one = markup::words_of(text); !one.empty()) plain.push_back(std::move(one));

    return {{"verdict", !answered                          ? "unknown"
                        : right                            ? "right"
                        : verdict == Verdict::partly_right ? "partly_right"
                                                           : "wrong"},
            {"headline", !answered                          ? said("outcome_unknown")
                         : right                            ? said("outcome_right")
                         : verdict == Verdict::partly_right ? said("outcome_partly")
                                                            : said("outcome_wrong")},
            {"answer", answered ? answer_words(item, response, language) : Json()},
            {"right", right ? Json() : right_answer(item, language)},
            {"texts", std::move(plain)}};
}

}  // namespace palier::delivery
