// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/content_names.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/item_check.hpp"
#include "adapters/text/base64.hpp"
#include "engine/util/json.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t any_length = std::string::npos;

/// One object of an item: what the engine's reader does, and what items have beside it.
class Object : public ObjectReader {
public:
    Object(const Json& json, const std::string& path, std::vector<std::string> keys)
        : ObjectReader(json, path, ErrorKind::argument, std::move(keys)) {}
    std::string text(const char* name) const { return ObjectReader::text(name, "", any_length); }
    std::string needed_text(const char* name) const {
        std::string value = text(name);
        if (value.empty()) refuse(name, "a text, and not empty");
        return value;
    }
    template <typename E, std::size_t N>
    E word(const char* name, const names::Table<E, N>& table, E otherwise) const {
        const std::string value = text(name);
        if (value.empty()) return otherwise;
        const auto known = names::value(table, value);
        if (!known) refuse(name, "a word that is known");
        return *known;
    }
    std::vector<std::string> texts(const char* name) const {
        return has(name) ? ObjectReader::texts(name, any_length) : std::vector<std::string>();
    }
    std::map<std::string, std::string> pairs(const char* name) const {
        std::map<std::string, std::string> result;
        const Json& value = at(name);
        if (!value.is_object()) refuse(name, "an object {…}");
        for (const auto& [from, to] : value.items()) {
            if (!to.is_string()) refuse(name, "an object whose values are texts");
            result[from] = to.get<std::string>();
        }
        return result;
    }
    template <typename F>
    void each(const char* name, const std::vector<std::string>& keys, F&& read) const {
        if (!has(name)) return;
        const Json& list = at(name);
        if (!list.is_array()) refuse(name, "a list […]");
        for (std::size_t i = 0; i < list.size(); ++i)
            read(Object(list[i], path(name) + "[" + std::to_string(i) + "]", keys));
    }
};

/// What says which other keys there may be.
std::string type_of(const Json& json, const std::string& path) {
    if (!json.is_object()) Object(json, path, {});
    const auto type = json.find("type");
    if (type == json.end() || !type->is_string())
        throw FormatError("'" + path + ".type' should be a text that names the type");
    return type->get<std::string>();
}

[[noreturn]] void refuse_type(const std::string& type, const std::string& path) {
    throw FormatError("'" + path + ".type' is '" + type.substr(0, 60) + "', which is unknown here");
}

const std::vector<std::string> choice_keys{"id", "content"}, answer_units{"name", "multiplier"};

std::vector<Choice> choices(const Object& from, const char* name) {
    std::vector<Choice> result;
    from.each(name, choice_keys, [&](const Object& entry) {
        result.push_back({entry.needed_text("id"), entry.text("content")});
    });
    return result;
}

Interaction read_interaction(const Json& json) {
    const std::string path = "interaction", type = type_of(json, path);
    if (type == "choice") {
        const Object from(json, path, {"type", "multiple", "shuffle", "numbering", "choices", "most"});
        ChoiceInteraction to;
        to.multiple = from.flag("multiple", false);
        to.shuffle = from.flag("shuffle", false);
        to.numbering = from.word("numbering", names::numbering, Numbering::none);
        to.choices = choices(from, "choices");
        to.most = static_cast<int>(std::min(1e6, std::max(0.0, from.number("most", 0))));
        return to;
    }
    if (type == "true_false" || type == "short_answer") {
        const Object from(json, path, {"type"});
        if (type == "true_false") return TrueFalseInteraction{};
        return ShortAnswerInteraction{};
    }
    if (type == "match") {
        const Object from(json, path, {"type", "shuffle_stems", "stems", "choices"});
        MatchInteraction to;
        to.shuffle_stems = from.flag("shuffle_stems", true);
        to.stems = choices(from, "stems");
        to.choices = choices(from, "choices");
        return to;
    }
    if (type == "order") {
        const Object from(json, path, {"type", "horizontal", "numbering", "items"});
        OrderInteraction to;
        to.horizontal = from.flag("horizontal", false);
        to.numbering = from.word("numbering", names::numbering, Numbering::none);
        to.items = choices(from, "items");
        return to;
    }
    if (type == "gap_select") {
        const Object from(json, path, {"type", "shuffle", "gaps", "groups"});
        GapSelectInteraction to;
        to.shuffle = from.flag("shuffle", true);
        from.each("gaps", {"id", "group"}, [&](const Object& gap) {
            to.gaps.push_back({gap.needed_text("id"), gap.needed_text("group")});
        });
        std::vector<std::string> names;
        if (from.at("groups").is_object())
            for (const auto& [name, list] : from.at("groups").items()) names.push_back(name);
        const Object groups(from.at("groups"), "interaction.groups", names);
        for (const std::string& name : names) to.groups[name] = choices(groups, name.c_str());
        return to;
    }
    if (type == "numerical") {
        const Object from(json, path, {"type", "unit_entry", "unit_before", "units"});
        NumericalInteraction to;
        to.unit_entry = from.word("unit_entry", names::unit_entry, UnitEntry::none);
        to.unit_before = from.flag("unit_before", false);
        to.units = from.texts("units");
        return to;
    }
    if (type == "cloze") {
        ClozeInteraction to;
        Object(json, path, {"type", "fields"})
            .each("fields", {"id", "entry", "shuffle", "choices"}, [&](const Object& entry) {
                ClozeField field;
                field.id = entry.needed_text("id");
                field.entry = entry.word("entry", names::cloze_entry, ClozeEntry::text);
                field.shuffle = entry.flag("shuffle", false);
                field.choices = choices(entry, "choices");
                to.fields.push_back(std::move(field));
            });
        return to;
    }
    refuse_type(type, path);
}

