// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <string>

#include "engine/session/session.hpp"
#include "tests/bench/bank.hpp"
#include "tests/bench/clock.hpp"

// What a `palier call` step pays, a process of its own: CPU milliseconds of one thread, the median of nine, of reading
// the bank from its bytes and a log of 10 answers, of the first decision on that bank by every criterion, and of the
// next one, which finds made what the first one made. The last column is a sum over the items decided for: the same
// before and after a change that keeps the choices.

using namespace palier;

namespace {

double median(std::vector<double>& list) {
    std::nth_element(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2), list.end());
    return 1e3 * list[list.size() / 2];
}

void graded(Item& item, const std::function<double(std::uint32_t)>&) {
    Parameters& p = item.parameters;
    p.model = Model::grm;
    p.categories = 4;
    p.steps = {p.b - 1, p.b, p.b + 1};
    p.b = p.c = 0;
}

}  // namespace

int main() {
    std::printf("%-26s %9s %9s %9s %9s   %s\n", "", "open ms", "resume", "first", "second", "items");
    for (const auto& [name, count, dress] : {std::tuple{"1,000 3pl", 1000, bench::Dress()},
                                             {"10,000 3pl", 10000, bench::Dress()},
                                             {"10,000 grm of 4", 10000, bench::Dress(graded)}}) {
        const auto made = bench::make_bank(count, dress);
        const std::string bytes = made->bytes();
        for (const char* criterion : {"mfi", "kl", "klp", "gdi", "gdip", "mlwi", "mpwi", "mei", "mepv",
                                      "mepv_predictive", "interval_information", "b_match"}) {
            const Json json = {
                {"palier_plan", 1}, {"selection", {{"criterion", criterion}}}, {"stop", {{"max_items", 30}}}};
            std::vector<double> open, resume, first, second;
            long sum = 0;
            for (int run = 0; run < 9; ++run) {
                const math::Random random(static_cast<std::uint64_t>(run));
                const double a = bench::cpu_now();
                const auto bank = std::make_shared<Bank>(Bank::from_bytes(bytes));
                const auto plan = std::make_shared<Plan>(Plan::from_json(json));
                const double b = bench::cpu_now();
                Session session(bank, plan, 1, Event{});
                for (int i = 0; i < 10; ++i) {
                    const int item = 17 + 61 * i;
                    Event asked;
                    asked.type = EventType::asked;
                    asked.item = (*bank)[item].id;
                    Event answered;
                    answered.type = EventType::answered;
                    answered.item = asked.item;
                    answered.category =
                        category_at((*bank)[item].parameters, 0.3,
                                    random.uniform(math::Stream::response, static_cast<std::uint32_t>(item)));
                    session.append(std::move(asked));
                    session.append(std::move(answered));
                }
                const double c = bench::cpu_now();
                const int item = *session.decide().next;
                const double d = bench::cpu_now();
                session.answer(item, run % 2);
                const double e = bench::cpu_now();
                sum += item + *session.decide().next;
                const double f = bench::cpu_now();
                open.push_back(b - a);
                resume.push_back(c - b);
                first.push_back(d - c);
                second.push_back(f - e);
            }
            std::printf("%-15s %-10.10s %9.2f %9.2f %9.2f %9.2f   %ld\n", name, criterion, median(open), median(resume),
                        median(first), median(second), sum);
            std::fflush(stdout);
        }
    }
    return 0;
}
