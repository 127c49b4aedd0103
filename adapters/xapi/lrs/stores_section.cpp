// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/xapi/lrs/keys_visit.hpp"
#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

std::string alert(const std::string& words) { return element("p", {{"role", "alert"}}, words); }

std::string form(const KeysPage::Visit& visit, const std::string& root, const std::string& what, Key button,
                 const std::string& name, const std::string& more = "") {
    return element("form", {{"method", "post"}, {"action", visit.action(root, "stores/" + what)}},
                   visit.hidden_token() + more +
                       element("button",
                               {{"name", "store"},
                                {"value", name},
                                {"aria-label", words::text(button, visit.language) + " – " + name}},
                               visit.say(button)));
}

/// What is in a store, and what can be done with it.
std::string cells_of(Store& store, const KeysPage::Visit& visit, const std::string& root, const std::string& name) {
    const std::int64_t count = store.rows().count_statements();
    const auto keys = store.rows().credentials();
    const auto in_use = std::count_if(keys.begin(), keys.end(), [](const auto& one) { return one.revoked == 0; });
    const auto way = [&](const char* page, Key key) {
        return element("a",
                       {{"href", "/stores/" + name + "/" + page + "?lang=" + visit.code()},
                        {"aria-label", words::text(key, visit.language) + " – " + name}},
                       visit.say(key));
    };
    const std::string with_statements =
        count == 0 ? ""
                   : element("label", {},
                             tag("input", {{"type", "checkbox"}, {"name", "with_statements"}, {"value", "1"}}) + " " +
                                 escaped(words::counted("stores_with", visit.language, count)));
    return element("td", {}, std::to_string(count)) + element("td", {}, std::to_string(in_use)) +
           element("td", {}, way("keys", "keys_title") + "<br>" + way("trainer", "trainer_page")) +
           element("td", {},
                   form(visit, root, "key", "stores_key", name) +
                       form(visit, root, "remove", "forward_remove", name, with_statements));
}

std::string row_of(NamedStores& named, const KeysPage::Visit& visit, const std::string& root, const std::string& name) {
    std::string cells;
    try {
        const auto one = named.find(name);
        if (!one) return "";  // it went meanwhile
        cells = cells_of(one->store, visit, root, name);
    } catch (const StoreError& error) {
        cells = element("td", {{"colspan", "4"}}, escaped(error.what()));
    }
    return element(
        "tr", {},
        element("th", {{"scope", "row"}}, escaped(name) + "<br>" + element("code", {}, "/stores/" + name + "/xapi")) +
            cells);
}

/// A key that makes the others of a store.
std::string first_key(NamedStores::One& one, const KeysPage::Visit& visit, const std::string& name) {
    const NewCredential made = make_credential({Scope::admin}, words::text("stores_key_label", visit.language));
    one.store.write([&](Writer& writer) { writer.put(made.credential); });
    return made_key(visit, made, visit.say("stores_made", {{"name", name}}));
}

}  // namespace

std::string stores_section(NamedStores& named, const KeysPage::Visit& visit, const std::string& root) {
    std::string rows, head;
    for (const std::string& name : named.names()) rows += row_of(named, visit, root, name);
    for (const Key key :
         {Key("stores_store"), Key("stores_statements"), Key("stores_keys"), Key("stores_pages"), Key("forward_do")})
        head += element("th", {{"scope", "col"}}, visit.say(key));
    const std::string table =
        rows.empty()
            ? element("p", {}, visit.say("stores_none"))
            : element("div",
                      {{"class", "scroll"},
                       {"tabindex", "0"},
                       {"role", "region"},
                       {"aria-label", words::text("stores_title", visit.language)}},
                      element("table", {}, element("thead", {}, element("tr", {}, head)) + element("tbody", {}, rows)));
    return element("p", {}, visit.say("stores_text")) + table + element("h2", {}, visit.say("stores_new")) +
           element("form", {{"method", "post"}, {"action", visit.action(root, "stores/make")}},
                   visit.hidden_token() +
                       element("label", {},
                               visit.say("forward_name") + " " +
                                   tag("input", {{"type", "text"},
                                                 {"name", "name"},
                                                 {"autocomplete", "off"},
                                                 {"maxlength", "30"},
                                                 {"pattern", "[a-z][a-z0-9\\-]*"},
                                                 {"aria-describedby", "of-names"},
                                                 {"required", "required"}})) +
                       element("p", {{"id", "of-names"}}, visit.say("stores_names")) +
                       element("p", {}, element("button", {}, visit.say("stores_new"))));
}

std::optional<Outcome> change_stores(NamedStores& named, const KeysPage::Visit& visit, const std::string& what) {
    const std::string name = field(visit.form, what == "make" ? "name" : "store");
    if (what != "make" && what != "key" && what != "remove") return {};
    const auto one = is_store_name(name) ? named.find(name) : nullptr;
    if (what == "make") {
        if (!is_store_name(name)) return Outcome{400, alert(visit.say("stores_names"))};
        if (one) return Outcome{409, alert(visit.say("stores_taken", {{"name", name}}))};
        return Outcome{200, first_key(*named.make(name), visit, name)};
    }
    if (!one) return Outcome{404, alert(visit.say("stores_gone"))};
    if (what == "key") return Outcome{200, first_key(*one, visit, name)};
    if (one->store.rows().count_statements() > 0 && field(visit.form, "with_statements") != "1")
        return Outcome{409, alert(visit.say("stores_not_empty", {{"name", name}}))};
    named.remove(name);
    return Outcome{200, element("p", {{"role", "status"}}, visit.say("stores_removed", {{"name", name}}))};
}

}  // namespace palier::xapi
