// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "adapters/formats/table_rules.hpp"
#include "tests/support/places.hpp"

// docs/tables.md is the reference of the columns that the reader knows: every one stands there, and no other.

using namespace palier::formats;

namespace {

std::string section(const std::string& title) {
    std::ifstream in(palier::test::in_project("docs/tables.md"), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const std::string page = text.str();
    const auto from = page.find("\n## " + title + "\n");
    BOOST_TEST_REQUIRE(from != std::string::npos, "docs/tables.md has no section '" << title << "'");
    return page.substr(from, page.find("\n## ", from + 1) - from);
}

// What stands between `…`; of every line, or of the first cell of a table's rows.
std::set<std::string> names_in(const std::string& text, bool first_cells) {
    std::set<std::string> names;
    std::istringstream lines(text);
    static const std::regex code("`([^`]+)`");
    for (std::string line; std::getline(lines, line);) {
        if (first_cells && line.rfind("| `", 0) != 0) continue;
        if (first_cells) line = line.substr(0, line.find('|', 1));
        for (std::sregex_iterator it(line.begin(), line.end(), code), end; it != end; ++it)
            names.insert(lower((*it)[1].str()));
    }
    return names;
}

std::string numbered(std::string name) {
    if (name.back() == '#') name.back() = '1';
    return name;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tables_page)

BOOST_AUTO_TEST_CASE(every_column_of_a_bank_that_is_read_is_on_the_page) {
    const auto told = names_in(section("Items"), false);
    for (const std::string& name : bank_column_names()) {
        BOOST_TEST(bank_column(numbered(name)).has_value(), name << " is no column that is read");
        BOOST_TEST(told.count(lower(numbered(name))) == 1U, "docs/tables.md, Items, does not tell the column " << name);
    }
}

BOOST_AUTO_TEST_CASE(every_column_of_a_bank_on_the_page_is_read) {
    const auto told = names_in(section("Items"), true);
    BOOST_TEST_REQUIRE(told.size() > 20U);
    for (const std::string& name : told)
        BOOST_TEST(bank_column(name).has_value(), name << " is no column that is read");
}

BOOST_AUTO_TEST_CASE(every_column_of_responses_that_is_read_is_on_the_page) {
    const auto told = names_in(section("Responses"), false);
    for (const std::string& name : response_column_names()) {
        BOOST_TEST(!response_column(name).empty(), name << " is no column that is read");
        BOOST_TEST(told.count(name) == 1U, "docs/tables.md, Responses, does not tell the column " << name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
