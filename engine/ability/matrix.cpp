// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr int most_rows = 64;  // of a matrix that is factored without memory from the heap

}  // namespace

// By rows of L', so that sums run side by side; each element is the same differences in the same order as by rows of L.
bool cholesky(Matrix& matrix) {
    const int n = matrix.size();
    std::array<double, at(most_rows) * at(most_rows)> small;
    std::vector<double> large(n > most_rows ? at(n) * at(n) : 0);
    double* const room = n > most_rows ? large.data() : small.data();
    const auto row_of = [&](int i) { return room + at(i) * at(std::max(n, most_rows)); };
    for (int i = 0; i < n; ++i) {
        const double* const row = matrix.row(i);
        for (int j = 0; j <= i; ++j) row_of(j)[i] = row[j];
    }
    for (int k = 0; k < n; ++k) {
        double* const row = row_of(k);
        if (!(row[k] > 0)) return false;
        const double pivot = row[k] = std::sqrt(row[k]);
        for (int j = k + 1; j < n; ++j) row[j] /= pivot;
        for (int i = k + 1; i < n; ++i) {
            double* const other = row_of(i);
            const double factor = row[i];
            for (int j = i; j < n; ++j) other[j] -= factor * row[j];
        }
    }
    for (int i = 0; i < n; ++i) {
        double* const row = matrix.row(i);
        for (int j = 0; j <= i; ++j) row[j] = row_of(j)[i];
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

// With K = L^-1, lower: the inverse is K' K.
void inverse(const Matrix& factor, Matrix& out) {
    const int n = factor.size();
    if (out.size() != n) out = Matrix(n);
    // K stands in the lower half of `out`, row by row: K_i = (e_i - sum_{k < i} L_ik K_k) / L_ii.
    for (int i = 0; i < n; ++i) {
        double* const row = out.row(i);
        const double* const l = factor.row(i);
        for (int j = 0; j < i; ++j) row[j] = 0;
        for (int k = 0; k < i; ++k) {
            const double* const other = out.row(k);
            for (int j = 0; j <= k; ++j) row[j] -= l[k] * other[j];
        }
        const double diagonal = 1 / l[i];
        for (int j = 0; j < i; ++j) row[j] *= diagonal;
        row[i] = diagonal;
    }
    // (K' K)_ij = sum_{k >= i} K_ki K_kj for j <= i: row i needs rows from i on alone.
    for (int i = 0; i < n; ++i) {
        double* const row = out.row(i);
        const double own = row[i];
        for (int j = 0; j <= i; ++j) row[j] *= own;
        for (int k = i + 1; k < n; ++k) {
            const double* const other = out.row(k);
            const double factor_of = other[i];
            for (int j = 0; j <= i; ++j) row[j] += factor_of * other[j];
        }
    }
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < i; ++j) out(j, i) = out(i, j);
}

double log_determinant(const Matrix& factor) {
    double sum = 0;
    for (int i = 0; i < factor.size(); ++i) sum += math::log(factor(i, i));
    return 2 * sum;
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
