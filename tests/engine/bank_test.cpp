// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/formats/responses_csv.hpp"
#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"

using namespace palier;

namespace {

Bank bank_of(const Json& items) { return Bank::from_json(items); }

bool says(const std::exception& error, const std::string& words) {
    BOOST_TEST_MESSAGE(error.what());
    return std::string(error.what()).find(words) != std::string::npos;
}

void refuses(const Json& items, const std::string& words) {
    BOOST_CHECK_EXCEPTION(bank_of(items), BankError, [&](const BankError& e) { return says(e, words); });
}

void refuses_csv(const std::string& text, const std::string& words) {
    BOOST_CHECK_EXCEPTION(formats::read_bank_csv(text, "b.csv"), BankError,
                          [&](const BankError& e) { return says(e, words); });
}

const Json full = {{{"item", "q1"},
                    {"scale", "s"},
                    {"model", "4pl"},
                    {"a", 1.25},
                    {"b", -0.1},
                    {"c", 0.2},
                    {"d", 0.95},
                    {"se_b", 0.3},
                    {"se_a", 0.1},
                    {"status", "pretest"},
                    {"content", {"x", "y"}},
                    {"enemies", {"q2"}},
                    {"item_set", "text 1"},
                    {"key_format", "choice"},
                    {"label", "Été"}},
                   {{"item", "q2"}, {"scale", "s"}, {"model", "rasch"}, {"b", 1e-300}}};

}  // namespace

BOOST_AUTO_TEST_SUITE(banks)

BOOST_AUTO_TEST_CASE(bytes_give_the_same_bank_and_hash) {
    const Bank bank = bank_of(full);
    const Bank again = Bank::from_bytes(bank.bytes());
    BOOST_TEST(again.hash() == bank.hash());
    BOOST_TEST(again.to_json() == bank.to_json());
    BOOST_TEST(bank_of(bank.to_json()).hash() == bank.hash());
    BOOST_TEST(again[0].label == "Été");
    BOOST_TEST((again.enemies(1) == std::vector<int>{0}));  // either way round
}

BOOST_AUTO_TEST_CASE(any_damaged_byte_is_refused) {
    const std::string bytes = bank_of(full).bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        BOOST_CHECK_THROW(Bank::from_bytes(damaged), BankError);
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) BOOST_CHECK_THROW(Bank::from_bytes(bytes.substr(0, i)), BankError);
    BOOST_CHECK_THROW(Bank::from_bytes(bytes + "x"), BankError);
}

BOOST_AUTO_TEST_CASE(an_empty_bank_is_a_bank) {
    BOOST_TEST(Bank::from_bytes(bank_of(Json::array()).bytes()).size() == 0);
}

