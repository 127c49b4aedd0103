// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <string>

#include "adapters/host/host.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/bench/bank.hpp"
#include "tests/bench/clock.hpp"

// CPU time of one thread, median of 5, beside that of the peers' fastest figure for the same work.
//
// Banks: 3PL, a ~ lognormal(0.1, 0.3), b ~ N(0, 1), c ~ U(0.05, 0.3), seeded. Peers: catR 3.17,
// mirtCAT 1.14, catsim 0.20.0, jsCAT 5.2.3 on the same kind of bank, CPU time of one thread, on
// another day and a 2-core AMD EPYC: read the ratios as orders of magnitude.

using namespace palier;
using bench::make_bank;

namespace {

void report(const char* what, double ours_ms, double peer_ms, const char* peer) {
    std::printf("%-58s %10.3f ms   %10.3f ms %-14s ratio %8.1f\n", what, ours_ms, peer_ms, peer, peer_ms / ours_ms);
}

struct Bar {
    const char* criterion;
    double per_300;  ///< catR: ms for one next item on 300 items (it grows in proportion to the bank); 0: MFI's
};
constexpr Bar bars[] = {{"mfi", 0},
                        {"b_match", 0},
                        {"optimal_theta", 0},
                        {"random", 0},
                        {"interval_information", 0},
                        {"a_stratified", 0},
                        {"target_information", 0},
                        {"gdi", 8},
                        {"gdip", 8},
                        {"kl", 68},
                        {"klp", 67},
                        {"mlwi", 1035},
                        {"mpwi", 1070},
                        {"mei", 1149},
                        {"mepv", 2265},
                        {"mepv_predictive", 2265}};

// Milliseconds of one answer and the next item: 20 steps of a session, the bank being open and warm.
double step_ms(const std::shared_ptr<const Bank>& bank, const std::string& criterion) {
    Json selection = {{"criterion", criterion}};
    if (criterion == "target_information") selection["target"] = 10;
    const auto plan = std::make_shared<Plan>(
        Plan::from_json({{"palier_plan", 1}, {"selection", selection}, {"stop", {{"max_items", 21}}}}));
    const int repeats = 5;
    std::vector<Session> sessions;
    const auto begin = [&] {
        sessions.clear();
        for (int k = 0; k < repeats; ++k) sessions.emplace_back(bank, plan, static_cast<std::uint64_t>(k + 1), Event{});
    };
    const auto work = [&] {
        for (int k = 0; k < repeats; ++k) {
            Session& session = sessions[static_cast<std::size_t>(k)];
            int next = *session.decide().next;
            for (int i = 0; i < 20; ++i) {
                Event asked;
                asked.type = EventType::asked;
                asked.item = (*bank)[next].id;
                Event answered;
                answered.type = EventType::answered;
                answered.item = asked.item;
                answered.category = (i * 7 + k) % 3 == 0 ? 0 : 1;
                session.append(std::move(asked));
                session.append(std::move(answered));
                next = *session.decide().next;
            }
        }
    };
    for (int warm = 0; warm < 2; ++warm) {
        begin();
        work();
    }
    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        begin();
        times.push_back(bench::best_seconds(1, work));
    }
    std::sort(times.begin(), times.end());
    return times[2] * 1000 / (repeats * 20);
}

// One answer and the next item by every criterion, beside catR 3.17: EAP 2.2 ms, MFI 0.8 ms at 1,000
// items and 4.0 ms at 10,000; the others measured on 300 items after 10 responses.
void every_criterion() {
    std::printf("\n%-24s %10s %12s %12s %10s\n", "answer + next, EAP 61", "items", "palier us", "catR us", "ratio");
    for (const int size : {1000, 10000}) {
        const auto bank = make_bank(size);
        for (const Bar& bar : bars) {
            const double ours = step_ms(bank, bar.criterion) * 1000;
            const double theirs = 1000 * (2.2 + (bar.per_300 > 0 ? bar.per_300 * size / 300
                                                 : size == 1000  ? 0.8
                                                                 : 4.0));
            std::printf("%-24s %10d %12.2f %12.0f %10.0f%s\n", bar.criterion, size, ours, theirs, theirs / ours,
                        bar.per_300 > 0 || std::string(bar.criterion) == "mfi" ? "" : "  (catR: its MFI)");
        }
    }
    std::printf("\n%-24s %10s %12s\n", "mfi by bounds", "items", "palier us");
    for (const int size : {1000, 3000, 10000, 30000, 100000})
        std::printf("%-24s %10d %12.2f\n", "answer + next", size, step_ms(make_bank(size), "mfi") * 1000);
}

}  // namespace

int main() {
    every_criterion();
    const auto plan = std::make_shared<Plan>(Plan::parse(R"({"palier_plan":1,"stop":{"max_items":30}})"));
    const double peer_next[] = {0.6, 4.0};
    const double peer_cat[] = {24, 181};
    const int sizes[] = {1000, 10000};
    std::printf("%-58s %13s   %13s\n", "CPU time, one thread", "palier", "fastest peer");
    for (int k = 0; k < 2; ++k) {
        const auto bank = make_bank(sizes[k]);
        Session session(bank, plan, 1, Event{});
        const std::string of = ", " + std::to_string(sizes[k]) + " items";
        volatile int sink = 0;
        const double next = bench::median_seconds(5,
                                                  [&] {
                                                      for (int i = 0; i < 100; ++i)
                                                          sink = sink + *session.decide().next;
                                                  }) *
                            10;
        report(("next item, MFI" + of).c_str(), next, peer_next[k], "(catR)");
        const int people = k == 0 ? 200 : 50;
        const auto abilities = normal_abilities(people, 0, 1, 3);
        const double cat = bench::median_seconds(5, [&] { simulate(bank, plan, abilities, 5, 1); }) * 1000 / people;
        report(("30-item test, EAP on 61 nodes" + of).c_str(), cat, peer_cat[k], "(catsim, ML)");

        // One answer and the next item as a host asks for it: JSON in, JSON out.
        const auto host_bank = host::Bank::from_bytes(bank->bytes());
        const auto host_plan = host::Plan::parse(R"({"palier_plan":1,"stop":{"max_items":30}})");
        const double step =
            bench::median_seconds(
                5,
                [&] {
                    auto s = host::Session::start(host_bank, host_plan, 1, "{}");
                    for (int i = 0; i < 20; ++i) {
                        const Json d = Json::parse(s.advance(1))["decision"];
                        s.record(dump_json({{"type", "answered"}, {"item", d["next"]}, {"category", i % 2}}));
                    }
                }) *
            1000 / 20;
        std::printf("%-58s %10.3f ms\n", ("answer + next through the host's JSON" + of).c_str(), step);
    }
    // Resuming a session of n steps costs n: the time of 2,000 steps is about twice that of 1,000.
    const auto big = make_bank(2000);
    const auto log_of = [&](int n) {
        Log log{"", "", "", 1, {Event{}}};
        for (int i = 0; i < n; ++i) {
            Event asked;
            asked.type = EventType::asked;
            asked.item = "q" + std::to_string(i);
            Event answered = asked;
            answered.type = EventType::answered;
            answered.category = i % 2;
            log.events.push_back(asked);
            log.events.push_back(answered);
        }
        return log;
    };
    const double half = bench::median_seconds(5, [&] { Session::resume(big, plan, log_of(1000)); });
    const double whole = bench::median_seconds(5, [&] { Session::resume(big, plan, log_of(2000)); });
    std::printf("resume of 1,000 steps %.3f ms, of 2,000 steps %.3f ms: ratio %.2f\n", half * 1000, whole * 1000,
                whole / half);
    return 0;
}
