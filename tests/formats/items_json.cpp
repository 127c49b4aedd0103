// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/qti3.hpp"
#include "tests/formats/support.hpp"

// Writes the items of the table as JSON, for the test in node: {ID: {"presentation", "key", "qti"}}.
int main() {
    using namespace palier::formats;
    nlohmann::json all;
    for (const auto& [id, item] : test::items())
        all[id] = {
            {"presentation", presentation_json(item)}, {"key", key_json(item)}, {"qti", qti3_text(item, false).xml}};
    std::cout << all.dump() << '\n';
}
