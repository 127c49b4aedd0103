// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/calibration/item_function.hpp"
#include "engine/calibration/responses.hpp"

// Which numbers a calibration is free to move: one vector x for the whole bank. First the items' own parameters, item
// by item, then those that items share (the slope of the 1pl items, the steps of rsm items of as many categories),
// then mean and ln(sd) of the populations that are free.

namespace palier::calibration {

/// What is held of parameters before any answer, each where it is given and the item has the parameter. The
/// log-likelihood of a fit leaves it out; its maximum and the standard errors do not.
struct Priors {
    struct Normal {
        double mean;
        double sd;
    };
    std::optional<Normal> log_slope;   ///< ln a normal: a lognormal; 1pl to 4pl, grm, gpcm
    std::optional<Normal> difficulty;  ///< each b; 1pl to 4pl, grm, pcm, gpcm
    std::optional<Normal> lower;       ///< logit c
    std::optional<Normal> upper;       ///< logit d
};

/// What an item is calibrated by.
struct ItemRequest {
    Form form;
    /// An anchor item: these parameters stay as they are.
    std::optional<Parameters> fixed;
    /// What is held of this item alone, in place of the priors of all.
    std::optional<Priors> priors = {};
};

/// The abilities of a group, N(mean, sd^2).
struct Population {
    double mean = 0;
    double sd = 1;
    bool free_mean = false;
    bool free_sd = false;
};

class Structure {
public:
    struct Entry {
        Form form;
        bool anchor = false;
        Priors priors;
        Working held{};                           ///< the numbers that do not move
        std::array<int, most_parameters> slot{};  ///< of each working parameter in x; -1 does not move
        int own = 0;                              ///< first own parameter in x
        int own_count = 0;
        std::array<int, most_parameters> own_parameter{};  ///< their places in the working vector
    };

    /// Items in the order of the responses, populations in the order of the groups; `responses` give where to begin.
    /// `priors` are of the items that have none of their own.
    Structure(const Responses& responses, const std::vector<ItemRequest>& items, std::vector<Population> populations,
              const Priors& priors);

    int items() const { return static_cast<int>(entries_.size()); }
    const Entry& entry(int item) const { return entries_[static_cast<std::size_t>(item)]; }
    const std::vector<Population>& populations() const { return populations_; }
    int size() const { return static_cast<int>(start_.size()); }
    int first_shared() const { return first_shared_; }
    int first_of_populations() const { return first_of_populations_; }
    /// Where mean and ln(sd) of a population stand in x; -1 does not move.
    int slot_of_mean(int group) const { return mean_slot_[static_cast<std::size_t>(group)]; }
    int slot_of_log_sd(int group) const { return log_sd_slot_[static_cast<std::size_t>(group)]; }

    const std::vector<double>& start() const { return start_; }
    Working working(int item, const std::vector<double>& x) const;
    Population population(int group, const std::vector<double>& x) const;

private:
    std::vector<Entry> entries_;
    std::vector<Population> populations_;
    std::vector<int> mean_slot_, log_sd_slot_;
    std::vector<double> start_;
    int first_shared_ = 0;
    int first_of_populations_ = 0;
};

/// ln of the priors of one item's parameters at its working vector, constants included, with the exact gradient added
/// to `gradient` and, where `curvature` is there, the exact second derivatives added to the lower half of that square
/// of parameter_count rows. -infinity for a slope that is not above 0 under a lognormal prior.
double log_prior(const Structure::Entry& entry, const Working& working, Working& gradient, double* curvature = nullptr);

}  // namespace palier::calibration
