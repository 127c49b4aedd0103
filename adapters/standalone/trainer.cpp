// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <ctime>

#include "adapters/standalone/random.hpp"
#include "adapters/standalone/site.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/statement_rows.hpp"
#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "engine/util/sha256.hpp"

namespace palier::standalone {
namespace {

constexpr std::size_t page_size = 200;
constexpr std::size_t largest_list = 500;
constexpr std::size_t most_rows = 50000;  // of a file
constexpr std::int64_t session_length = 12LL * 3600 * 1000;
constexpr std::size_t most_sessions = 100;

constexpr std::array<std::string_view, 7> verbs{"answered", "scored",    "initialized", "suspended",
                                                "resumed",  "completed", "terminated"};

std::string verb_iri(std::string_view name) { return "http://adlnet.gov/expapi/verbs/" + std::string(name); }

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

/// What the address asks for.
struct Filters {
    std::string person, verb, from, to, before;
    bool final_only = false;

    static Filters of(const xapi::Parameters& parameters) {
        Filters filters{value_of(parameters, "person"), value_of(parameters, "verb"),
                        value_of(parameters, "from"),   value_of(parameters, "to"),
                        value_of(parameters, "before"), value_of(parameters, "final") == "1"};
        if (std::find(verbs.begin(), verbs.end(), filters.verb) == verbs.end()) filters.verb.clear();
        return filters;
    }
    std::string address(const Reader& reader, const std::string& before_now,
                        const std::string& path = "/trainer") const {
        std::string text = path + "?lang=" + reader.code();
        const auto add = [&](const char* name, const std::string& value) {
            if (!value.empty()) text += std::string("&") + name + "=" + xapi::encode(value);
        };
        add("person", person), add("verb", verb), add("from", from), add("to", to), add("before", before_now);
        if (final_only) text += "&final=1";
        return text;
    }
    /// What they let through.
    xapi::Query query() const {
        xapi::Query query;
        if (person.starts_with("account ")) query.agent = person;
        if (final_only)
            query.verb = verb_iri("scored");
        else if (!verb.empty())
            query.verb = verb_iri(verb);
        query.since = day(from, 0);
        query.until = day(to, 1);
        return query;
    }
    bool any() const { return !person.empty() || !verb.empty() || !from.empty() || !to.empty() || final_only; }
};

struct Line {
    std::string id, time, sentence, registration, person;
};

std::string member(const nlohmann::json& object, const char* key) {
    return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

/// Milliseconds of "2026-11-25T14:05:00.000Z", as the store writes stored times.
std::int64_t time_of(const std::string& stamp) {
    std::tm utc{};
    if (std::sscanf(stamp.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour,
                    &utc.tm_min, &utc.tm_sec) != 6)
        return 0;
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    return static_cast<std::int64_t>(timegm(&utc)) * 1000;
}

std::string name_of_agent(const nlohmann::json& actor) {
    return actor.contains("account") ? xapi::agent_term(actor) : "";
}

std::string control(const std::string& label, const std::string& id, const std::string& inside) {
    return "<p><label for=\"" + id + "\">" + label + "</label> " + inside + "</p>\n";
}

}  // namespace

xapi::Response Trainer::handle(const xapi::Request& request, const xapi::Target& target) {
    const Reader reader = reader_of(request, target.parameters);
    const bool post = request.method == "POST";
    if (target.path == "/trainer/login" && post) return login(request, reader);
    if (target.path == "/trainer/logout" && post) {
        const std::lock_guard lock(mutex_);
        sessions_.erase(sha256(cookie(request, "palier_trainer")));
        xapi::Response response = see_other("/trainer?lang=" + reader.code());
        response.headers.emplace_back("Set-Cookie",
                                      "palier_trainer=; Path=/trainer; HttpOnly; SameSite=Strict; Max-Age=0");
        return response;
    }
    if (post) throw xapi::Refusal{405, "this page can be read only", {{"Allow", "GET, HEAD"}}};
    if (!is_known(request)) return login_page(reader, target.path == "/trainer" ? 200 : 401, "");
    if (target.path == "/trainer") return list(target, reader);
    if (target.path == "/trainer/statement") return one(target, reader);
    if (target.path == "/trainer/statements.csv") return rows(target, reader, true);
    if (target.path == "/trainer/statements.json") return rows(target, reader, false);
    throw xapi::Refusal{404, "there is nothing at this address"};
}

bool Trainer::is_known(const xapi::Request& request) {
    const std::string token = cookie(request, "palier_trainer");
    if (token.empty()) return false;
    const std::lock_guard lock(mutex_);
    // Cookies are looked up by their hash, so that a comparison's time says nothing of a cookie.
    const auto found = sessions_.find(sha256(token));
    return found != sessions_.end() && found->second > now();
}

xapi::Response Trainer::login(const xapi::Request& request, const Reader& reader) {
    if (!tries_.take()) return login_page(reader, 429, reader.say("too_many_tries"));
    if (!xapi::same_secret(value_of(form_of(request.body), "key"), key_))
        return login_page(reader, 403, reader.say("wrong_key"));
    const std::string token = random_text(32);
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(sessions_, [](const auto& one) { return one.second <= now(); });
        if (sessions_.size() >= most_sessions) sessions_.erase(sessions_.begin());
        sessions_[sha256(token)] = now() + session_length;
    }
    xapi::Response response = see_other("/trainer?lang=" + reader.code());
    response.headers.emplace_back(
        "Set-Cookie", "palier_trainer=" + token + "; Path=/trainer; HttpOnly; SameSite=Strict; Max-Age=43200");
    return response;
}

xapi::Response Trainer::login_page(const Reader& reader, int status, const std::string& problem) const {
    const std::string title = reader.say("trainer_page");
    const std::string note =
        problem.empty() ? "" : "<p class=\"invalid\" role=\"alert\" id=\"problem\">" + escaped(problem) + "</p>\n";
    return html(
        status,
        page(
            reader, title,
            "<h1>" + title + "</h1>\n<p>" + reader.say("where_the_key_is") + "</p>\n" + note +
                "<form method=\"post\" action=\"/trainer/login?lang=" + reader.code() +
                "\">\n<p class=\"typed\"><label for=\"key\">" + reader.say("access_key") +
                "</label> <input type=\"password\" id=\"key\" name=\"key\" required autocomplete=\"current-password\"" +
                (problem.empty() ? "" : " aria-describedby=\"problem\"") + "></p>\n<p><button>" + reader.say("enter") +
                "</button></p>\n</form>",
            std::string("/trainer?lang=") + (reader.french ? "en" : "fr")));
}

xapi::Response Trainer::list(const xapi::Target& target, const Reader& reader) {
    const Filters filters = Filters::of(target.parameters);
    xapi::Query query = filters.query();
    query.limit = page_size;
    if (!filters.before.empty() && filters.before.size() <= 18 &&
        std::all_of(filters.before.begin(), filters.before.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
        query.cursor = std::stoll(filters.before);
    const xapi::Page found = store_.query(query);

    // Groups in the order of their newest statement.
    std::vector<std::pair<std::string, std::vector<Line>>> groups;
    for (const std::string& body : found.bodies) {
        const auto statement = nlohmann::json::parse(body, nullptr, false);
        if (!statement.is_object()) continue;
        Line line{member(statement, "id"), member(statement, "timestamp"), xapi::sentence(statement, reader.code()),
                  statement.contains("context") ? member(statement["context"], "registration") : "",
                  xapi::person(statement)};
        auto group =
            std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == line.registration; });
        if (group == groups.end()) group = groups.insert(groups.end(), {line.registration, {}});
        group->second.push_back(std::move(line));
    }
    // Who began a test: the people to choose from.
    xapi::Query starts;
    starts.verb = verb_iri("initialized");
    starts.limit = largest_list;
    std::vector<std::pair<std::string, std::string>> people;
    for (const std::string& body : store_.query(starts).bodies) {
        const auto statement = nlohmann::json::parse(body, nullptr, false);
        if (!statement.is_object() || !statement.contains("actor")) continue;
        const std::string agent = name_of_agent(statement["actor"]);
        if (!agent.empty() &&
            std::none_of(people.begin(), people.end(), [&](const auto& one) { return one.first == agent; }))
            people.emplace_back(agent, xapi::person(statement));
    }

    const std::string title = reader.say("what_happened");
    std::string body =
        "<h1>" + title +
        "</h1>\n<form method=\"get\" action=\"/trainer\" class=\"filters\">\n<input type=\"hidden\" name=\"lang\" value=\"" +
        reader.code() + "\">\n";
    std::string options = option("", reader.say("everybody"), filters.person.empty());
    for (const auto& [agent, name] : people) options += option(agent, escaped(name), agent == filters.person);
    body += control(reader.say("person"), "person", "<select id=\"person\" name=\"person\">" + options + "</select>");
    options = option("", reader.say("everything"), filters.verb.empty());
    for (const std::string_view verb : verbs)
        options += option(std::string(verb), reader.say(*words::Key::named("verbs_" + std::string(verb))),
                          verb == filters.verb);
    body += control(reader.say("what"), "verb", "<select id=\"verb\" name=\"verb\">" + options + "</select>");
    body += control(reader.say("from_day"), "from",
                    "<input type=\"date\" id=\"from\" name=\"from\" value=\"" + escaped(filters.from) + "\">");
    body += control(reader.say("to_day"), "to",
                    "<input type=\"date\" id=\"to\" name=\"to\" value=\"" + escaped(filters.to) + "\">");
    body +=
        "<p><label class=\"choice\"><input type=\"checkbox\" name=\"final\" value=\"1\"" +
        std::string(filters.final_only ? " checked" : "") + "> <span>" + reader.say("results_only") +
        "</span></label></p>\n<p><button>" + reader.say("show") + "</button>" +
        (filters.any() ? " <a href=\"/trainer?lang=" + reader.code() + "\">" + reader.say("show_all") + "</a>" : "") +
        "</p>\n</form>\n";

    if (!groups.empty())
        body += "<p><a href=\"" + escaped(filters.address(reader, "", "/trainer/statements.csv")) + "\">" +
                reader.say("rows_as_table") + "</a> · <a href=\"" +
                escaped(filters.address(reader, "", "/trainer/statements.json")) + "\">" + reader.say("rows_as_data") +
                "</a></p>\n";
    if (groups.empty())
        body += "<p>" + (filters.any() ? reader.say("nothing_matches") : reader.say("nobody_yet")) + "</p>\n";
    for (const auto& [registration, lines] : groups) {
        // One attempt in one look: whose, and when it last moved.
        body += "<section class=\"attempt\"><h2>" + escaped(lines.front().person) + " <span class=\"when\">" +
                escaped(date_time(time_of(lines.front().time), reader)) + "</span></h2>\n<ol reversed>\n";
        for (const Line& line : lines)
            body += "<li><span class=\"sentence\">" + escaped(line.sentence) +
                    "</span> <a class=\"json\" href=\"/trainer/statement?lang=" + reader.code() +
                    "&amp;id=" + escaped(xapi::encode(line.id)) + "\">JSON<span class=\"hidden\"> – " +
                    escaped(line.sentence) + "</span></a></li>\n";
        body += "</ol></section>\n";
    }
    if (found.cursor)
        body += "<p><a class=\"button second\" href=\"" +
                escaped(filters.address(reader, std::to_string(*found.cursor))) + "\">" + reader.say("older") +
                "</a></p>\n";
    body += "<form method=\"post\" action=\"/trainer/logout?lang=" + reader.code() + "\"><p><button class=\"second\">" +
            reader.say("leave") + "</button></p></form>\n";
    Filters same = filters;
    const Reader other{!reader.french};
    return html(200, page(reader, title, body, same.address(other, filters.before)));
}

xapi::Response Trainer::rows(const xapi::Target& target, const Reader& reader, bool table) {
    xapi::Query query = Filters::of(target.parameters).query();
    query.ascending = true;
    const xapi::CsvStyle style{reader.french};
    std::string text = table ? xapi::csv_header(style) : "[";
    std::size_t count = 0;
    for (bool more = true; more;) {
        query.limit = largest_list;
        const xapi::Page page = store_.query(query);
        for (const std::string& body : page.bodies) {
            if (++count > most_rows)
                throw xapi::Refusal{413, reader.say("too_many_rows", {{"n", std::to_string(most_rows)}})};
            text += table ? xapi::csv_row(nlohmann::json::parse(body), style) : (count > 1 ? ",\n" : "\n") + body;
        }
        more = page.cursor.has_value();
        query.cursor = page.cursor;
    }
    if (!table) text += "\n]\n";
    return {
        200,
        {{"Content-Type", table ? "text/csv; charset=utf-8" : "application/json; charset=utf-8"},
         {"Content-Disposition", std::string("attachment; filename=\"statements.") + (table ? "csv" : "json") + "\""}},
        text};
}

xapi::Response Trainer::one(const xapi::Target& target, const Reader& reader) {
    const std::string id = value_of(target.parameters, "id");
    std::optional<std::string> body;
    if (xapi::is_uuid(id)) body = store_.find(id);
    if (!body) throw xapi::Refusal{404, reader.say("statement_gone")};
    const auto statement = nlohmann::json::parse(*body);
    const std::string title = reader.say("a_statement");
    return html(200,
                page(reader, title,
                     "<h1>" + title + "</h1>\n<p class=\"lead\">" + escaped(xapi::sentence(statement, reader.code())) +
                         "</p>\n<pre tabindex=\"0\" aria-label=\"JSON\"><code>" + escaped(statement.dump(2)) +
                         "</code></pre>\n<p><a class=\"button second\" href=\"/trainer?lang=" + reader.code() + "\">" +
                         reader.say("back") + "</a></p>"));
}

}  // namespace palier::standalone