NumericalKey read_numerical(const Json& json, const std::string& path) {
    const Object from(json, path, {"type", "answers", "units", "unit_grading", "unit_penalty"});
    NumericalKey to;
    from.each("answers", {"value", "tolerance", "tolerance_type", "fraction", "feedback"}, [&](const Object& entry) {
        NumericalAnswer answer;
        if (const Json& value = entry.at("value"); value != "*") answer.value = entry.number("value", 0);
        answer.tolerance = entry.number("tolerance", 0);
        answer.tolerance_type = entry.word("tolerance_type", names::tolerance_type, ToleranceType::nominal);
        answer.fraction = entry.number("fraction", 0);
        answer.feedback = entry.text("feedback");
        to.answers.push_back(std::move(answer));
    });
    from.each("units", answer_units, [&](const Object& unit) {
        to.units.push_back({unit.needed_text("name"), unit.number("multiplier", 1)});
    });
    to.unit_grading = from.word("unit_grading", names::unit_grading, UnitGrading::none);
    to.unit_penalty = from.number("unit_penalty", 0.1);
    return to;
}

ChoiceKey read_choice(const Json& json, const std::string& path) {
    ChoiceKey to;
    Object(json, path, {"type", "scores"}).each("scores", {"id", "fraction", "feedback"}, [&](const Object& entry) {
        to.scores.push_back({entry.needed_text("id"), entry.number("fraction", 0), entry.text("feedback")});
    });
    return to;
}

ShortAnswerKey read_short_answer(const Json& json, const std::string& path) {
    const Object from(json, path, {"type", "case_sensitive", "answers"});
    ShortAnswerKey to;
    to.case_sensitive = from.flag("case_sensitive", false);
    from.each("answers", {"pattern", "fraction", "feedback", "any_case"}, [&](const Object& entry) {
        to.answers.push_back({entry.needed_text("pattern"), entry.number("fraction", 0), entry.text("feedback"),
                              entry.flag("any_case", false)});
    });
    return to;
}

ClozeKey read_cloze(const Json& json, const std::string& path) {
    ClozeKey to;
    Object(json, path, {"type", "parts"}).each("parts", {"field", "weight", "answers"}, [&](const Object& entry) {
        ClozePart part;
        part.field = entry.needed_text("field");
        part.weight = entry.number("weight", 1);
        const Json& answers = entry.at("answers");
        const std::string where = entry.path("answers"), type = type_of(answers, where);
        if (type == "choice")
            part.answers = read_choice(answers, where);
        else if (type == "numerical")
            part.answers = read_numerical(answers, where);
        else if (type == "short_answer")
            part.answers = read_short_answer(answers, where);
        else
            refuse_type(type, where);
        to.parts.push_back(std::move(part));
    });
    return to;
}

