// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/grader.hpp"
#include "tests/formats/support.hpp"
#include "tests/support/places.hpp"

// responses.json was made by Moodle's question engine (moodle_table.php); `palier::formats::grade`
// must say the same of every row: fraction to the 7 decimals that Moodle keeps, right, partly right
// or wrong, and what the learner is told to mend.

namespace palier::formats {
namespace {

using Json = nlohmann::json;

Item item_of(const Json& row) {
    Item item = test::items().at(row["question"].get<std::string>());
    if (row.contains("shown")) item = with_items(item, row["shown"].get<std::vector<std::string>>());
    if (row.contains("tolerance_type"))
        for (NumericalAnswer& answer : std::get<NumericalKey>(item.key->answers).answers)
            answer.tolerance_type =
                row["tolerance_type"] == "relative" ? ToleranceType::relative : ToleranceType::geometric;
    return item;
}

Grade graded(const Item& item, const Json& row) {
    const Response response = response_from_json(row["response"]);
    if (!row.contains("number_format")) return grade(item, response);
    return grade(item, response,
                 {row["number_format"][0].get<std::string>(), row["number_format"][1].get<std::string>()});
}

/// What Moodle's message is for us.
Reason reason_of(const Json& message, const Grade& grade) {
    if (message.is_null()) {
        // Moodle takes an ordering that lacks items as it is.
        return grade.reason == Reason::incomplete ? Reason::incomplete : Reason::none;
    }
    const auto name = message.get<std::string>();
    if (name == "invalidnumber") return Reason::not_a_number;
    if (name == "invalidnumbernounit") return Reason::unit_not_expected;
    if (name == "unitnotselected") return Reason::unit_missing;
    if (name == "pleaseenteranswerwithoutthousandssep") return Reason::thousands_separator;
    if (name == "pleaseananswerallparts" || name == "pleaseputananswerineachbox")
        return grade.state == State::not_answered ? Reason::no_answer : Reason::incomplete;
    return Reason::no_answer;
}

const char* finished(const Grade& grade) {
    if (grade.state == State::not_answered) return "gaveup";
    switch (verdict(grade.fraction)) {
        case Verdict::wrong:
            return "gradedwrong";
        case Verdict::partly_right:
            return "gradedpartial";
        case Verdict::right:
            return "gradedright";
    }
    return "";
}

Json load() {
    std::ifstream file(palier::test::in_project("tests/formats/responses.json"));
    return Json::parse(file);
}

BOOST_AUTO_TEST_SUITE(moodle_table)

BOOST_AUTO_TEST_CASE(the_grader_agrees_with_moodle_on_every_row) {
    const Json table = load();
    BOOST_TEST(table["source"]["moodle"].get<std::string>().starts_with("4."));
    std::set<std::size_t> kinds;
    for (const Json& row : table["rows"]) {
        const Item item = item_of(row);
        kinds.insert(item.interaction.index());
        const Grade grade = graded(item, row);
        const Json& moodle = row["moodle"];
        const double expected = moodle["fraction"].is_null() ? 0 : moodle["fraction"].get<double>();
        const bool same =
            std::fabs(grade.fraction - expected) < 1e-7 && moodle["finished"] == finished(grade) &&
            (moodle["saved"] == "complete") == (grade.state == State::graded || moodle["message"].is_null()) &&
            grade.reason == reason_of(moodle["message"], grade);
        BOOST_TEST(same, row.dump() << " but here " << to_json(grade).dump());
    }
    BOOST_TEST(table["rows"].size() >= 250U);
    BOOST_TEST(kinds.size() == std::variant_size_v<Interaction>);
}

BOOST_AUTO_TEST_CASE(items_that_travelled_as_json_are_graded_the_same) {
    const Json table = load();
    for (const Json& row : table["rows"]) {
        const Item item = item_of(row);
        const Json key = key_json(item);
        const Item again = item_from_json(Json::parse(presentation_json(item).dump()), &key);
        BOOST_TEST((again == item), item.id);
        BOOST_TEST(graded(again, row).fraction == graded(item, row).fraction);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
