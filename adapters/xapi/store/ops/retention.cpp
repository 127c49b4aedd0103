// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/retention.hpp"

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/store/ops/erase.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

const std::string retention_collection = "retention";
constexpr std::int64_t day = 24LL * 3600 * 1000000;
constexpr std::size_t most_rules = 1000;

RetentionRule read_rule(const KeyedRecord& one) {
    const json body = json::parse(one.record.body);
    RetentionRule rule;
    rule.id = one.key;
    rule.days = body.at("days");
    if (body.contains("verb")) rule.verb = body["verb"].get<std::string>();
    if (body.contains("activity")) rule.activity = body["activity"].get<std::string>();
    rule.related = body.value("related", false);
    return rule;
}

}  // namespace

SaidError no_days() { return SaidError("retention_no_days", {{"most", std::to_string(most_days)}}); }

std::vector<RetentionRule> retention_rules(Store& store) {
    std::vector<RetentionRule> rules;
    for (const KeyedRecord& one : store.rows().records(retention_collection, "", most_rules))
        rules.push_back(read_rule(one));
    return rules;
}

std::string add_retention_rule(Store& store, const RetentionRule& rule) {
    if (rule.days < 1 || rule.days > most_days) throw no_days();
    json body{{"days", rule.days}};
    if (rule.verb) body["verb"] = *rule.verb;
    if (rule.activity) body["activity"] = *rule.activity;
    if (rule.related) body["related"] = true;
    std::string id = random_digits(4);
    store.write([&](Writer& writer) {
        if (!writer.change({retention_collection, id, {}, {1, body.dump()}}))
            throw Overtaken("another rule has this id; ask again");
    });
    return id;
}

bool remove_retention_rule(Store& store, const std::string& id) {
    bool removed = false;
    store.write([&](Writer& writer) { removed = writer.remove_record(retention_collection, id); });
    return removed;
}

std::vector<Retained> apply_retention(Store& store, std::int64_t now, bool dry_run) {
    std::vector<Retained> all;
    for (const RetentionRule& rule : retention_rules(store)) {
        const Erasure what{{}, rule.related, now - rule.days * day, rule.verb, rule.activity};
        all.push_back({rule, dry_run ? Erased{count_to_erase(store, what), 0} : erase(store, what)});
    }
    return all;
}

}  // namespace palier::xapi
