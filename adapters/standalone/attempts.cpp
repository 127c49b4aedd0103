// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/attempts.hpp"

#include <set>

#include "adapters/standalone/random.hpp"
#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/statements.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

namespace palier::standalone {
namespace {

constexpr const char* collection = "attempt";
constexpr const char* forgotten_collection = "attempts_forgotten";  // one record, a number
constexpr int tries = 5;

/// The question that "palier-1.1-L3-fr" and "palier-1.1-L3-en" are: a question in two languages is one activity.
std::string without_language(const std::string& item, const std::string& language) {
    const std::string ending = "-" + language;
    return item.size() > ending.size() && item.ends_with(ending) ? item.substr(0, item.size() - ending.size()) : item;
}

}  // namespace

Attempts::Attempts(xapi::Store& store, Tests tests, std::string home, std::optional<std::uint64_t> seed)
    : store_(store), tests_(std::move(tests)), home_(std::move(home)), seed_(seed) {
    std::set<std::string> ids;
    for (const auto& test : tests_)
        if (const auto id = test->about().at("id").get<std::string>(); !ids.insert(id).second)
            throw ArgumentError("two tests are called '" + id + "': give one another --id");
}

std::shared_ptr<const delivery::Test> Attempts::test(const std::string& id) const {
    if (id.empty()) return tests_.front();
    for (const auto& test : tests_)
        if (test->about().at("id") == id) return test;
    return nullptr;
}

Json Attempts::authority() const {
    return {{"objectType", "Agent"}, {"account", {{"homePage", home_}, {"name", "palier-serve"}}}};
}

std::int64_t Attempts::count() { return store_.count_records(collection); }

std::int64_t Attempts::forgotten() {
    const auto record = store_.record(forgotten_collection, "");
    return record ? record->revision : 0;
}

std::int64_t Attempts::forget(std::int64_t now) {
    constexpr std::int64_t hour = 3600LL * 1000, day = 24 * hour;
    if (now < looked_.load() + hour) return 0;
    looked_ = now;
    constexpr std::size_t at_a_time = 500;
    std::vector<std::string> old;
    for (std::string after;;) {
        const auto some = store_.rows().records(collection, after, at_a_time);
        for (const xapi::KeyedRecord& one : some) {
            const Json body = Json::parse(one.record.body);
            const std::int64_t age = now - body.at("begun").get<std::int64_t>();
            if (age > kept * 1000 || (age > day && body.at("changed") == body.at("begun"))) old.push_back(one.key);
        }
        if (some.size() < at_a_time) break;
        after = some.back().key;
    }
    if (old.empty()) return 0;
    const std::int64_t before = forgotten();
    const auto replaces = before ? std::optional(before) : std::nullopt;
    std::int64_t removed = 0;
    store_.write([&](xapi::Writer& writer) {
        removed = 0;
        for (const std::string& key : old) removed += writer.remove_record(collection, key);
        if (removed && !writer.change({forgotten_collection, "", replaces, {before + removed, "{}"}}))
            throw xapi::Overtaken("attempts are being forgotten by another process");
    });
    return removed;
}

Attempts::Begun Attempts::begin(const std::shared_ptr<const delivery::Test>& test, const std::string& language,
                                const std::string& name, std::int64_t now) {
    const std::string id = xapi::uuid4();
    const std::string token = random_text(32);
    const std::string shown =
        !name.empty() ? name
                      : (language == "fr" ? "Apprenant " : "Learner ") + std::to_string(count() + forgotten() + 1);
    const auto attempt = delivery::Attempt::start(test, language, seed_ ? *seed_ : random_seed(), Json::object(), now);
    const Row row{id, test, shown, attempt.save(), now, now, attempt.sequence()};
    store_.add(statements(row, attempt, 0), authority(), {change(token, row, {})});
    return {token, attempt.view()};
}

std::optional<Attempts::Row> Attempts::find(const std::string& token) {
    const auto record = store_.record(collection, sha256(token));
    if (!record) return std::nullopt;
    const Json body = Json::parse(record->body);
    for (const auto& test : tests_)
        if (body.at("bundle") == test->hash())
            return Row{body.at("id"),   test, body.at("name"), body.at("saved"), body.at("begun"), body.at("changed"),
                       record->revision};
    return std::nullopt;
}

xapi::RecordChange Attempts::change(const std::string& token, const Row& row,
                                    std::optional<std::int64_t> replaces) const {
    const Json body{{"id", row.id},       {"bundle", row.test->hash()}, {"name", row.name},
                    {"saved", row.saved}, {"begun", row.begun},         {"changed", row.changed}};
    return {collection, sha256(token), replaces, {row.events, dump_json(body)}};
}

std::optional<Json> Attempts::step(const std::string& token, const Step& step, std::int64_t now) {
    for (int i = 0; i < tries; ++i) {
        const std::optional<Row> row = find(token);
        if (!row) return std::nullopt;
        auto attempt = delivery::Attempt::resume(row->test, row->saved);
        const std::int64_t before = attempt.sequence();
        Json answer = step(attempt);
        if (attempt.sequence() == before) return answer;
        try {
            Row after = *row;
            after.saved = attempt.save();
            after.changed = now;
            after.events = attempt.sequence();
            store_.add(statements(*row, attempt, before), authority(), {change(token, after, before)});
            return answer;
        } catch (const xapi::Overtaken&) {
            // Once more, with the attempt as it is now: the sequence tells that this post is stale.
        }
    }
    throw Error("this attempt is busy; try again");
}

bool Attempts::look(const std::string& token, const Look& look, const std::string& test) {
    const std::optional<Row> row = find(token);
    if (!row || (!test.empty() && row->test->about().at("id") != test)) return false;
    look(delivery::Attempt::resume(row->test, row->saved));
    return true;
}

std::vector<Json> Attempts::statements(const Row& row, const delivery::Attempt& attempt,
                                       std::int64_t from_event) const {
    const Json about = row.test->about();
    xapi::Identities who;
    who.attempt = home_ + "/attempts/" + row.id;
    who.site = home_;
    who.registration = row.id;
    who.language = attempt.language();
    who.platform = "Palier";
    who.actor = {
        {"objectType", "Agent"}, {"name", row.name}, {"account", {{"homePage", home_}, {"name", "learner-" + row.id}}}};
    who.activity = {home_ + "/tests/" + xapi::encode(about.at("id").get<std::string>()), about.at("title"), ""};
    const Json items = attempt.record().at("items");
    for (const auto& [item, told] : items.items()) {
        Json described = told;
        described["id"] = home_ + "/questions/" + xapi::encode(without_language(item, who.language));
        described["name"] = told.at("label");
        who.items.emplace(item, xapi::item_words(described, item));
    }
    std::vector<Json> statements;
    const auto from = static_cast<std::size_t>(from_event);
    for (xapi::Statement& one : xapi::statements_about(xapi::attempt_of(attempt.session(), std::move(who), from)))
        statements.push_back(std::move(one.statement));
    return statements;
}

}  // namespace palier::standalone