AnswerKey read_answers(const Json& json) {
    const std::string path = "key.answers", type = type_of(json, path);
    if (type == "choice") return read_choice(json, path);
    if (type == "true_false") {
        const Object from(json, path, {"type", "right", "feedback_true", "feedback_false"});
        return TrueFalseKey{from.flag("right", true), from.text("feedback_true"), from.text("feedback_false")};
    }
    if (type == "match") return MatchKey{Object(json, path, {"type", "right"}).pairs("right")};
    if (type == "order") {
        const Object from(json, path, {"type", "order", "grading", "select", "select_count"});
        OrderKey to;
        to.order = from.texts("order");
        to.grading = from.word("grading", names::order_grading, OrderGrading::absolute_position);
        to.select = from.word("select", names::order_select, OrderSelect::all);
        to.select_count = static_cast<int>(std::min(1e6, std::max(0.0, from.number("select_count", 0))));
        return to;
    }
    if (type == "gap_select") return GapSelectKey{Object(json, path, {"type", "right"}).pairs("right")};
    if (type == "numerical") return read_numerical(json, path);
    if (type == "short_answer") return read_short_answer(json, path);
    if (type == "cloze") return read_cloze(json, path);
    refuse_type(type, path);
}

/// "media/NAME" of letters, digits and ._-: it goes into the page of a package.
bool is_media_path(const std::string& file) {
    const std::string folder = "media/";
    const std::string name = file.substr(0, folder.size()) == folder ? file.substr(folder.size()) : "";
    return !name.empty() && name.front() != '.' &&
           name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               std::string::npos;
}

void read_assets(Item& item, const Object& from, bool only_in_key) {
    from.each("assets", {"path", "media_type", "base64", "file"}, [&](const Object& entry) {
        auto bytes = base64::decode(entry.text("base64"));
        if (!bytes) entry.refuse("base64", "the bytes of a file in base64");
        std::string file = entry.text("file");
        if (!file.empty() && !is_media_path(file)) entry.refuse("file", "the name of a file in media/");
        item.assets.push_back({entry.needed_text("path"), entry.needed_text("media_type"), std::move(*bytes),
                               only_in_key, std::move(file)});
    });
}

void expect_format(const Object& from, const std::string& format) {
    if (from.text("format") != format) from.refuse("format", "'" + format + "'");
}

Key read_key(Item& item, const Json& json) {
    const Object from(json, "key",
                      {"format", "id", "title", "idnumber", "category", "tags", "default_mark", "answers", "feedback",
                       "assets", "all_or_nothing", "never_negative", "whole_answers"});
    expect_format(from, "palier-key/1");
    if (from.needed_text("id") != item.id) from.refuse("id", "'" + item.id + "', the item that the key is given for");
    Key key;
    key.title = from.text("title");
    key.idnumber = from.text("idnumber");
    key.category = from.texts("category");
    key.tags = from.texts("tags");
    key.default_mark = from.number("default_mark", 1);
    key.answers = read_answers(from.at("answers"));
    key.all_or_nothing = from.flag("all_or_nothing", false);
    key.never_negative = from.flag("never_negative", false);
    from.each("whole_answers", {"ids", "fraction"}, [&](const Object& entry) {
        key.whole_answers.push_back({entry.texts("ids"), entry.number("fraction", 0)});
    });
    if (from.has("feedback")) {
        const Object feedback(from.at("feedback"), "key.feedback", {"general", "right", "partly_right", "wrong"});
        key.feedback = {feedback.text("general"), feedback.text("right"), feedback.text("partly_right"),
                        feedback.text("wrong")};
    }
    read_assets(item, from, true);
    return key;
}

Item read_item(const Json& presentation, const Json* key) {
    Item item;
    const Object from(presentation, "presentation", {"format", "id", "language", "prompt", "assets", "interaction"});
    expect_format(from, "palier-presentation/1");
    item.id = from.needed_text("id");
    item.language = from.text("language");
    item.prompt = from.text("prompt");
    item.interaction = read_interaction(from.at("interaction"));
    read_assets(item, from, false);
    if (key != nullptr) item.key = read_key(item, *key);
    if (const std::string problem = item_problem(item); !problem.empty())
        throw FormatError("item '" + item.id + "': " + problem);
    return item;
}

}  // namespace

Item item_from_json(const nlohmann::json& presentation, const nlohmann::json* key) {
    try {
        return read_item(presentation, key);
    } catch (const ArgumentError& error) {
        throw FormatError(error.what());
    }
}

}  // namespace palier::formats
