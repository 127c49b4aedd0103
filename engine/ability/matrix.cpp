// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/add_times.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr int most_rows = 64;  // of a matrix that is factored without memory from the heap
constexpr int together = static_cast<int>(math::FourLanes::count);

int padded(int n) { return (n + together - 1) / together * together; }

// The lower half of a matrix, its columns as rows that are `stride` apart, filled with zeros; a row of zeros more where
// n is odd.
void columns_as_rows(const Matrix& matrix, double* rows, int stride) {
    const int n = matrix.size();
    for (int j = 0; j < n; ++j) {
        double* const row = rows + at(j) * at(stride);
        for (int i = j; i < n; ++i) row[i] = matrix(i, j);
        std::fill(row + n, row + stride, 0.0);
    }
    if (n % 2 != 0) std::fill_n(rows + at(n) * at(stride), at(stride), 0.0);
}

// L' in the place of such rows, of which there is room for one more where n is odd: what stands on the diagonal and
// before it is undefined. Sums run side by side, two rows at a time, as a row alone would wait for its own sums; each
// element is the same differences in the same order as by rows of L. The diagonal goes to `pivots`: a number that is
// put among others stays in the way of those who load them together. Puts L^-1 b in the place of b, `right`, where
// there is one.
bool factorise(double* rows, int n, int stride, double* pivots, double* right) {
    for (int i = 0; i < n; i += 2) {
        double* const row = rows + at(i) * at(stride);
        double* const next = row + stride;
        const int begin = i / together * together;
        for (int first = begin; first < n; first += together) {
            math::FourLanes sum(row + first);
            math::FourLanes sum_of_next(next + first);
            for (int k = 0; k < i; ++k) {
                const double* const other = rows + at(k) * at(stride);
                const math::FourLanes lanes(other + first);
                sum -= math::FourLanes(other[i]) * lanes;
                sum_of_next -= math::FourLanes(other[i + 1]) * lanes;
            }
            sum.store(row + first);
            sum_of_next.store(next + first);
        }
        // The pivots before the rest of their rows, which wait for them.
        if (!(row[i] > 0)) return false;
        const double pivot = std::sqrt(row[i]);
        const double beside = row[i + 1] / pivot;
        const double left = next[i + 1] - beside * beside;
        const bool last = i + 1 == n;
        if (!last && !(left > 0)) return false;
        const double pivot_of_next = last ? 1 : std::sqrt(left);
        for (int first = begin; first < n; first += together) {
            const math::FourLanes lanes = math::FourLanes(row + first) / math::FourLanes(pivot);
            lanes.store(row + first);
            math::FourLanes sum(next + first);
            sum -= math::FourLanes(beside) * lanes;
            (sum / math::FourLanes(pivot_of_next)).store(next + first);
        }
        pivots[i] = pivot;
        pivots[i + 1] = pivot_of_next;
        if (!right) continue;
        double x = right[i];
        double x_of_next = right[i + 1];
        for (int k = 0; k < i; ++k) {
            const double* const other = rows + at(k) * at(stride);
            x -= other[i] * right[k];
            x_of_next -= other[i + 1] * right[k];
        }
        right[i] = x / pivot;
        right[i + 1] = (x_of_next - beside * right[i]) / pivot_of_next;
    }
    return true;
}

// Four numbers of row i of the unit matrix, from column `first` on.
math::FourLanes unit(int i, int first) {
    static_assert(together == 4);
    static constexpr std::array<double, 7> one_among = {0, 0, 0, 1, 0, 0, 0};
    return i - first > 3 ? math::FourLanes() : math::FourLanes(one_among.data() + 3 - (i - first));
}

