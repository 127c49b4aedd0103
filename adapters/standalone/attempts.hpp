// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/delivery/delivery.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// What learners may choose among: one test at least, each with an id of its own.
using Tests = std::vector<std::shared_ptr<const delivery::Test>>;

/// Attempts at these tests, kept in the file of the statement store. A step and its statements are one
/// commit, synced to the disk before the answer is shown. Thread-safe; the store outlives it.
class Attempts {
public:
    /// `home`: IRI of this server, the root of the IRIs in statements. `seed`: of every attempt; else each draws
    /// its own.
    Attempts(xapi::Store& store, Tests tests, std::string home, std::optional<std::uint64_t> seed);

    struct Begun {
        std::string token;  ///< for the cookie; the file keeps its hash
        Json view;
    };
    /// Begins an attempt. `name` may be empty: then the learner has a number.
    Begun begin(const std::shared_ptr<const delivery::Test>& test, const std::string& language, const std::string& name,
                std::int64_t now);

    /// How many attempts there are.
    std::int64_t count();

    /// How long a browser keeps the token of an attempt, in seconds from its beginning.
    static constexpr std::int64_t kept = 30LL * 24 * 3600;
    /// Takes away the attempts that nobody can go on with: those begun longer ago than a browser keeps the token, and
    /// those without an answer a day after they were begun. What they told the store of statements stays. Gives how
    /// many; looks once an hour.
    std::int64_t forget(std::int64_t now);

    /// Does something with an attempt and gives what it returned; nothing where the token is none.
    /// When another request was faster, it is done again with the attempt as it is then.
    using Step = std::function<Json(delivery::Attempt&)>;
    std::optional<Json> step(const std::string& token, const Step& step, std::int64_t now);

    /// Reads an attempt, of a certain test where `test` is its id. False where there is none.
    using Look = std::function<void(const delivery::Attempt&)>;
    bool look(const std::string& token, const Look& look, const std::string& test = "");

    const Tests& tests() const { return tests_; }
    /// The test of an id, the first one of ""; null where there is none.
    std::shared_ptr<const delivery::Test> test(const std::string& id) const;

private:
    /// As the store's record of an attempt has it, by the hash of the learner's token. Times: milliseconds
    /// since 1970 UTC. `events`: how many the attempt has, the record's revision.
    struct Row {
        std::string id;
        std::shared_ptr<const delivery::Test> test;
        std::string name;
        std::string saved;  ///< delivery's saved text
        std::int64_t begun, changed, events;
    };
    std::optional<Row> find(const std::string& token);
    xapi::RecordChange change(const std::string& token, const Row& row, std::optional<std::int64_t> replaces) const;
    std::vector<Json> statements(const Row& row, const delivery::Attempt& attempt, std::int64_t from_event) const;
    Json authority() const;
    std::int64_t forgotten();

    xapi::Store& store_;
    Tests tests_;
    std::string home_;
    std::optional<std::uint64_t> seed_;
    std::atomic<std::int64_t> looked_{};
};

}  // namespace palier::standalone
