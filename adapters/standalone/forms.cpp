// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "adapters/standalone/html.hpp"
#include "adapters/standalone/item_form.hpp"
#include "adapters/standalone/map_table.hpp"
#include "adapters/standalone/site.hpp"

// The learner's pages without scripts, drawn of the same Views as the player's.

namespace palier::standalone {
namespace {

struct Screen {
    const Json& view;
    const std::optional<formats::Item>& item;
    Reader reader;
    std::string more;  ///< of the address: which test

    std::string word(words::Key key) const { return escaped(reader.say(key)); }
    std::string text(const Json& value) const { return value.is_string() ? escaped(value.get<std::string>()) : ""; }

    std::string form(const std::string& inside) const {
        return "<form method=\"post\" action=\"/test?lang=" + reader.code() + escaped(more) +
               "\">\n<input type=\"hidden\" name=\"sequence\" value=\"" +
               std::to_string(view.at("sequence").get<std::int64_t>()) + "\">\n" + inside + "</form>\n";
    }
    std::string button(const char* what, words::Key name, bool first = false) const {
        return std::string("<button name=\"do\" value=\"") + what + "\"" +
               (first ? "" : " class=\"second\" formnovalidate") + ">" + word(name) + "</button>\n";
    }
    /// Of a practice: what was right in the answer that was just given.
    std::string feedback() const {
        const Json& told = view.at("feedback");
        if (!told.is_object()) return "";
        std::string html = "<div class=\"notice\" role=\"status\">\n<p><strong>" +
                           reader.say("feedback_title", {{"n", std::to_string(told.at("n").get<int>())}}) +
                           "</strong> " + text(told.at("headline")) + "</p>\n";
        if (told.at("right").is_string())
            html += "<p>" + word("feedback_right") + reader.say("colon") + " " + text(told["right"]) + "</p>\n";
        for (const Json& one : told.at("texts")) html += "<p>" + text(one) + "</p>\n";
        return html + "</div>\n";
    }
    std::string notes() const {
        std::string html = feedback();
        if (view.at("notice").is_string())
            html += "<p class=\"notice\" role=\"status\">" + text(view["notice"]) + "</p>\n";
        if (view.at("invalid").is_string())
            html += "<p class=\"invalid\" role=\"alert\" id=\"invalid\">" + text(view["invalid"]) + "</p>\n";
        return html;
    }

