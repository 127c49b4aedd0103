// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "adapters/standalone/embedded.hpp"
#include "adapters/standalone/guard.hpp"
#include "adapters/standalone/random.hpp"
#include "adapters/standalone/trainer_log.hpp"
#include "adapters/standalone/trainer_story.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/lrs/statement_rows.hpp"
#include "adapters/xapi/sentence.hpp"
#include "engine/util/sha256.hpp"

namespace palier::standalone {
namespace {

constexpr std::size_t page_size = 200;
constexpr std::size_t most_looked_at = 2000;  // for a page, where the database does not know what is asked
constexpr std::size_t largest_list = 500;
constexpr std::size_t most_rows = 50000;     // of a file
constexpr std::size_t longest_story = 2000;  // statements
constexpr std::size_t readings_at_once = 200;
constexpr std::int64_t session_length = 12LL * 3600 * 1000;
constexpr std::size_t most_sessions = 100;
constexpr std::string_view no_cookie = "palier_trainer=; Path=/trainer; HttpOnly; SameSite=Strict; Max-Age=0";

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

bool is_one_of(const std::vector<xapi::Scope>& scopes, std::initializer_list<xapi::Scope> any) {
    return std::any_of(any.begin(), any.end(),
                       [&](xapi::Scope one) { return std::find(scopes.begin(), scopes.end(), one) != scopes.end(); });
}

/// "person=… final=1": what counts of an address that a page was asked by, to be read by people.
std::string filter_of(const xapi::Target& target) {
    std::string text;
    for (const char* name : {"person", "group", "test", "question", "competence", "verb", "from", "to", "level",
                             "final", "before", "registration", "id"})
        if (const std::string value = value_of(target.parameters, name); !value.empty())
            text += (text.empty() ? "" : " & ") + std::string(name) + "=" + xapi::shortened(value, 300);
    return text;
}

std::string line_of(const std::string& id, const std::string& sentence, const Reader& reader) {
    return "<li><span class=\"sentence\">" + escaped(sentence) +
           "</span> <a class=\"json\" href=\"/trainer/statement?lang=" + reader.code() +
           "&amp;id=" + escaped(xapi::encode(id)) + "\">JSON<span class=\"hidden\"> – " + escaped(sentence) +
           "</span></a></li>\n";
}

}  // namespace

std::string Trainer::whole_page(const Reader& reader, const std::string& title, const std::string& body,
                                const std::string& other) const {
    return page(reader, title, body, other, home_);
}

xapi::Response Trainer::handle(const xapi::Request& request, const xapi::Target& target) {
    const Reader reader = reader_of(request, target.parameters);
    const bool post = request.method == "POST";
    if (target.path == "/trainer/login" && post) return login(request, reader);
    if (target.path == "/trainer/logout" && post) return logout(request, reader);
    if (post) throw xapi::Refusal{405, "this page can be read only", {{"Allow", "GET, HEAD"}}};
    const auto session = session_of(request);
    if (!session) return login_page(reader, target.path == "/trainer" ? 200 : 401, "");
    const May allowed = may(session->who);
    if (target.path == "/trainer/readings") {
        if (!allowed.read_log) throw xapi::Refusal{403, reader.say("trainer_not_allowed")};
        return readings_page(target, reader);
    }
    if (!allowed.read) {
        if (target.path == "/trainer") return see_other("/trainer/readings?lang=" + reader.code());
        throw xapi::Refusal{403, reader.say("trainer_not_allowed")};
    }
    xapi::Response response;
    if (target.path == "/trainer")
        response = list(target, reader, *session);
    else if (target.path == "/trainer/attempt")
        response = attempt(target, reader);
    else if (target.path == "/trainer/statement")
        response = one(target, reader);
    else if (target.path == "/trainer/statements.csv")
        response = rows(target, reader, true);
    else if (target.path == "/trainer/statements.json")
        response = rows(target, reader, false);
    else
        throw xapi::Refusal{404, "there is nothing at this address"};
    // What cannot be noted is not shown.
    keep_reading(store_, {session->who.empty() ? "trainer" : session->who, target.path, filter_of(target), now()});
    return response;
}

std::optional<Trainer::Session> Trainer::session_of(const xapi::Request& request) {
    const std::string token = cookie(request, "palier_trainer");
    if (token.empty()) return {};
    std::optional<Session> session;
    {
        const std::lock_guard lock(mutex_);
        // Cookies are looked up by their hash, so that a comparison's time says nothing of a cookie.
        const auto found = sessions_.find(sha256(token));
        if (found != sessions_.end() && found->second.end > now()) session = found->second;
    }
    // Whose key was revoked meanwhile is no longer known.
    if (session) {
        const May allowed = may(session->who);
        if (!allowed.read && !allowed.read_log) session.reset();
    }
    return session;
}

Trainer::May Trainer::may(const std::string& who) {
    // Where keys have no administrator, whoever started the server is the one who reads who read.
    if (who.empty()) return {!keys_.own.empty(), !keys_.own.empty() && !keys_.store_keys};
    if (!keys_.store_keys) return {};
    if (who == keys_.key) return {true, true};
    const auto credential = store_.rows().credential(who);
    if (!credential || credential->revoked != 0) return {};
    const auto scopes = xapi::read_scopes(credential->scopes);
    return {is_one_of(scopes, {xapi::Scope::read_statements, xapi::Scope::read_all, xapi::Scope::all}),
            is_one_of(scopes, {xapi::Scope::admin})};
}

/// Whose key and secret these are, if they open anything here.
std::optional<std::string> Trainer::opened_by(const std::string& key, const std::string& secret) {
    if (!keys_.own.empty() && xapi::same_secret(key, keys_.own)) return "";
    if (!keys_.store_keys || key.empty()) return {};
    if (!keys_.key.empty() && xapi::same_secret(key + ":" + secret, keys_.key + ":" + keys_.secret)) return keys_.key;
    // Somebody whom nobody knows costs the same time.
    const xapi::Credential credential = store_.rows().credential(key).value_or(xapi::Credential{});
    if (!xapi::is_secret_of(credential, secret)) return {};
    const May allowed = may(key);
    if (!allowed.read && !allowed.read_log) return {};
    return key;
}

xapi::Response Trainer::login(const xapi::Request& request, const Reader& reader) {
    if (!tries_.take()) return login_page(reader, 429, reader.say("too_many_tries"));
    const auto form = form_of(request.body);
    const auto who = opened_by(value_of(form, "key"), value_of(form, "secret"));
    if (!who)
        return login_page(reader, 403,
                          reader.say(keys_.store_keys ? words::Key("keys_wrong") : words::Key("wrong_key")));
    const std::string token = random_text(32);
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(sessions_, [](const auto& one) { return one.second.end <= now(); });
        if (sessions_.size() >= most_sessions) sessions_.erase(sessions_.begin());
        sessions_[sha256(token)] = {*who, random_text(24), now() + session_length};
    }
    xapi::Response response = see_other("/trainer?lang=" + reader.code());
    response.headers.emplace_back(
        "Set-Cookie", "palier_trainer=" + token + "; Path=/trainer; HttpOnly; SameSite=Strict; Max-Age=43200");
    return response;
}

