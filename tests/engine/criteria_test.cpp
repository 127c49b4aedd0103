// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>

#include "engine/selection/criterion.hpp"
#include "engine/session/session.hpp"
#include "tests/support/reference.hpp"

// Values of catR (tests/reference/criteria_*.json) for given answers and candidates, every model.

using namespace palier;

namespace {

struct Column {
    const char* name;
    const char* criterion;
    const char* estimator;
    const char* information;  // of mei
    double tolerance;         // relative
};

const Column columns[] = {{"MFI", "mfi", "eap", nullptr, 1e-10},
                          {"KL", "kl", "eap", nullptr, 1e-10},
                          {"KLP", "klp", "eap", nullptr, 1e-10},
                          {"MLWI", "mlwi", "eap", nullptr, 1e-10},
                          {"MPWI", "mpwi", "eap", nullptr, 1e-10},
                          {"MEPV", "mepv", "eap", nullptr, 1e-10},
                          {"MEI_EAP_observed", "mei", "eap", "observed", 1e-10},
                          {"MEI_EAP_Fisher", "mei", "eap", "expected", 1e-10},
                          {"MEI_BM_observed_tight", "mei", "map", "observed", 1e-8},
                          {"GDI", "gdi", "eap", nullptr, 1e-10},
                          {"GDIP", "gdip", "eap", nullptr, 1e-10}};

double shown(const std::string& criterion, double value) {
    return criterion_named(criterion).smallest_is_best ? -value : value;
}

void compare(const std::string& model) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::items_of_model(model)));
    const Json file = test::reference("criteria_" + model + ".json");
    BOOST_TEST_REQUIRE(file["states"].size() == 5u);
    for (const Column& column : columns) {
        Json selection = {{"criterion", column.criterion}};
        if (column.information) selection["information"] = column.information;
        const Plan plan =
            test::plan_of({{"estimation", {{"estimator", column.estimator}, {"range", {-4, 4}}, {"nodes", 33}}},
                           {"selection", selection}});
        const math::Random random(1);
        int compared = 0;
        for (const Json& state : file["states"]) {
            Evidence evidence(plan.estimation, Prior{}, bank.get());
            for (std::size_t i = 0; i < state["items"].size(); ++i)
                evidence.add(observation(*bank, state["items"][i].get<int>() - 1, state["x"][i].get<int>()));
            const auto criterion = make_criterion(column.criterion, criterion_setup(*bank, plan), {});
            const double theta = state["theta_EAP33"].get<double>();
            if (std::string(column.estimator) == "eap")
                BOOST_TEST(std::fabs(evidence.estimate().theta - theta) < 1e-12);
            criterion->prepare({*bank, evidence, random, theta, 0.5, 8});
            for (const Json& value : state["values"]) {
                if (!value.contains(column.name)) continue;
                const double expected = value[column.name].get<double>();
                const double ours = shown(column.criterion, criterion->value(value["item"].get<int>() - 1));
                BOOST_TEST_CONTEXT(model << " " << column.name << " case " << state["case"] << " item " << value["item"]
                                         << ": " << ours << " where catR has " << expected)
                BOOST_TEST(std::fabs(ours - expected) <= column.tolerance * std::fabs(expected));
                ++compared;
            }
        }
        const bool dichotomous_only = std::string(column.criterion).rfind("gdi", 0) == 0;
        const bool polytomous = model == "GRM" || model == "NRM";
        BOOST_TEST(compared == (dichotomous_only && polytomous ? 0 : 50));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(criteria_agree_with_catR)

BOOST_AUTO_TEST_CASE(two_pl) { compare("2PL"); }
BOOST_AUTO_TEST_CASE(three_pl) { compare("3PL"); }
BOOST_AUTO_TEST_CASE(graded) { compare("GRM"); }
BOOST_AUTO_TEST_CASE(nominal) { compare("NRM"); }

BOOST_AUTO_TEST_SUITE_END()
