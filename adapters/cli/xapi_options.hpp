// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/xapi/store/query.hpp"
#include "adapters/xapi/store/store.hpp"
#include "engine/util/json.hpp"

// What the subcommands of `palier xapi` share. Throws CLI::ValidationError where an option says what it cannot.

namespace palier::cli {

/// --db: an address, whichever of its stores is meant.
struct AddressOption {
    std::string path = "palier-xapi.db";
    bool is_named = false;  ///< by --db or PALIER_DB

    void add_to(CLI::App& command);
    /// Throws Error where there is no such SQLite file; one that is named may be made.
    void check(bool makes) const;
    /// As it may be shown: without a password.
    std::string shown() const;
};

struct StoreOption : AddressOption {
    std::string name;

    void add_to(CLI::App& command);
    /// `makes`: a file that is named and not there is made.
    xapi::Store open(bool makes = false) const;
};

/// A date or an instant, microseconds since 1970 UTC.
std::int64_t instant(const std::string& option, const std::string& text);

/// An agent as JSON or mailto:ADDRESS, as agent_term() names it.
std::string agent_of(const std::string& text);

/// An IRI, or nothing where the text is empty.
std::optional<std::string> iri_of(const std::string& option, const std::string& text);

struct FilterOptions {
    std::string agent, verb, activity, registration, since, until;
    bool related = false;
    std::size_t limit = 0;

    void add_to(CLI::App& command);
    /// Those that say which statements, but neither when nor how many.
    void add_content_to(CLI::App& command);
    xapi::Query query() const;
};

/// A line of standard output. Throws Error where it cannot be written.
void print(const std::string& line);

/// The files beside xapi.cpp.
void add_forward(CLI::App& xapi);
void add_import(CLI::App& xapi);
void add_retention(CLI::App& xapi);
void add_stores(CLI::App& xapi);

}  // namespace palier::cli
