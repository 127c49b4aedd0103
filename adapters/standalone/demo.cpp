// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/demo.hpp"

#include "adapters/delivery/bundle.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "adapters/standalone/embedded.hpp"

namespace palier::standalone {

std::shared_ptr<const delivery::Test> demo_test() {
    delivery::BundleRequest request;
    request.id = "demo";
    request.title = {{"fr", "Compétences numériques : situer son niveau"}, {"en", "Digital skills: find your level"}};
    request.bank =
        std::make_shared<palier::Bank>(formats::read_bank_csv(embedded::parameters, "palier-demo-parameters.csv"));
    request.plan = parse_json(embedded::plan, ErrorKind::plan, "demo-plan.json", 1 << 20);
    request.questions = {{"fr", "palier-demo-fr.xml", embedded::questions_fr},
                         {"en", "palier-demo-en.xml", embedded::questions_en}};
    return delivery::Test::open(dump_json(delivery::make_bundle(request).bundle));
}

}  // namespace palier::standalone
