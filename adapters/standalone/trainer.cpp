// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer.hpp"

#include <algorithm>
#include <memory>

#include "adapters/standalone/embedded.hpp"
#include "adapters/standalone/guard.hpp"
#include "adapters/standalone/random.hpp"
#include "adapters/standalone/trainer_log.hpp"
#include "adapters/standalone/trainer_rows.hpp"
#include "adapters/standalone/trainer_story.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

namespace palier::standalone {
namespace {

constexpr std::size_t page_size = 200;
constexpr std::size_t largest_list = 500;
constexpr std::size_t longest_story = 2000;  // statements
// Of statements that a story is made of, in bytes: one may have four million.
constexpr std::size_t largest_story = std::size_t{32} << 20;
constexpr std::size_t readings_at_once = 200;
constexpr std::int64_t session_length = 12LL * 3600 * 1000;
constexpr std::size_t most_sessions = 100;

struct Line {
    std::string id, time, sentence, registration, person;
};

std::string member(const nlohmann::json& object, const char* key) {
    return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

/// Milliseconds since 1970 UTC of a timestamp, in whichever zone it is told.
std::int64_t time_of(const std::string& stamp) { return xapi::read_timestamp(stamp).value_or(0) / 1000; }

/// When a statement was stored, microseconds since 1970 UTC.
std::int64_t stored_at(const std::string& body) {
    return xapi::read_timestamp(member(nlohmann::json::parse(body), "stored")).value_or(0);
}

bool is_one_of(const std::vector<xapi::Scope>& scopes, std::initializer_list<xapi::Scope> any) {
    return std::any_of(any.begin(), any.end(),
                       [&](xapi::Scope one) { return std::find(scopes.begin(), scopes.end(), one) != scopes.end(); });
}

std::string line_of(const std::string& id, const std::string& sentence, const Reader& reader, const std::string& root) {
    return "<li><span class=\"sentence\">" + escaped(sentence) + "</span> <a class=\"json\" href=\"" + root +
           "/statement?lang=" + reader.code() + "&amp;id=" + escaped(xapi::encode(id)) +
           "\">JSON<span class=\"hidden\"> – " + escaped(sentence) + "</span></a></li>\n";
}

}  // namespace

std::string Trainer::whole_page(const Reader& reader, const std::string& title, const std::string& body,
                                const std::string& other) const {
    return page(reader, title, body, other, home_);
}

xapi::Response Trainer::handle(const xapi::Request& request, const xapi::Target& target) {
    const Reader reader = reader_of(request, target.parameters);
    const bool post = request.method == "POST";
    const std::string here = target.path.substr(std::min(root_.size(), target.path.size()));
    if (here == "/login" && post) return login(request, reader);
    if (here == "/logout" && post) return logout(request, reader);
    const bool packages = packages_ && here == "/packages";
    if (post && !packages) throw xapi::Refusal{405, "this page can be read only", {{"Allow", "GET, HEAD"}}};
    const auto session = session_of(request);
    if (!session) return login_page(reader, here.empty() ? 200 : 401, "");
    const May allowed = may(session->who);
    if (packages) {
        if (!allowed.make_packages) throw xapi::Refusal{403, reader.say("trainer_not_allowed")};
        return packages_page(request, reader, *session);
    }
    if (here == "/readings") {
        if (!allowed.read_log) throw xapi::Refusal{403, reader.say("trainer_not_allowed")};
        return readings_page(target, reader);
    }
    if (!allowed.read) {
        if (here.empty()) return see_other(root_ + "/readings?lang=" + reader.code());
        throw xapi::Refusal{403, reader.say("trainer_not_allowed")};
    }
    xapi::Response response;
    if (here.empty())
        response = list(target, reader, *session, allowed);
    else if (here == "/attempt")
        response = attempt(target, reader, allowed);
    else if (here == "/statement")
        response = one(target, reader, allowed);
    else if (here == "/statements.csv")
        response = rows(target, reader, allowed, true);
    else if (here == "/statements.json")
        response = rows(target, reader, allowed, false);
    else
        throw Refused{404, "nothing_here"};
    // What cannot be noted is not shown.
    keep_reading(store_,
                 {session->who.empty() ? "trainer" : session->who, target.path, told_filter(target.parameters), now()});
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
    const bool own = !keys_.own.empty();
    if (who.empty()) return {own, own && !keys_.store_keys, own};
    if (!keys_.store_keys) return {};
    if (who == keys_.key) return {true, true, true};
    const auto credential = store_.rows().credential(who);
    if (!credential || credential->revoked != 0) return {};
    const auto scopes = xapi::read_scopes(credential->scopes);
    const bool reads_all = is_one_of(scopes, {xapi::Scope::read_statements, xapi::Scope::read_all, xapi::Scope::all});
    const bool admin = is_one_of(scopes, {xapi::Scope::admin});
    May allowed{reads_all || is_one_of(scopes, {xapi::Scope::read_mine}), admin, admin};
    if (allowed.read && !reads_all) allowed.authority = xapi::agent_term(xapi::authority(keys_.home, who));
    return allowed;
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

std::string Trainer::cookie_of(const std::string& token, int seconds) const {
    return "palier_trainer=" + token + "; Path=" + root_ +
           "; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
}

xapi::Response Trainer::login(const xapi::Request& request, const Reader& reader) {
    const auto form = form_of(request.body);
    const std::string key = value_of(form, "key"), secret = value_of(form, "secret");
    // A key that has no secret is one itself: it says not who tries.
    const std::string named = secret.empty() ? "" : key;
    if (!tries_.may_try(request.from, named)) return login_page(reader, 429, reader.say("too_many_tries"));
    const auto who = opened_by(key, secret);
    if (!who) {
        tries_.failed(request.from, named);
        return login_page(reader, 403,
                          reader.say(keys_.store_keys ? words::Key("keys_wrong") : words::Key("wrong_key")));
    }
    const std::string token = random_text(32);
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(sessions_, [](const auto& one) { return one.second.end <= now(); });
        if (sessions_.size() >= most_sessions) sessions_.erase(sessions_.begin());
        sessions_[sha256(token)] = {*who, random_text(24), now() + session_length};
    }
    xapi::Response response = see_other(root_ + "?lang=" + reader.code());
    response.headers.emplace_back("Set-Cookie", cookie_of(token, 43200));
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
    xapi::Response response = see_other(root_ + "?lang=" + reader.code());
    response.headers.emplace_back("Set-Cookie", cookie_of("", 0));
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
                                   "<h1>" + title + "</h1>\n" + fields + "<form method=\"post\" action=\"" + root_ +
                                       "/login?lang=" + reader.code() + "\">\n" + controls + "<p><button>" +
                                       reader.say("enter") + "</button></p>\n</form>",
                                   root_ + "?lang=" + (reader.french ? "en" : "fr")));
}

