// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/bank.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "adapters/formats/bank_csv.hpp"
#include "engine/errors.hpp"

using namespace palier;
using namespace palier::calibration;

BOOST_AUTO_TEST_SUITE(calibration_bank_tests)

// Every kind of column: the bank that is read back is the same to the bit, and so is its hash.
BOOST_AUTO_TEST_CASE(a_bank_written_as_a_table_is_read_as_the_same_bank) {
    const Json items = Json::parse(R"([
        {"item":"q;1","model":"2pl","a":0.1,"b":-1.2345678901234567,"se_a":0.05,"se_b":0.3,"content":["x","y"],
         "enemies":["q2"],"label":"said \"so\", twice","num.words":12.5,"status":"retired","item_set":"s"},
        {"item":"q2","model":"grm","a":1.5,"b1":-1,"b2":0.3333333333333333,"se_b1":0.1,"se_b2":0.2,"key_format":"choice"},
        {"item":"q3","model":"nrm","a1":1,"a2":-0.5,"c1":0,"c2":2,"status":"pretest"},
        {"item":"q4","model":"4pl","a":1,"b":1e-7,"c":0.2,"d":0.95,"se_c":0.01},
        {"item":"q5","model":"rsm","b":0.5,"b1":-1,"b2":1},
        {"item":"q6","model":"rasch","b":3,"status":"draft"}])");
    const Bank bank = Bank::from_json(items);
    const std::string text = formats::bank_csv_text(bank);
    BOOST_TEST(formats::read_bank_csv(text, "written").hash() == bank.hash(), text);
    const Bank scaled = Bank::from_json(Json::parse(
        R"([{"item":"m","model":"2pl","a.oral":1.5,"a.written":0.5,"intercept":-1},{"item":"n","scale":"oral","b":0}])"));
    BOOST_TEST(formats::read_bank_csv(formats::bank_csv_text(scaled), "written").hash() == scaled.hash());
}

BOOST_AUTO_TEST_CASE(models_are_chosen_by_item_and_by_categories) {
    Responses responses({"two", "several", "named"}, {""});
    for (int k = 0; k < 6; ++k) responses.add(0, std::vector<Answer>{{0, k % 2}, {1, k % 3}, {2, k % 2}});
    ModelChoice models;
    models.two = Model::three_pl;
    models.several = Model::gpcm;
    models.of_item["named"] = Model::rasch;
    const std::vector<ItemRequest> requests = requests_for(responses, models, nullptr);
    BOOST_TEST((requests[0].form.model == Model::three_pl && requests[0].form.categories == 2));
    BOOST_TEST((requests[1].form.model == Model::gpcm && requests[1].form.categories == 3));
    BOOST_TEST((requests[2].form.model == Model::rasch));
    models.several.reset();
    BOOST_CHECK_THROW(requests_for(responses, models, nullptr), ArgumentError);
    models.several = Model::grm;
    models.of_item["nobody"] = Model::rasch;
    BOOST_CHECK_THROW(requests_for(responses, models, nullptr), ArgumentError);
}

BOOST_AUTO_TEST_SUITE_END()
