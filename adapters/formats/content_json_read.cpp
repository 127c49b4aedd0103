// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "adapters/formats/base64.hpp"
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/content_names.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/item_check.hpp"

namespace palier::formats {
namespace {

using Json = nlohmann::json;

/// An object whose values are taken by name; what nobody took is refused by `finish`.
class Object {
public:
    Object(const Json& json, std::string path) : json_(json), path_(std::move(path)) {
        if (!json.is_object()) refuse("", "an object is expected");
    }
    [[noreturn]] void refuse(const std::string& name, const std::string& what) const {
        throw FormatError((name.empty() ? path_ : path_ + "." + name) + ": " + what);
    }
    const Json* find(const char* name) {
        taken_.insert(name);
        const auto found = json_.find(name);
        return found == json_.end() ? nullptr : &*found;
    }
    const Json& at(const char* name) {
        const Json* value = find(name);
        if (value == nullptr) refuse(name, "is missing");
        return *value;
    }
    std::string text(const char* name) {
        const Json* value = find(name);
        if (value == nullptr) return {};
        if (!value->is_string()) refuse(name, "a text is expected");
        return value->get<std::string>();
    }
    std::string needed_text(const char* name) {
        std::string value = text(name);
        if (value.empty()) refuse(name, "a text is needed");
        return value;
    }
    bool flag(const char* name, bool otherwise) {
        const Json* value = find(name);
        if (value == nullptr) return otherwise;
        if (!value->is_boolean()) refuse(name, "true or false is expected");
        return value->get<bool>();
    }
    double number(const char* name, double otherwise) {
        const Json* value = find(name);
        if (value == nullptr) return otherwise;
        if (!value->is_number() || !std::isfinite(value->get<double>())) refuse(name, "a number is expected");
        return value->get<double>();
    }
    template <typename E, std::size_t N>
    E word(const char* name, const names::Table<E, N>& table, E otherwise) {
        const std::string value = text(name);
        if (value.empty()) return otherwise;
        const auto known = names::value(table, value);
        if (!known) refuse(name, "'" + value + "' is unknown");
        return *known;
    }
    std::vector<std::string> texts(const char* name) {
        std::vector<std::string> result;
        for (const Json& value : list(name)) {
            if (!value.is_string()) refuse(name, "texts are expected");
            result.push_back(value.get<std::string>());
        }
        return result;
    }
    std::map<std::string, std::string> pairs(const char* name) {
        std::map<std::string, std::string> result;
        const Json& value = at(name);
        if (!value.is_object()) refuse(name, "an object is expected");
        for (const auto& [from, to] : value.items()) {
            if (!to.is_string()) refuse(std::string(name) + "." + from, "a text is expected");
            result[from] = to.get<std::string>();
        }
        return result;
    }
    const Json& list(const char* name) {
        static const Json none = Json::array();
        const Json* value = find(name);
        if (value == nullptr) return none;
        if (!value->is_array()) refuse(name, "a list is expected");
        return *value;
    }
    template <typename F>
    void each(const char* name, F&& read) {
        std::size_t i = 0;
        for (const Json& value : list(name)) {
            Object entry(value, path_ + "." + name + "[" + std::to_string(i++) + "]");
            read(entry);
            entry.finish();
        }
    }
    void finish() const {
        for (const auto& [name, value] : json_.items())
            if (!taken_.contains(name)) refuse(name, "is unknown");
    }

private:
    const Json& json_;
    std::string path_;
    std::set<std::string> taken_;
};

std::vector<Choice> choices(Object& from, const char* name) {
    std::vector<Choice> result;
    from.each(name, [&](Object& entry) { result.push_back({entry.needed_text("id"), entry.text("content")}); });
    return result;
}

Interaction read_interaction(Object& from) {
    const std::string type = from.needed_text("type");
    if (type == "choice") {
        ChoiceInteraction to;
        to.multiple = from.flag("multiple", false);
        to.shuffle = from.flag("shuffle", false);
        to.numbering = from.word("numbering", names::numbering, Numbering::none);
        to.choices = choices(from, "choices");
        return to;
    }
    if (type == "true_false") return TrueFalseInteraction{};
    if (type == "match") {
        MatchInteraction to;
        to.shuffle_stems = from.flag("shuffle_stems", true);
        to.stems = choices(from, "stems");
        to.choices = choices(from, "choices");
        return to;
    }
    if (type == "order") {
        OrderInteraction to;
        to.horizontal = from.flag("horizontal", false);
        to.numbering = from.word("numbering", names::numbering, Numbering::none);
        to.items = choices(from, "items");
        return to;
    }
    if (type == "gap_select") {
        GapSelectInteraction to;
        to.shuffle = from.flag("shuffle", true);
        from.each("gaps", [&](Object& gap) { to.gaps.push_back({gap.needed_text("id"), gap.needed_text("group")}); });
        Object groups(from.at("groups"), "interaction.groups");
        for (const auto& [name, list] : from.at("groups").items()) to.groups[name] = choices(groups, name.c_str());
        return to;
    }
    if (type == "numerical") {
        NumericalInteraction to;
        to.unit_entry = from.word("unit_entry", names::unit_entry, UnitEntry::none);
        to.unit_before = from.flag("unit_before", false);
        to.units = from.texts("units");
        return to;
    }
    if (type == "short_answer") return ShortAnswerInteraction{};
    if (type == "cloze") {
        ClozeInteraction to;
        from.each("fields", [&](Object& entry) {
            ClozeField field;
            field.id = entry.needed_text("id");
            field.entry = entry.word("entry", names::cloze_entry, ClozeEntry::text);
            field.shuffle = entry.flag("shuffle", false);
            field.choices = choices(entry, "choices");
            to.fields.push_back(std::move(field));
        });
        return to;
    }
    from.refuse("type", "'" + type + "' is unknown");
}

NumericalKey read_numerical(Object& from) {
    NumericalKey to;
    from.each("answers", [&](Object& entry) {
        NumericalAnswer answer;
        if (const Json& value = entry.at("value"); value != "*") answer.value = entry.number("value", 0);
        answer.tolerance = entry.number("tolerance", 0);
        answer.tolerance_type = entry.word("tolerance_type", names::tolerance_type, ToleranceType::nominal);
        answer.fraction = entry.number("fraction", 0);
        answer.feedback = entry.text("feedback");
        to.answers.push_back(std::move(answer));
    });
    from.each("units", [&](Object& unit) {
        to.units.push_back({unit.needed_text("name"), unit.number("multiplier", 1)});
    });
    to.unit_grading = from.word("unit_grading", names::unit_grading, UnitGrading::none);
    to.unit_penalty = from.number("unit_penalty", 0.1);
    return to;
}

ChoiceKey read_choice(Object& from) {
    ChoiceKey to;
    from.each("scores", [&](Object& entry) {
        to.scores.push_back({entry.needed_text("id"), entry.number("fraction", 0), entry.text("feedback")});
    });
    return to;
}

ShortAnswerKey read_short_answer(Object& from) {
    ShortAnswerKey to;
    to.case_sensitive = from.flag("case_sensitive", false);
    from.each("answers", [&](Object& entry) {
        to.answers.push_back({entry.needed_text("pattern"), entry.number("fraction", 0), entry.text("feedback")});
    });
    return to;
}

ClozeKey read_cloze(Object& from) {
    ClozeKey to;
    from.each("parts", [&](Object& entry) {
        ClozePart part;
        part.field = entry.needed_text("field");
        part.weight = entry.number("weight", 1);
        Object answers(entry.at("answers"), "key.answers.parts." + part.field);
        const std::string type = answers.needed_text("type");
        if (type == "choice")
            part.answers = read_choice(answers);
        else if (type == "numerical")
            part.answers = read_numerical(answers);
        else if (type == "short_answer")
            part.answers = read_short_answer(answers);
        else
            answers.refuse("type", "'" + type + "' fills no gap");
        answers.finish();
        to.parts.push_back(std::move(part));
    });
    return to;
}

AnswerKey read_answers(Object& from) {
    const std::string type = from.needed_text("type");
    if (type == "choice") return read_choice(from);
    if (type == "true_false")
        return TrueFalseKey{from.flag("right", true), from.text("feedback_true"), from.text("feedback_false")};
    if (type == "match") return MatchKey{from.pairs("right")};
    if (type == "order") {
        OrderKey to;
        to.order = from.texts("order");
        to.grading = from.word("grading", names::order_grading, OrderGrading::absolute_position);
        to.select = from.word("select", names::order_select, OrderSelect::all);
        to.select_count = static_cast<int>(std::min(1e6, std::max(0.0, from.number("select_count", 0))));
        return to;
    }
    if (type == "gap_select") return GapSelectKey{from.pairs("right")};
    if (type == "numerical") return read_numerical(from);
    if (type == "short_answer") return read_short_answer(from);
    if (type == "cloze") return read_cloze(from);
    from.refuse("type", "'" + type + "' is unknown");
}

void read_assets(Item& item, Object& from, bool only_in_key) {
    from.each("assets", [&](Object& entry) {
        auto bytes = base64_decode(entry.text("base64"));
        if (!bytes) entry.refuse("base64", "this is no base64");
        item.assets.push_back(
            {entry.needed_text("path"), entry.needed_text("media_type"), std::move(*bytes), only_in_key});
    });
}

void expect_format(Object& from, const std::string& format) {
    if (const std::string given = from.text("format"); given != format)
        from.refuse("format", "'" + format + "' is expected, not '" + given + "'");
}

Key read_key(Item& item, const Json& json) {
    Object from(json, "key");
    expect_format(from, "palier-key/1");
    if (const std::string id = from.needed_text("id"); id != item.id)
        from.refuse("id", "the key of '" + id + "' was given for the item '" + item.id + "'");
    Key key;
    key.title = from.text("title");
    key.idnumber = from.text("idnumber");
    key.category = from.texts("category");
    key.tags = from.texts("tags");
    key.default_mark = from.number("default_mark", 1);
    Object answers(from.at("answers"), "key.answers");
    key.answers = read_answers(answers);
    answers.finish();
    if (const Json* json_feedback = from.find("feedback")) {
        Object feedback(*json_feedback, "key.feedback");
        key.feedback = {feedback.text("general"), feedback.text("right"), feedback.text("partly_right"),
                        feedback.text("wrong")};
        feedback.finish();
    }
    read_assets(item, from, true);
    from.finish();
    return key;
}

}  // namespace

Item item_from_json(const nlohmann::json& presentation, const nlohmann::json* key) {
    Item item;
    Object from(presentation, "presentation");
    expect_format(from, "palier-presentation/1");
    item.id = from.needed_text("id");
    item.language = from.text("language");
    item.prompt = from.text("prompt");
    Object interaction(from.at("interaction"), "interaction");
    item.interaction = read_interaction(interaction);
    interaction.finish();
    read_assets(item, from, false);
    from.finish();
    if (key != nullptr) item.key = read_key(item, *key);
    if (const std::string problem = item_problem(item); !problem.empty())
        throw FormatError("item '" + item.id + "': " + problem);
    return item;
}

}  // namespace palier::formats
