// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/attempts.hpp"

#include "adapters/standalone/attempts_sql.hpp"
#include "adapters/standalone/random.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/statements.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

namespace palier::standalone {
namespace {

namespace sql {
constexpr std::string_view add =
    "INSERT INTO standalone_attempt (id, token, bundle, name, saved, events, begun, changed) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
constexpr std::string_view change =
    "UPDATE standalone_attempt SET saved = ?3, events = ?4, changed = ?5 WHERE id = ?1 AND events = ?2 RETURNING 1";
constexpr std::string_view find = "SELECT id, name, saved FROM standalone_attempt WHERE token = ?1 AND bundle = ?2";
constexpr std::string_view count = "SELECT count(*) FROM standalone_attempt";
}  // namespace sql

/// Another request changed the attempt first.
struct Overtaken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

constexpr int tries = 5;

}  // namespace

Attempts::Attempts(xapi::Store& store, std::shared_ptr<const delivery::Test> test, std::string home,
                   std::optional<std::uint64_t> seed)
    : store_(store), test_(std::move(test)), home_(std::move(home)), seed_(seed) {
    store_.add({}, authority(), [](xapi::Database& database) { database.run(attempts_sql); });
}

Json Attempts::authority() const {
    return {{"objectType", "Agent"}, {"account", {{"homePage", home_}, {"name", "palier-serve"}}}};
}

std::int64_t Attempts::count() {
    std::int64_t number = 0;
    store_.read([&](xapi::Database& database) {
        const auto query = database.prepared(sql::count);
        query->next();
        number = query->integer(0);
    });
    return number;
}

Attempts::Begun Attempts::begin(const std::string& language, const std::string& name, std::int64_t now) {
    const std::string id = xapi::uuid4();
    const std::string token = random_text(32);
    const std::string shown =
        !name.empty() ? name : (language == "fr" ? "Apprenant " : "Learner ") + std::to_string(count() + 1);
    const auto attempt = delivery::Attempt::start(test_, language, seed_ ? *seed_ : random_seed(), Json::object(), now);
    store_.add(statements(id, shown, attempt, 0), authority(), [&](xapi::Database& database) {
        const auto query = database.prepared(sql::add);
        query->bind_text(1, id);
        query->bind_text(2, sha256(token));
        query->bind_text(3, test_->hash());
        query->bind_text(4, shown);
        query->bind_text(5, attempt.save());
        query->bind(6, attempt.sequence());
        query->bind(7, now);
        query->run();
    });
    return {token, attempt.view()};
}

std::optional<Attempts::Row> Attempts::find(const std::string& token) {
    std::optional<Row> row;
    store_.read([&](xapi::Database& database) {
        const auto query = database.prepared(sql::find);
        const std::string hash = sha256(token);
        query->bind_text(1, hash);
        query->bind_text(2, test_->hash());
        if (query->next())
            row = Row{std::string(query->text(0)), std::string(query->text(1)), std::string(query->text(2))};
    });
    return row;
}

std::optional<Json> Attempts::step(const std::string& token, const Step& step, std::int64_t now) {
    for (int i = 0; i < tries; ++i) {
        const std::optional<Row> row = find(token);
        if (!row) return std::nullopt;
        auto attempt = delivery::Attempt::resume(test_, row->saved);
        const std::int64_t before = attempt.sequence();
        Json answer = step(attempt);
        if (attempt.sequence() == before) return answer;
        try {
            store_.add(statements(row->id, row->name, attempt, before), authority(), [&](xapi::Database& database) {
                const auto query = database.prepared(sql::change);
                query->bind_text(1, row->id);
                query->bind(2, before);
                query->bind_text(3, attempt.save());
                query->bind(4, attempt.sequence());
                query->bind(5, now);
                if (!query->next()) throw Overtaken("the attempt has moved on");
            });
            return answer;
        } catch (const Overtaken&) {
            // Once more, with the attempt as it is now: the sequence tells that this post is stale.
        }
    }
    throw Error("this attempt is busy; try again");
}

bool Attempts::look(const std::string& token, const Look& look) {
    const std::optional<Row> row = find(token);
    if (!row) return false;
    look(delivery::Attempt::resume(test_, row->saved));
    return true;
}

std::vector<Json> Attempts::statements(const std::string& id, const std::string& name, const delivery::Attempt& attempt,
                                       std::int64_t from_event) const {
    const Json record = attempt.record();
    const Json about = test_->about();
    const std::string& language = attempt.language();
    Json items = Json::object();
    for (const auto& [item, told] : record.at("items").items()) {
        items[item] = {{"id", home_ + "/questions/" + xapi::encode(item)},
                       {"name", {{language, told.at("label")}}},
                       {"interaction", told.at("interaction")}};
        if (told.contains("response")) items[item]["response"] = told["response"];
    }
    const Json context = {
        {"site", home_},
        {"platform", "Palier"},
        {"attempt", home_ + "/attempts/" + id},
        {"registration", id},
        {"actor",
         {{"objectType", "Agent"}, {"name", name}, {"account", {{"homePage", home_}, {"name", "learner-" + id}}}}},
        {"activity",
         {{"id", home_ + "/tests/" + xapi::encode(about.at("id").get<std::string>())}, {"name", about.at("title")}}},
        {"language", language},
        {"plan", about.at("plan")},
        {"items", std::move(items)}};
    std::vector<Json> statements;
    for (Json& one : xapi::statements_of({{"log", record.at("log")},
                                          {"record", record.at("record")},
                                          {"context", context},
                                          {"from_event", from_event}}))
        statements.push_back(std::move(one.at("statement")));
    return statements;
}

}  // namespace palier::standalone