    std::string before() const {
        std::string html = "<h1>" + text(view.at("title")) + "</h1>\n<dl>\n";
        for (const Json& section : view.at("before").at("sections"))
            html += "<dt>" + text(section.at("heading")) + "</dt><dd>" + text(section.at("text")) + "</dd>\n";
        return html + "</dl>\n" +
               form(
                   "<p class=\"typed\"><label for=\"name\">" + reader.say("first_name") +
                   "</label> <input type=\"text\" id=\"name\" name=\"name\" maxlength=\"60\" autocomplete=\"given-name\"></p>\n<p>" +
                   button("begin", "begin", true) + "</p>\n");
    }
    std::string question() const {
        const int percent = static_cast<int>(100 * view.at("progress").get<double>() + 0.5);
        const std::string number = std::to_string(view.at("item").at("n").get<int>());
        return notes() + "<div class=\"head\"><h1>" + reader.say("question", {{"n", number}}) +
               "</h1><p class=\"remaining\">" + text(view.at("remaining_text")) +
               "</p></div>\n<progress max=\"100\" value=\"" + std::to_string(percent) + "\" aria-label=\"" +
               word("progress") + "\">" + std::to_string(percent) + " %</progress>\n" +
               form(item_form(*item, view.at("response"), reader) + "<p class=\"buttons\">" +
                    button("answer", "submit", true) + button("unknown", "unknown") + button("pause", "pause") +
                    "</p>\n") +
               (view.at("saved").get<bool>()
                    ? "<p class=\"saved\" role=\"status\">✓ " + text(view.at("saved_text")) + "</p>\n"
                    : "");
    }
    std::string pause() const {
        return notes() + "<h1>" + word("paused") + "</h1>\n<p>" + word("paused_text") + "</p>\n" +
               form("<p class=\"buttons\">" + button("go_on", "resume", true) + button("stop", "stop") +
                    "</p>\n<p class=\"hint\">" + word("stop_text") + "</p>\n");
    }
    // Four equal choices.
    std::string calm() const {
        const auto choice = [&](const char* what, words::Key name, words::Key meaning) {
            return "<li>" + button(what, name) + "<p class=\"hint\">" + word(meaning) + "</p></li>\n";
        };
        return notes() + "<h1>" + word("calm") + "</h1>\n<p>" + word("calm_text") + "</p>\n" +
               form("<ul class=\"choices\">\n" + choice("go_on", "calm_continue", "calm_continue_text") +
                    choice("pause", "calm_together", "calm_together_text") +
                    choice("pause", "calm_paper", "calm_paper_text") + choice("stop", "stop", "stop_text") + "</ul>\n");
    }
    std::string result() const {
        const Json& told = view.at("result");
        std::string html = notes() + "<h1>" + text(told.at("headline")) + "</h1>\n";
        if (told.at("margin").is_string()) html += "<p class=\"lead\">" + text(told["margin"]) + "</p>\n";
        for (const Json& one : told.at("decisions")) html += "<p>" + text(one) + "</p>\n";
        if (told.at("provisional_text").is_string()) html += "<p>" + text(told["provisional_text"]) + "</p>\n";
        if (told.at("distribution").is_object()) html += chart(told["distribution"]);
        if (told.at("map").is_object()) html += map_table(told["map"]);
        if (!told.at("you_can").empty()) {
            html += "<h2>" + word("you_can") + "</h2>\n<ul>\n";
            for (const Json& one : told["you_can"]) html += "<li>" + text(one) + "</li>\n";
            html += "</ul>\n";
        }
        if (told.at("next_steps").is_object()) {
            html += "<h2>" + text(told["next_steps"].at("title")) + "</h2>\n<ul>\n";
            for (const Json& one : told["next_steps"].at("texts")) html += "<li>" + text(one) + "</li>\n";
            html += "</ul>\n";
        }
        return html + "<p class=\"aside\">" + text(told.at("stop")) +
               "</p>\n<p class=\"buttons\"><a class=\"button\" href=\"/test/story?lang=" + reader.code() + "\">" +
               word("understand") + "</a></p>\n" + form("<p>" + button("again", "again") + "</p>\n");
    }
    // A table is the text twin of the bars, and the bars are in its cells.
    std::string chart(const Json& distribution) const {
        std::string html = "<table class=\"chart\"><caption>" + text(distribution.at("title")) +
                           "</caption>\n<thead><tr><th scope=\"col\">" + word("level") +
                           "</th><th scope=\"col\" colspan=\"2\">" + reader.say("chances_heading") +
                           "</th></tr></thead>\n<tbody>\n";
        for (const Json& level : distribution.at("levels")) {
            const std::string percent = std::to_string(level.at("percent").get<int>());
            const std::string name = text(level.at("name"));
            html +=
                std::string("<tr") + (level.at("mine").get<bool>() ? " class=\"mine\"" : "") + "><th scope=\"row\">" +
                std::to_string(level.at("number").get<int>()) + (name.empty() ? "" : " – " + name) +
                (level.at("mine").get<bool>() ? " " + reader.say("mine") : "") + "</th><td>" + percent +
                "\u00A0%</td><td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"" +
                percent + "\" height=\"10\"/></svg></td></tr>\n";
        }
        return html + "</tbody></table>\n";
    }
    std::string story() const {
        const Json& told = view.at("story");
        std::string html = "<h1>" + word("story") + "</h1>\n<p class=\"lead\">" + text(told.at("summary")) +
                           "</p>\n<p>" + text(told.at("intro")) + "</p>\n<ol class=\"story\">\n";
        for (const Json& line : told.at("entries"))
            html += "<li><h2>" + text(line.at("label")) + "</h2><p><strong>" + text(line.at("outcome")) +
                    "</strong></p><p>" + text(line.at("told")) + "</p></li>\n";
        return html + "</ol>\n<p>" + text(told.at("stop")) +
               "</p>\n<p><a class=\"button\" href=\"/test?lang=" + reader.code() + "\">" + word("back_to_result") +
               "</a></p>\n";
    }

