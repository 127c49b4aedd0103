// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer_filters.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/own.hpp"
#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::standalone {
namespace {

constexpr std::size_t statements_looked_at = 500;  // of a kind, for what is offered
constexpr std::size_t most_choices = 500;
constexpr std::size_t longest_value = 2000;

constexpr std::array<const xapi::Verb*, 11> offered_verbs{
    &xapi::verb::answered, &xapi::verb::scored,    &xapi::verb::achieved,    &xapi::verb::passed,
    &xapi::verb::failed,   &xapi::verb::voided,    &xapi::verb::initialized, &xapi::verb::suspended,
    &xapi::verb::resumed,  &xapi::verb::completed, &xapi::verb::terminated};

const xapi::Verb* verb_named(const std::string& name) {
    const auto found = std::find_if(offered_verbs.begin(), offered_verbs.end(),
                                    [&](const xapi::Verb* one) { return one->name == name; });
    return found == offered_verbs.end() ? nullptr : *found;
}

bool is_number(const std::string& text, std::size_t digits) {
    return !text.empty() && text.size() <= digits &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_agent(const std::string& term) {
    return term.starts_with("account ") || term.starts_with("mbox ") || term.starts_with("mbox_sha1sum ") ||
           term.starts_with("openid ");
}

/// Whether a value is offered already.
bool is_offered(const Choices& choices, const std::string& value) {
    return std::any_of(choices.begin(), choices.end(), [&](const auto& one) { return one.first == value; });
}

void offer(Choices& choices, const std::string& value, const std::string& name) {
    if (value.empty() || value.size() > longest_value || choices.size() >= most_choices) return;
    if (is_offered(choices, value)) return;
    choices.emplace_back(value, name.empty() ? value : name);
}

std::string type_of_activity(const nlohmann::json& activity) {
    return activity.value("/definition/type"_json_pointer, std::string());
}

void offer_activity(Choices& choices, const nlohmann::json& activity, Translated& translated, const Reader& reader) {
    const auto id = activity.find("id");
    if (id == activity.end() || !id->is_string() || is_offered(choices, *id)) return;
    offer(choices, *id, xapi::activity_name(translated.activity(activity), reader.code()));
}

void look_at_statement(Offered& offered, const nlohmann::json& statement, Translated& translated,
                       const Reader& reader) {
    const auto offer_agent = [](Choices& choices, const nlohmann::json& agent, const std::string& name) {
        if (agent.is_object()) offer(choices, xapi::agent_term(agent), name);
    };
    offer_agent(offered.people, statement.at("actor"), xapi::person(statement));
    const auto look_at_activity = [&](const nlohmann::json& activity, bool is_object) {
        if (!activity.is_object() || !activity.contains("id")) return;
        const std::string type = type_of_activity(activity);
        if (type == xapi::activity_type::competency)
            offer_activity(offered.competences, activity, translated, reader);
        else if (type == xapi::activity_type::assessment)
            offer_activity(offered.tests, activity, translated, reader);
        else if (is_object && statement.at("verb").at("id") == xapi::verb::answered.iri())
            offer_activity(offered.questions, activity, translated, reader);
    };
    look_at_activity(statement.at("object"), true);
    const auto context = statement.find("context");
    if (context == statement.end()) return;
    for (const char* kind : {"parent", "grouping"}) {
        const auto list = context->value("/contextActivities"_json_pointer, nlohmann::json::object());
        if (!list.is_object() || !list.contains(kind)) continue;
        for (const auto& one : list.at(kind)) look_at_activity(one, false);
    }
    const auto offer_group = [&](const nlohmann::json& group) {
        offer_agent(offered.groups, group, group.is_object() ? group.value("name", std::string()) : "");
    };
    if (context->contains("team")) offer_group(context->at("team"));
    if (context->contains("contextGroups"))
        for (const auto& one : context->at("contextGroups"))
            if (one.contains("group")) offer_group(one.at("group"));
}

void sort_by_name(Choices& choices) {
    std::sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
}

std::string chosen_of(const std::string& id, const std::string& label, const std::string& all, const Choices& choices,
                      const std::string& chosen) {
    // A choice of a bookmark stays, whether it is offered now or not.
    bool is_there = chosen.empty();
    std::string options = option("", all, chosen.empty());
    for (const auto& [value, name] : choices) {
        options += option(value, escaped(name), value == chosen);
        is_there = is_there || value == chosen;
    }
    if (!is_there) options += option(chosen, escaped(chosen), true);
    return "<p><label for=\"" + id + "\">" + label + "</label> <select id=\"" + id + "\" name=\"" + id + "\">" +
           options + "</select></p>\n";
}

std::string typed_in(const std::string& id, const std::string& type, const std::string& label,
                     const std::string& value) {
    return "<p><label for=\"" + id + "\">" + label + "</label> <input type=\"" + type + "\" id=\"" + id + "\" name=\"" +
           id + "\" value=\"" + escaped(value) + "\"" +
           (type == "number" ? " min=\"0\" max=\"999\" inputmode=\"numeric\"" : "") + "></p>\n";
}

}  // namespace

std::optional<std::int64_t> day_begins(const std::string& text, int days) {
    int year = 0, month = 0, date = 0, used = 0;
    if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &date, &used) != 3 || used != 10)
        return {};
    namespace calendar = std::chrono;
    const calendar::year_month_day given{calendar::year(year), calendar::month(static_cast<unsigned>(month)),
                                         calendar::day(static_cast<unsigned>(date))};
    if (year < 1 || month < 1 || date < 1 || !given.ok()) return {};
    const calendar::year_month_day wanted{calendar::sys_days(given) + calendar::days(days)};
    std::tm local{};
    local.tm_year = static_cast<int>(wanted.year()) - 1900;
    local.tm_mon = static_cast<int>(static_cast<unsigned>(wanted.month())) - 1;
    local.tm_mday = static_cast<int>(static_cast<unsigned>(wanted.day()));
    local.tm_isdst = -1;
    const std::tm midnight = local;
    std::time_t seconds = mktime(&local);
    // Where clocks are put forward at midnight, the day begins later, and the hour before it may have been given.
    if (localtime_r(&seconds, &local) == nullptr) return {};
    if (local.tm_mday != midnight.tm_mday) seconds += 86400 - (local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec);
    return static_cast<std::int64_t>(seconds) * 1000000;
}

