// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef SWIG
#include "adapters/host/host.hpp"
#endif

// The classes that PHP sees: SWIG reads this header, so names and argument order are PHP's, and
// what a member computes is said once, in palier.stub.php. Every class holds one value of
// palier::host; copying a PalierBank or a PalierPlan shares its content.
//
// Arguments arrive checked for their PHP type (binding.hpp); what is checked here is their range.
// Errors: std::invalid_argument for a value out of range, else palier::Error and its children.

namespace palier::php {

class PalierBank {
public:
    static PalierBank compile(std::string_view itemsJson);
    static PalierBank fromBytes(std::string_view bytes);
    static PalierBank open(std::string_view path, std::string_view hash);

    std::string bytes() const;
    std::string hash() const;
    int size() const;
    std::string itemsJson() const;
    std::vector<double> information(const std::vector<double>& thetas) const;

#ifndef SWIG
    explicit PalierBank(host::Bank bank) : bank_(std::move(bank)) {}
    const host::Bank& bank() const { return bank_; }

private:
    host::Bank bank_;
#endif
};

class PalierPlan {
public:
    static PalierPlan parse(std::string_view planJson);

    std::string normalised() const;
    std::string hash() const;

#ifndef SWIG
    explicit PalierPlan(host::Plan plan) : plan_(std::move(plan)) {}
    const host::Plan& plan() const { return plan_; }

private:
    host::Plan plan_;
#endif
};

class PalierSession {
public:
    static PalierSession start(const PalierBank& bank, const PalierPlan& plan, std::int64_t seed,
                               std::string_view contextJson);
    static PalierSession resume(const PalierBank& bank, const PalierPlan& plan, std::string_view logJson);

    std::string record(std::string_view eventJson);
    std::string advance(std::int64_t time);
    std::string state() const;
    std::string replay() const;
    std::string verify() const;
    std::string explain(std::string_view language) const;
    std::string log() const;

#ifndef SWIG
    explicit PalierSession(host::Session session) : session_(std::move(session)) {}

private:
    host::Session session_;
#endif
};

class Palier {
public:
    static std::string version();
    static std::string feasibility(const PalierBank& bank, const PalierPlan& plan, std::string_view optionsJson);
    static std::string simulate(const PalierBank& bank, const PalierPlan& plan, std::string_view optionsJson);
    static std::string step(const PalierBank& bank, const PalierPlan& plan, std::string_view requestJson);
    static std::string statements(std::string_view requestJson);
    static std::string parameters(std::string_view csv, std::string_view optionsJson);
    static std::string words(std::string_view statesJson, std::string_view language);
    static std::string call(std::string_view requestJson);

#ifndef SWIG
    Palier() = delete;
#endif
};

}  // namespace palier::php