xapi::Response Trainer::logout(const xapi::Request& request, const Reader& reader) {
    const auto session = session_of(request);
    if (session && !xapi::same_secret(value_of(form_of(request.body), "token"), session->token))
        throw xapi::Refusal{403, reader.say("keys_stale")};
    {
        const std::lock_guard lock(mutex_);
        sessions_.erase(sha256(cookie(request, "palier_trainer")));
    }
    xapi::Response response = see_other("/trainer?lang=" + reader.code());
    response.headers.emplace_back("Set-Cookie", no_cookie);
    return response;
}

xapi::Response Trainer::login_page(const Reader& reader, int status, const std::string& problem) const {
    const std::string title = reader.say("trainer_page");
    const std::string note =
        problem.empty() ? "" : "<p class=\"invalid\" role=\"alert\" id=\"problem\">" + escaped(problem) + "</p>\n";
    const std::string said = problem.empty() ? "" : " aria-describedby=\"problem\"";
    const auto field = [&](const char* id, words::Key label, const char* type, const char* complete, bool required) {
        return "<p class=\"typed\"><label for=\"" + std::string(id) + "\">" + reader.say(label) +
               "</label> <input type=\"" + type + "\" id=\"" + id + "\" name=\"" + id + "\"" +
               (required ? " required" : "") + " autocomplete=\"" + complete + "\"" + said + "></p>\n";
    };
    std::string fields;
    if (!keys_.own.empty()) fields += "<p>" + reader.say("where_the_key_is") + "</p>\n";
    if (keys_.store_keys) fields += "<p>" + reader.say("trainer_store_key") + "</p>\n";
    fields += note;
    std::string controls = keys_.store_keys
                               ? field("key", "access_key", keys_.own.empty() ? "text" : "password", "username", true) +
                                     field("secret", "keys_secret", "password", "current-password", keys_.own.empty())
                               : field("key", "access_key", "password", "current-password", true);
    return html(status, whole_page(reader, title,
                                   "<h1>" + title + "</h1>\n" + fields +
                                       "<form method=\"post\" action=\"/trainer/login?lang=" + reader.code() + "\">\n" +
                                       controls + "<p><button>" + reader.say("enter") + "</button></p>\n</form>",
                                   std::string("/trainer?lang=") + (reader.french ? "en" : "fr")));
}

