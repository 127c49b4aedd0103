// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/util/index.hpp"

// Dense symmetric matrices, best up to 64 x 64, with sums in a fixed order: the same bits in every build. Libraries
// of linear algebra order their sums by the machine that they run on (docs/dependencies.md).

namespace palier {

/// A square matrix by rows.
class Matrix {
public:
    Matrix() = default;
    explicit Matrix(int size) : size_(size), values_(at(size) * at(size), 0.0) {}

    int size() const { return size_; }
    /// Makes it one of this size and this number everywhere.
    void fill(int size, double number) {
        size_ = size;
        values_.assign(at(size) * at(size), number);
    }
    double& operator()(int row, int column) { return values_[at(row) * at(size_) + at(column)]; }
    double operator()(int row, int column) const { return values_[at(row) * at(size_) + at(column)]; }
    double* row(int number) { return values_.data() + at(number) * at(size_); }
    const double* row(int number) const { return values_.data() + at(number) * at(size_); }
    bool operator==(const Matrix&) const = default;

private:
    int size_ = 0;
    std::vector<double> values_;
};

/// L L' = a symmetric positive definite matrix, kept for solutions and the inverse: what the functions below do, with
/// the same bits, without copies of L.
class Factor {
public:
    /// Of the matrix whose lower half is this one's, and half of what it takes to solve for b, if that is given. False
    /// where it is not positive definite.
    bool make(const Matrix& matrix, const std::vector<double>* b = nullptr);
    /// x of L L' x = b.
    void solution(std::vector<double>& x) const;
    /// The inverse of L L', both halves.
    void inverse(Matrix& out);
    double diagonal(int i) const { return pivots_[at(i)]; }

private:
    int size_ = 0;
    int stride_ = 0;
    std::vector<double> rows_;  ///< of L' beyond the diagonal, which is apart
    std::vector<double> pivots_;
    std::vector<double> right_;  ///< L^-1 b
    std::vector<double> room_;
};

/// Puts into the lower half of a symmetric matrix its Cholesky factor L, L L' = the matrix, and leaves the upper half.
/// False where it is not positive definite.
bool cholesky(Matrix& matrix);

/// x of L L' x = b, in the place of b.
void solve(const Matrix& factor, std::vector<double>& b);

/// The inverse of L L', both halves.
void inverse(const Matrix& factor, Matrix& out);

/// ln of the determinant of L L'.
double log_determinant(const Matrix& factor);

/// M x; M symmetric to the last bit.
void product(const Matrix& matrix, const std::vector<double>& x, std::vector<double>& out);

/// M - factor x x'.
void subtract_square(Matrix& matrix, double factor, const std::vector<double>& x);

/// a' M b.
double product(const std::vector<double>& a, const Matrix& matrix, const std::vector<double>& b);

/// The least eigenvalue of a symmetric matrix, by Jacobi's rotations (Golub and Van Loan 2013, section 8.5).
double least_eigenvalue(Matrix matrix);

}  // namespace palier
