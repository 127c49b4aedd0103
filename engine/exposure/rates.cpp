// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exposure/rates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/errors.hpp"
#include "engine/util/index.hpp"

namespace palier {
namespace {

constexpr double most_sessions = 9007199254740991;  // 2^53 - 1

bool is_count(const Json& value) { return value.is_number() && value >= 0 && value <= most_sessions; }

std::vector<double> counts_in(const Json& json, const std::string& path) {
    const auto refuse = [&] {
        throw LogError("'" + path + "' is " + show(json) +
                       "; it should be an array of numbers of 0 or more, one for each segment of theta");
    };
    if (!json.is_array() || json.empty() || json.size() > 64) refuse();
    std::vector<double> counts;
    for (const Json& value : json) {
        if (!is_count(value)) refuse();
        counts.push_back(value.get<double>());
    }
    return counts;
}

// Whole where they are whole, as hosts have always seen them.
Json count_json(double count) {
    return count == std::floor(count) ? Json(static_cast<std::int64_t>(count)) : Json(count);
}

Json counts_json(const std::vector<double>& counts) {
    Json list = Json::array();
    for (const double count : counts) list.push_back(count_json(count));
    return list;
}

double count_at(const std::vector<double>& counts, std::size_t segment) {
    return segment < counts.size() ? counts[segment] : 0;
}

void add(std::vector<double>& counts, int segments, int segment) {
    counts.resize(at(segments), 0);
    ++counts[at(segment)];
}

// How far an item that was asked so often has to be held back for its rate to stay at r.
double held_back(double r, double sessions, double asked) {
    if (asked >= r * sessions + 3 * std::sqrt(r * (1 - r) * sessions)) return asked > 1 ? 0 : 1;
    const double share = std::min(1.0, r * sessions / asked);
    const double square = share * share;
    return square * square * square * square;
}

// The probability that an item may be used.
double chance(const ExposureRules& rules, const std::string& id, const ExposureCounts& counts, std::size_t segment) {
    if (rules.control == "sympson_hetter") {
        const auto found = rules.parameters.find(id);
        return found == rules.parameters.end() ? 1 : found->second;
    }
    const auto found = counts.items.find(id);
    if (found == counts.items.end()) return 1;
    const double sessions = count_at(counts.sessions, segment);
    const double asked = count_at(found->second.asked, segment);
    if (rules.control == "maximum_rate") return asked == 0 || asked < rules.max_rate * sessions ? 1 : 0;
    const double everywhere = std::accumulate(found->second.asked.begin(), found->second.asked.end(), 0.0);
    if (everywhere == 0) return 1;
    const double all = std::max(counts.total, *std::max_element(counts.sessions.begin(), counts.sessions.end()));
    double p = held_back(rules.max_rate, all, everywhere);
    if (asked == 0) return p;
    if (counts.sessions.size() > 1) p = std::min(p, held_back(rules.max_rate, sessions, asked));
    const double eligible = sessions - count_at(found->second.ineligible, segment);
    return p * std::min(1.0, rules.max_rate * eligible / asked);
}

}  // namespace

const std::vector<std::string>& exposure_controls() {
    static const std::vector<std::string> names = {"none", "maximum_rate", "eligibility", "sympson_hetter"};
    return names;
}

ExposureCounts exposure_counts_from_json(const Json& json, const std::string& path) {
    const ObjectReader in(json, path, ErrorKind::log, {"sessions", "total", "items"});
    ExposureCounts counts;
    counts.sessions = counts_in(in.at("sessions"), in.path("sessions"));
    if (in.has("total")) counts.total = in.number("total", 0, 0, most_sessions);
    if (!in.has("items")) return counts;
    const Json& items = in.at("items");
    if (items.is_array() && items.empty()) return counts;  // PHP's empty object
    if (!items.is_object()) in.refuse("items", "an object from item to {\"asked\", \"ineligible\"}");
    for (const auto& entry : items.items()) {
        const std::string where = in.path("items") + "." + entry.key();
        const ObjectReader reader(entry.value(), where, ErrorKind::log, {"asked", "ineligible"});
        ExposureCounts::Item item;
        for (const auto& [key, list] : {std::pair{"asked", &item.asked}, {"ineligible", &item.ineligible}}) {
            if (!reader.has(key)) continue;
            *list = counts_in(reader.at(key), reader.path(key));
            if (list->size() != counts.sessions.size())
                reader.refuse(key, "an array of " + std::to_string(counts.sessions.size()) +
                                       " numbers, as many as 'sessions' has");
            for (std::size_t s = 0; s < list->size(); ++s)
                if ((*list)[s] > counts.sessions[s]) reader.refuse(key, "at most the number of sessions");
        }
        counts.items.emplace(entry.key(), std::move(item));
    }
    return counts;
}

Json to_json(const ExposureCounts& counts) {
    Json items = Json::object();
    for (const auto& [id, item] : counts.items) {
        Json entry = Json::object();
        if (!item.asked.empty()) entry["asked"] = counts_json(item.asked);
        if (!item.ineligible.empty()) entry["ineligible"] = counts_json(item.ineligible);
        items[id] = std::move(entry);
    }
    Json json = {{"sessions", counts_json(counts.sessions)}, {"items", std::move(items)}};
    if (counts.sessions.size() > 1) json["total"] = count_json(counts.total);
    return json;
}

int segment_count(const ExposureRules& rules) {
    return rules.control == "eligibility" ? static_cast<int>(rules.segments.size()) + 1 : 1;
}

int segment_of(const ExposureRules& rules, double theta) {
    int segment = 0;
    if (rules.control == "eligibility")
        for (const double cut : rules.segments) segment += cut <= theta ? 1 : 0;
    return segment;
}

bool needs_counts(const ExposureRules& rules) {
    return rules.control == "maximum_rate" || rules.control == "eligibility";
}

Ineligible draw_ineligible(const ExposureRules& rules, const Bank& bank, const ExposureCounts& counts,
                           const math::Random& random) {
    Ineligible result(at(segment_count(rules)));
    if (needs_counts(rules) && counts.sessions.size() != result.size())
        throw LogError("'exposure.counts.sessions' has " + std::to_string(counts.sessions.size()) +
                       " numbers; the plan has " + std::to_string(result.size()) + " segments of theta");
    for (std::size_t s = 0; s < result.size(); ++s) {
        for (int i = 0; i < bank.size(); ++i) {
            const double p = chance(rules, bank[i].id, counts, s);
            if (p >= 1) continue;
            // One number an item for all segments: an item that is left out in two is left out in the
            // same sessions, and moving between them gives it no second chance.
            const double u = random.uniform(math::Stream::eligibility, static_cast<std::uint32_t>(i));
            if (!(u < p)) result[s].push_back(bank[i].id);
        }
    }
    return result;
}

ExposureCounts with_session(ExposureCounts counts, const ExposureRules& rules, const Bank& bank,
                            const Ineligible& ineligible, const std::vector<AskedAt>& asked) {
    const int segments = segment_count(rules);
    counts.sessions.resize(at(segments), 0);
    if (rules.fading < 1) {
        const auto fade = [&](std::vector<double>& list) {
            for (double& count : list) count *= rules.fading;
        };
        fade(counts.sessions);
        counts.total *= rules.fading;
        for (auto& entry : counts.items) {
            fade(entry.second.asked);
            fade(entry.second.ineligible);
        }
    }
    if (!asked.empty()) ++counts.total;
    std::vector<bool> visited(at(segments), false);
    for (const AskedAt& entry : asked) {
        const int segment = segment_of(rules, entry.theta);
        visited[at(segment)] = true;
        add(counts.items[bank[entry.item].id].asked, segments, segment);
    }
    for (int segment = 0; segment < segments; ++segment) {
        if (!visited[at(segment)]) continue;
        ++counts.sessions[at(segment)];
        if (at(segment) >= ineligible.size()) continue;
        for (const std::string& id : ineligible[at(segment)]) add(counts.items[id].ineligible, segments, segment);
    }
    return counts;
}

}  // namespace palier
