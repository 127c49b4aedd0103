// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/packages.hpp"

#include <algorithm>

#include "adapters/standalone/guard.hpp"

namespace palier::standalone {
namespace {

std::string id_of(const delivery::Test& test) { return test.about().at("id").get<std::string>(); }

std::string standard_title(const Packages::Standard& standard, const Reader& reader) {
    std::string key = "package_for_" + standard.name;
    std::replace(key.begin(), key.end(), '-', '_');
    const auto named = words::Key::named(key);
    return named ? reader.say(*named) : standard.title;
}

/// A name that any file system takes.
std::string file_name(std::string name) {
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
        },
        '_');
    return name + ".zip";
}

std::string select(const char* name, words::Key label, const std::string& options, const Reader& reader) {
    return "<p class=\"typed\"><label for=\"" + std::string(name) + "\">" + reader.say(label) +
           "</label> <select id=\"" + name + "\" name=\"" + name + "\">" + options + "</select></p>\n";
}

}  // namespace

std::string PackagesPage::body(const Reader& reader, const std::string& token, const std::string& problem,
                               const xapi::Parameters& chosen) const {
    std::string html = "<h1>" + reader.say("package_title") + "</h1>\n";
    if (!problem.empty())
        html += "<p class=\"invalid\" role=\"alert\">" + escaped(reader.say("package_refused", {{"why", problem}})) +
                "</p>\n";
    html += "<p>" + reader.say("package_intro") + "</p>\n<p class=\"notice\">" +
            escaped(packages_.notice.at(reader.code()).get<std::string>()) + "</p>\n<p>" +
            reader.say("package_carries") + "</p>\n";
    if (!packages_.make) return html + "<p class=\"invalid\">" + reader.say("package_no_player") + "</p>\n";
    std::string tests, standards;
    for (const auto& test : tests_) {
        const std::string id = id_of(*test);
        tests += option(id, escaped(test->title(reader.code())), id == value_of(chosen, "test"));
    }
    for (const Packages::Standard& one : packages_.standards)
        standards += option(one.name, escaped(standard_title(one, reader)), one.name == value_of(chosen, "standard"));
    return html + "<form method=\"post\" action=\"" + root_ + "/packages?lang=" + reader.code() +
           "\">\n<input type=\"hidden\" name=\"token\" value=\"" + token + "\">\n" +
           select("test", "trainer_test", tests, reader) + select("standard", "package_standard", standards, reader) +
           "<p><button>" + reader.say("package_make") + "</button></p>\n</form>\n";
}

xapi::Response PackagesPage::make(const xapi::Parameters& fields, const Reader& reader) {
    if (!packages_.make) throw Refused{409, "package_no_player"};
    const std::string test = value_of(fields, "test"), standard = value_of(fields, "standard");
    if (std::none_of(tests_.begin(), tests_.end(), [&](const auto& one) { return id_of(*one) == test; }))
        throw Refused{404, "no_such_test"};
    const std::unique_lock alone(making_, std::try_to_lock);
    if (!alone) throw Refused{429, "many_at_once", {{"Retry-After", "10"}}};
    return {200,
            {{"Content-Type", "application/zip"},
             {"Content-Disposition", "attachment; filename=\"" + file_name(test + "-" + standard) + "\""}},
            packages_.make(test, standard, reader.code())};
}

}  // namespace palier::standalone
