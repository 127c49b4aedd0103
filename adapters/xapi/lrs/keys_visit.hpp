// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/text/markup.hpp"
#include "adapters/words/words.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/keys_page.hpp"
#include "adapters/xapi/said.hpp"

// A visit at the pages of an administrator, and the sections of them beside the keys.

namespace palier::xapi {

using markup::element;
using markup::escaped;
using markup::tag;
using words::Key;

/// The value of a form's field, or "".
inline std::string field(const Parameters& form, std::string_view name) {
    for (const auto& [key, value] : form)
        if (key == name) return value;
    return {};
}

/// The IRI of a form's field, or nothing where it is empty. Throws SaidError for a text that is none.
inline std::optional<std::string> iri_field(const Parameters& form, const char* name) {
    const std::string value(trimmed(field(form, name)));
    if (value.empty()) return {};
    if (!is_iri(value)) throw SaidError("no_iri", {{"text", shortened(value, 100)}});
    return value;
}

/// One request: who asks, in which language.
struct KeysPage::Visit {
    std::string path;
    Parameters query, form;
    words::Language language = words::Language::fr;
    std::string session;  ///< digest of its cookie, or empty
    std::string who;      ///< the key that signed in
    std::string token;    ///< of the next post
    bool may_make_stores = false;

    std::string say(Key key, const words::Values& values = {}) const {
        return escaped(words::text(key, language, values));
    }
    std::string code() const { return language == words::Language::fr ? "fr" : "en"; }

    Response page(int status, const std::string& root, Key title_key, const std::string& body) const {
        const std::string title = say(title_key);
        const std::string other = language == words::Language::fr ? "en" : "fr";
        const bool is_section = path == "/forwarding" || path == "/retention" || path == "/stores";
        const std::string section = is_section ? path : "";
        const std::string nonce = random_digits(16);
        const std::string style =
            "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
            "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.4rem;text-align:left}"
            "fieldset{border:1px solid #767676}label{display:block;margin:.3rem 0}code{overflow-wrap:anywhere}"
            "button,select,input{max-width:100%}button,select,input[type=text],input[type=password],input[type=number],input[type=url]{font:inherit;padding:.3rem .6rem}"
            ".scroll{overflow-x:auto}[role=alert],[role=status]{border-left:.3rem solid #b00020;padding-left:.6rem}[role=status]{border-color:#00692f}";
        return {status,
                {{"Content-Type", "text/html; charset=utf-8"},
                 {"Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'nonce-" + nonce +
                                                 "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}},
                "<!DOCTYPE html>\n<html lang=\"" + code() + "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title +
                    " – Palier</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<link rel=\"icon\" href=\"data:,\">\n<style nonce=\"" +
                    nonce + "\">" + style + "</style>\n</head>\n<body>\n<main>\n" + element("h1", {}, title) +
                    element("p", {},
                            element("a",
                                    {{"href", root + section + "?lang=" + other}, {"lang", other}, {"hreflang", other}},
                                    other == "fr" ? "Français" : "English")) +
                    (who.empty() ? "" : sections(root)) + body + "\n</main>\n</body>\n</html>\n"};
    }
    /// The ways to the other pages.
    std::string sections(const std::string& root) const {
        const auto way = [&](const std::string& where, Key key) {
            return element("a", {{"href", root + where + "?lang=" + code()}}, say(key));
        };
        return element("nav", {{"aria-label", words::text("keys_pages", language)}},
                       way("", "keys_title") + " · " + way("/forwarding", "forward_title") + " · " +
                           way("/retention", "retention_title") +
                           (may_make_stores ? " · " + way("/stores", "stores_title") : ""));
    }
    std::string action(const std::string& root, const std::string& what) const {
        return root + "/" + what + "?lang=" + code();
    }
    std::string hidden_token() const { return tag("input", {{"type", "hidden"}, {"name", "token"}, {"value", token}}); }
};

/// A key that was just made, with its secret. `heading`: what was made.
std::string made_key(const KeysPage::Visit& visit, const NewCredential& made, const std::string& heading);

/// The destinations that statements are sent on to, what waits for each and why; and what a form of theirs asks for
/// ("add", "pause", "go-on", "retry", "remove"): false where it is none of these. Throws SaidError.
std::string forwarding_section(Store& store, const KeysPage::Visit& visit, const std::string& root);
bool change_forwarding(Store& store, const Parameters& form, const std::string& what);

/// The same of the rules how long statements are kept ("add", "remove").
std::string retention_section(Store& store, const KeysPage::Visit& visit, const std::string& root);
bool change_retention(Store& store, const Parameters& form, const std::string& what);

/// What came of a form: its status, and what stands above the page.
struct Outcome {
    int status = 200;
    std::string above;
};

/// The stores with names, what is in each, and what a form of theirs asks for ("make", "key", "remove"); nothing where
/// it is none of these.
std::string stores_section(NamedStores& named, const KeysPage::Visit& visit, const std::string& root);
std::optional<Outcome> change_stores(NamedStores& named, const KeysPage::Visit& visit, const std::string& what);

}  // namespace palier::xapi