    std::string body() const {
        const std::string screen = view.at("screen");
        return screen == "before"     ? before()
               : screen == "question" ? question()
               : screen == "pause"    ? pause()
               : screen == "calm"     ? calm()
               : screen == "story"    ? story()
                                      : result();
    }
};

std::int64_t number_of(const std::string& text) {
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

std::string clean_name(const std::string& name) {
    if (name.size() > 240) throw xapi::Refusal{400, "the name is too long"};
    for (const unsigned char c : name)
        if (c < 0x20) throw xapi::Refusal{400, "the name has control characters"};
    return name;
}

}  // namespace

xapi::Response Site::forms(const xapi::Request& request, const xapi::Target& target) {
    const Reader asked = reader_of(request, target.parameters);
    const std::string token = cookie(request, "palier_attempt");
    const std::string wanted = value_of(target.parameters, "test");
    const std::string which = wanted.empty() ? "" : "&test=" + xapi::encode(wanted);
    const auto draw = [&](int status, const Json& view, const std::optional<formats::Item>& item) {
        const Reader reader{view.at("lang") == "fr"};
        const Screen screen{view, item, reader, which};
        const std::string other =
            view.at("screen") == "before" ? std::string("/test?lang=") + (reader.french ? "en" : "fr") + which : "";
        return html(status, page(reader, view.at("title").get<std::string>(), screen.body(), other));
    };
    const std::string home = "/test?lang=" + asked.code() + which;
    if (request.method != "POST") {
        Json view;
        std::optional<formats::Item> item;
        const bool story = target.path == "/test/story";
        if (!story && target.path != "/test") throw Refused{404, "nothing_here"};
        const bool there = attempts_.look(
            token,
            [&](const delivery::Attempt& attempt) {
                view = story ? attempt.story() : attempt.view();
                item = attempt.item();
            },
            wanted);
        if (!there) view = test(wanted)->before(asked.code());
        if (value_of(target.parameters, "saved") == "1" && view.at("screen") == "question") {
            view["saved"] = true;
            view["saved_text"] = asked.say("saved");
        }
        return draw(200, view, item);
    }
    const xapi::Parameters fields = form_of(request.body);
    const std::string what = value_of(fields, "do");
    if (what == "begin") {
        Json view;
        xapi::Response response = begin(request.from, wanted, asked.code(), clean_name(value_of(fields, "name")), view);
        response.status = 303;
        response.headers.emplace_back("Location", home);
        return response;
    }
    if (what == "again") {
        xapi::Response response = see_other(home);
        response.headers.push_back(no_attempt());
        return response;
    }
    if (!answers_.take(request.from)) throw Refused{429, "many_at_once", {{"Retry-After", "2"}}};
    const std::int64_t sequence = number_of(value_of(fields, "sequence"));
    std::optional<formats::Item> item;
    const auto view = attempts_.step(
        token,
        [&](delivery::Attempt& attempt) {
            Json seen;
            if (what == "answer") {
                const auto shown = attempt.item();
                seen = attempt.answer(sequence, shown ? form_response(*shown, fields) : Json(), -1, now());
            } else if (what == "unknown") {
                seen = attempt.unknown(sequence, -1, now());
            } else if (what == "pause") {
                seen = attempt.pause(sequence, now());
            } else if (what == "go_on") {
                seen = attempt.go_on(sequence, now());
            } else if (what == "stop") {
                seen = attempt.stop(sequence, now());
            } else {
                throw xapi::Refusal{400, "the form cannot be read"};
            }
            item = attempt.item();
            return seen;
        },
        now());
    if (!view) return see_other(home);
    // What has to be said is said at once; else the page can be loaded again without sending twice.
    if (view->at("invalid").is_string() || view->at("notice").is_string() || view->at("feedback").is_object() ||
        view->at("screen") == "calm")
        return draw(200, *view, item);
    return see_other(home + (view->at("saved").get<bool>() ? "&saved=1" : ""));
}

}  // namespace palier::standalone