std::string time_zone() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 40> text{};
    const long minutes = std::labs(local.tm_gmtoff) / 60;
    std::snprintf(text.data(), text.size(), "%s, UTC%s%02ld:%02ld", local.tm_zone, local.tm_gmtoff < 0 ? "−" : "+",
                  minutes / 60, minutes % 60);
    return text.data();
}

nlohmann::json Translated::known_names(const std::string& iri) {
    nlohmann::json definition;
    if (authority_)
        definition = xapi::own_definition(store_, *authority_, iri);
    else if (const auto known = store_.rows().definition(iri))
        definition = nlohmann::json::parse(*known);
    return definition.is_object() ? definition.value("name", nlohmann::json()) : nlohmann::json();
}

nlohmann::json Translated::activity(nlohmann::json activity) {
    const nlohmann::json::json_pointer name("/definition/name");
    const auto speaks = [&](const nlohmann::json& names) {
        if (!names.is_object()) return false;
        return std::any_of(names.items().begin(), names.items().end(),
                           [&](const auto& one) { return one.key().substr(0, 2) == reader_.code(); });
    };
    if (!activity.is_object() || !activity.contains("id") || !activity["id"].is_string()) return activity;
    if (activity.contains(name) && speaks(activity[name])) return activity;
    if (names_.size() >= most_choices) names_.clear();
    const auto [known, is_new] = names_.try_emplace(activity["id"]);
    if (is_new) known->second = known_names(known->first);
    if (speaks(known->second)) activity["definition"]["name"] = known->second;
    return activity;
}

nlohmann::json Translated::statement(nlohmann::json statement) {
    const auto object = statement.find("object");
    if (object != statement.end() && object->value("objectType", "Activity") == "Activity")
        *object = activity(std::move(*object));
    return statement;
}

Filters Filters::of(const xapi::Parameters& parameters) {
    Filters filters;
    const auto read = [&](const char* name, std::string& into, const auto& is_one) {
        std::string value = value_of(parameters, name);
        if (value.empty()) return;
        if (value.size() <= longest_value && is_one(value))
            into = std::move(value);
        else
            filters.left_out.emplace_back(name);
    };
    const auto is_any = [](const std::string&) { return true; };
    const auto is_day = [](const std::string& value) { return day_begins(value, 0) && day_begins(value, 1); };
    read("person", filters.person, is_agent);
    read("group", filters.group, is_agent);
    read("test", filters.test, is_any);
    read("question", filters.question, is_any);
    read("competence", filters.competence, is_any);
    read("registration", filters.registration, [](const std::string& value) { return xapi::is_uuid(value); });
    read("verb", filters.verb, [](const std::string& value) { return verb_named(value) != nullptr; });
    read("from", filters.from, is_day);
    read("to", filters.to, is_day);
    read("level", filters.level, [](const std::string& value) { return is_number(value, 3); });
    read("before", filters.before, [](const std::string& value) { return is_number(value, 18); });
    filters.final_only = value_of(parameters, "final") == "1";
    return filters;
}

bool Filters::any() const {
    return final_only || !(person.empty() && group.empty() && test.empty() && question.empty() && competence.empty() &&
                           registration.empty() && verb.empty() && from.empty() && to.empty() && level.empty());
}

std::string Filters::address(const Reader& reader, const std::string& path, const std::string& before_now) const {
    std::string text = path + "?lang=" + reader.code();
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) text += std::string("&") + name + "=" + xapi::encode(value);
    };
    add("person", person), add("group", group), add("test", test), add("question", question);
    add("competence", competence), add("registration", registration), add("verb", verb), add("from", from),
        add("to", to), add("level", level);
    add("before", before_now);
    if (final_only) text += "&final=1";
    return text;
}

