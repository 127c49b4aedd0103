// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to keep statements and to find them, in a store of many, without HTTP:
//   xapi_search_bench FILE [statements, default 1000000]
// Processor time of an insert for each tenth of the way (by 50, each batch a synced commit); then wall and processor
// time of queries of 50 statements by one filter and by each two, absent ones too. FILE is filled up to the number.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/store.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "tests/xapi/support.hpp"

using namespace palier::test;
using namespace palier::xapi;
using nlohmann::json;

namespace {

double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

const std::string moodle = "https://moodle.example.org/";
const std::string adl = "http://adlnet.gov/expapi/verbs/";

constexpr std::int64_t day = 86400000000;  // microseconds

std::int64_t happened(std::size_t n) {
    return 1769846400000000 + static_cast<std::int64_t>(n) * 30000000 - (n % 100 == 99 ? 100 * day : 0);
}

/// The n-th statement: attempts of 20 questions by 20,000 learners in 200 tests of 20 courses, which two authorities
/// vouch for; each attempt begins and ends. Two a minute, one of 100 a hundred days late.
json statement(const json& pattern, std::size_t n) {
    const std::size_t attempt = n / 22, step = n % 22;
    const std::string test = moodle + "mod/palier/view.php?id=" + std::to_string(attempt % 200);
    json one = pattern;
    one["id"] = uuid5("statement " + std::to_string(n));
    one["actor"]["account"]["name"] = "learner-" + std::to_string(attempt * 7919 % 20000);
    one["timestamp"] = timestamp_microseconds(happened(n));
    one["context"]["registration"] = uuid5("attempt " + std::to_string(attempt));
    one["context"]["contextActivities"]["grouping"] = {
        {{"id", moodle + "course/view.php?id=" + std::to_string(attempt % 20)}}};
    one["context"]["instructor"] = {
        {"account", {{"homePage", moodle}, {"name", "teacher-" + std::to_string(attempt % 50)}}}};
    if (step == 0 || step == 21) {
        one["verb"] = {{"id", adl + (step == 0 ? "initialized" : "completed")}};
        one["object"] = {{"id", test}};
        one.erase("result");
    } else {
        one["object"]["id"] = moodle + "question/entry/" + std::to_string(attempt * 31 % 977 + step * 1000);
        one["context"]["contextActivities"]["parent"] = {{{"id", test}}};
        one["result"]["extensions"][palier::xapi::extension("level")] = attempt % 1000 == 7 ? 0 : 1 + attempt % 7;
    }
    return one;
}

std::int64_t count(Store& store) {
    Query last;
    last.limit = 1;
    const Page page = store.query(last);
    return page.places.empty() ? 0 : page.places[0];
}

void fill(Store& store, const json& pattern, std::size_t statements) {
    const std::size_t before = static_cast<std::size_t>(count(store));
    double cpu = processor_seconds(), wall = wall_seconds();
    std::size_t since = before;
    for (std::size_t n = before; n < statements;) {
        const json authority{{"account", {{"homePage", moodle}, {"name", "key-" + std::to_string(n / 5000 % 2)}}}};
        std::vector<json> batch;
        for (; batch.size() < 50 && n < statements; ++n) batch.push_back(statement(pattern, n));
        store.add(std::move(batch), authority);
        if (n % std::max<std::size_t>(statements / 10 / 50 * 50, 50) == 0) {
            const auto done = static_cast<double>(n - since);
            std::cout << n << " kept: " << (processor_seconds() - cpu) / done * 1e3 << " ms of processor, "
                      << (wall_seconds() - wall) / done * 1e3 << " ms each\n"
                      << std::flush;
            since = n;
            cpu = processor_seconds();
            wall = wall_seconds();
        }
    }
}

struct Filter {
    const char* name;
    void (*set)(Query&, std::mt19937&);
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const std::size_t statements = argc > 2 ? std::stoul(argv[2]) : 1000000;
    Store store{std::string(argv[1])};
    json pattern;
    for (const auto& one : palier::test::statements(session()))
        if (one["statement"]["verb"]["id"] == adl + "answered") pattern = one["statement"];
    fill(store, pattern, statements);

