// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/math/lanes.hpp"

namespace palier {
namespace {

constexpr int most_rows = 64;  // of a matrix that is factored without memory from the heap
constexpr int together = static_cast<int>(math::DoubleLanes::count);

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

// L' in the place of such rows, of which there is room for one more where n is odd: what stands before the diagonal is
// undefined. Sums run side by side, two rows at a time, as a row alone would wait for its own sums; each element is the
// same differences in the same order as by rows of L.
bool factorise(double* rows, int n, int stride) {
    const auto divide = [&](double* row, int i) {
        if (!(row[i] > 0)) return false;
        const double pivot = std::sqrt(row[i]);
        for (int first = i / together * together; first < n; first += together)
            (math::DoubleLanes(row + first) / math::DoubleLanes(pivot)).store(row + first);
        row[i] = pivot;
        return true;
    };
    for (int i = 0; i < n; i += 2) {
        double* const row = rows + at(i) * at(stride);
        double* const next = row + stride;
        for (int first = i / together * together; first < n; first += together) {
            math::DoubleLanes sum(row + first);
            math::DoubleLanes sum_of_next(next + first);
            for (int k = 0; k < i; ++k) {
                const double* const other = rows + at(k) * at(stride);
                const math::DoubleLanes lanes(other + first);
                sum -= math::DoubleLanes(other[i]) * lanes;
                sum_of_next -= math::DoubleLanes(other[i + 1]) * lanes;
            }
            sum.store(row + first);
            sum_of_next.store(next + first);
        }
        if (!divide(row, i)) return false;
        if (i + 1 == n) break;
        for (int first = i / together * together; first < n; first += together) {
            math::DoubleLanes sum(next + first);
            sum -= math::DoubleLanes(row[i + 1]) * math::DoubleLanes(row + first);
            sum.store(next + first);
        }
        if (!divide(next, i + 1)) return false;
    }
    return true;
}

// The inverse of L L'; L_ik stands at l[i * down + k * across]. With K = L^-1, lower, it is K' K. `room`: as above.
void invert(const double* l, std::size_t down, std::size_t across, int n, double* room, Matrix& out) {
    if (out.size() != n) out = Matrix(n);
    const auto stride = at(padded(n));
    // K row by row, zeros beyond the diagonal: K_i = (e_i - sum_{k < i} L_ik K_k) / L_ii.
    for (int i = 0; i < n; i += 2) {
        double* const row = room + at(i) * stride;
        double* const next = row + stride;
        const double* const own = l + at(i) * down;
        const double* const own_of_next = l + at(std::min(i + 1, n - 1)) * down;
        const double diagonal = 1 / own[at(i) * across];
        for (int first = 0; first <= i; first += together) {
            math::DoubleLanes sum;
            math::DoubleLanes sum_of_next;
            for (int k = first; k < i; ++k) {
                const math::DoubleLanes lanes(room + at(k) * stride + first);
                sum -= math::DoubleLanes(own[at(k) * across]) * lanes;
                sum_of_next -= math::DoubleLanes(own_of_next[at(k) * across]) * lanes;
            }
            (sum * math::DoubleLanes(diagonal)).store(row + first);
            sum_of_next.store(next + first);
        }
        row[i] = diagonal;
        if (i + 1 == n) break;
        const double diagonal_of_next = 1 / own_of_next[at(i + 1) * across];
        for (int first = 0; first <= i; first += together) {
            math::DoubleLanes sum(next + first);
            sum -= math::DoubleLanes(own_of_next[at(i) * across]) * math::DoubleLanes(row + first);
            (sum * math::DoubleLanes(diagonal_of_next)).store(next + first);
        }
        next[i + 1] = diagonal_of_next;
    }
    // (K' K)_ij = sum_{k >= i} K_ki K_kj for j <= i: row i needs rows from i on alone.
    std::array<double, at(together)> last;
    const auto put = [&](const math::DoubleLanes& lanes, double* to, int first) {
        if (first + together <= n) return lanes.store(to + first);
        lanes.store(last.data());
        std::copy(last.begin(), last.begin() + (n - first), to + first);
    };
    for (int i = 0; i < n; i += 2) {
        const double* const row = room + at(i) * stride;
        const double* const next = row + stride;
        for (int first = 0; first <= i; first += together) {
            math::DoubleLanes sum = math::DoubleLanes(row + first) * math::DoubleLanes(row[i]);
            if (i + 1 == n) {
                put(sum, out.row(i), first);
                continue;
            }
            const math::DoubleLanes lanes_of_next(next + first);
            sum += math::DoubleLanes(next[i]) * lanes_of_next;
            math::DoubleLanes sum_of_next = lanes_of_next * math::DoubleLanes(next[i + 1]);
            for (int k = i + 2; k < n; ++k) {
                const double* const other = room + at(k) * stride;
                const math::DoubleLanes lanes(other + first);
                sum += math::DoubleLanes(other[i]) * lanes;
                sum_of_next += math::DoubleLanes(other[i + 1]) * lanes;
            }
            put(sum, out.row(i), first);
            put(sum_of_next, out.row(i + 1), first);
        }
    }
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < i; ++j) out(j, i) = out(i, j);
}

// Room for n rows, or one more where n is odd.
class Rows {
public:
    explicit Rows(int n) : large_(n > most_rows ? at(n + 1) * at(padded(n)) : 0) {}
    double* data() { return large_.empty() ? small_.data() : large_.data(); }

private:
    std::array<double, at(most_rows) * at(most_rows)> small_;
    std::vector<double> large_;
};

}  // namespace

