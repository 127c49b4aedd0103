// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/keys_visit.hpp"
#include "adapters/xapi/store/ops/retention.hpp"

namespace palier::xapi {
namespace {

std::string rule_row(const KeysPage::Visit& visit, const std::string& root, const RetentionRule& rule) {
    const auto named = [&](const std::optional<std::string>& iri) {
        return iri ? element("code", {}, escaped(*iri)) : visit.say("everything");
    };
    const std::string days = std::to_string(rule.days);
    return element(
        "tr", {},
        element("th", {{"scope", "row"}}, days) + element("td", {}, named(rule.verb)) +
            element("td", {}, named(rule.activity)) +
            element("td", {}, rule.related ? visit.say("retention_related") : "") +
            element("td", {},
                    element("form", {{"method", "post"}, {"action", visit.action(root, "retention/remove")}},
                            visit.hidden_token() +
                                element("button",
                                        {{"name", "rule"},
                                         {"value", rule.id},
                                         {"aria-label", words::text("forward_remove", visit.language) + " " + days}},
                                        visit.say("forward_remove")))));
}

}  // namespace

std::string retention_section(Store& store, const KeysPage::Visit& visit, const std::string& root) {
    std::string rows, head;
    for (const RetentionRule& rule : retention_rules(store)) rows += rule_row(visit, root, rule);
    for (const Key key : {Key("retention_days"), Key("retention_verb"), Key("retention_activity"),
                          Key("retention_where"), Key("forward_do")})
        head += element("th", {{"scope", "col"}}, visit.say(key));
    const std::string table =
        rows.empty()
            ? element("p", {}, visit.say("retention_none"))
            : element("div",
                      {{"class", "scroll"},
                       {"tabindex", "0"},
                       {"role", "region"},
                       {"aria-label", words::text("retention_title", visit.language)}},
                      element("table", {}, element("thead", {}, element("tr", {}, head)) + element("tbody", {}, rows)));
    const auto typed = [&](Key key, const char* name) {
        return element(
            "label", {},
            visit.say(key) + " " + tag("input", {{"type", "text"}, {"name", name}, {"autocomplete", "off"}}));
    };
    return element("p", {}, visit.say("retention_text")) + table + element("h2", {}, visit.say("retention_new")) +
           element("form", {{"method", "post"}, {"action", visit.action(root, "retention/add")}},
                   visit.hidden_token() +
                       element("label", {},
                               visit.say("retention_days") + " " +
                                   tag("input", {{"type", "number"},
                                                 {"name", "days"},
                                                 {"min", "1"},
                                                 {"max", std::to_string(most_days)},
                                                 {"required", "required"}})) +
                       typed("retention_verb", "verb") + typed("retention_activity", "activity") +
                       element("label", {},
                               tag("input", {{"type", "checkbox"}, {"name", "related"}, {"value", "1"}}) + " " +
                                   visit.say("retention_related")) +
                       element("p", {}, element("button", {}, visit.say("retention_new"))));
}

bool change_retention(Store& store, const Parameters& form, const std::string& what) {
    if (what == "add") {
        RetentionRule rule;
        const std::string days = field(form, "days");
        const auto read = std::from_chars(days.data(), days.data() + days.size(), rule.days);
        if (read.ec != std::errc() || read.ptr != days.data() + days.size()) throw no_days();
        rule.verb = iri_field(form, "verb");
        rule.activity = iri_field(form, "activity");
        rule.related = field(form, "related") == "1";
        if (rule.related && !rule.activity) throw SaidError("retention_no_activity");
        add_retention_rule(store, rule);
    } else if (what == "remove") {
        if (!remove_retention_rule(store, field(form, "rule"))) throw SaidError("retention_gone");
    } else {
        return false;
    }
    return true;
}

}  // namespace palier::xapi
