// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/forward/forward.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/keys_visit.hpp"
#include "adapters/xapi/store/ops/clock.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t most_counted = 1000;  // of what waits
constexpr std::size_t most_parked_shown = 20;

std::string labelled(const KeysPage::Visit& visit, Key key, const std::string& name, const std::string& type,
                     bool required) {
    markup::Attributes attributes{{"type", type}, {"name", name}, {"autocomplete", "off"}, {"maxlength", "1000"}};
    if (required) attributes.emplace_back("required", "required");
    return element("label", {}, visit.say(key) + " " + tag("input", attributes));
}

std::string one_button(const KeysPage::Visit& visit, const std::string& root, const std::string& what, Key key,
                       const std::string& name) {
    return element(
        "form", {{"method", "post"}, {"action", visit.action(root, "forwarding/" + what)}},
        visit.hidden_token() +
            element("button",
                    {{"name", "name"}, {"value", name}, {"aria-label", words::text(key, visit.language) + " " + name}},
                    visit.say(key)));
}

/// "paused", what went wrong and when it is tried again, or that all is well.
std::string state_of(const KeysPage::Visit& visit, const Progress& progress) {
    std::string text = progress.paused ? visit.say("forward_paused") : "";
    if (!progress.problem.empty()) text += (text.empty() ? "" : " ") + escaped(problem_words(progress, visit.language));
    if (!progress.paused && progress.not_before > microseconds_now())
        text +=
            " " + visit.say("forward_next", {{"when", timestamp(progress.not_before / 1000).substr(0, 19) + " UTC"}});
    return text.empty() ? visit.say("forward_well") : text;
}

std::string parked_list(Store& store, const KeysPage::Visit& visit, const std::string& name) {
    std::string lines;
    const auto parked = parked_of(store, name);
    for (std::size_t i = 0; i < parked.size() && i < most_parked_shown; ++i)
        lines += element("li", {},
                         element("code", {}, escaped(parked[i].id)) + " " + std::to_string(parked[i].status) + " " +
                             escaped(parked[i].words));
    if (lines.empty()) return "";
    return element("details", {},
                   element("summary", {}, visit.say("forward_refused", {{"name", name}})) + element("ul", {}, lines));
}

/// What a filter names: its verb and activity.
std::string what_goes(const KeysPage::Visit& visit, const Destination& to) {
    std::string text;
    for (const auto& one : {to.verb, to.activity, to.agent, to.registration})
        if (one) text += (text.empty() ? "" : " ") + element("code", {}, escaped(*one));
    return text.empty() ? visit.say("everything") : text;
}

}  // namespace

std::string forwarding_section(Store& store, const KeysPage::Visit& visit, const std::string& root) {
    std::string rows, refused;
    for (const Destination& to : destinations(store)) {
        const Progress progress = progress_of(store, to.name);
        const std::size_t waits = waiting_for(store, to.name, most_counted);
        const std::string more = waits == most_counted ? "+" : "";
        rows += element(
            "tr", {},
            element("th", {{"scope", "row"}}, escaped(to.name)) +
                element("td", {}, element("code", {}, escaped(to.endpoint))) + element("td", {}, what_goes(visit, to)) +
                element("td", {}, std::to_string(progress.sent)) + element("td", {}, std::to_string(waits) + more) +
                element("td", {}, std::to_string(progress.parked)) + element("td", {}, state_of(visit, progress)) +
                element("td", {},
                        (progress.paused ? one_button(visit, root, "go-on", "forward_go_on", to.name)
                                         : one_button(visit, root, "pause", "forward_pause", to.name)) +
                            one_button(visit, root, "retry", "retry", to.name) +
                            one_button(visit, root, "remove", "forward_remove", to.name)));
        if (progress.parked > 0) refused += parked_list(store, visit, to.name);
    }
    std::string head;
    for (const Key key : {Key("forward_name"), Key("forward_to"), Key("forward_what"), Key("forward_sent"),
                          Key("forward_waits"), Key("forward_parked"), Key("keys_state"), Key("forward_do")})
        head += element("th", {{"scope", "col"}}, visit.say(key));
    const std::string table =
        rows.empty()
            ? element("p", {}, visit.say("forward_none"))
            : element("div",
                      {{"class", "scroll"},
                       {"tabindex", "0"},
                       {"role", "region"},
                       {"aria-label", words::text("forward_title", visit.language)}},
                      element("table", {}, element("thead", {}, element("tr", {}, head)) + element("tbody", {}, rows)));
    std::string versions;
    for (const char* version : {"1.0.3", "2.0.0"}) versions += element("option", {}, version);
    return element("p", {}, visit.say("forward_text")) + table + refused + element("h2", {}, visit.say("forward_new")) +
           element(
               "form", {{"method", "post"}, {"action", visit.action(root, "forwarding/add")}},
               visit.hidden_token() + labelled(visit, "forward_name", "name", "text", true) +
                   labelled(visit, "forward_to", "to", "url", true) +
                   labelled(visit, "access_key", "key", "text", true) +
                   labelled(visit, "keys_secret", "secret", "password", true) +
                   element("label", {},
                           visit.say("forward_version") + " " + element("select", {{"name", "version"}}, versions)) +
                   labelled(visit, "retention_verb", "verb", "text", false) +
                   labelled(visit, "retention_activity", "activity", "text", false) +
                   element("label", {},
                           tag("input", {{"type", "checkbox"}, {"name", "from_now"}, {"value", "1"}}) + " " +
                               visit.say("forward_from_now")) +
                   element("p", {}, element("button", {}, visit.say("forward_new"))));
}

bool change_forwarding(Store& store, const Parameters& form, const std::string& what) {
    const std::string name = field(form, "name");
    if (what == "add") {
        Destination to;
        to.name = name;
        to.endpoint = std::string(trimmed(field(form, "to")));
        while (!to.endpoint.empty() && to.endpoint.back() == '/') to.endpoint.pop_back();
        to.key = field(form, "key");
        to.secret = field(form, "secret");
        const std::string version = field(form, "version");
        if (version != "1.0.3" && version != "2.0.0") throw SaidError("forward_no_version");
        to.version = version == "2.0.0" ? Version::v2_0_0 : Version::v1_0_3;
        to.verb = iri_field(form, "verb");
        to.activity = iri_field(form, "activity");
        add_destination(store, to, field(form, "from_now") == "1");
    } else if (what == "pause" || what == "go-on") {
        pause_destination(store, name, what == "pause");
    } else if (what == "retry") {
        retry_destination(store, name);
    } else if (what == "remove") {
        if (!remove_destination(store, name)) throw no_destination(name);
    } else {
        return false;
    }
    return true;
}

}  // namespace palier::xapi