// The inverse of L L'; L_ik, i > k, stands at l[i * down + k * across], L_ii at pivots[i * apart]. With K = L^-1,
// lower, it is K' K. `room`: as above.
void invert(const double* l, std::size_t down, std::size_t across, const double* pivots, std::size_t apart, int n,
            double* room, Matrix& out) {
    if (out.size() != n) out = Matrix(n);
    const auto stride = at(padded(n));
    // K row by row, zeros beyond the diagonal: K_i = (e_i - sum_{k < i} L_ik K_k) / L_ii.
    for (int i = 0; i < n; i += 2) {
        double* const row = room + at(i) * stride;
        double* const next = row + stride;
        const double* const own = l + at(i) * down;
        const double* const own_of_next = l + at(std::min(i + 1, n - 1)) * down;
        const double diagonal = 1 / pivots[at(i) * apart];
        const double diagonal_of_next = 1 / pivots[at(std::min(i + 1, n - 1)) * apart];
        for (int first = 0; first <= i; first += together) {
            math::FourLanes sum = unit(i, first);
            math::FourLanes sum_of_next = unit(i + 1, first);
            for (int k = first; k < i; ++k) {
                const math::FourLanes lanes(room + at(k) * stride + first);
                sum -= math::FourLanes(own[at(k) * across]) * lanes;
                sum_of_next -= math::FourLanes(own_of_next[at(k) * across]) * lanes;
            }
            const math::FourLanes lanes = sum * math::FourLanes(diagonal);
            lanes.store(row + first);
            sum_of_next -= math::FourLanes(own_of_next[at(i) * across]) * lanes;
            (sum_of_next * math::FourLanes(diagonal_of_next)).store(next + first);
        }
    }
    // (K' K)_ij = sum_{k >= i} K_ki K_kj for j <= i: row i needs rows from i on alone, and takes the place of K's.
    if (n % 2 != 0) std::fill_n(room + at(n) * stride, stride, 0.0);
    for (int i = 0; i < n; i += 2) {
        double* const row = room + at(i) * stride;
        double* const next = row + stride;
        for (int first = 0; first <= i; first += together) {
            const math::FourLanes lanes_of_next(next + first);
            math::FourLanes sum = math::FourLanes(row + first) * math::FourLanes(row[i]);
            sum += math::FourLanes(next[i]) * lanes_of_next;
            math::FourLanes sum_of_next = lanes_of_next * math::FourLanes(next[i + 1]);
            for (int k = i + 2; k < n; ++k) {
                const double* const other = room + at(k) * stride;
                const math::FourLanes lanes(other + first);
                sum += math::FourLanes(other[i]) * lanes;
                sum_of_next += math::FourLanes(other[i + 1]) * lanes;
            }
            sum.store(row + first);
            sum_of_next.store(next + first);
        }
    }
    for (int i = 0; i < n; ++i) {
        const double* const row = room + at(i) * stride;
        double* const to = out.row(i);
        for (int j = 0; j <= i; ++j) to[j] = out(j, i) = row[j];
    }
}

// Room for n rows, or one more where n is odd, and their pivots.
class Rows {
public:
    explicit Rows(int n) : large_(n > most_rows ? at(n + 1) * at(padded(n) + 1) : 0) {}
    double* data() { return large_.empty() ? small_.data() : large_.data(); }

private:
    std::array<double, at(most_rows) * at(most_rows + 1)> small_;
    std::vector<double> large_;
};

}  // namespace

bool Factor::make(const Matrix& matrix, const std::vector<double>* b) {
    if (size_ != matrix.size()) {
        size_ = matrix.size();
        stride_ = padded(size_);
        rows_.assign(at(size_ + 1) * at(stride_), 0.0);
        room_ = rows_;
        pivots_.assign(at(size_ + 1), 0.0);
        right_ = pivots_;
    }
    columns_as_rows(matrix, rows_.data(), stride_);
    if (b) std::copy(b->begin(), b->end(), right_.begin());
    return factorise(rows_.data(), size_, stride_, pivots_.data(), b ? right_.data() : nullptr);
}

void Factor::solution(std::vector<double>& x) const {
    for (int i = size_ - 1; i >= 0; --i) {
        const double* const row = rows_.data() + at(i) * at(stride_);
        double sum = right_[at(i)];
        for (int k = size_ - 1; k > i; --k) sum -= row[k] * x[at(k)];
        x[at(i)] = sum / diagonal(i);
    }
}

void Factor::inverse(Matrix& out) { invert(rows_.data(), 1, at(stride_), pivots_.data(), 1, size_, room_.data(), out); }