xapi::Response Trainer::list(const xapi::Target& target, const Reader& reader, const Session& session) {
    const Filters filters = Filters::of(target.parameters);
    xapi::Query query = filters.query();
    query.limit = page_size;
    if (!filters.before.empty()) query.cursor = std::stoll(filters.before);

    // Groups in the order of their newest statement.
    std::vector<std::pair<std::string, std::vector<Line>>> groups;
    std::size_t taken = 0, looked_at = 0;
    std::optional<std::int64_t> older;
    do {
        const xapi::Page found = store_.query(query);
        older = found.cursor;
        for (std::size_t i = 0; i < found.bodies.size(); ++i) {
            const auto statement = nlohmann::json::parse(found.bodies[i], nullptr, false);
            ++looked_at;
            if (!statement.is_object() || !filters.is_let_through(statement)) continue;
            Line line{member(statement, "id"), member(statement, "timestamp"), xapi::sentence(statement, reader.code()),
                      statement.contains("context") ? member(statement["context"], "registration") : "",
                      xapi::person(statement)};
            const std::string which = line.registration.empty() ? line.person : line.registration;
            auto group =
                std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == which; });
            if (group == groups.end()) group = groups.insert(groups.end(), {which, {}});
            group->second.push_back(std::move(line));
            if (++taken < page_size) continue;
            if (i + 1 < found.bodies.size()) older = found.places[i];
            break;
        }
        query.cursor = older;
    } while (older && taken < page_size && looked_at < most_looked_at);

    const std::string title = reader.say("what_happened");
    std::string body = "<h1>" + title + "</h1>\n" + filter_form(filters, offered_by(store_, reader), reader);
    if (taken > 0)
        body += "<p><a href=\"" + escaped(filters.address(reader, "", "/trainer/statements.csv")) + "\">" +
                reader.say("rows_as_table") + "</a> · <a href=\"" +
                escaped(filters.address(reader, "", "/trainer/statements.json")) + "\">" + reader.say("rows_as_data") +
                "</a></p>\n";
    if (groups.empty())
        body += "<p>" +
                (older           ? reader.say("trainer_none_so_far")
                 : filters.any() ? reader.say("nothing_matches")
                                 : reader.say("nobody_yet")) +
                "</p>\n";
    for (const auto& [which, lines] : groups) {
        // One attempt in one look: whose, and when it last moved.
        body += "<section class=\"attempt\"><h2>" + escaped(lines.front().person) + " <span class=\"when\">" +
                escaped(date_time(time_of(lines.front().time), reader)) + "</span></h2>\n<ol reversed>\n";
        for (const Line& line : lines) body += line_of(line.id, line.sentence, reader);
        body += "</ol>\n";
        if (xapi::is_uuid(lines.front().registration))
            body += "<p><a href=\"/trainer/attempt?lang=" + reader.code() + "&amp;registration=" + which + "\">" +
                    reader.say("story") + "<span class=\"hidden\"> – " + escaped(lines.front().person) + ", " +
                    escaped(date_time(time_of(lines.front().time), reader)) + "</span></a></p>\n";
        body += "</section>\n";
    }
    if (older)
        body += "<p><a class=\"button second\" href=\"" + escaped(filters.address(reader, std::to_string(*older))) +
                "\">" + reader.say("older") + "</a></p>\n";
    if (may(session.who).read_log)
        body += "<p><a href=\"/trainer/readings?lang=" + reader.code() + "\">" + reader.say("trainer_readings") +
                "</a></p>\n";
    body += "<form method=\"post\" action=\"/trainer/logout?lang=" + reader.code() +
            "\"><p><input type=\"hidden\" name=\"token\" value=\"" + session.token + "\"><button class=\"second\">" +
            reader.say("leave") + "</button></p></form>\n";
    const Reader other{!reader.french};
    return html(200, whole_page(reader, title, body, filters.address(other, filters.before)));
}

