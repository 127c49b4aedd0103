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
#include "tests/support/places.hpp"

namespace palier::test {

inline std::string read(const std::string& name) {
    std::ifstream in(in_project("tests/reference/") + name, std::ios::binary);
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
        item.parameters = {row[3] != 1   ? Model::four_pl
                           : row[2] != 0 ? Model::three_pl
                                         : Model::two_pl,
                           D * row[0], row[1], row[2], row[3]};
        items.push_back(item);
    }
    return items;
}

/// Items i1, i2, … of a reference bank of graded (a, b1…) or nominal (alpha1, c1, alpha2, c2, …) items;
/// a blank cell: the item has fewer categories.
inline std::vector<Item> polytomous_items(const std::string& name, Model model) {
    const auto csv = formats::read_csv(read(name), name);
    std::vector<Item> items;
    for (const auto& row : csv.rows) {
        Item item;
        item.id = "i" + std::to_string(items.size() + 1);
        Parameters& p = item.parameters;
        p.model = model;
        std::vector<double> cells;
        for (const auto& cell : row.cells)
            if (!cell.empty()) cells.push_back(formats::number_in(cell, csv.separator).value());
        if (model == Model::nrm) {
            for (std::size_t k = 0; 2 * k < cells.size(); ++k) {
                p.steps[k] = cells[2 * k];
                p.intercepts[k] = cells[2 * k + 1];
            }
            p.categories = static_cast<int>(cells.size() / 2) + 1;
        } else {
            p.a = cells[0];
            for (std::size_t k = 1; k < cells.size(); ++k) p.steps[k - 1] = cells[k];
            p.categories = static_cast<int>(cells.size());
        }
        items.push_back(item);
    }
    return items;
}

/// The bank of a reference file: "2PL", "3PL", "GRM" or "NRM".
inline std::vector<Item> items_of_model(const std::string& model, double D = 1) {
    const std::string file = "scoring_bank_" + model + ".csv";
    if (model == "GRM") return polytomous_items(file, Model::grm);
    if (model == "NRM") return polytomous_items(file, Model::nrm);
    return reference_items(file, D);
}

inline Plan plan_of(const Json& parts) {
    Json json = {{"palier_plan", 1}};
    json.update(parts);
    return Plan::from_json(json);
}

}  // namespace palier::test
