// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/delivery/delivery.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// Attempts at one test, kept in the file of the statement store. A step and its statements are one
/// commit, synced to the disk before the answer is shown. Thread-safe; the store outlives it.
class Attempts {
public:
    /// `home`: IRI of this server, the root of the IRIs in statements. `seed`: of every attempt; else each draws
    /// its own.
    Attempts(xapi::Store& store, std::shared_ptr<const delivery::Test> test, std::string home,
             std::optional<std::uint64_t> seed);

    struct Begun {
        std::string token;  ///< for the cookie; the file keeps its hash
        Json view;
    };
    /// Begins an attempt. `name` may be empty: then the learner has a number.
    Begun begin(const std::string& language, const std::string& name, std::int64_t now);

    /// How many attempts there are.
    std::int64_t count();

    /// Does something with an attempt and gives what it returned; nothing where the token is none.
    /// When another request was faster, it is done again with the attempt as it is then.
    using Step = std::function<Json(delivery::Attempt&)>;
    std::optional<Json> step(const std::string& token, const Step& step, std::int64_t now);

    /// Reads an attempt.
    using Look = std::function<void(const delivery::Attempt&)>;
    bool look(const std::string& token, const Look& look);

    const delivery::Test& test() const { return *test_; }

private:
    /// As the store's record of an attempt has it, by the hash of the learner's token. Times: milliseconds
    /// since 1970 UTC. `events`: how many the attempt has, the record's revision.
    struct Row {
        std::string id;
        std::string bundle;  ///< hash of the test
        std::string name;
        std::string saved;  ///< delivery's saved text
        std::int64_t begun, changed, events;
    };
    std::optional<Row> find(const std::string& token);
    xapi::RecordChange change(const std::string& token, const Row& row, std::optional<std::int64_t> replaces) const;
    std::vector<Json> statements(const std::string& id, const std::string& name, const delivery::Attempt& attempt,
                                 std::int64_t from_event) const;
    Json authority() const;

    xapi::Store& store_;
    std::shared_ptr<const delivery::Test> test_;
    std::string home_;
    std::optional<std::uint64_t> seed_;
};

}  // namespace palier::standalone