xapi::Response Trainer::list(const xapi::Target& target, const Reader& reader, const Session& session,
                             const May& allowed) {
    const Filters filters = Filters::of(target.parameters);
    xapi::Query query = filters.query();
    query.authority = allowed.authority;
    query.limit = page_size;
    if (!filters.before.empty()) query.until = std::stoll(filters.before) - 1;

    // Groups in the order of their newest statement.
    std::vector<std::pair<std::string, std::vector<Line>>> groups;
    const xapi::Page found = store_.query(query);
    Translated translated(store_, reader, allowed.authority);
    for (const std::string& body : found.bodies) {
        const auto statement = nlohmann::json::parse(body);
        Line line{member(statement, "id"), member(statement, "timestamp"),
                  xapi::sentence(translated.statement(statement), reader.code()),
                  statement.contains("context") ? member(statement["context"], "registration") : "",
                  xapi::person(statement)};
        const std::string which = line.registration.empty() ? line.person : line.registration;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == which; });
        if (group == groups.end()) group = groups.insert(groups.end(), {which, {}});
        group->second.push_back(std::move(line));
    }

    const std::string title = reader.say("what_happened");
    std::string body = "<h1>" + title + "</h1>\n";
    if (const std::string problem = filters.problem(reader); !problem.empty())
        body += "<p class=\"invalid\" role=\"alert\">" + escaped(problem) + "</p>\n";
    body += filter_form(filters, offered_by(store_, reader, allowed.authority), reader, root_) + "<p class=\"hint\">" +
            escaped(reader.say("trainer_zone", {{"zone", time_zone()}})) + "</p>\n";
    if (!found.bodies.empty())
        body += "<p><a href=\"" + escaped(filters.address(reader, root_ + "/statements.csv")) + "\">" +
                reader.say("rows_as_table") + "</a> · <a href=\"" +
                escaped(filters.address(reader, root_ + "/statements.json")) + "\">" + reader.say("rows_as_data") +
                "</a></p>\n";
    if (groups.empty())
        body += "<p>" + reader.say(filters.any() ? words::Key("nothing_matches") : words::Key("nobody_yet")) + "</p>\n";
    for (const auto& [which, lines] : groups) {
        // One attempt in one look: whose, and when it last moved.
        body += "<section class=\"attempt\"><h2>" + escaped(lines.front().person) + " <span class=\"when\">" +
                escaped(date_time(time_of(lines.front().time), reader)) + "</span></h2>\n<ol reversed>\n";
        for (const Line& line : lines) body += line_of(line.id, line.sentence, reader, root_);
        body += "</ol>\n";
        if (xapi::is_uuid(lines.front().registration))
            body += "<p><a href=\"" + root_ + "/attempt?lang=" + reader.code() + "&amp;registration=" + which + "\">" +
                    reader.say("story") + "<span class=\"hidden\"> – " + escaped(lines.front().person) + ", " +
                    escaped(date_time(time_of(lines.front().time), reader)) + "</span></a></p>\n";
        body += "</section>\n";
    }
    // When the last one was stored, which its reader knows; its place would tell how many others sent.
    if (found.cursor)
        body += "<p><a class=\"button second\" href=\"" +
                escaped(filters.address(reader, root_, std::to_string(stored_at(found.bodies.back())))) + "\">" +
                reader.say("older") + "</a></p>\n";
    if (packages_ && allowed.make_packages)
        body += "<p><a href=\"" + root_ + "/packages?lang=" + reader.code() + "\">" + reader.say("package_title") +
                "</a></p>\n";
    if (allowed.read_log)
        body += "<p><a href=\"" + root_ + "/readings?lang=" + reader.code() + "\">" + reader.say("trainer_readings") +
                "</a></p>\n";
    body += "<form method=\"post\" action=\"" + root_ + "/logout?lang=" + reader.code() +
            "\"><p><input type=\"hidden\" name=\"token\" value=\"" + session.token + "\"><button class=\"second\">" +
            reader.say("leave") + "</button></p></form>\n";
    const Reader other{!reader.french};
    return html(200, whole_page(reader, title, body, filters.address(other, root_, filters.before)));
}

