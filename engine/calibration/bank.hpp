// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/calibration/calibration.hpp"

// From items and their answers to requests, and from a calibration to a bank.

namespace palier::calibration {

/// By what model each item is calibrated.
struct ModelChoice {
    Model two = Model::two_pl;             ///< items of two categories
    std::optional<Model> several;          ///< items of more; where it is not given, `two`
    std::map<std::string, Model> of_item;  ///< of single items, before the others
    /// Draft and pretest items of the bank set the scale where it has no anchor; those of two categories are calibrated
    /// by `two`, whatever model they have there.
    bool experts = false;
};

/// A request for each item of the responses. Operational and retired items of `anchors` do not move; its draft and
/// pretest items are estimated by the model that they have there. Throws ArgumentError that has every fault: a model of
/// two categories for an item with more, a model that contradicts an anchor's, anchors of several scales, a name in
/// `of_item` that no item has, and no anchor among the items where there is a bank of them.
std::vector<ItemRequest> requests_for(const Responses& responses, const ModelChoice& models, const Bank* anchors);

/// What experts said: the difficulty that draft and pretest items have in the bank, in order of the responses' items.
std::vector<std::optional<double>> expert_difficulties(const Responses& responses, const Bank& bank);

/// The bank of a calibration: the items of `anchors` as they were but for those that were estimated, then the new
/// ones, operational or as `status` says, with their standard errors and the anchors' scale. An item that no bank may
/// have (a slope not above 0, a number out of range) is left out and told of in `left_out`.
struct CalibratedBank {
    std::vector<Item> items;
    std::vector<std::string> left_out;
};
CalibratedBank calibrated_bank(const Calibration& calibration, const Bank* anchors, Status status);

/// {"log_likelihood", "aic", "bic", "converged", "iterations", "max_gradient", "items", "populations", …}: what stands
/// in Calibration, parameters and errors under the names of the bank.
Json to_json(const Calibration& calibration);

}  // namespace palier::calibration
