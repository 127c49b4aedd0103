// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/demo.hpp"

#include "adapters/delivery/bundle.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "adapters/standalone/embedded.hpp"

namespace palier::standalone {

Json demo_bundle(Demo demo) {
    delivery::BundleRequest request;
    palier::Bank bank = formats::read_bank_csv(embedded::parameters, "palier-demo-parameters.csv");
    if (demo == Demo::level) {
        request.id = "demo";
        request.title = {{"fr", "Compétences numériques : situer son niveau"},
                         {"en", "Digital skills: find your level"}};
        request.plan = parse_json(embedded::plan, ErrorKind::plan, "demo-plan.json", 1 << 20);
    } else {
        request.id = demo == Demo::map ? "demo-map" : "demo-short-map";
        request.title = {{"fr", "Compétences numériques : votre carte"}, {"en", "Digital skills: your map"}};
        request.plan = parse_json(embedded::map_plan, ErrorKind::plan, "demo-map-plan.json", 1 << 20);
        if (demo == Demo::short_map) request.plan["stop"].update({{"min_items", 8}, {"max_items", 16}});
        bank = formats::scaled_by_content(bank);
    }
    request.robustness = false;  // nobody reads the report
    request.bank = std::make_shared<palier::Bank>(std::move(bank));
    request.questions = {{"fr", "palier-demo-fr.xml", embedded::questions_fr},
                         {"en", "palier-demo-en.xml", embedded::questions_en}};
    return delivery::make_bundle(request).bundle;
}

std::shared_ptr<const delivery::Test> demo_test(Demo demo) {
    return delivery::Test::open(dump_json(demo_bundle(demo)));
}

}  // namespace palier::standalone