bool Factor::make(const Matrix& matrix) {
    if (size_ != matrix.size()) {
        size_ = matrix.size();
        stride_ = padded(size_);
        rows_.assign(at(size_ + 1) * at(stride_), 0.0);
        room_ = rows_;
    }
    columns_as_rows(matrix, rows_.data(), stride_);
    return factorise(rows_.data(), size_, stride_);
}

void Factor::solve(std::vector<double>& b) const {
    const double* const rows = rows_.data();
    for (int i = 0; i < size_; ++i) {
        double sum = b[at(i)];
        for (int k = 0; k < i; ++k) sum -= rows[at(k) * at(stride_) + at(i)] * b[at(k)];
        b[at(i)] = sum / diagonal(i);
    }
    for (int i = size_ - 1; i >= 0; --i) {
        const double* const row = rows + at(i) * at(stride_);
        double sum = b[at(i)];
        for (int k = size_ - 1; k > i; --k) sum -= row[k] * b[at(k)];
        b[at(i)] = sum / row[i];
    }
}

void Factor::inverse(Matrix& out) { invert(rows_.data(), 1, at(stride_), size_, room_.data(), out); }

bool cholesky(Matrix& matrix) {
    const int n = matrix.size();
    const int stride = padded(n);
    Rows room(n);
    double* const rows = room.data();
    columns_as_rows(matrix, rows, stride);
    if (!factorise(rows, n, stride)) return false;
    for (int i = 0; i < n; ++i) {
        double* const row = matrix.row(i);
        for (int j = 0; j <= i; ++j) row[j] = rows[at(j) * at(stride) + at(i)];
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
    invert(factor.row(0), at(factor.size()), 1, factor.size(), room.data(), out);
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
        math::DoubleLanes sum;
        for (int j = 0; j < n; ++j) sum += math::DoubleLanes(x[at(j)]) * math::DoubleLanes(matrix.row(j) + first);
        sum.store(out.data() + first);
    }
    for (; first < n; ++first) {
        const double* const row = matrix.row(first);
        double sum = 0;
        for (int j = 0; j < n; ++j) sum += row[j] * x[at(j)];
        out[at(first)] = sum;
    }
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
