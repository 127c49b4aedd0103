// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/html.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include "adapters/text/markup.hpp"

namespace palier::standalone {
namespace {

/// French puts a space before : ; ! ? » and after «, where no line may end. Text alone: values of
/// controls stay what they were, and so does what is shown as it is (pre).
std::string typeset(const std::string& html) {
    const std::string hard = "\u00A0", open = "«";
    std::string result;
    bool in_tag = false, in_pre = false;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html[i] == '<') {
            in_tag = true;
            if (html.compare(i, 4, "<pre") == 0) in_pre = true;
            if (html.compare(i, 5, "</pre") == 0) in_pre = false;
        }
        const bool space = html[i] == ' ' && !in_tag && !in_pre;
        const bool before =
            space && i + 1 < html.size() &&
            (std::string_view(":;!?").find(html[i + 1]) != std::string_view::npos || html.compare(i + 1, 2, "»") == 0);
        if (before || (space && result.ends_with(open)))
            result += hard;
        else
            result += html[i];
        if (html[i] == '>') in_tag = false;
    }
    return result;
}

}  // namespace

Reader reader_of(const xapi::Request& request, const xapi::Parameters& parameters) {
    std::string language = value_of(parameters, "lang");
    if (language.empty())
        language = std::string(xapi::header(request.headers, "Accept-Language").value_or("fr").substr(0, 2));
    return {language != "en"};
}

std::string escaped(std::string_view text) { return markup::escaped(text); }

std::string value_of(const xapi::Parameters& parameters, std::string_view name) {
    for (const auto& [key, value] : parameters)
        if (key == name) return value;
    return "";
}

std::string page(const Reader& reader, const std::string& title, const std::string& body, const std::string& other,
                 const std::string& home) {
    std::string link;
    if (!other.empty())
        link = "<a class=\"language\" lang=\"" + std::string(reader.french ? "en" : "fr") + "\" hreflang=\"" +
               (reader.french ? "en" : "fr") + "\" href=\"" + escaped(other) + "\">" +
               (reader.french ? "English" : "Français") + "</a>";
    return "<!DOCTYPE html>\n<html lang=\"" + reader.code() + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
           escaped(title) +
           " – Palier</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<link rel=\"stylesheet\" href=\"/pages.css\">\n<link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n"
           "<a class=\"skip\" href=\"#main\">" +
           reader.say("skip_to_content") +
           "</a>\n"
           "<header><a class=\"home\" href=\"" +
           home + "?lang=" + reader.code() + "\">Palier</a> <span class=\"mode\">" +
           (home == "/" ? reader.say("standalone_banner") : reader.say("statement_store")) + "</span>" + link +
           "</header>\n<main id=\"main\" tabindex=\"-1\">\n" + (reader.french ? typeset(body) : body) +
           "\n</main>\n</body>\n</html>\n";
}

xapi::Response html(int status, std::string body) {
    return {status, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(body)};
}

xapi::Response json(int status, const std::string& body) {
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, body};
}

std::pair<std::string, std::string> no_attempt() {
    return {"Set-Cookie", "palier_attempt=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"};
}

xapi::Response see_other(const std::string& address) { return {303, {{"Location", address}}, ""}; }

xapi::Parameters form_of(const std::string& body) { return xapi::read_form(body); }

std::string option(const std::string& value, const std::string& html, bool chosen) {
    return "<option value=\"" + escaped(value) + "\"" + (chosen ? " selected" : "") + ">" + html + "</option>";
}

std::string date_time(std::int64_t milliseconds, const Reader& reader) {
    constexpr std::array fr{"janvier", "février", "mars",      "avril",   "mai",      "juin",
                            "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    constexpr std::array en{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};
    const std::time_t seconds = milliseconds / 1000;
    std::tm local{};
    localtime_r(&seconds, &local);
    const auto month = static_cast<std::size_t>(local.tm_mon);
    char text[96];
    std::snprintf(text, sizeof text, "%d %s %d, %02d:%02d", local.tm_mday, reader.french ? fr[month] : en[month],
                  local.tm_year + 1900, local.tm_hour, local.tm_min);
    return text;
}

}  // namespace palier::standalone