xapi::Response Trainer::attempt(const xapi::Target& target, const Reader& reader, const May& allowed) {
    xapi::Query query;
    query.authority = allowed.authority;
    const std::string registration = value_of(target.parameters, "registration");
    std::vector<nlohmann::json> statements;
    bool is_longer = false;
    std::size_t bytes = 0;
    if (xapi::is_uuid(registration)) {
        query.registration = registration;
        query.ascending = true;
        query.limit = largest_list;
        Translated translated(store_, reader, allowed.authority);
        for (bool more = true; more && !is_longer;) {
            const xapi::Page page = store_.query(query);
            for (const std::string& body : page.bodies) {
                bytes += body.size();
                is_longer =
                    is_longer || statements.size() == longest_story || (bytes > largest_story && !statements.empty());
                if (!is_longer) statements.push_back(translated.statement(nlohmann::json::parse(body)));
            }
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
        root_ + "/attempt?lang=" + (reader.french ? "en" : "fr") + "&registration=" + registration;
    std::string all = "<a href=\"" + root_ + "?lang=" + reader.code() + "&amp;registration=" + registration + "\">" +
                      reader.say("trainer_whole_attempt") + "</a>";
    if (is_longer)
        all = "<p class=\"invalid\" role=\"alert\">" +
              reader.say("trainer_long_story", {{"n", std::to_string(statements.size())}}) + " " + all + "</p>\n";
    else
        all = "<p>" + all + "</p>\n";
    return html(
        200,
        whole_page(reader, title,
                   "<h1>" + title + "</h1>\n<p class=\"lead\">" + escaped(xapi::person(statements.front())) + ", " +
                       escaped(date_time(time_of(member(statements.front(), "timestamp")), reader)) + "</p>\n" + all +
                       attempt_story(statements, reader, root_) + "<p><a class=\"button second\" href=\"" + root_ +
                       "?lang=" + reader.code() + "\">" + reader.say("back") + "</a></p>",
                   address));
}

xapi::Response Trainer::rows(const xapi::Target& target, const Reader& reader, const May& allowed, bool table) {
    const Filters filters = Filters::of(target.parameters);
    // A file has no place to say what was left out.
    if (const std::string problem = filters.problem(reader); !problem.empty()) throw xapi::Refusal{400, problem};
    xapi::Query query = filters.query();
    query.authority = allowed.authority;
    const auto rows = std::make_shared<StatementRows>(store_, query, reader, table);
    xapi::Response response{
        200,
        {{"Content-Type", table ? "text/csv; charset=utf-8" : "application/json; charset=utf-8"},
         {"Content-Disposition", std::string("attachment; filename=\"statements.") + (table ? "csv" : "json") + "\""}},
        rows->next().value_or("")};
    if (!rows->ended()) response.more = [rows] { return rows->next(); };
    return response;
}

xapi::Response Trainer::one(const xapi::Target& target, const Reader& reader, const May& allowed) {
    const std::string id = value_of(target.parameters, "id");
    std::optional<std::string> body;
    if (xapi::is_uuid(id)) body = store_.find(id);
    if (body && allowed.authority &&
        xapi::agent_term(nlohmann::json::parse(*body).value("authority", nlohmann::json::object())) !=
            *allowed.authority)
        body.reset();
    if (!body) throw xapi::Refusal{404, reader.say("statement_gone")};
    const auto statement = nlohmann::json::parse(*body);
    const std::string title = reader.say("a_statement");
    return html(
        200, whole_page(reader, title,
                        "<h1>" + title + "</h1>\n<p class=\"lead\">" +
                            escaped(xapi::sentence(Translated(store_, reader, allowed.authority).statement(statement),
                                                   reader.code())) +
                            "</p>\n<pre tabindex=\"0\" aria-label=\"JSON\"><code>" + escaped(statement.dump(2)) +
                            "</code></pre>\n<p><a class=\"button second\" href=\"" + root_ + "?lang=" + reader.code() +
                            "\">" + reader.say("back") + "</a></p>"));
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
        body += "<p><a class=\"button second\" href=\"" + root_ + "/readings?lang=" + reader.code() +
                "&amp;after=" + escaped(xapi::encode(page.after)) + "\">" + reader.say("older") + "</a></p>\n";
    body += "<p><a href=\"" + root_ + "?lang=" + reader.code() + "\">" + reader.say("back") + "</a></p>";
    return html(200, whole_page(reader, title, body, root_ + "/readings?lang=" + (reader.french ? "en" : "fr")));
}

xapi::Response Trainer::packages_page(const xapi::Request& request, const Reader& reader, const Session& session) {
    const auto page_with = [&](int status, const std::string& problem, const xapi::Parameters& chosen) {
        return html(status, whole_page(reader, reader.say("package_title"),
                                       packages_->body(reader, session.token, problem, chosen) + "<p><a href=\"" +
                                           root_ + "?lang=" + reader.code() + "\">" + reader.say("back") + "</a></p>",
                                       root_ + "/packages?lang=" + (reader.french ? "en" : "fr")));
    };
    if (request.method != "POST") return page_with(200, "", {});
    const xapi::Parameters fields = form_of(request.body);
    if (!xapi::same_secret(value_of(fields, "token"), session.token))
        throw xapi::Refusal{403, reader.say("keys_stale")};
    try {
        return packages_->make(fields, reader);
    } catch (const Error& error) {
        return page_with(422, error.what(), fields);
    }
}

bool is_for_trainer(const xapi::Request& request, const std::string& root) {
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    return path == root || path.starts_with(root + "/") || path == "/pages.css";
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
        trainer.home());
}

}  // namespace palier::standalone