    const std::string category = pattern["context"]["contextActivities"]["category"][0]["id"];
    static std::string in_all = category;
    const auto number = [](std::mt19937& random, unsigned count) { return std::to_string(random() % count); };
    static const auto n = number;
    const std::vector<Filter> filters{
        {"agent",
         [](Query& q, std::mt19937& r) {
             q.agent = agent_term({{"account",
                                    {{"homePage", session()["context"]["actor"]["account"]["homePage"]},
                                     {"name", "learner-" + n(r, 20000)}}}});
         }},
        {"instructor",
         [](Query& q, std::mt19937& r) {
             q.agent = "account " + moodle + " teacher-" + n(r, 50);
             q.related_agents = true;
         }},
        {"authority",
         [](Query& q, std::mt19937& r) {
             q.agent = "account " + moodle + " key-" + n(r, 2);
             q.related_agents = true;
         }},
        {"verb",
         [](Query& q, std::mt19937& r) {
             q.verb = adl + std::vector<std::string>{"answered", "initialized", "completed"}[r() % 3];
         }},
        {"absent verb", [](Query& q, std::mt19937&) { q.verb = adl + "absent"; }},
        {"question",
         [](Query& q, std::mt19937& r) {
             q.activity = moodle + "question/entry/" + std::to_string((r() % 20 + 1) * 1000 + r() % 977);
         }},
        {"test", [](Query& q, std::mt19937& r) { q.activity = moodle + "mod/palier/view.php?id=" + n(r, 200); }},
        {"course",
         [](Query& q, std::mt19937& r) {
             q.activity = moodle + "course/view.php?id=" + n(r, 20);
             q.related_activities = true;
         }},
        {"category",
         [](Query& q, std::mt19937&) {
             q.activity = in_all;
             q.related_activities = true;
         }},
        {"registration", [](Query& q, std::mt19937& r) { q.registration = uuid5("attempt " + n(r, 40000)); }},
        {"day",
         [](Query& q, std::mt19937& r) {
             q.happened_from = happened(r() % 900000);
             q.happened_before = *q.happened_from + day;
         }},
        {"absent day",
         [](Query& q, std::mt19937&) {
             q.happened_from = happened(0) - 300 * day;
             q.happened_before = *q.happened_from + day;
         }},
        {"level", [](Query& q, std::mt19937& r) { q.level_at_most = static_cast<std::int64_t>(r() % 8); }},
        {"rare level", [](Query& q, std::mt19937&) { q.level_at_most = 0; }},
        {"since", [](Query& q, std::mt19937&) { q.since = 0; }},
        {"until", [](Query& q, std::mt19937&) { q.until = microseconds_now(); }},
        {"key", [](Query& q, std::mt19937& r) { q.authority = "account " + moodle + " key-" + n(r, 2); }},
        {"voided too", [](Query& q, std::mt19937&) { q.voided_too = true; }},
        {"also instructor",
         [](Query& q, std::mt19937& r) {
             q.also.push_back({"account " + moodle + " teacher-" + n(r, 50), true});
         }},
        {"also course",
         [](Query& q, std::mt19937& r) {
             q.also.push_back({activity_term(moodle + "course/view.php?id=" + n(r, 20)), true});
         }},
    };
    std::mt19937 random(1);
    double worst = 0;
    for (std::size_t i = 0; i < filters.size(); ++i)
        for (std::size_t j = i; j < filters.size(); ++j) {
            std::vector<double> wall, cpu;
            std::size_t found = 0;
            for (int round = 0; round < 100; ++round) {
                Query query;
                query.limit = 50;
                query.ascending = round % 2 == 1;
                filters[i].set(query, random);
                if (j != i) filters[j].set(query, random);
                const double begin = wall_seconds(), used = processor_seconds();
                found += store.query(query).bodies.size();
                wall.push_back((wall_seconds() - begin) * 1e3);
                cpu.push_back((processor_seconds() - used) * 1e3);
            }
            std::sort(wall.begin(), wall.end());
            std::sort(cpu.begin(), cpu.end());
            worst = std::max(worst, wall[94]);
            std::cout << filters[i].name << (i == j ? "" : std::string(" + ") + filters[j].name) << ": " << found / 100
                      << " found, p50 " << wall[49] << " p95 " << wall[94] << " ms, of processor p95 " << cpu[94]
                      << '\n';
        }
    std::cout << "largest p95: " << worst << " ms\n";
    return 0;
}
