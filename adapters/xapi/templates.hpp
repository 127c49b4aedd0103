// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {

/// Longest learner's response in a statement, in Unicode code points; a longer one is cut, and its
/// last code point is then "…".
inline constexpr std::size_t longest_response = 1000;

struct Emitted {
    std::string id;
    std::size_t event;
    std::string verb;
    nlohmann::json statement;
};

/// Makes one statement of one event; the templates of the same names are in
/// profile/palier-profile-v1.jsonld. Which of them an event calls for is decided in statements.cpp.
class Templates {
public:
    explicit Templates(const Attempt& attempt) : attempt_(attempt) {}

    Emitted initialized(std::size_t event) const;
    /// `step` is the event's step of the record.
    Emitted answered(std::size_t event, const nlohmann::json& step) const;
    Emitted suspended(std::size_t event) const;
    Emitted resumed(std::size_t event) const;

    /// What the record's state says at the event. `spent`: milliseconds at the test, where known.
    /// `former`: the event whose result this one corrects.
    struct Result {
        std::size_t event;
        std::optional<std::int64_t> spent;
        std::optional<std::size_t> former;
    };
    Emitted scored(const Result& result) const;
    /// passed or failed, by the threshold's decision; nothing without one, or when undecided.
    std::optional<Emitted> judged(const Result& result) const;
    Emitted completed(std::size_t event, std::optional<std::int64_t> spent) const;
    Emitted terminated(std::size_t event, std::optional<std::int64_t> spent) const;

    /// Voids what `name` ("scored" or "judged") said at the event `former`.
    Emitted voided(std::size_t event, std::string_view name, std::size_t former) const;

private:
    std::string id(std::size_t event, std::string_view name) const;
    nlohmann::json context() const;
    nlohmann::json item(const std::string& name) const;
    Emitted about_test(std::size_t event, const Verb& verb, std::string_view name, nlohmann::json result,
                       nlohmann::json context) const;
    nlohmann::json correction(nlohmann::json context, const Result& result, std::string_view name) const;
    void add_origin(nlohmann::json& context) const;
    void add_level_name(nlohmann::json& extensions, const nlohmann::json& number) const;

    const Attempt& attempt_;
};

}  // namespace palier::xapi
