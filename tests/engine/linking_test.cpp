// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/linking/linking.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/errors.hpp"

using namespace palier;
using namespace palier::linking;

namespace {

constexpr std::array<Method, 4> all_methods = {Method::mean_sigma, Method::mean_mean, Method::haebara,
                                               Method::stocking_lord};

Bank bank_of_3pl(const std::array<double, 8>& a, const std::array<double, 8>& b, const std::array<double, 8>& c) {
    std::vector<Item> items(8);
    for (std::size_t j = 0; j < 8; ++j) {
        items[j].id = "i" + std::to_string(j);
        items[j].parameters.model = Model::three_pl;
        items[j].parameters.a = a[j];
        items[j].parameters.b = b[j];
        items[j].parameters.c = c[j];
    }
    return Bank::compile(std::move(items));
}

Bank mixed_bank() {
    return Bank::from_json(Json::parse(R"([
        {"item":"i1","model":"2pl","a":0.8,"b":-1.1},{"item":"i2","model":"3pl","a":1.4,"b":0.3,"c":0.2},
        {"item":"i3","model":"grm","a":1.2,"b1":-1.5,"b2":0,"b3":1.1},
        {"item":"i4","model":"gpcm","a":0.9,"b1":0.4,"b2":-0.2},
        {"item":"i5","model":"4pl","a":1.1,"b":1.6,"c":0.1,"d":0.97}])"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(linking_tests)

// The definition: a bank and the same bank on another scale are linked by what lies between them.
BOOST_AUTO_TEST_CASE(a_bank_is_linked_to_itself_on_another_scale) {
    const Bank from = mixed_bank();
    const Link between{1.3, -0.45, 0};
    std::vector<Item> items;
    for (const Item& item : from.items()) items.push_back(linked(item, between));
    const Bank to = Bank::compile(std::move(items));
    for (const Method method : all_methods) {
        const Link found = link(from, to, method);
        BOOST_TEST(std::fabs(found.slope - 1.3) < 1e-9);
        BOOST_TEST(std::fabs(found.intercept + 0.45) < 1e-9);
        BOOST_TEST(found.common_items == 5);
    }
}

// An item says the same of a person on either scale, whatever its model.
BOOST_AUTO_TEST_CASE(an_item_on_another_scale_has_the_same_probabilities) {
    std::vector<Item> items = mixed_bank().items();
    const Bank others = Bank::from_json(Json::parse(R"([
        {"item":"r","model":"rasch","b":0.7},{"item":"p","model":"pcm","b1":-0.5,"b2":0.9},
        {"item":"s","model":"rsm","b":0.5,"b1":-1,"b2":1},
        {"item":"n","model":"nrm","a1":1,"a2":-0.5,"c1":0.2,"c2":1.1}])"));
    items.insert(items.end(), others.items().begin(), others.items().end());
    for (const Link& by : {Link{1.3, -0.45, 0}, Link{1, 0.8, 0}, Link{0.6, 0, 0}}) {
        for (const Item& item : items) {
            const Parameters there = linked(item, by).parameters;
            for (const double theta : {-2.0, 0.1, 1.7})
                for (int k = 0; k < item.parameters.categories; ++k)
                    BOOST_TEST(std::fabs(probability(item.parameters, k, theta) -
                                         probability(there, k, by.slope * theta + by.intercept)) < 1e-12,
                               item.id);
        }
    }
}

// 8 items of 3pl, calibrated twice with error: moments by numpy, curves by scipy's Nelder-Mead on the criteria written
// down anew (steps below 1e-12).
BOOST_AUTO_TEST_CASE(links_of_noisy_items_are_those_of_an_independent_minimiser) {
    const Bank from =
        bank_of_3pl({0.88, 0.71, 1.22, 0.72, 1.83, 1.32, 0.9, 1.19}, {1.61, 2.83, -0.92, 1.07, 0.52, -0.28, 1.09, 0.51},
                    {0.21, 0.2, 0.19, 0.2, 0.12, 0.19, 0.22, 0.1});
    const Bank to =
        bank_of_3pl({0.75, 0.59, 1.02, 0.64, 1.43, 1.18, 0.74, 1.0}, {2.3, 3.93, -0.59, 1.68, 0.96, 0.34, 1.79, 0.84},
                    {0.21, 0.2, 0.2, 0.2, 0.11, 0.22, 0.18, 0.07});
    const std::array<std::array<double, 2>, 4> right = {{{1.188808498041587, 0.4507451696990744},
                                                         {1.1931972789115646, 0.4472176870748299},
                                                         {1.14616907807542, 0.45187096824767},
                                                         {1.1499823997247398, 0.47044817414229445}}};
    for (std::size_t k = 0; k < 4; ++k) {
        const Link found = link(from, to, all_methods[k]);
        BOOST_TEST(std::fabs(found.slope - right[k][0]) < 1e-7);
        BOOST_TEST(std::fabs(found.intercept - right[k][1]) < 1e-7);
    }
}

BOOST_AUTO_TEST_CASE(banks_that_cannot_be_linked_are_refused) {
    const auto refused = [](const char* from, const char* to) {
        BOOST_CHECK_THROW(link(Bank::from_json(Json::parse(from)), Bank::from_json(Json::parse(to)), Method::haebara),
                          ArgumentError);
    };
    refused(R"([{"item":"a","b":0},{"item":"b","b":1}])", R"([{"item":"a","b":0},{"item":"c","b":1}])");
    refused(R"([{"item":"a","b":0},{"item":"b","model":"grm","a":1,"b1":0,"b2":1}])",
            R"([{"item":"a","b":0},{"item":"b","b":1}])");
    BOOST_CHECK_THROW(
        link(Bank::from_json(Json::parse(R"([{"item":"a","b":1},{"item":"b","b":1}])")),
             Bank::from_json(Json::parse(R"([{"item":"a","b":1},{"item":"b","b":2}])")), Method::mean_sigma),
        ArgumentError);
}

BOOST_AUTO_TEST_SUITE_END()
