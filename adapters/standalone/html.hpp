// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/words/words.hpp"
#include "adapters/xapi/lrs/http.hpp"

namespace palier::standalone {

/// A page's language, French or English.
struct Reader {
    bool french = true;
    std::string code() const { return french ? "fr" : "en"; }
    words::Language language() const { return french ? words::Language::fr : words::Language::en; }
    std::string say(words::Key key, const words::Values& values = {}) const {
        return words::text(key, language(), values);
    }
};

/// `lang` of the address, else the browser's first language, else French.
Reader reader_of(const xapi::Request& request, const xapi::Parameters& parameters);

/// Text in HTML.
std::string escaped(std::string_view text);

/// An option of a select; `html` is what it shows.
std::string option(const std::string& value, const std::string& html, bool chosen);

/// The value of a parameter, or "".
std::string value_of(const xapi::Parameters& parameters, std::string_view name);

/// A whole page. `body` is HTML; `other`: this page's address in the other language, or ""; `home`: where the name of
/// the program leads, "/" where there is a demonstration test.
std::string page(const Reader& reader, const std::string& title, const std::string& body, const std::string& other = "",
                 const std::string& home = "/");

xapi::Response html(int status, std::string body);
xapi::Response json(int status, const std::string& body);
/// Sends the browser on, by GET.
xapi::Response see_other(const std::string& address);

/// The header by which a browser forgets its attempt.
std::pair<std::string, std::string> no_attempt();

/// Fields of a form's body. Throws Refusal.
xapi::Parameters form_of(const std::string& body);

/// "25 novembre 2026, 14:05" or "25 November 2026, 14:05", in the machine's time zone.
std::string date_time(std::int64_t milliseconds, const Reader& reader);

}  // namespace palier::standalone
