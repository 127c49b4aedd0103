// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstring>

namespace palier::math {

/// 64 bytes of numbers, sixteen floats or eight doubles, that are worked on side by side. g++, clang and em++ make
/// instructions for 16 bytes at a time of it on any processor that they compile for; plain loops took 2.5 to 5
/// times as long (g++ 12, -O2 and -O3), as their sums were kept in memory. Each number is rounded by itself, as if it
/// stood alone: the bits are those of a loop.
template <class Number>
class LanesOf {
public:
    static constexpr std::size_t count = 64 / sizeof(Number);

    LanesOf() = default;
    explicit LanesOf(Number x) : a_(x - Part{}), b_(a_), c_(a_), d_(a_) {}
    explicit LanesOf(const Number* from) {
        std::memcpy(&a_, from, sizeof a_);
        std::memcpy(&b_, from + of_part, sizeof b_);
        std::memcpy(&c_, from + 2 * of_part, sizeof c_);
        std::memcpy(&d_, from + 3 * of_part, sizeof d_);
    }
    void store(Number* to) const {
        std::memcpy(to, &a_, sizeof a_);
        std::memcpy(to + of_part, &b_, sizeof b_);
        std::memcpy(to + 2 * of_part, &c_, sizeof c_);
        std::memcpy(to + 3 * of_part, &d_, sizeof d_);
    }
    LanesOf& operator+=(const LanesOf& o) {
        a_ += o.a_;
        b_ += o.b_;
        c_ += o.c_;
        d_ += o.d_;
        return *this;
    }
    friend LanesOf operator*(LanesOf x, const LanesOf& y) {
        x.a_ *= y.a_;
        x.b_ *= y.b_;
        x.c_ *= y.c_;
        x.d_ *= y.d_;
        return x;
    }

private:
    // Not by `using`, where g++ leaves out the attribute of a type that depends on a template's.
    typedef Number Part __attribute__((vector_size(16)));
    static constexpr std::size_t of_part = 16 / sizeof(Number);
    Part a_{}, b_{}, c_{}, d_{};
};
using Lanes = LanesOf<float>;
using DoubleLanes = LanesOf<double>;

/// The same of four doubles: of two rows of sums that share what is loaded, eight do not fit the registers.
class FourLanes {
public:
    static constexpr std::size_t count = 4;

    FourLanes() = default;
    explicit FourLanes(double x) : a_{x, x}, b_(a_) {}
    explicit FourLanes(const double* from) {
        std::memcpy(&a_, from, sizeof a_);
        std::memcpy(&b_, from + 2, sizeof b_);
    }
    void store(double* to) const {
        std::memcpy(to, &a_, sizeof a_);
        std::memcpy(to + 2, &b_, sizeof b_);
    }
    FourLanes& operator+=(const FourLanes& o) {
        a_ += o.a_;
        b_ += o.b_;
        return *this;
    }
    FourLanes& operator-=(const FourLanes& o) {
        a_ -= o.a_;
        b_ -= o.b_;
        return *this;
    }
    friend FourLanes operator*(FourLanes x, const FourLanes& y) {
        x.a_ *= y.a_;
        x.b_ *= y.b_;
        return x;
    }
    friend FourLanes operator/(FourLanes x, const FourLanes& y) {
        x.a_ /= y.a_;
        x.b_ /= y.b_;
        return x;
    }

private:
    typedef double Part __attribute__((vector_size(16)));
    Part a_{}, b_{};
};

}  // namespace palier::math