BOOST_AUTO_TEST_CASE(wrong_items_are_refused_by_name) {
    refuses({{{"item", "q1"}}}, "item 'q1': 'b' is missing");
    refuses({{{"b", 0}}}, "item 1: 'item' is missing");
    refuses({{{"item", "q"}, {"model", "2pl"}, {"b", 0}}}, "'a' is missing");
    refuses({{{"item", "q"}, {"model", "2pl"}, {"a", -1}, {"b", 0}}}, "item 'q': 'a' is -1");
    refuses({{{"item", "q"}, {"model", "2pl"}, {"a", 0}, {"b", 0}}}, "above 0");
    refuses({{{"item", "q"}, {"model", "3pl"}, {"a", 1}, {"b", 0}, {"c", 1}}}, "'c' is 1");
    refuses({{{"item", "q"}, {"model", "4pl"}, {"a", 1}, {"b", 0}, {"c", 0.5}, {"d", 0.5}}}, "below 'd'");
    refuses({{{"item", "q"}, {"model", "2pl"}, {"a", 1}, {"b", 0}, {"c", 0.2}}}, "use 3pl");
    refuses({{{"item", "q"}, {"model", "rasch"}, {"a", 2}, {"b", 0}}}, "rasch has a = 1");
    refuses({{{"item", "q"}, {"b", 0}}, {{"item", "q"}, {"b", 1}}}, "item 'q' is there twice: items 1 and 2");
    refuses({{{"item", "q"}, {"b", "easy"}}}, "it should be a number");
    refuses({{{"item", "q"}, {"b", 0}, {"modle", "2pl"}}}, "did you mean 'model'?");
    refuses({{{"item", "q"}, {"model", "4pll"}, {"b", 0}}}, "did you mean '4pl'?");
    refuses({{{"item", "q"}, {"model", "grm"}, {"a", 1}, {"b1", 1}, {"b2", 1}}},
            "'b2' is 1.0; it should be above 'b1'");
    refuses({{{"item", "q"}, {"model", "grm"}, {"b1", 0}}}, "'a' is missing");
    refuses({{{"item", "q"}, {"model", "gpcm"}, {"a", 1}}}, "'b1' is missing");
    refuses({{{"item", "q"}, {"model", "gpcm"}, {"a", 1}, {"b1", 0}, {"b3", 0}}}, "'b2' is missing before 'b3'");
    refuses({{{"item", "q"}, {"model", "pcm"}, {"a", 2}, {"b1", 0}}}, "pcm has a = 1; use gpcm");
    refuses({{{"item", "q"}, {"model", "rsm"}, {"b1", 0}}}, "'b' is missing");
    refuses({{{"item", "q"}, {"model", "nrm"}, {"a1", 1}}}, "1 slopes a1… and 0 intercepts");
    refuses({{{"item", "q"}, {"model", "nrm"}, {"a1", 0}, {"c1", 0}}}, "every slope");
    refuses({{{"item", "q"}, {"model", "2pl"}, {"a", 1}, {"b", 0}, {"b1", 0}}}, "'b1' belongs to grm");
    refuses({{{"item", "q"}, {"b", 0}, {"enemies", {"z"}}}}, "enemy 'z' is not in the bank");
    refuses({{{"item", "q"}, {"b", 0}, {"se_b", -1}}}, "'se_b' is -1; it should be 0 or more");
    refuses({{{"item", "q"}, {"b", 0}, {"se_b", 1e300}}}, "'se_b' is 1e+300; it should be at most 10000");
    refuses({{{"item", "q"}, {"model", "2pl"}, {"a", 1}, {"b", 0}, {"se_a", 10001}}}, "'se_a' is 10001");
    refuses({{{"item", "q"}, {"model", "3pl"}, {"a", 1}, {"b", 0}, {"c", 0}, {"se_c", 1.5}}},
            "'se_c' is 1.5; it should be at most 1");
    refuses({{{"item", "q"}, {"model", "pcm"}, {"b1", 0}, {"b2", 1}, {"se_b2", 1e5}}}, "'se_b2' is 100000.0");
    refuses({{{"item", "q"}, {"model", "nrm"}, {"a1", 1}, {"c1", 0}, {"se_a1", 1e5}}}, "'se_a1' is 100000.0");
    refuses({{{"item", "q"}, {"model", "nrm"}, {"a1", 1}, {"c1", 0}, {"se_c1", 1e6}}},
            "'se_c1' is 1000000.0; it should be at most 100000");
    refuses({{{"item", "q"}, {"a.x", 1}, {"intercept", 0}, {"se_a.x", 1e5}}},
            "'se_a.x' is 100000.0; it should be at most 10000");
    refuses({{{"item", "q"}, {"a.x", 1}, {"intercept", 0}, {"se_intercept", 1e6}}}, "'se_intercept' is 1000000.0");
    // What the limit is may be there.
    BOOST_TEST(bank_of({{{"item", "q"}, {"b", 0}, {"se_b", 1e4}}})[0].se_b.value() == 1e4);
    refuses({{{"item", "q"}, {"b", 0}, {"status", "live"}}}, "operational");
    refuses(Json::object(), "array");
    refuses({1, 2}, "should be an object");
}

