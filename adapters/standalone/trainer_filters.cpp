// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer_filters.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <ctime>

#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::standalone {
namespace {

constexpr std::size_t statements_looked_at = 500;  // of a kind, for what is offered
constexpr std::size_t most_choices = 500;
constexpr std::size_t longest_value = 2000;

constexpr std::array<std::string_view, 7> offered_verbs{"answered", "scored",    "initialized", "suspended",
                                                        "resumed",  "completed", "terminated"};

std::string adl_verb(std::string_view name) { return "http://adlnet.gov/expapi/verbs/" + std::string(name); }

/// Midnight of "2026-11-25" in the machine's time zone and `days` later, microseconds since 1970 UTC.
std::optional<std::int64_t> day(const std::string& text, int days) {
    int year = 0, month = 0, date = 0, used = 0;
    if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &date, &used) != 3 || used != 10)
        return {};
    std::tm local{};
    local.tm_year = year - 1900;
    local.tm_mon = month - 1;
    local.tm_mday = date + days;
    local.tm_isdst = -1;
    const std::time_t seconds = mktime(&local);
    if (seconds == -1) return {};
    return static_cast<std::int64_t>(seconds) * 1000000;
}

bool is_number(const std::string& text, std::size_t digits) {
    return !text.empty() && text.size() <= digits &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_agent(const std::string& term) {
    return term.starts_with("account ") || term.starts_with("mbox ") || term.starts_with("mbox_sha1sum ") ||
           term.starts_with("openid ");
}

void offer(Choices& choices, const std::string& value, const std::string& name) {
    if (value.empty() || value.size() > longest_value || choices.size() >= most_choices) return;
    if (std::any_of(choices.begin(), choices.end(), [&](const auto& one) { return one.first == value; })) return;
    choices.emplace_back(value, name.empty() ? value : name);
}

void offer_activity(Choices& choices, const nlohmann::json& activity, const Reader& reader) {
    const auto id = activity.find("id");
    if (id != activity.end() && id->is_string()) offer(choices, *id, xapi::activity_name(activity, reader.code()));
}

std::string type_of_activity(const nlohmann::json& activity) {
    return activity.value("/definition/type"_json_pointer, std::string());
}

void look_at_statement(Offered& offered, const nlohmann::json& statement, const Reader& reader) {
    const auto offer_agent = [](Choices& choices, const nlohmann::json& agent, const std::string& name) {
        if (agent.is_object()) offer(choices, xapi::agent_term(agent), name);
    };
    offer_agent(offered.people, statement.at("actor"), xapi::person(statement));
    const auto look_at_activity = [&](const nlohmann::json& activity, bool is_object) {
        if (!activity.is_object() || !activity.contains("id")) return;
        const std::string type = type_of_activity(activity);
        if (type == xapi::activity_type::competency)
            offer_activity(offered.competences, activity, reader);
        else if (type == xapi::activity_type::assessment)
            offer_activity(offered.tests, activity, reader);
        else if (is_object && statement.at("verb").at("id") == adl_verb("answered"))
            offer_activity(offered.questions, activity, reader);
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

Filters Filters::of(const xapi::Parameters& parameters) {
    const auto read = [&](const char* name) {
        std::string value = value_of(parameters, name);
        return value.size() > longest_value ? std::string() : value;
    };
    Filters filters{read("person"),
                    read("group"),
                    read("test"),
                    read("question"),
                    read("competence"),
                    read("verb"),
                    read("from"),
                    read("to"),
                    read("level"),
                    read("before"),
                    value_of(parameters, "final") == "1"};
    if (std::find(offered_verbs.begin(), offered_verbs.end(), filters.verb) == offered_verbs.end())
        filters.verb.clear();
    if (!is_agent(filters.person)) filters.person.clear();
    if (!is_agent(filters.group)) filters.group.clear();
    if (!day(filters.from, 0)) filters.from.clear();
    if (!day(filters.to, 1)) filters.to.clear();
    if (!is_number(filters.level, 3)) filters.level.clear();
    if (!is_number(filters.before, 18)) filters.before.clear();
    return filters;
}

bool Filters::any() const {
    return final_only || !(person.empty() && group.empty() && test.empty() && question.empty() && competence.empty() &&
                           verb.empty() && from.empty() && to.empty() && level.empty());
}

std::string Filters::address(const Reader& reader, const std::string& before_now, const std::string& path) const {
    std::string text = path + "?lang=" + reader.code();
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) text += std::string("&") + name + "=" + xapi::encode(value);
    };
    add("person", person), add("group", group), add("test", test), add("question", question);
    add("competence", competence), add("verb", verb), add("from", from), add("to", to), add("level", level);
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
    if (final_only)
        query.verb = adl_verb("scored");
    else if (!verb.empty())
        query.verb = adl_verb(verb);
    query.since = day(from, 0);
    query.until = day(to, 1);
    return query;
}

bool Filters::is_let_through(const nlohmann::json& statement) const {
    if (level.empty()) return true;
    const auto reached = xapi::told_number(statement, "level");
    return reached && *reached <= std::stod(level);
}

Offered offered_by(xapi::Store& store, const Reader& reader) {
    Offered offered;
    for (const char* verb : {"", "initialized", "answered"}) {
        xapi::Query query;
        if (*verb != 0) query.verb = adl_verb(verb);
        query.limit = statements_looked_at;
        for (const std::string& body : store.query(query).bodies)
            look_at_statement(offered, nlohmann::json::parse(body), reader);
    }
    for (Choices* one : {&offered.people, &offered.groups, &offered.tests, &offered.questions, &offered.competences})
        sort_by_name(*one);
    return offered;
}

std::string filter_form(const Filters& filters, const Offered& offered, const Reader& reader) {
    std::string body =
        "<form method=\"get\" action=\"/trainer\" class=\"filters\">\n<input type=\"hidden\" "
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
    Choices verbs;
    for (const std::string_view verb : offered_verbs)
        verbs.emplace_back(verb, reader.say(*words::Key::named("verbs_" + std::string(verb))));
    body += chosen_of("verb", reader.say("what"), all, verbs, filters.verb);
    body += typed_in("from", "date", reader.say("from_day"), filters.from);
    body += typed_in("to", "date", reader.say("to_day"), filters.to);
    body += typed_in("level", "number", reader.say("trainer_at_most"), filters.level);
    return body + "<p><label class=\"choice\"><input type=\"checkbox\" name=\"final\" value=\"1\"" +
           std::string(filters.final_only ? " checked" : "") + "> <span>" + reader.say("results_only") +
           "</span></label></p>\n<p><button>" + reader.say("show") + "</button>" +
           (filters.any() ? " <a href=\"/trainer?lang=" + reader.code() + "\">" + reader.say("show_all") + "</a>"
                          : "") +
           "</p>\n</form>\n";
}

}  // namespace palier::standalone