xapi::Response Trainer::attempt(const xapi::Target& target, const Reader& reader) {
    xapi::Query query;
    const std::string registration = value_of(target.parameters, "registration");
    std::vector<nlohmann::json> statements;
    if (xapi::is_uuid(registration)) {
        query.registration = registration;
        query.ascending = true;
        query.limit = largest_list;
        for (bool more = true; more && statements.size() < longest_story;) {
            const xapi::Page page = store_.query(query);
            for (const std::string& body : page.bodies) statements.push_back(nlohmann::json::parse(body));
            more = page.cursor.has_value();
            query.cursor = page.cursor;
        }
    }
    if (statements.empty()) throw xapi::Refusal{404, reader.say("trainer_no_attempt")};
    // As it happened: what a correction replaced comes after what it replaces.
    std::stable_sort(statements.begin(), statements.end(), [](const auto& a, const auto& b) {
        return xapi::read_timestamp(member(a, "timestamp")).value_or(0) <
               xapi::read_timestamp(member(b, "timestamp")).value_or(0);
    });
    const std::string title = reader.say("story");
    const std::string address =
        "/trainer/attempt?lang=" + std::string(reader.french ? "en" : "fr") + "&registration=" + registration;
    return html(200,
                whole_page(reader, title,
                           "<h1>" + title + "</h1>\n<p class=\"lead\">" + escaped(xapi::person(statements.front())) +
                               ", " + escaped(date_time(time_of(member(statements.front(), "timestamp")), reader)) +
                               "</p>\n" + attempt_story(statements, reader) +
                               "<p><a class=\"button second\" href=\"/trainer?lang=" + reader.code() + "\">" +
                               reader.say("back") + "</a></p>",
                           address));
}