BOOST_AUTO_TEST_CASE(a_model_left_out_follows_from_the_parameters) {
    const Bank bank = bank_of({{{"item", "r"}, {"b", 0}},
                               {{"item", "2"}, {"a", 1}, {"b", 0}},
                               {{"item", "3"}, {"a", 1}, {"b", 0}, {"c", 0.1}},
                               {{"item", "4"}, {"a", 1}, {"b", 0}, {"c", 0.1}, {"d", 0.9}}});
    BOOST_TEST((bank[0].parameters.model == Model::rasch));
    BOOST_TEST((bank[1].parameters.model == Model::two_pl));
    BOOST_TEST((bank[2].parameters.model == Model::three_pl));
    BOOST_TEST((bank[3].parameters.model == Model::four_pl));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(a_bank_table_reads_as_people_write_it) {
    const Bank comma = formats::read_bank_csv(
        "item,model,a,b,c,label\nq1,3pl,1.5,-0.5,0.2,\"a, \"\"b\"\"\"\nq2,rasch,,0,,\n", "b.csv");
    const Bank french = formats::read_bank_csv(
        "\xEF\xBB\xBFitem;model;a;b;c;label\r\nq1;3pl;1,5;-0,5;0,2;\"a, \"\"b\"\"\"\r\n\r\nq2;rasch;;0;;\r\n", "b.csv");
    BOOST_TEST(comma.hash() == french.hash());
    BOOST_TEST(comma[0].label == "a, \"b\"");
    BOOST_TEST(formats::read_bank_csv("item,model,a,b\nq,2pl,1,0\n", "b.csv", 1.702)[0].parameters.a == 1.702);
    BOOST_TEST(
        (formats::read_bank_csv("item,model,b\nq,rasch,0\n", "b.csv", 1.702)[0].parameters.model == Model::one_pl));
}

BOOST_AUTO_TEST_CASE(a_wrong_bank_table_is_refused_with_line_and_column) {
    refuses_csv("item,model,a,b\nq1,2pl,1,0\nq2,2pl,x,0\n", "b.csv, line 3, column 'a': 'x' is not a number");
    refuses_csv("item,model,a,b\nq1,2pl,1\n", "line 2: 3 cells; the header has 4");
    refuses_csv("item,modle,a,b\nq1,2pl,1,0\n", "did you mean 'model'?");
    refuses_csv("model,a,b\n2pl,1,0\n", "no column 'item'");
    refuses_csv("item,model,a,b\nq1,2pl,1,0\nq1,2pl,1,0\n", "line 3: item 'q1' is there twice; first on line 2");
    refuses_csv("item,model,a,b1,b2\nq1,grm,1,1,0\n", "line 2: item 'q1': 'b2' is 0.0; it should be above 'b1'");
    refuses_csv("item,b\nq1,\"0\n", "never closed");
    refuses_csv("item,b\nq1,\"0\"x\n", "closing quote");
    refuses_csv("", "empty");
    refuses_csv("item,b\nq\x81,0\n", "not UTF-8");
    refuses_csv("item,b,b\nq,0,0\n", "column 'b' is there twice");
    refuses_csv("item,b\nq,inf\n", "not a number");
}

BOOST_AUTO_TEST_CASE(wide_and_long_responses_say_the_same) {
    const Bank bank = bank_of({{{"item", "q1"}, {"b", 0}}, {{"item", "q2"}, {"b", 1}}});
    const auto wide = formats::read_responses_csv("person,group,q1,q2\nA,g,1,\nB,h,0,1\n", "r.csv", bank);
    const auto tall = formats::read_responses_csv("person,item,response,ms,group\nA,q1,1,50,g\nB,q1,0,,h\nB,q2,1,,h\n",
                                                  "r.csv", bank);
    for (const auto& table : {wide, tall}) {
        BOOST_TEST_REQUIRE(table.size() == 2u);
        BOOST_TEST(table[0].person == "A");
        BOOST_TEST(table[0].group == "g");
        BOOST_TEST(table[0].responses.size() == 1u);
        BOOST_TEST(table[1].responses[1].item == 1);
        BOOST_TEST(table[1].responses[1].category == 1);
    }
    BOOST_TEST(*tall[0].responses[0].ms == 50);
    const auto refused = [&](const std::string& text, const std::string& words) {
        BOOST_CHECK_EXCEPTION(formats::read_responses_csv(text, "r.csv", bank), Error,
                              [&](const Error& e) { return says(e, words); });
    };
    const auto by_r = formats::read_responses_csv("\"person\",\"q1\",\"q2\"\n\"A\",NA,1\n", "r.csv", bank);
    BOOST_TEST_REQUIRE(by_r[0].responses.size() == 1u);
    BOOST_TEST(by_r[0].responses[0].item == 1);
    refused("person,q1,q9\nA,1,0\n", "column 'q9': item 'q9' is not in the bank");
    refused("person,q1\nA,2\n", "line 2, column 'q1': '2'; item 'q1' has the categories 0 to 1");
    refused("person,q1\nA,1\nA,0\n", "person 'A' is there twice");
    refused("person,item,response\nA,q1,1\nA,q1,0\n", "has a response to 'q1' above");
}

BOOST_AUTO_TEST_CASE(a_bank_that_r_wrote_has_NA_where_an_item_has_no_such_parameter) {
    const Bank bank = formats::read_bank_csv("item,model,a,b1,b2\nq1,grm,1.2,-1,0.5\nNA,grm,0.8,0.3,NA\n", "b.csv");
    BOOST_TEST(categories(bank[0].parameters) == 3);
    BOOST_TEST(bank[1].id == "NA");
    BOOST_TEST(categories(bank[1].parameters) == 2);
}

BOOST_AUTO_TEST_CASE(numbers_of_items_travel_with_the_bank_and_banks_without_them_stay_as_they_were) {
    const Bank bank = formats::read_bank_csv("item,b,num.words,num.seconds\nq1,0,12.5,\nq2,1,,30\n", "b.csv");
    BOOST_TEST(*bank[0].number("words") == 12.5);
    BOOST_TEST(!bank[0].number("seconds"));
    const Bank again = Bank::from_bytes(bank.bytes());
    BOOST_TEST(again.hash() == bank.hash());
    BOOST_TEST(again.to_json() == bank.to_json());
    BOOST_TEST(*Bank::from_json(bank.to_json())[1].number("seconds") == 30.0);
    BOOST_TEST(static_cast<int>(bank.bytes()[8]) == 2);  // the format version
    BOOST_TEST(static_cast<int>(bank_of({{{"item", "q1"}, {"b", 0}}}).bytes()[8]) == 1);
    BOOST_CHECK_THROW(formats::read_bank_csv("item,b,num.words\nq1,0,long\n", "b.csv"), BankError);
    BOOST_CHECK_THROW(formats::read_bank_csv("item,b,num.\nq1,0,1\n", "b.csv"), BankError);
    std::string bytes = bank.bytes();
    bytes[8] = 1;
    BOOST_CHECK_THROW(Bank::from_bytes(bytes), BankError);
}

BOOST_AUTO_TEST_SUITE_END()
