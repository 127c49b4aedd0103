// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/keys_page.hpp"

#include <algorithm>
#include <array>

#include "adapters/text/markup.hpp"
#include "adapters/words/words.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/keys_visit.hpp"
#include "adapters/xapi/lrs/origins.hpp"
#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/ops/clock.hpp"

namespace palier::xapi {
namespace {

constexpr std::chrono::minutes idle{30};
constexpr std::size_t most_sessions = 100;
constexpr std::size_t longest_label = 200;
constexpr std::size_t largest_form = 16 * 1024;
constexpr std::string_view keys_cookie = "palier_keys";

/// Scopes as the form offers them, most wanted first.
struct OfferedScope {
    Scope scope;
    Key words;
};
constexpr std::array<OfferedScope, 10> offered_scopes{{{Scope::write_statements, Key("keys_may_statements_write")},
                                                       {Scope::read_mine, Key("keys_may_statements_read_mine")},
                                                       {Scope::read_statements, Key("keys_may_statements_read")},
                                                       {Scope::define, Key("keys_may_define")},
                                                       {Scope::void_statements, Key("keys_may_statements_void")},
                                                       {Scope::state, Key("keys_may_state")},
                                                       {Scope::profile, Key("keys_may_profile")},
                                                       {Scope::read_all, Key("keys_may_all_read")},
                                                       {Scope::all, Key("keys_may_all")},
                                                       {Scope::admin, Key("keys_may_admin")}}};

std::string cookie_of(const Request& request) {
    std::string_view all = header(request.headers, "Cookie").value_or("");
    while (!all.empty()) {
        const auto end = std::min(all.find(';'), all.size());
        const std::string_view one = trimmed(all.substr(0, end));
        if (one.starts_with(keys_cookie) && one.size() > keys_cookie.size() && one[keys_cookie.size()] == '=')
            return std::string(one.substr(keys_cookie.size() + 1));
        all.remove_prefix(std::min(end + 1, all.size()));
    }
    return {};
}

std::string day_of(std::int64_t microseconds) { return timestamp(microseconds / 1000).substr(0, 10); }

/// Control characters have no place in a note.
std::string cleaned(std::string label) {
    for (char& c : label)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return std::string(trimmed(label));
}

}  // namespace

std::string made_key(const KeysPage::Visit& visit, const NewCredential& made, const std::string& heading) {
    return element("section", {{"role", "status"}},
                   element("h2", {}, heading) + element("p", {}, visit.say("keys_once")) +
                       element("dl", {},
                               element("dt", {}, visit.say("access_key")) +
                                   element("dd", {}, element("code", {{"id", "key"}}, made.credential.key)) +
                                   element("dt", {}, visit.say("keys_secret")) +
                                   element("dd", {}, element("code", {{"id", "secret"}}, made.secret))));
}

KeysPage::KeysPage(Store& store, std::string key, std::string secret, std::string root, NamedStores* named)
    : store_(store), key_(std::move(key)), secret_(std::move(secret)), root_(std::move(root)), named_(named) {}

bool KeysPage::asks_for(const Request& request, const std::string& root) {
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    return path == root || path.starts_with(root + "/");
}

bool KeysPage::opens(const std::string& key, const std::string& secret) {
    if (!key_.empty() && same_secret(key + ":" + secret, key_ + ":" + secret_)) return true;
    const Credential credential = store_.rows().credential(key).value_or(Credential{});
    return is_secret_of(credential, secret) && is_admin(key);
}

bool KeysPage::is_admin(const std::string& key) {
    if (!key_.empty() && key == key_) return true;
    const auto credential = store_.rows().credential(key);
    if (!credential || credential->revoked != 0) return false;
    const auto scopes = read_scopes(credential->scopes);
    return std::find(scopes.begin(), scopes.end(), Scope::admin) != scopes.end();
}

Response KeysPage::handle(const Request& request) {
    Response response;
    try {
        response = answer(request);
    } catch (const Refusal& refusal) {
        response = refused(refusal);
    } catch (const StoreError& error) {
        response = refused(failed(error));
    } catch (const std::exception& error) {
        response = refused({500, error.what()});
    }
    for (const auto& [name, value] : Headers{{"Cache-Control", "no-store"},
                                             {"X-Content-Type-Options", "nosniff"},
                                             {"X-Frame-Options", "DENY"},
                                             {"Referrer-Policy", "same-origin"},
                                             {"Content-Length", std::to_string(response.body.size())}})
        response.headers.emplace_back(name, value);
    if (request.method == "HEAD") response.body.clear();
    return response;
}

Response KeysPage::answer(const Request& request) {
    const bool post = request.method == "POST";
    if (!post && request.method != "GET" && request.method != "HEAD")
        throw Refusal{405, "only GET, HEAD and POST are answered here", {{"Allow", "GET, HEAD, POST"}}};
    const Target target = read_target(request.target);
    Visit visit;
    visit.path = target.path.substr(std::min(root_.size(), target.path.size()));
    visit.query = target.parameters;
    std::string language = field(visit.query, "lang");
    if (language.empty())
        language = std::string(header(request.headers, "Accept-Language").value_or("fr").substr(0, 2));
    if (language == "en") visit.language = words::Language::en;
    if (post) {
        if (request.body.size() > largest_form) throw Refusal{413, "the form is too large"};
        if (media_type(request) != "application/x-www-form-urlencoded")
            throw Refusal{415, "Content-Type: application/x-www-form-urlencoded is expected"};
        const auto site = header(request.headers, "Sec-Fetch-Site");
        const bool from_here = header(request.headers, "Origin") || site;
        if (!from_here || !is_trusted(request, {}) || (site && *site != "same-origin" && *site != "none"))
            throw Refusal{403, "this post does not come from this server's own page"};
        visit.form = read_form(request.body);
    }

    if (const std::string cookie = cookie_of(request); !cookie.empty()) {
        const std::string digest = sha256(cookie);
        std::string key, token;
        {
            const std::lock_guard lock(mutex_);
            const auto now = Clock::now();
            std::erase_if(sessions_, [&](const auto& one) { return now - one.second.last > idle; });
            if (const auto found = sessions_.find(digest); found != sessions_.end()) {
                found->second.last = now;
                key = found->second.key;
                token = found->second.token;
            }
        }
        // Whose key was revoked meanwhile is no longer known.
        if (!key.empty() && is_admin(key)) {
            visit.session = digest;
            visit.who = key;
            visit.token = token;
            visit.may_make_stores = named_ != nullptr && key == key_;
        }
    }
    if (post && visit.path == "/enter") return enter(request, visit);
    if (visit.who.empty()) return sign_in(visit, post ? 401 : 200, "");
    if (!post) {
        if (visit.path.empty()) return list(visit, 200, "");
        if (visit.path.find('/', 1) != std::string::npos) throw Refusal{404, visit.say("nothing_here")};
        return section(visit, 200, "");
    }
    {
        // A token serves once: what is sent a second time does nothing.
        const std::lock_guard lock(mutex_);
        Session& session = sessions_[visit.session];
        const bool right = same_secret(field(visit.form, "token"), session.token);
        session.token = visit.token = random_digits(24);
        if (!right) visit.path = "/stale";
    }
    for (const char* section : {"/forwarding/", "/retention/", "/stores/"})
        if (visit.path.starts_with(section)) return change(visit);
    if (visit.path == "/stale") return list(visit, 403, element("p", {{"role", "alert"}}, visit.say("keys_stale")));
    if (visit.path == "/make") return make(visit);
    if (visit.path == "/revoke") return revoke(visit);
    if (visit.path == "/leave") {
        const std::lock_guard lock(mutex_);
        sessions_.erase(visit.session);
        return {
            303,
            {{"Location", root_ + "?lang=" + visit.code()},
             {"Set-Cookie", std::string(keys_cookie) + "=; Path=" + root_ + "; HttpOnly; SameSite=Strict; Max-Age=0"}},
            ""};
    }
    throw Refusal{404, visit.say("nothing_here")};
}

/// The page of one of the other sections.
Response KeysPage::section(const Visit& visit, int status, const std::string& above) {
    const std::string from_here = visit.path.substr(0, visit.path.find('/', 1));
    if (from_here == "/forwarding")
        return visit.page(status, root_, "forward_title", above + forwarding_section(store_, visit, root_));
    if (from_here == "/retention")
        return visit.page(status, root_, "retention_title", above + retention_section(store_, visit, root_));
    if (from_here == "/stores" && visit.may_make_stores)
        return visit.page(status, root_, "stores_title", above + stores_section(*named_, visit, root_));
    throw Refusal{404, visit.say("nothing_here")};
}

Response KeysPage::change(Visit& visit) {
    const std::string here = visit.path.substr(0, visit.path.find('/', 1));
    try {
        const std::string what = visit.path.substr(here.size() + 1);
        if (here == "/stores") {
            const auto outcome = visit.may_make_stores ? change_stores(*named_, visit, what) : std::nullopt;
            if (!outcome) throw Refusal{404, visit.say("nothing_here")};
            return section(visit, outcome->status, outcome->above);
        }
        const bool known = here == "/forwarding" ? change_forwarding(store_, visit.form, what)
                                                 : change_retention(store_, visit.form, what);
        if (!known) throw Refusal{404, visit.say("nothing_here")};
    } catch (const SaidError& error) {
        return section(visit, 400, element("p", {{"role", "alert"}}, escaped(error.in(visit.language))));
    } catch (const Overtaken&) {
        // It was sending at this moment; who asks again is heard.
        return section(visit, 409, element("p", {{"role", "alert"}}, visit.say("forward_again")));
    }
    return {303, {{"Location", root_ + here + "?lang=" + visit.code()}}, ""};
}

Response KeysPage::enter(const Request& request, Visit& visit) {
    const std::string key = field(visit.form, "key");
    if (!tries_.may_try(request.from, key)) return sign_in(visit, 429, visit.say("too_many_tries"));
    if (!opens(key, field(visit.form, "secret"))) {
        tries_.failed(request.from, key);
        return sign_in(visit, 403, visit.say("keys_wrong"));
    }
    const std::string cookie = random_digits(32);
    {
        const std::lock_guard lock(mutex_);
        if (sessions_.size() >= most_sessions) sessions_.erase(sessions_.begin());
        sessions_[sha256(cookie)] = {key, random_digits(24), Clock::now()};
    }
    return {
        303,
        {{"Location", root_ + "?lang=" + visit.code()},
         {"Set-Cookie", std::string(keys_cookie) + "=" + cookie + "; Path=" + root_ + "; HttpOnly; SameSite=Strict"}},
        ""};
}

Response KeysPage::make(Visit& visit) {
    std::vector<Scope> scopes;
    for (const auto& [scope, key] : offered_scopes)
        if (field(visit.form, scope_words({scope})) == "1") scopes.push_back(scope);
    if (scopes.empty()) return list(visit, 400, element("p", {{"role", "alert"}}, visit.say("keys_no_scope")));
    const NewCredential made = make_credential(scopes, cleaned(field(visit.form, "label")).substr(0, longest_label));
    store_.write([&](Writer& writer) { writer.put(made.credential); });
    return list(visit, 200, made_key(visit, made, visit.say("keys_made")));
}

Response KeysPage::revoke(Visit& visit) {
    const std::string key = field(visit.form, "revoke");
    store_.write([&](Writer& writer) {
        auto credential = writer.credential(key);
        if (!credential) throw Refusal{404, "there is no such key"};
        if (credential->revoked == 0) credential->revoked = microseconds_now();
        writer.put(*credential);
    });
    if (!is_admin(visit.who)) return sign_in(visit, 200, "");
    return {303, {{"Location", root_ + "?lang=" + visit.code()}}, ""};
}

Response KeysPage::list(const Visit& visit, int status, const std::string& above) {
    std::string rows;
    for (const Credential& one : store_.rows().credentials()) {
        const bool revoked = one.revoked != 0;
        const std::string button =
            revoked ? ""
                    : element("form", {{"method", "post"}, {"action", visit.action(root_, "revoke")}},
                              visit.hidden_token() +
                                  element("button",
                                          {{"name", "revoke"},
                                           {"value", one.key},
                                           {"aria-label", words::text("keys_revoke", visit.language) + " " + one.key}},
                                          visit.say("keys_revoke")));
        rows += element("tr", {},
                        element("th", {{"scope", "row"}}, element("code", {}, escaped(one.key))) +
                            element("td", {}, escaped(one.label)) + element("td", {}, escaped(one.scopes)) +
                            element("td", {}, day_of(one.created)) +
                            element("td", {},
                                    (revoked ? visit.say("keys_revoked_on", {{"when", day_of(one.revoked)}})
                                             : visit.say("keys_in_use")) +
                                        button));
    }
    std::string head;
    for (const Key key :
         {Key("access_key"), Key("keys_label"), Key("keys_scopes"), Key("keys_since"), Key("keys_state")})
        head += element("th", {{"scope", "col"}}, visit.say(key));
    std::string choices;
    for (const auto& [scope, key] : offered_scopes) {
        const std::string name = scope_words({scope});
        choices += element("label", {},
                           tag("input", {{"type", "checkbox"}, {"name", name}, {"value", "1"}}) + " " + visit.say(key) +
                               " " + element("code", {}, name));
    }
    const std::string table =
        rows.empty() ? element("p", {}, visit.say("keys_none"))
                     : element("table", {},
                               element("caption", {}, visit.say("keys_title")) +
                                   element("thead", {}, element("tr", {}, head)) + element("tbody", {}, rows));
    return visit.page(
        status, root_, "keys_title",
        above + element("p", {}, visit.say("keys_text")) + table + element("h2", {}, visit.say("keys_new")) +
            element("form", {{"method", "post"}, {"action", visit.action(root_, "make")}},
                    visit.hidden_token() +
                        element("label", {},
                                visit.say("keys_label") + " " +
                                    tag("input", {{"type", "text"}, {"name", "label"}, {"maxlength", "200"}})) +
                        element("fieldset", {}, element("legend", {}, visit.say("keys_scopes")) + choices) +
                        element("p", {}, element("button", {}, visit.say("keys_new")))) +
            element("form", {{"method", "post"}, {"action", visit.action(root_, "leave")}},
                    visit.hidden_token() + element("button", {}, visit.say("leave"))));
}

Response KeysPage::sign_in(const Visit& visit, int status, const std::string& problem) {
    const std::string note = problem.empty() ? "" : element("p", {{"role", "alert"}, {"id", "problem"}}, problem);
    return visit.page(status, root_, "keys_title",
                      element("p", {}, visit.say("keys_sign_in")) + note +
                          element("form", {{"method", "post"}, {"action", visit.action(root_, "enter")}},
                                  element("label", {},
                                          visit.say("access_key") + " " +
                                              tag("input", {{"type", "text"},
                                                            {"name", "key"},
                                                            {"autocomplete", "username"},
                                                            {"required", "required"}})) +
                                      element("label", {},
                                              visit.say("keys_secret") + " " +
                                                  tag("input", {{"type", "password"},
                                                                {"name", "secret"},
                                                                {"autocomplete", "current-password"},
                                                                {"required", "required"}})) +
                                      element("p", {}, element("button", {}, visit.say("enter")))));
}

}  // namespace palier::xapi