xapi::Response Trainer::rows(const xapi::Target& target, const Reader& reader, bool table) {
    const Filters filters = Filters::of(target.parameters);
    xapi::Query query = filters.query();
    query.ascending = true;
    const xapi::CsvStyle style{reader.french};
    std::string text = table ? xapi::csv_header(style, {"level", "level_low", "level_high", "sentence"}) : "[";
    std::size_t count = 0;
    for (bool more = true; more;) {
        query.limit = largest_list;
        const xapi::Page page = store_.query(query);
        for (const std::string& body : page.bodies) {
            const auto statement = nlohmann::json::parse(body);
            if (!filters.is_let_through(statement)) continue;
            if (++count > most_rows)
                throw xapi::Refusal{413, reader.say("too_many_rows", {{"n", std::to_string(most_rows)}})};
            if (!table) {
                text += (count > 1 ? ",\n" : "\n") + body;
                continue;
            }
            std::vector<nlohmann::json> more_columns;
            for (const char* name : {"level", "level-low", "level-high"}) {
                const auto number = xapi::told_number(statement, name);
                // What another program calls a level may be any number.
                const bool is_level = number && std::fabs(*number) <= 1e6;
                more_columns.push_back(is_level ? nlohmann::json(static_cast<std::int64_t>(*number))
                                                : nlohmann::json());
            }
            more_columns.push_back(xapi::sentence(statement, reader.code()));
            text += xapi::csv_row(statement, style, more_columns);
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
    return html(
        200,
        whole_page(reader, title,
                   "<h1>" + title + "</h1>\n<p class=\"lead\">" + escaped(xapi::sentence(statement, reader.code())) +
                       "</p>\n<pre tabindex=\"0\" aria-label=\"JSON\"><code>" + escaped(statement.dump(2)) +
                       "</code></pre>\n<p><a class=\"button second\" href=\"/trainer?lang=" + reader.code() + "\">" +
                       reader.say("back") + "</a></p>"));
}

xapi::Response Trainer::readings_page(const xapi::Target& target, const Reader& reader) {
    const ReadingPage page = readings(store_, value_of(target.parameters, "after"), readings_at_once);
    const std::string title = reader.say("trainer_readings");
    std::string head, rows;
    for (const words::Key key : {words::Key("trainer_when"), words::Key("access_key"), words::Key("trainer_read"),
                                 words::Key("trainer_filter")})
        head += "<th scope=\"col\">" + reader.say(key) + "</th>";
    for (const Reading& one : page.readings)
        rows += "<tr><td>" + escaped(date_time(one.when, reader)) + "</td><td><code>" + escaped(one.who) +
                "</code></td><td><code>" + escaped(one.what) + "</code></td><td>" + escaped(one.filter) +
                "</td></tr>\n";
    std::string body = "<h1>" + title + "</h1>\n<p>" + reader.say("trainer_readings_text") + "</p>\n";
    if (rows.empty())
        body += "<p>" + reader.say("trainer_no_readings") + "</p>\n";
    else
        body += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(title) +
                "\">\n<table><thead><tr>" + head + "</tr></thead>\n<tbody>\n" + rows + "</tbody></table></div>\n";
    if (!page.after.empty())
        body += "<p><a class=\"button second\" href=\"/trainer/readings?lang=" + reader.code() +
                "&amp;after=" + escaped(xapi::encode(page.after)) + "\">" + reader.say("older") + "</a></p>\n";
    body += "<p><a href=\"/trainer?lang=" + reader.code() + "\">" + reader.say("back") + "</a></p>";
    return html(
        200, whole_page(reader, title, body, std::string("/trainer/readings?lang=") + (reader.french ? "en" : "fr")));
}

bool is_for_trainer(const xapi::Request& request) {
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    return path == "/trainer" || path.starts_with("/trainer/") || path == "/pages.css";
}

xapi::Response answer_trainer(Trainer& trainer, const xapi::Request& request) {
    return guarded(
        request,
        [&]() -> xapi::Response {
            const bool post = check_method(request);
            const xapi::Target target = xapi::read_target(request.target);
            if (target.path == "/pages.css")
                return {200, {{"Content-Type", "text/css; charset=utf-8"}}, embedded::style};
            if (post) check_post(request, "application/x-www-form-urlencoded");
            return trainer.handle(request, target);
        },
        "/trainer");
}

}  // namespace palier::standalone