bool cholesky(Matrix& matrix) {
    const int n = matrix.size();
    const int stride = padded(n);
    Rows room(n);
    double* const rows = room.data();
    columns_as_rows(matrix, rows, stride);
    double* const pivots = rows + at(n + n % 2) * at(stride);
    if (!factorise(rows, n, stride, pivots, nullptr)) return false;
    for (int i = 0; i < n; ++i) {
        double* const row = matrix.row(i);
        for (int j = 0; j < i; ++j) row[j] = rows[at(j) * at(stride) + at(i)];
        row[i] = pivots[i];
    }
    return true;
}

void solve(const Matrix& factor, std::vector<double>& b) {
    const int n = factor.size();
    for (int i = 0; i < n; ++i) {
        const double* const row = factor.row(i);
        double sum = b[at(i)];
        for (int k = 0; k < i; ++k) sum -= row[k] * b[at(k)];
        b[at(i)] = sum / row[i];
    }
    // By columns, so that the factor is read along its rows.
    for (int i = n - 1; i >= 0; --i) {
        const double* const row = factor.row(i);
        const double x = b[at(i)] / row[i];
        b[at(i)] = x;
        for (int k = 0; k < i; ++k) b[at(k)] -= row[k] * x;
    }
}

void inverse(const Matrix& factor, Matrix& out) {
    Rows room(factor.size());
    const auto n = at(factor.size());
    invert(factor.row(0), n, 1, factor.row(0), n + 1, factor.size(), room.data(), out);
}

double log_determinant(const Matrix& factor) {
    double sum = 0;
    for (int i = 0; i < factor.size(); ++i) sum += math::log(factor(i, i));
    return 2 * sum;
}

// Each sum is that of a row, in its order; sums run side by side along the columns.
void product(const Matrix& matrix, const std::vector<double>& x, std::vector<double>& out) {
    const int n = matrix.size();
    int first = 0;
    for (; first + together <= n; first += together) {
        math::FourLanes sum;
        for (int j = 0; j < n; ++j) sum += math::FourLanes(x[at(j)]) * math::FourLanes(matrix.row(j) + first);
        sum.store(out.data() + first);
    }
    for (; first < n; ++first) {
        const double* const row = matrix.row(first);
        double sum = 0;
        for (int j = 0; j < n; ++j) sum += row[j] * x[at(j)];
        out[at(first)] = sum;
    }
}

void subtract_square(Matrix& matrix, double factor, const std::vector<double>& x) {
    const int n = matrix.size();
    for (int i = 0; i < n; ++i) math::add_times(matrix.row(i), -factor * x[at(i)], x.data(), at(n));
}

double product(const std::vector<double>& a, const Matrix& matrix, const std::vector<double>& b) {
    double sum = 0;
    for (int i = 0; i < matrix.size(); ++i) {
        double inner = 0;
        for (int j = 0; j < matrix.size(); ++j) inner += matrix(i, j) * b[at(j)];
        sum += a[at(i)] * inner;
    }
    return sum;
}

double least_eigenvalue(Matrix m) {
    const int n = m.size();
    for (int sweep = 0; sweep < 60; ++sweep) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) (i == j ? all : off) += m(i, j) * m(i, j);
        if (!(off > 1e-30 * all)) break;
        for (int p = 0; p < n; ++p) {
            for (int q = p + 1; q < n; ++q) {
                if (m(p, q) == 0) continue;
                const double half = (m(q, q) - m(p, p)) / (2 * m(p, q));
                const double t = (half >= 0 ? 1.0 : -1.0) / (std::fabs(half) + std::sqrt(half * half + 1));
                const double c = 1 / std::sqrt(t * t + 1);
                const double s = t * c;
                for (int k = 0; k < n; ++k) {
                    const double kp = m(k, p);
                    const double kq = m(k, q);
                    m(k, p) = c * kp - s * kq;
                    m(k, q) = s * kp + c * kq;
                }
                for (int k = 0; k < n; ++k) {
                    const double pk = m(p, k);
                    const double qk = m(q, k);
                    m(p, k) = c * pk - s * qk;
                    m(q, k) = s * pk + c * qk;
                }
            }
        }
    }
    double least = m(0, 0);
    for (int i = 1; i < n; ++i) least = std::min(least, m(i, i));
    return least;
}

}  // namespace palier
