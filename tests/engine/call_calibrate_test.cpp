// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/calls/call.hpp"
#include "engine/calibration/hierarchy.hpp"
#include "engine/errors.hpp"
#include "engine/util/json.hpp"
#include "tests/support/drawn_answers.hpp"
#include "tests/support/places.hpp"

// The calls `calibrate` and `changes`: a host's answers in, what it may propose out.

using namespace palier;

namespace {

// LSAT6 (tests/reference/README.md) as the pairs that a host sends: item, fraction of the marks.
struct Lsat6 {
    Json items = Json::array();
    Json persons = Json::array();
    calibration::Responses responses{{"Item_1", "Item_2", "Item_3", "Item_4", "Item_5"}, {""}};

    Lsat6() {
        std::ifstream in(test::in_project("tests/reference/calibration_LSAT6.csv"));
        BOOST_REQUIRE(in.good());
        std::string line;
        std::getline(in, line);
        while (std::getline(in, line)) {
            Json person = Json::array();
            std::vector<calibration::Answer> answers;
            std::istringstream cells(line);
            int item = 0;
            for (std::string cell; std::getline(cells, cell, ','); ++item) {
                person.push_back(item);
                person.push_back(std::stoi(cell));
                answers.push_back({item, std::stoi(cell)});
            }
            persons.push_back(std::move(person));
            responses.add(0, answers);
        }
        for (int k = 1; k <= 5; ++k) items.push_back({{"item", "Item_" + std::to_string(k)}});
    }
};

const Lsat6& lsat6() {
    static const Lsat6 all;
    return all;
}

Json calibrated_by(Json bank, Json items, Json persons, Json options = Json::object()) {
    Json request = {{"call", "calibrate"},
                    {"answers", {{"items", std::move(items)}, {"persons", std::move(persons)}}},
                    {"options", std::move(options)}};
    if (!bank.empty()) request["items"] = std::move(bank);
    return Json::parse(calls::call(request.dump()));
}

const std::vector<double> said = {-3, -1, 0, -1.5, -2};

Json rated_bank(const char* status) {
    Json bank = Json::array();
    for (int k = 0; k < 5; ++k)
        bank.push_back({{"item", "Item_" + std::to_string(k + 1)},
                        {"model", "rasch"},
                        {"b", said[static_cast<std::size_t>(k)]},
                        {"status", status}});
    return bank;
}

Json changes_of(double shift, bool alone = true) {
    Json bank = Json::array(), changed = Json::array(), events = Json::array();
    events.push_back({{"type", "started"}});
    for (int k = 0; k < 10; ++k) {
        Json item = {{"item", "q" + std::to_string(k)}, {"model", "2pl"}, {"a", 1.2}, {"b", (k - 4.5) / 3}};
        bank.push_back(item);
        item["b"] = (k - 4.5) / 3 + shift;
        changed.push_back(item);
        events.push_back({{"type", "asked"}, {"item", "q" + std::to_string(k)}});
        events.push_back({{"type", "answered"}, {"item", "q" + std::to_string(k)}, {"fraction", k % 3 == 0 ? 0 : 1}});
    }
    const Json request = {{"call", "changes"},
                          {"items", bank},
                          {"changed", changed},
                          {"alone", alone},
                          {"plan", {{"palier_plan", 1}, {"estimation", {{"estimator", "ml"}}}}},
                          {"logs", {{{"palier_log", 1}, {"seed", 1}, {"events", events}}}}};
    return Json::parse(calls::call(request.dump())).at("results").at(0);
}

// A drawn test of 12 operational items: the last 400 of 1,000 persons know item 3, item 5 is harder for every other.
Json watched(std::size_t focal, const char* spoil = "") {
    test::Drawing of;
    of.seed = 77;
    of.items = of.asked = 12;
    of.harder = [](int person, int item) {
        return item == 2 && person >= 600 ? -2.5 : item == 4 && person % 2 ? 1.5 : 0.0;
    };
    const test::DrawnAnswers drawn = test::drawn_answers(of);
    Json bank = Json::array(), items = Json::array(), persons = Json::array();
    Json side = Json::array(), when = Json::array(), ms = Json::array();
    for (std::size_t j = 0; j < drawn.items.size(); ++j) {
        bank.push_back({{"item", drawn.ids[j]},
                        {"model", "2pl"},
                        {"a", drawn.items[j].a},
                        {"b", drawn.items[j].b},
                        {"status", "operational"}});
        items.push_back({{"item", drawn.ids[j]}});
    }
    for (std::size_t n = 0; n < drawn.persons.size(); ++n) {
        Json pairs = Json::array(), times = Json::array();
        for (const auto& answer : drawn.persons[n]) {
            pairs.push_back(answer.item);
            pairs.push_back(answer.category);
            times.push_back(answer.item == 0 ? Json(nullptr) : Json(n % 10 == 0 ? 1500 : 40000));
        }
        when.push_back(std::vector<std::size_t>(drawn.persons[n].size(), n));
        persons.push_back(std::move(pairs));
        ms.push_back(std::move(times));
        side.push_back(n % 2 == 0 ? Json(0) : n / 2 < focal ? Json(1) : Json(nullptr));
    }
    Json answers = {{"items", items},
                    {"persons", persons},
                    {"groups", {{{"name", "halves"}, {"side", side}}}},
                    {"when", when},
                    {"ms", ms}};
    if (std::string(spoil) == "groups") answers["groups"][0]["side"].erase(0);
    if (std::string(spoil) == "when") answers["when"][3].erase(0);
    if (std::string(spoil) == "ms") answers["ms"][3][0] = -1;
    if (std::string(spoil) == "text in when") answers["when"][3][0] = "1";
    if (std::string(spoil) == "text in ms") answers["ms"][3][0] = "40000";
    const Json request = {{"call", "calibrate"}, {"items", bank}, {"answers", answers}};
    return Json::parse(calls::call(request.dump())).at("scales").at(0);
}

bool has_reason(const Json& item, const std::string& reason) {
    const Json& reasons = item["reasons"];
    return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(call_calibrate)

// What the engine's own function gives of the same answers.
BOOST_AUTO_TEST_CASE(draft_items_are_calibrated_with_what_experts_said) {
    calibration::ExpertDifficulties experts(said.begin(), said.end());
    const std::vector<calibration::ItemRequest> requests(5, calibration::ItemRequest{{Model::two_pl, 2}, {}, {}});
    const auto expected = calibration::hierarchical_calibrate(lsat6().responses, requests, experts, {});
    const Json told = calibrated_by(rated_bank("draft"), lsat6().items, lsat6().persons).at("scales").at(0);
    BOOST_TEST(told["method"] == "experts");
    BOOST_TEST(told["converged"] == true);
    BOOST_TEST(told["persons"] == 1000);
    BOOST_REQUIRE(told["items"].size() == 5U);
    for (std::size_t j = 0; j < 5; ++j) {
        const Json& item = told["items"][j];
        const auto& of = expected.calibration.items[j];
        BOOST_TEST(item["present"]["b"].get<double>() == said[j]);
        BOOST_TEST(item["proposed"]["b"].get<double>() == of.parameters.b, boost::test_tools::tolerance(1e-12));
        BOOST_TEST(item["proposed"]["a"].get<double>() == of.parameters.a, boost::test_tools::tolerance(1e-12));
        BOOST_TEST(item["proposed"]["se_b"].get<double>() == of.errors.b, boost::test_tools::tolerance(1e-12));
        BOOST_TEST(item["answers"] == 1000);
    }
    // Shares right of LSAT6 (Bock and Lieberman 1970): 924, 709, 553, 763, 870 of 1,000.
    const std::vector<double> right = {0.924, 0.709, 0.553, 0.763, 0.870};
    for (std::size_t j = 0; j < 5; ++j)
        BOOST_TEST(told["items"][j]["mean"].get<double>() == right[j], boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(items_that_stay_set_the_scale_and_are_not_moved) {
    Json bank = rated_bank("draft");
    for (const int k : {0, 1, 2}) bank[static_cast<std::size_t>(k)]["status"] = "operational";
    const Json told = calibrated_by(bank, lsat6().items, lsat6().persons).at("scales").at(0);
    BOOST_TEST(told["method"] == "anchors");
    for (std::size_t j = 0; j < 5; ++j) {
        const Json& item = told["items"][j];
        BOOST_TEST(item["anchor"] == (j < 3));
        BOOST_TEST((item["proposed"].is_null()) == (j < 3));
    }
}

BOOST_AUTO_TEST_CASE(without_any_difficulty_the_scale_is_that_of_the_persons) {
    const Json told = calibrated_by(Json::array(), lsat6().items, lsat6().persons).at("scales").at(0);
    BOOST_TEST(told["method"] == "answers");
    BOOST_TEST(told["population"]["mean"] == 0);
    BOOST_TEST(told["population"]["variance"] == 1);
    BOOST_TEST(told["items"][0]["present"].is_null());
}

// mirt's maximum (tests/reference/README.md), whatever experts said.
BOOST_AUTO_TEST_CASE(without_priors_the_answers_alone_count) {
    std::ifstream in(test::in_project("tests/reference/calibration.json"));
    BOOST_REQUIRE(in.good());
    const Json right = Json::parse(in).at("LSAT6_2PL").at("pars_IRT");
    for (const Json& bank : {Json::array(), rated_bank("draft")}) {
        const Json told = calibrated_by(bank, lsat6().items, lsat6().persons, {{"priors", false}}).at("scales").at(0);
        BOOST_TEST(told["method"] == "answers");
        BOOST_TEST(told["max_gradient"].get<double>() <= 1e-6);
        BOOST_REQUIRE(told["items"].size() == 5U);
        for (const Json& item : told["items"]) {
            const Json& of = right.at(item["item"].get<std::string>());
            const Json& found = item["proposed"];
            BOOST_TEST(std::fabs(found["a"].get<double>() - of["par"][0].get<double>()) <= 1e-5);
            BOOST_TEST(std::fabs(found["b"].get<double>() - of["par"][1].get<double>()) <= 1e-5);
            BOOST_TEST(std::fabs(found["se_a"].get<double>() - of["se"][0].get<double>()) <= 1e-4);
            BOOST_TEST(std::fabs(found["se_b"].get<double>() - of["se"][1].get<double>()) <= 1e-4);
        }
    }
}

// mirt's estimates of LSAT6 on another scale, as they would be known from persons of mean 0.45 / 1.3 below, are what a
// link has to find again (Kolen and Brennan 2014, chapter 6): a / A, A b + B, errors too, and persons N(B, A²).
BOOST_AUTO_TEST_CASE(a_new_calibration_is_put_on_the_scale_of_the_items_that_were_known) {
    std::ifstream in(test::in_project("tests/reference/calibration.json"));
    BOOST_REQUIRE(in.good());
    const Json right = Json::parse(in).at("LSAT6_2PL").at("pars_IRT");
    constexpr double slope = 1.3, intercept = -0.45;
    const auto number = [&](const std::string& item, const char* what, std::size_t place) {
        return right.at(item).at(what).at(place).get<double>();
    };
    Json bank = Json::array();
    for (std::size_t k = 0; k < 4; ++k) {
        const std::string id = lsat6().items[k]["item"];
        bank.push_back({{"item", id},
                        {"model", "2pl"},
                        {"a", number(id, "par", 0) / slope},
                        {"b", slope * number(id, "par", 1) + intercept},
                        {"status", k == 3 ? "retired" : "operational"}});
    }
    // What is no known parameter holds no link.
    bank.push_back({{"item", "Item_5"}, {"model", "2pl"}, {"a", 3}, {"b", 3}, {"status", "pretest"}});
    for (const char* method : {"mean_sigma", "mean_mean", "haebara", "stocking_lord"}) {
        const Json told = calibrated_by(bank, lsat6().items, lsat6().persons, {{"priors", false}, {"link", method}})
                              .at("scales")
                              .at(0);
        BOOST_TEST(told["method"] == "link");
        BOOST_REQUIRE(told["items"].size() == 5U);
        BOOST_TEST(told["link"]["common_items"] == 4);
        BOOST_TEST(std::fabs(told["link"]["slope"].get<double>() - slope) < 2e-5, method);
        BOOST_TEST(std::fabs(told["link"]["intercept"].get<double>() - intercept) < 2e-5, method);
        BOOST_TEST(std::fabs(told["population"]["mean"].get<double>() - intercept) < 2e-5);
        BOOST_TEST(std::fabs(told["population"]["variance"].get<double>() - slope * slope) < 1e-4);
        for (const Json& item : told["items"]) {
            const std::string id = item["item"];
            BOOST_TEST(item["anchor"] == false);
            const Json& found = item["proposed"];
            BOOST_TEST(std::fabs(found["a"].get<double>() - number(id, "par", 0) / slope) < 3e-5);
            BOOST_TEST(std::fabs(found["b"].get<double>() - slope * number(id, "par", 1) - intercept) < 1e-4);
            BOOST_TEST(std::fabs(found["se_a"].get<double>() - number(id, "se", 0) / slope) < 1e-4);
            BOOST_TEST(std::fabs(found["se_b"].get<double>() - slope * number(id, "se", 1)) < 2e-4);
        }
    }
}

// The expectations of the items are the same on either scale, and so are observed points and fit.
BOOST_AUTO_TEST_CASE(a_link_changes_nothing_of_what_is_expected_of_answers) {
    const Json bank = rated_bank("operational");
    const auto told = [&](const char* link) {
        return calibrated_by(bank, lsat6().items, lsat6().persons, {{"priors", false}, {"link", link}})
            .at("scales")
            .at(0);
    };
    const Json own = calibrated_by(Json::array(), lsat6().items, lsat6().persons, {{"priors", false}})["scales"][0];
    const Json linked = told("mean_sigma");
    BOOST_TEST(told("none")["method"] == "anchors");
    BOOST_TEST(linked["log_likelihood"] == own["log_likelihood"]);
    for (std::size_t j = 0; j < 5; ++j) {
        const Json& one = own["items"][j]["fit"];
        const Json& other = linked["items"][j]["fit"];
        // Nodes lie elsewhere on the other scale.
        BOOST_TEST(std::fabs(one["infit"].get<double>() - other["infit"].get<double>()) < 1e-3);
        BOOST_TEST(std::fabs(one["s_x2"]["chi_square"].get<double>() - other["s_x2"]["chi_square"].get<double>()) <
                   1e-2);
    }
}

BOOST_AUTO_TEST_CASE(where_too_few_known_items_were_answered_no_link_is_made_and_nothing_proposed) {
    Json bank = rated_bank("draft");
    bank[0]["status"] = "operational";
    const Json told = calibrated_by(bank, lsat6().items, lsat6().persons, {{"link", "haebara"}}).at("scales").at(0);
    BOOST_TEST(told["link"].is_null());
    BOOST_TEST(told["items"].empty());
    BOOST_REQUIRE(told["problems"].size() == 1U);
    BOOST_TEST(told["problems"][0].get<std::string>().find("at least two common items; the banks have 1") !=
               std::string::npos);
    // 29 answers hold no link, 30 do.
    bank[1]["status"] = "operational";
    for (const std::size_t persons : {29U, 30U}) {
        Json some(std::vector<Json>(lsat6().persons.begin(), lsat6().persons.end()));
        for (std::size_t n = persons; n < some.size(); ++n) some[n].erase(some[n].begin(), some[n].begin() + 2);
        const Json found = calibrated_by(bank, lsat6().items, some, {{"link", "mean_mean"}}).at("scales").at(0);
        BOOST_TEST(found["link"].is_null() == (persons == 29U));
    }
    BOOST_CHECK_THROW(calibrated_by(bank, lsat6().items, lsat6().persons, {{"link", "stocking-lord"}}), Error);
}

// Where no prior holds its difficulty, an item that all pass has no maximum: it is left out and the others go on.
BOOST_AUTO_TEST_CASE(without_priors_an_item_that_all_pass_is_left_out) {
    Json persons = lsat6().persons, items = lsat6().items;
    for (Json& person : persons) {
        person.push_back(5);
        person.push_back(1);
    }
    items.push_back({{"item", "everybody"}});
    const Json told = calibrated_by(Json::array(), items, persons, {{"priors", false}}).at("scales").at(0);
    BOOST_TEST(told["left_out"] == Json::parse(R"([{"item":"everybody","reason":"one_category"}])"));
    BOOST_TEST(told["items"].size() == 5U);
}

BOOST_AUTO_TEST_CASE(items_that_nobody_answered_together_are_named) {
    Json persons = Json::array();
    for (std::size_t n = 0; n < 1000; ++n) {
        const Json& all = lsat6().persons[n];
        const std::ptrdiff_t from = n % 2 == 0 ? 0 : 6;
        persons.push_back(Json(std::vector<Json>(all.begin() + from, all.begin() + from + (n % 2 == 0 ? 6 : 4))));
    }
    const Json told = calibrated_by(rated_bank("draft"), lsat6().items, persons).at("scales").at(0);
    BOOST_TEST(told["apart"] == Json::parse(R"(["Item_4","Item_5"])"));
    BOOST_TEST(calibrated_by(rated_bank("draft"), lsat6().items, lsat6().persons)["scales"][0]["apart"].empty());
}

// Sums of a partition: as many persons as answers, and their mean is the item's.
BOOST_AUTO_TEST_CASE(observed_points_hold_all_answers) {
    const Json told = calibrated_by(rated_bank("draft"), lsat6().items, lsat6().persons).at("scales").at(0);
    for (const Json& item : told["items"]) {
        double persons = 0, sum = 0, before = -100;
        for (const Json& point : item["observed"]) {
            persons += point["persons"].get<double>();
            sum += point["persons"].get<double>() * point["mean"].get<double>();
            BOOST_TEST(point["theta"].get<double>() > before);
            before = point["theta"].get<double>();
        }
        BOOST_TEST(persons == 1000, boost::test_tools::tolerance(1e-12));
        BOOST_TEST(sum / persons == item["mean"].get<double>(), boost::test_tools::tolerance(1e-12));
        BOOST_TEST(item["observed"].size() <= 8U);
        BOOST_TEST(item["curve"]["proposed"].size() == 25U);
    }
}

// The information of 2PL items is the sum of a² P (1 - P) (Birnbaum 1968); a retired item is asked nobody.
BOOST_AUTO_TEST_CASE(information_of_all_items_is_told_before_and_after) {
    Json bank = rated_bank("draft");
    for (const int k : {0, 1}) bank[static_cast<std::size_t>(k)]["status"] = "operational";
    bank[1]["status"] = "retired";
    const Json told = calibrated_by(bank, lsat6().items, lsat6().persons).at("scales").at(0);
    const Json& information = told["information"];
    BOOST_REQUIRE(information["proposed"].size() == 25U);
    const auto of = [](double a, double b, double theta) {
        const double p = 1 / (1 + std::exp(-a * (theta - b)));
        return a * a * p * (1 - p);
    };
    for (const std::size_t k : {0U, 12U, 24U}) {
        const double theta = -4 + static_cast<double>(k) / 3;
        double present = of(1, said[0], theta), proposed = present;
        for (std::size_t j = 2; j < 5; ++j) {
            const Json& item = told["items"][j]["proposed"];
            present += of(1, said[j], theta);
            proposed += of(item["a"].get<double>(), item["b"].get<double>(), theta);
        }
        BOOST_TEST(information["present"][k].get<double>() == present, boost::test_tools::tolerance(1e-9));
        BOOST_TEST(information["proposed"][k].get<double>() == proposed, boost::test_tools::tolerance(1e-9));
    }
    const Json unknown = calibrated_by(Json::array(), lsat6().items, lsat6().persons).at("scales").at(0);
    BOOST_TEST(unknown["information"]["present"].is_null());
}

// The rules are of the caller: with 1,000 answers asked for and 300 given each item says so, and one that all pass too.
BOOST_AUTO_TEST_CASE(an_item_says_why_it_should_not_be_used_yet) {
    Json persons = Json::array();
    for (std::size_t n = 0; n < 300; ++n) {
        Json person = lsat6().persons[n * 3];
        person.push_back(5);
        person.push_back(1);
        persons.push_back(std::move(person));
    }
    Json items = lsat6().items;
    items.push_back({{"item", "everybody"}});
    items.push_back({{"item", "nobody_asked"}});
    Json bank = rated_bank("draft");
    bank.push_back({{"item", "everybody"}, {"b", 0}, {"status", "draft"}});
    bank.push_back({{"item", "nobody_asked"}, {"b", 0}, {"status", "draft"}});
    const Json told = calibrated_by(bank, items, persons, {{"rules", {{"answers", 1000}}}}).at("scales").at(0);
    BOOST_TEST(told["left_out"] == Json::parse(R"([{"item":"nobody_asked","reason":"no_answers"}])"));
    const auto says = [&](std::size_t j, const char* reason) {
        const Json& reasons = told["items"][j]["reasons"];
        return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
    };
    for (std::size_t j = 0; j < 6; ++j) BOOST_TEST(says(j, "few_answers"));
    BOOST_TEST(says(5, "nearly_all"));
    BOOST_TEST(!says(1, "nearly_all"));
    const Json fewer = calibrated_by(bank, items, persons, {{"rules", {{"answers", 300}}}}).at("scales").at(0);
    BOOST_TEST(fewer["items"][1]["reasons"].dump().find("few_answers") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(scales_are_calibrated_apart) {
    Json items = lsat6().items;
    items[3]["scale"] = "other";
    items[4]["scale"] = "other";
    const Json told = calibrated_by(Json::array(), items, lsat6().persons).at("scales");
    BOOST_REQUIRE(told.size() == 2U);
    BOOST_TEST(told[0]["items"].size() == 3U);
    BOOST_TEST(told[1]["scale"] == "other");
    BOOST_TEST(told[1]["items"].size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_a_host_sends_wrong_is_named) {
    const auto refused = [](const Json& items, const Json& persons, const std::string& part) {
        try {
            calibrated_by(Json::array(), items, persons);
        } catch (const Error& error) {
            return std::string(error.what()).find(part) != std::string::npos;
        }
        return false;
    };
    const Json one = Json::parse(R"([{"item":"q"}])");
    BOOST_TEST(refused(one, Json::parse("[[0]]"), "answers.persons[0]"));
    BOOST_TEST(refused(one, Json::parse("[[0,1],[1,1]]"), "answers.persons[1]: an item"));
    BOOST_TEST(refused(one, Json::parse("[[0,2]]"), "from 0 to 1"));
    BOOST_TEST(refused(one, Json::parse("[[0,1,0,1]]"), "twice"));
    BOOST_TEST(refused(Json::parse(R"([{"item":"q"},{"item":"q"}])"), Json::array(), "'q' is there twice"));
    const Json told = calibrated_by(Json::array(), one, Json::array()).at("scales").at(0);
    BOOST_TEST(told["converged"] == false);
    BOOST_TEST(told["problems"].size() == 1U);
}

// By maximum likelihood an ability moves by as much as all difficulties do.
BOOST_AUTO_TEST_CASE(results_move_with_the_difficulties) {
    for (const double shift : {0.0, 0.25, -3.0}) {
        const Json found = changes_of(shift);
        const Json& scale = found["scales"].at(0);
        BOOST_TEST(std::fabs(scale["theta_after"].get<double>() - scale["theta"].get<double>() - shift) < 1e-6);
        BOOST_TEST(found["beyond_margin"] == (shift == -3));
        BOOST_REQUIRE(found["items"].size() == 10U);
        double sum = 0;
        for (const auto& [id, item] : found["items"].items()) {
            const double by = item["theta"].get<double>();
            BOOST_TEST((shift == 0 ? by == 0 : by * shift > 0), id << " " << by);
            sum += by;
        }
        if (shift == 0.25) BOOST_TEST(std::fabs(sum - shift) < 0.02);
    }
    BOOST_TEST(changes_of(0.25, false)["items"]["q3"]["theta"].is_null());
}

BOOST_AUTO_TEST_CASE(groups_drift_and_times_are_told_of_each_item) {
    const Json told = watched(500);
    BOOST_TEST(told["groups"] == Json::parse(R"([{"name":"halves","persons":[500,500]}])"));
    BOOST_REQUIRE(told["items"].size() == 12U);
    for (std::size_t j = 0; j < 12; ++j) {
        const Json& item = told["items"][j];
        BOOST_TEST(has_reason(item, "unfair") == (j == 4), j);
        BOOST_TEST(has_reason(item, "eased") == (j == 2), j);
        BOOST_TEST(item["time"].is_null() == (j == 0), j);
    }
    const Json& unfair = told["items"][4]["groups"]["halves"];
    BOOST_TEST(unfair["class"] == "C");
    BOOST_TEST(unfair["delta"].get<double>() < -1.5);
    BOOST_TEST(unfair["reference"] == 500);
    BOOST_TEST(has_reason(told["items"][4], "harder"));
    BOOST_TEST(has_reason(told["items"][2], "easier"));
    // A tenth of the persons took 1.5 s: less than a tenth of the mean, 36.15 s.
    const Json& time = told["items"][1]["time"];
    BOOST_TEST(time["rapid"].get<double>() == 0.1, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(time["threshold"].get<double>() == 3.615, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(time["median"].get<double>() == 40.0, boost::test_tools::tolerance(1e-6));
    // All others took 40 s: the mean is hardly more, by the least variances that the model has.
    BOOST_TEST(time["mean"].get<double>() == 40.0, boost::test_tools::tolerance(1e-3));
}

// Nothing is told of fewer than ten persons, not even how many they are.
// mirt's DIF(scheme = "drop") of the drawn answers of two groups (tests/reference/README.md), by the call.
BOOST_AUTO_TEST_CASE(groups_are_compared_by_likelihood_ratio_where_a_host_asks_for_it) {
    std::ifstream in(test::in_project("tests/reference/calibration_dif.csv"));
    std::ifstream reference(test::in_project("tests/reference/calibration.json"));
    BOOST_REQUIRE((in.good() && reference.good()));
    const Json right = Json::parse(reference)["multigroup"]["DIF_LR_scheme_drop_from_full"];
    Json items = Json::array(), persons = Json::array(), side = Json::array();
    for (int j = 1; j <= 20; ++j) items.push_back({{"item", "I" + std::to_string(j)}});
    // An item of which neither group says anything keeps nothing from the others.
    items.push_back({{"item", "all pass"}});
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        Json person = Json::array({20, 1});
        for (int j = 0; j < 20; ++j) {
            person.push_back(j);
            person.push_back(line[static_cast<std::size_t>(2 * j + 2)] - '0');
        }
        persons.push_back(std::move(person));
        side.push_back(line[0] - '0');
    }
    const auto told = [&](Json options) {
        const Json request = {
            {"call", "calibrate"},
            {"answers", {{"items", items}, {"persons", persons}, {"groups", {{{"name", "halves"}, {"side", side}}}}}},
            {"options", std::move(options)}};
        return Json::parse(calls::call(request.dump()))["scales"][0];
    };
    const Json asked = told({{"likelihood_ratio", true}});
    BOOST_TEST(asked["groups"][0]["likelihood_ratio"] == true);
    BOOST_REQUIRE(asked["items"].size() == 21U);
    for (std::size_t j = 0; j < 20; ++j) {
        const Json& found = asked["items"][j]["groups"]["halves"]["likelihood_ratio"];
        const auto close = [&](const char* key, const char* name) {
            const double of = right[j][name].get<double>();
            BOOST_TEST(std::fabs(found[key].get<double>() - of) <= 1e-4 * (1 + of));
        };
        BOOST_TEST(found["degrees"] == 2);
        close("chi_square", "X2");
        close("p", "p");
    }
    BOOST_TEST(asked["items"][20]["groups"]["halves"]["likelihood_ratio"].is_null());
    const Json plain = told(Json::object());
    BOOST_TEST(!plain["groups"][0].contains("likelihood_ratio"));
    BOOST_TEST(!plain["items"][0]["groups"]["halves"].contains("likelihood_ratio"));
}

BOOST_AUTO_TEST_CASE(a_group_of_nine_is_not_told_of) {
    const Json nine = watched(9);
    BOOST_TEST(nine["groups"] == Json::parse(R"([{"name":"halves","persons":null}])"));
    for (const Json& item : nine["items"]) BOOST_TEST(item["groups"].empty());
    const Json ten = watched(10);
    BOOST_TEST(ten["groups"] == Json::parse(R"([{"name":"halves","persons":[500,10]}])"));
    BOOST_TEST(ten["items"][0]["groups"]["halves"]["focal"] == 10);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_beside_answers_is_named) {
    const auto refused = [](const char* spoil, const std::string& part) {
        try {
            watched(500, spoil);
        } catch (const Error& error) {
            return std::string(error.what()).find(part) != std::string::npos;
        }
        return false;
    };
    BOOST_TEST(refused("groups", "answers.groups[0].side"));
    for (const char* spoil : {"when", "text in when"})
        BOOST_TEST(refused(spoil, "answers.when[3]: should be an array of 12 whole numbers"));
    for (const char* spoil : {"ms", "text in ms"})
        BOOST_TEST(refused(spoil, "answers.ms[3]: should be an array of 12 milliseconds or null"));
}

BOOST_AUTO_TEST_SUITE_END()
