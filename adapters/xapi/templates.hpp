// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/statements.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {

/// Longest learner's response in a statement, in Unicode code points; a longer one is cut, and its
/// last code point is then "…".
inline constexpr std::size_t longest_response = 1000;

/// Makes one statement of one event; the templates of the same names are in
/// profile/palier-profile-v1.jsonld. Which of them an event calls for is decided in statements.cpp.
class Templates {
public:
    explicit Templates(const Attempt& attempt) : attempt_(attempt) {}

    Statement initialized(std::size_t event) const;
    /// An outcome, or the new mark of an answer. `step` is the event's step of the record; `on_screen`: milliseconds of
    /// the question on screen, where known.
    Statement answered(std::size_t event, const StepWords& step, std::optional<std::int64_t> on_screen) const;
    Statement suspended(std::size_t event) const;
    Statement resumed(std::size_t event) const;

    /// What the result says at the event. `spent`: milliseconds at the test, where known.
    /// `former`: the event whose result this one corrects.
    struct About {
        std::size_t event;
        std::optional<std::int64_t> spent;
        std::optional<std::size_t> former;
    };
    Statement scored(const About& about) const;
    /// passed or failed, by the threshold's decision; nothing without one, or when undecided.
    std::optional<Statement> judged(const About& about) const;
    /// What is known of a competence, one scale of a map that was measured for itself.
    Statement achieved(const About& about, const ScaleResult& scale) const;
    Statement completed(std::size_t event, std::optional<std::int64_t> spent) const;
    Statement terminated(std::size_t event, std::optional<std::int64_t> spent) const;

    /// Voids what `name` ("scored", "judged" or "achieved/SCALE") said at the event `former`.
    Statement voided(std::size_t event, std::string_view name, std::size_t former) const;

private:
    std::string id(std::size_t event, std::string_view name) const;
    nlohmann::json context() const;
    nlohmann::json item(const std::string& name) const;
    nlohmann::json test() const;
    nlohmann::json competence(const std::string& id) const;
    /// Puts the framework, where the host names one, into the grouping.
    void add_framework(nlohmann::json& activities) const;
    /// An id as a part of an IRI.
    static std::string escaped(const std::string& id);
    /// Of the answer to an item: the host's, but Vrai and Faux are the catalogue's; "" where there is none.
    std::string answer_words(const std::string& item, const std::optional<std::string>& response) const;
    Statement told_result(const About& about, const Verb& verb, std::string_view name, nlohmann::json value,
                          nlohmann::json extensions) const;
    const Event& at(std::size_t event) const { return attempt_.log.events[event]; }
    Statement about_test(std::size_t event, const Verb& verb, std::string_view name, nlohmann::json result,
                         nlohmann::json context) const;
    nlohmann::json correction(nlohmann::json context, const About& about, std::string_view name) const;
    void add_origin(nlohmann::json& context) const;
    void add_level_name(nlohmann::json& extensions, const std::optional<int>& number) const;

    const Attempt& attempt_;
};

}  // namespace palier::xapi
