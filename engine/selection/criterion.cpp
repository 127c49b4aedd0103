// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/criterion.hpp"

#include <array>

#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"

namespace palier {
namespace {

class FisherInformation final : public Criterion {
public:
    explicit FisherInformation(const Bank& bank) : bank_(bank) {}
    void prepare(const SelectionState& now) override { theta_ = now.theta; }
    double value(int position) const override { return information(bank_[position].parameters, theta_); }

private:
    const Bank& bank_;
    double theta_ = 0;
};

class Uniform final : public Criterion {
public:
    void prepare(const SelectionState& now) override {
        random_ = &now.random;
        step_ = now.step;
    }
    double value(int position) const override {
        return random_->uniform(math::Stream::selection, step_, static_cast<std::uint32_t>(position) + 1);
    }

private:
    const math::Random* random_ = nullptr;
    std::uint32_t step_ = 0;
};

constexpr std::array<CriterionRule, 2> rules = {
    {{"mfi", [](const Bank& bank, const Plan&) -> std::unique_ptr<Criterion> {
          return std::make_unique<FisherInformation>(bank);
      }},
     {"random",
      [](const Bank&, const Plan&) -> std::unique_ptr<Criterion> { return std::make_unique<Uniform>(); }}}};

}  // namespace

const std::vector<std::string>& criterion_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const CriterionRule& rule : rules) list.emplace_back(rule.name);
        return list;
    }();
    return names;
}

const CriterionRule& criterion_named(const std::string& name) {
    for (const CriterionRule& rule : rules)
        if (name == rule.name) return rule;
    throw ArgumentError("unknown criterion '" + name + "'");
}

}  // namespace palier
