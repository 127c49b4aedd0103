// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/formats/csv.hpp"
#include "engine/plan/plan.hpp"

namespace palier::test {

inline std::string read(const std::string& name) {
    std::ifstream in(std::string(PALIER_REFERENCE) + "/" + name, std::ios::binary);
    if (!in) throw std::runtime_error("no reference file " + name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline Json reference(const std::string& name) { return Json::parse(read(name)); }

inline std::vector<std::vector<double>> table(const std::string& name) {
    const auto csv = formats::read_csv(read(name), name);
    std::vector<std::vector<double>> rows;
    for (const auto& row : csv.rows) {
        rows.emplace_back();
        for (const auto& cell : row.cells) rows.back().push_back(formats::number_in(cell, csv.separator).value());
    }
    return rows;
}

/// Items i1, i2, … of a reference bank (columns a, b, c, d), with D taken into a.
inline std::vector<Item> reference_items(const std::string& name, double D = 1) {
    std::vector<Item> items;
    for (const auto& row : table(name)) {
        Item item;
        item.id = "i" + std::to_string(items.size() + 1);
        item.parameters = {row[3] != 1 ? Model::four_pl : row[2] != 0 ? Model::three_pl : Model::two_pl, D * row[0],
                           row[1], row[2], row[3]};
        items.push_back(item);
    }
    return items;
}

inline Plan plan_of(const Json& parts) {
    Json json = {{"palier_plan", 1}};
    json.update(parts);
    return Plan::from_json(json);
}

}  // namespace palier::test
