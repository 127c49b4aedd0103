// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/site.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/delivery/handles.hpp"
#include "adapters/standalone/embedded.hpp"
#include "adapters/standalone/guard.hpp"
#include "adapters/standalone/html.hpp"
#include "engine/errors.hpp"

namespace palier::standalone {
namespace {

const std::map<std::string, std::string>& types() {
    static const std::map<std::string, std::string> known = {{".html", "text/html; charset=utf-8"},
                                                             {".js", "text/javascript; charset=utf-8"},
                                                             {".css", "text/css; charset=utf-8"},
                                                             {".json", "application/json; charset=utf-8"},
                                                             {".svg", "image/svg+xml"},
                                                             {".png", "image/png"},
                                                             {".wasm", "application/wasm"},
                                                             {".woff2", "font/woff2"},
                                                             {".txt", "text/plain; charset=utf-8"}};
    return known;
}

bool has_path(const std::string& path, const std::string& root) { return path == root || path.starts_with(root + "/"); }

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    return result;
}

}  // namespace

Site::Site(Settings settings, xapi::Store& store, Tests tests)
    : settings_(std::move(settings)),
      attempts_(store, std::move(tests), settings_.home, settings_.seed),
      trainer_(store,
               {settings_.trainer_key, settings_.key, settings_.secret, settings_.store_keys, settings_.home + "/xapi"},
               "/trainer", "/",
               settings_.packages ? std::make_unique<PackagesPage>(*settings_.packages, attempts_.tests(), "/trainer")
                                  : nullptr),
      begins_(settings_.attempts_burst, settings_.attempts_per_second),
      answers_(settings_.answers_burst, settings_.answers_per_second) {
    files_["/pages.css"] = {types().at(".css"), embedded::style};
    if (settings_.player.empty()) return;
    // Read once: what is served is what was there at the start, and no path of a request touches the disk.
    for (const auto& entry : std::filesystem::recursive_directory_iterator(settings_.player)) {
        const auto type = types().find(lower(entry.path().extension().string()));
        if (!entry.is_regular_file() || type == types().end()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string name = std::filesystem::relative(entry.path(), settings_.player).generic_string();
        files_["/player/" + name] = {type->second, {std::istreambuf_iterator<char>(in), {}}};
    }
    if (const auto index = files_.find("/player/index.html"); index != files_.end()) files_["/player"] = index->second;
}

xapi::Response Site::handle(const xapi::Request& request) {
    return guarded(request, [&] { return answer(request); });
}

xapi::Response Site::answer(const xapi::Request& request) {
    const bool post = check_method(request);
    const xapi::Target target = xapi::read_target(request.target);
    if (has_path(target.path, "/api")) {
        if (post) check_post(request, "application/json");
        return api(request, target);
    }
    if (post) check_post(request, "application/x-www-form-urlencoded");
    if (has_path(target.path, "/trainer")) return trainer_.handle(request, target);
    if (has_path(target.path, "/test")) return forms(request, target);
    if (post) throw xapi::Refusal{405, "this page can be read only", {{"Allow", "GET, HEAD"}}};
    if (target.path == "/" || target.path.empty()) return start_page(reader_of(request, target.parameters));
    // The player's files are named beside its page, so the page's address ends with a slash.
    const std::size_t query = request.target.find('?');
    if (request.target.substr(0, query) == "/player" && files_.contains("/player"))
        return see_other("/player/" + (query == std::string::npos ? "" : request.target.substr(query)));
    return static_file(target.path);
}

xapi::Response Site::static_file(const std::string& path) const {
    const auto found = files_.find(path);
    if (found == files_.end()) throw Refused{404, "nothing_here"};
    return {200, {{"Content-Type", found->second.type}}, found->second.bytes};
}

std::shared_ptr<const delivery::Test> Site::test(const std::string& id) const {
    auto found = attempts_.test(id);
    if (!found) throw Refused{404, "no_such_test"};
    return found;
}

xapi::Response Site::begin(const std::string& from, const std::string& id, const std::string& language,
                           const std::string& name, Json& view) {
    const auto asked = test(id);
    if (!begins_.take(from)) throw Refused{429, "many_at_once", {{"Retry-After", "5"}}};
    if (attempts_.count() >= settings_.most_attempts && attempts_.forget(now()) == 0)
        throw Refused{503, "file_of_tests_full", {}, {{"most", std::to_string(settings_.most_attempts)}}};
    Attempts::Begun begun = attempts_.begin(asked, language, name, now());
    view = std::move(begun.view);
    xapi::Response response;
    response.headers.emplace_back("Set-Cookie",
                                  "palier_attempt=" + begun.token +
                                      "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(Attempts::kept));
    return response;
}

std::string Site::card(const delivery::Test& test, const Reader& reader) const {
    const bool player = files_.contains("/player");
    const bool first = &test == attempts_.tests().front().get();
    const Json about = test.about();
    const std::string query =
        "?lang=" + reader.code() + (first ? "" : "&amp;test=" + xapi::encode(about.at("id").get<std::string>()));
    std::string heading = escaped(test.title(reader.code()));
    // What it is for, and how long it takes.
    const Json sections = test.before(reader.code()).at("before").at("sections");
    std::string text =
        escaped(sections.at(0).at("text").get<std::string>() + " " + sections.at(1).at("text").get<std::string>());
    if (first && settings_.demo) {
        const std::string n = std::to_string(about["items"][reader.code()].get<int>());
        heading = reader.say("find_a_level");
        text = reader.say("demo_text", {{"n", n}});
        if (about["plan"].contains("map") && test.content().expected.is_object()) {
            const Json& expected = test.content().expected["items"];
            const std::string low = dump_json(expected[0]), high = dump_json(expected[1]);
            heading = reader.say("demo_map_title");
            text = reader.say(
                low == high ? words::Key("demo_map_text_one") : words::Key("demo_map_text"),
                {{"n", n}, {"scales", std::to_string(about["plan"]["scales"].size())}, {"low", low}, {"high", high}});
        }
    }
    return "<section class=\"card\"><h2>" + heading + "</h2><p>" + text + "</p><p><a class=\"button\" href=\"" +
           std::string(player ? "/player/" : "/test") + query + "\">" + reader.say("take_the_test") + "</a></p>" +
           (player ? "<p class=\"aside\"><a href=\"/test" + query + "\">" + reader.say("without_scripts") + "</a></p>"
                   : "") +
           "</section>\n";
}

xapi::Response Site::start_page(const Reader& reader) const {
    std::string body = "<h1>" + reader.say("standalone_title") + "</h1>\n";
    if (settings_.demo) body += "<p class=\"lead\">" + reader.say("standalone_text") + "</p>\n";
    body += "<div class=\"cards\">\n";
    for (const auto& test : attempts_.tests()) body += card(*test, reader);
    body += "<section class=\"card\"><h2>" + reader.say("read_what_happened") + "</h2><p>" +
            reader.say("read_what_happened_text") +
            "</p><p><a class=\"button second\" href=\"/trainer?lang=" + reader.code() + "\">" +
            reader.say("trainer_page") + "</a></p></section>\n</div>\n";
    if (settings_.demo)
        body += "<h2>" + reader.say("in_moodle") + "</h2>\n<p>" + reader.say("in_moodle_text") +
                "</p>\n<pre><code>./packaging/demo --moodle DIR</code></pre>\n<p>" + reader.say("in_moodle_download") +
                "</p>\n<pre><code>./packaging/demo --download</code></pre>\n<p>" + reader.say("in_moodle_own") + "</p>";
    return html(
        200, page(reader, reader.say("standalone_mode"), body, std::string("/?lang=") + (reader.french ? "en" : "fr")));
}

}  // namespace palier::standalone
