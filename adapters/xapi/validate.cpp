// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/validate.hpp"

#include <charconv>
#include <cstdint>

#include "adapters/xapi/characters.hpp"
#include "adapters/xapi/checks.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "engine/errors.hpp"
#include "engine/util/json.hpp"

namespace palier::xapi {
namespace {

using namespace checks;

std::string object_type(const Json& value, const Path& path) {
    if (!value.is_object()) path.refuse("an object is expected");
    const Json* type = checks::optional(value, "objectType");
    return type == nullptr ? "Activity" : checks::string(*type, Path(path, "objectType"));
}

void check_body(const Json& value, const Path& path, Version version);

void check_sub_statement(const Json& value, const Path& path, Version version) {
    checks::object(value, path,
                   {"objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments"});
    if (const Json* target = checks::optional(value, "object"); target != nullptr && target->is_object())
        if (object_type(*target, Path(path, "object")) == "SubStatement")
            Path(path, "object").refuse("a SubStatement holds no other SubStatement");
    check_body(value, path, version);
}

/// Checks the object; gives its type.
std::string check_target(const Json& value, const Path& path, Version version) {
    const std::string type = object_type(value, path);
    if (type == "Activity")
        activity(value, path);
    else if (type == "Agent" || type == "Group")
        actor(value, path, Actors::either);
    else if (type == "StatementRef")
        statement_ref(value, path);
    else if (type == "SubStatement")
        check_sub_statement(value, path, version);
    else
        Path(path, "objectType")
            .refuse("Activity, Agent, Group, StatementRef or SubStatement is expected, not \"" + type.substr(0, 100) +
                    "\"");
    return type;
}

/// What statements and sub-statements share.
void check_body(const Json& value, const Path& path, Version version) {
    actor(required(value, path, "actor"), Path(path, "actor"), Actors::either);
    const Json& verb_value = required(value, path, "verb");
    const Path verb_path(path, "verb");
    checks::object(verb_value, verb_path, {"id", "display"});
    const Json& verb_id = required(verb_value, verb_path, "id");
    iri(verb_id, Path(verb_path, "id"));
    if (const Json* words = checks::optional(verb_value, "display")) language_map(*words, Path(verb_path, "display"));

    const std::string type = check_target(required(value, path, "object"), Path(path, "object"), version);
    static const std::string voided = verb::voided.iri();
    if (verb_id == voided && type != "StatementRef") Path(path, "object").refuse("voided needs a StatementRef");
    if (const Json* part = checks::optional(value, "result")) result(*part, Path(path, "result"));
    if (const Json* part = checks::optional(value, "context"))
        context(*part, Path(path, "context"), type == "Activity", version);
    if (const Json* time = checks::optional(value, "timestamp")) instant(*time, Path(path, "timestamp"));
    if (const Json* part = checks::optional(value, "attachments")) attachments(*part, Path(path, "attachments"));
}

/// Whole numbers that 64 bits do not hold would come back with other digits.
void refuse_long_integers(std::string_view text, const std::string& what) {
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '"') {
            for (++i; i < text.size() && text[i] != '"'; ++i)
                if (text[i] == '\\') ++i;
            ++i;
            continue;
        }
        if (text[i] != '-' && !digit(text[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < text.size() && (digit(text[i]) || std::string_view("+-.eE").find(text[i]) != std::string_view::npos))
            ++i;
        const std::string_view number = text.substr(begin, i - begin);
        if (number.size() < 19 || number.find_first_of(".eE") != std::string_view::npos) continue;
        std::uint64_t up = 0;
        std::int64_t down = 0;
        const auto* end = number.data() + number.size();
        const auto read =
            number.front() == '-' ? std::from_chars(number.data(), end, down) : std::from_chars(number.data(), end, up);
        if (read.ec == std::errc::result_out_of_range)
            throw ArgumentError(what + ": the whole number " + std::string(number.substr(0, 40)) +
                                " has more than 64 bits and would lose digits; send it as a text");
    }
}

}  // namespace

nlohmann::json read_json(std::string_view text, const std::string& what) {
    refuse_long_integers(text, what);
    return parse_json(text, ErrorKind::argument, what, text.size(), 100);
}

std::optional<Problem> validate(const nlohmann::json& statement, Version version) {
    const Path path;
    try {
        checks::object(statement, path,
                       {"id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority",
                        "version", "attachments"});
        if (const Json* id = checks::optional(statement, "id")) uuid(*id, Path(path, "id"));
        if (const Json* number = checks::optional(statement, "version")) {
            const Path here(path, "version");
            notation(*number, here, is_version, "1.0.x or 2.0.x");
            if (version == Version::v1_0_3 && number->get_ref<const std::string&>().front() != '1')
                here.refuse("1.0.x is expected");
        }
        if (const Json* time = checks::optional(statement, "stored")) instant(*time, Path(path, "stored"));
        if (const Json* who = checks::optional(statement, "authority")) authority(*who, Path(path, "authority"));
        check_body(statement, path, version);
    } catch (const Problem& problem) {
        return problem;
    }
    return {};
}

std::optional<Problem> validate_agent(const nlohmann::json& agent) {
    try {
        actor(agent, Path(), Actors::identified);
    } catch (const Problem& problem) {
        return problem;
    }
    return {};
}

}  // namespace palier::xapi
