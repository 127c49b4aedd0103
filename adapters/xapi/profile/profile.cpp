// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/profile/profile.hpp"

#include <nlohmann/json.hpp>

#include "adapters/text/markup.hpp"

namespace palier::xapi {
namespace {

using markup::element;
using markup::escaped;
using nlohmann::json;

std::string value_of(const Parameters& parameters, std::string_view name) {
    for (const auto& [key, value] : parameters)
        if (key == name) return value;
    return {};
}

/// French unless English is wanted, as everywhere in `palier serve`.
std::string language_of(const Request& request, const Parameters& parameters) {
    std::string language = value_of(parameters, "lang");
    if (language.empty())
        language = std::string(header(request.headers, "Accept-Language").value_or("fr").substr(0, 2));
    return language == "en" ? "en" : "fr";
}

std::string words(const json& one, const char* member, const std::string& language) {
    const auto found = one.find(member);
    return found == one.end() ? "" : escaped(found->value(language, ""));
}

/// One section: what each of its things is called, its IRI and what it means.
std::string section(const json& profile, const char* member, const std::string& language) {
    std::string rows;
    std::string type;
    std::string html;
    const auto close = [&] {
        if (!rows.empty()) html += element("h2", {}, escaped(type)) + element("dl", {}, rows);
        rows.clear();
    };
    for (const json& one : profile.value(member, json::array())) {
        if (one.value("type", "") != type) {
            close();
            type = one.value("type", "");
        }
        const std::string id = one.value("id", "");
        rows += element("dt", {{"id", id.substr(id.find('#') == std::string::npos ? 0 : id.find('#') + 1)}},
                        words(one, "prefLabel", language));
        rows += element("dd", {}, element("code", {}, escaped(id)) + "<br>" + words(one, "definition", language));
    }
    close();
    return html;
}

std::string page(const std::string& language) {
    const json profile = json::parse(profile_document());
    const std::string other = language == "fr" ? "en" : "fr";
    const std::string title = words(profile, "prefLabel", language);
    return "<!DOCTYPE html>\n<html lang=\"" + language + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title +
           "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
           "<link rel=\"alternate\" type=\"application/ld+json\" href=\"?format=jsonld\">\n</head>\n<body>\n<main>\n" +
           element("h1", {}, title) + element("p", {}, words(profile, "definition", language)) +
           element("p", {}, element("code", {}, escaped(profile.at("versions").at(0).value("id", "")))) +
           element("p", {},
                   element("a", {{"href", "?format=jsonld"}}, "JSON-LD") + " · " +
                       element("a", {{"href", "?lang=" + other}, {"lang", other}, {"hreflang", other}},
                               other == "fr" ? "Français" : "English")) +
           section(profile, "concepts", language) + section(profile, "templates", language) +
           section(profile, "patterns", language) + "</main>\n</body>\n</html>\n";
}

Response refused(int status, const std::string& text) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, text + "\n"};
}

Response answer(const Request& request) {
    if (request.method != "GET" && request.method != "HEAD") {
        Response response = refused(405, "GET or HEAD is expected");
        response.headers.emplace_back("Allow", "GET, HEAD");
        return response;
    }
    Target target;
    try {
        target = read_target(request.target);
    } catch (const Refusal& refusal) {
        return refused(refusal.status, refusal.text);
    }
    const bool html = value_of(target.parameters, "format") != "jsonld" &&
                      header(request.headers, "Accept").value_or("").find("text/html") != std::string_view::npos;
    return {200,
            {{"Content-Type", html ? "text/html; charset=utf-8" : "application/ld+json"},
             {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
             {"X-Content-Type-Options", "nosniff"},
             {"Access-Control-Allow-Origin", "*"},
             {"Vary", "Accept, Accept-Language"},
             {"Cache-Control", "max-age=3600"}},
            html ? page(language_of(request, target.parameters)) : std::string(profile_document())};
}

}  // namespace

bool asks_for_profile(const Request& request) {
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    return path == profile_path;
}

Response answer_profile(const Request& request) {
    Response response = answer(request);
    response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    if (request.method == "HEAD") response.body.clear();
    return response;
}

}  // namespace palier::xapi
