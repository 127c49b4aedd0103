// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/elementary.hpp"
#include "engine/models/families.hpp"
#include "engine/models/pairs.hpp"

namespace palier::dichotomous {
namespace {

using namespace pairs;

void both_at(const Parameters& item, const Distances& z, std::size_t count, Numbers& wrong, Numbers& right) {
    const double width = item.d - item.c;
    for (std::size_t i = 0; i < count; i += 2) {
        const Logistics l(z, i);
        put((1 - item.d) + width * l.q, wrong, i);
        put(item.c + width * l.s, right, i);
    }
}

void logs_at(const Parameters& item, const Distances& z, std::size_t count, Numbers& wrong, Numbers& right) {
    if (item.c != 0 || item.d != 1) both_at(item, z, count, wrong, right);
    if (item.c != 0) math::log_all(right.data(), count);
    if (item.d != 1) math::log_all(wrong.data(), count);
    if (item.c != 0 && item.d != 1) return;
    Numbers logs = z.e;
    math::log1p_all(logs.data(), count);
    const double of_d = item.d == 1 ? 0.0 : math::log(item.d);
    const double of_c = item.c == 0 ? 0.0 : math::log1p(-item.c);
    for (std::size_t i = 0; i < count; i += 2) {
        const LogLogistics l(z, logs, i);
        if (item.c == 0) put(l.s + of_d, right, i);
        if (item.d == 1) put(l.q + of_c, wrong, i);
    }
}

void information_at(const Parameters& item, const Distances& z, std::size_t count, Numbers& to) {
    const double width = item.d - item.c;
    for (std::size_t i = 0; i < count; i += 2) {
        const Logistics l(z, i);
        const Two slope = width * item.a * l.s * l.q;
        const Two right = item.c == 0 ? item.a * l.q : slope / (item.c + width * l.s);
        const Two wrong = item.d == 1 ? item.a * l.s : slope / ((1 - item.d) + width * l.q);
        put(right * wrong, to, i);
    }
}

}  // namespace

void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to) {
    const std::size_t n = thetas.size();
    Numbers wrong;
    Numbers right;
    each_part(thetas, [&](std::size_t from, const Numbers& part, std::size_t count) {
        const Distances z(part, count, item.a, item.b);
        if (curve == Curve::information) {
            information_at(item, z, count, right);
            return copy(right, from, n, to);
        }
        if (curve == Curve::probability)
            both_at(item, z, count, wrong, right);
        else
            logs_at(item, z, count, wrong, right);
        copy(wrong, from, n, to);
        copy(right, from, n, to + n);
    });
}

void score_terms(std::span<const AnsweredItem> answers, const double* thetas, ScoreTerms* out) {
    Distances z;
    Numbers above;
    Numbers below;
    for (std::size_t from = 0; from < answers.size(); from += most) {
        const std::size_t count = std::min(most, answers.size() - from);
        for (std::size_t i = 0; i < count; ++i) {
            const Parameters& item = *answers[from + i].item;
            z.z[i] = item.a * (thetas[from + i] - item.b);
            z.e[i] = -std::fabs(z.z[i]);
        }
        if (count % 2 == 1) z.z[count] = z.e[count] = 0;
        math::exp_all(z.e.data(), count + count % 2);
        for (std::size_t i = 0; i < count; i += 2) {
            const Logistics l(z, i);
            put(l.s, above, i);
            put(l.q, below, i);
        }
        for (std::size_t i = 0; i < count; ++i) {
            const Parameters& item = *answers[from + i].item;
            const double s = above[i];
            const double q = below[i];
            const double width = item.d - item.c;
            const double right = item.c == 0 ? item.a * q : width * item.a * s * q / (item.c + width * s);
            const double wrong = item.d == 1 ? item.a * s : width * item.a * s * q / ((1 - item.d) + width * q);
            const double slope = answers[from + i].category == 1 ? right : -wrong;
            out[from + i] = {slope, slope * slope - item.a * (q - s) * slope, right * wrong};
        }
    }
}

}  // namespace palier::dichotomous