xapi::Query Filters::query() const {
    xapi::Query query;
    if (!person.empty()) query.agent = person;
    if (!group.empty()) query.also.push_back({group, true});
    if (!question.empty()) query.also.push_back({xapi::activity_term(question), false});
    if (!competence.empty()) query.also.push_back({xapi::activity_term(competence), true});
    if (!test.empty()) query.also.push_back({xapi::activity_term(test), true});
    if (!registration.empty()) query.registration = registration;
    const xapi::Verb* named = verb.empty() ? nullptr : verb_named(verb);
    if (final_only) {
        // The result of a competence of a map is told by "achieved"; "scored" is of the whole test.
        const bool is_result =
            named != nullptr && (named->name == xapi::verb::achieved.name || named->name == xapi::verb::passed.name ||
                                 named->name == xapi::verb::failed.name);
        query.verb = (is_result ? *named : competence.empty() ? xapi::verb::scored : xapi::verb::achieved).iri();
        if (named != nullptr && named->iri() != query.verb)
            query.also.push_back({xapi::verb_term(named->iri()), false});
    } else if (named != nullptr) {
        query.verb = named->iri();
    }
    query.happened_from = day_begins(from, 0);
    query.happened_before = day_begins(to, 1);
    if (!level.empty()) query.level_at_most = std::stoll(level);
    return query;
}

std::string Filters::problem(const Reader& reader) const {
    std::string text;
    for (const std::string& name : left_out) {
        const words::Key expected = name == "from" || name == "to" ? words::Key("trainer_expects_day")
                                    : name == "level"              ? words::Key("trainer_expects_level")
                                                                   : words::Key("trainer_expects_choice");
        text += (text.empty() ? "" : " ") +
                reader.say("trainer_left_out", {{"name", reader.french ? "« " + name + " »" : "“" + name + "”"},
                                                {"expected", reader.say(expected)}});
    }
    return text;
}

Offered offered_by(xapi::Store& store, const Reader& reader, const std::optional<std::string>& authority) {
    Offered offered;
    Translated translated(store, reader, authority);
    for (const xapi::Verb* verb :
         std::initializer_list<const xapi::Verb*>{nullptr, &xapi::verb::initialized, &xapi::verb::answered}) {
        xapi::Query query;
        if (verb != nullptr) query.verb = verb->iri();
        query.authority = authority;
        query.limit = statements_looked_at;
        for (const std::string& body : store.query(query).bodies)
            look_at_statement(offered, nlohmann::json::parse(body), translated, reader);
    }
    for (Choices* one : {&offered.people, &offered.groups, &offered.tests, &offered.questions, &offered.competences})
        sort_by_name(*one);
    return offered;
}

std::string filter_form(const Filters& filters, const Offered& offered, const Reader& reader, const std::string& root) {
    std::string body = "<form method=\"get\" action=\"" + root +
                       "\" class=\"filters\">\n<input type=\"hidden\" "
                       "name=\"lang\" value=\"" +
                       reader.code() + "\">\n";
    const std::string all = reader.say("everything");
    const auto where_there_are = [&](const char* id, words::Key label, const Choices& choices,
                                     const std::string& chosen) {
        if (!choices.empty() || !chosen.empty()) body += chosen_of(id, reader.say(label), all, choices, chosen);
    };
    body += chosen_of("person", reader.say("person"), reader.say("everybody"), offered.people, filters.person);
    where_there_are("group", "study_group", offered.groups, filters.group);
    where_there_are("test", "trainer_test", offered.tests, filters.test);
    where_there_are("question", "trainer_question", offered.questions, filters.question);
    where_there_are("competence", "study_competence", offered.competences, filters.competence);
    where_there_are("registration", "trainer_attempt", {}, filters.registration);
    Choices verbs;
    for (const xapi::Verb* verb : offered_verbs)
        verbs.emplace_back(verb->name, reader.say(*words::Key::named("verbs_" + std::string(verb->name))));
    body += chosen_of("verb", reader.say("what"), all, verbs, filters.verb);
    body += typed_in("from", "date", reader.say("from_day"), filters.from);
    body += typed_in("to", "date", reader.say("to_day"), filters.to);
    body += typed_in("level", "number", reader.say("trainer_at_most"), filters.level);
    return body + "<p><label class=\"choice\"><input type=\"checkbox\" name=\"final\" value=\"1\"" +
           std::string(filters.final_only ? " checked" : "") + "> <span>" + reader.say("results_only") +
           "</span></label></p>\n<p><button>" + reader.say("show") + "</button>" +
           (filters.any() ? " <a href=\"" + root + "?lang=" + reader.code() + "\">" + reader.say("show_all") + "</a>"
                          : "") +
           "</p>\n</form>\n";
}

}  // namespace palier::standalone
