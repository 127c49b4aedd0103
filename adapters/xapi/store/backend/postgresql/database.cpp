// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/postgresql/database.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "adapters/xapi/store/backend/postgresql/sql.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

// Types of parameters, by their numbers in PostgreSQL's pg_type.dat.
constexpr Oid bytea_type = 17;
constexpr Oid integer_type = 20;
constexpr Oid text_type = 25;

constexpr std::string_view disk_full = "53100";  // PostgreSQL's appendix A, error codes

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

/// PostgreSQL's words without its details, which may quote what a statement says.
[[noreturn]] void fail(PGconn* connection, const PGresult* result) {
    const char* words = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char* code = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    std::string text = words != nullptr ? words : PQerrorMessage(connection);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    text = "store: PostgreSQL: " + text + (code == nullptr ? "" : std::string(" (") + code + ")");
    if (code != nullptr && code == disk_full) throw DiskFull(text);
    throw StoreError(text);
}

Result checked(PGconn* connection, PGresult* given) {
    Result result(given);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(connection, result.get());
    return result;
}

std::string big_endian(std::int64_t value) {
    std::string bytes(8, '\0');
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 8; i-- > 0; rest >>= 8) bytes[i] = static_cast<char>(rest & 0xff);
    return bytes;
}

// PostgreSQL's text has no U+0000, JSON's may have: U+0001 stands before what is written in place of either.
std::string without_zero(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        if (c == '\0' || c == '\x01') result += '\x01';
        result += c == '\0' ? '0' : c;
    }
    return result;
}

std::string with_zero(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool stands_for = text[i] == '\x01' && i + 1 < text.size();
        if (stands_for) ++i;
        result += stands_for && text[i] == '0' ? '\0' : text[i];
    }
    return result;
}

class PostgresqlPrepared : public Prepared {
public:
    PostgresqlPrepared(PGconn* connection, std::string_view sql, std::string name)
        : connection_(connection), sql_(sql), name_(std::move(name)) {
        for (std::size_t i = 0; i + 1 < sql_.size(); ++i) {
            if (sql_[i] != '?' || sql_[i + 1] < '1' || sql_[i + 1] > '9') continue;
            sql_[i] = '$';
            parameters_.resize(std::max(parameters_.size(), std::size_t{std::stoul(sql_.substr(i + 1, 4))}));
        }
    }

    void bind(int place, std::int64_t value) override { set(place, integer_type, big_endian(value)); }
    void bind_text(int place, std::string_view text) override { set(place, text_type, without_zero(text)); }
    void bind_blob(int place, std::string_view bytes) override { set(place, bytea_type, std::string(bytes)); }

    bool next() override {
        if (!result_) execute();
        return ++row_ < PQntuples(result_.get());
    }
    std::int64_t integer(int column) const override {
        std::uint64_t value = 0;
        for (const char c : blob(column)) value = value << 8 | static_cast<unsigned char>(c);
        return static_cast<std::int64_t>(value);
    }
    std::string_view text(int column) const override {
        const std::string_view text = blob(column);
        if (text.find('\x01') == std::string_view::npos) return text;
        return texts_.emplace_back(with_zero(text));
    }
    std::string_view blob(int column) const override {
        return {PQgetvalue(result_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
    }

    void reset() override {
        result_.reset();
        texts_.clear();
        row_ = -1;
        for (auto& parameter : parameters_) parameter.given = false;
    }

private:
    struct Parameter {
        Oid type = 0;
        bool given = false;
        std::string bytes;
    };

    void set(int place, Oid type, std::string bytes) {
        parameters_.at(static_cast<std::size_t>(place - 1)) = {type, true, std::move(bytes)};
    }

    /// All rows at once. The statement is prepared at its first use, when the types of its parameters are known.
    void execute() {
        const int count = static_cast<int>(parameters_.size());
        if (!is_prepared_) {
            std::vector<Oid> types;
            for (const auto& parameter : parameters_) types.push_back(parameter.type);
            checked(connection_, PQprepare(connection_, name_.c_str(), sql_.c_str(), count, types.data()));
            is_prepared_ = true;
        }
        std::vector<const char*> values;
        std::vector<int> lengths;
        const std::vector<int> binary(parameters_.size(), 1);
        for (const auto& parameter : parameters_) {
            values.push_back(parameter.given ? parameter.bytes.data() : nullptr);
            lengths.push_back(static_cast<int>(parameter.bytes.size()));
        }
        result_ = checked(connection_, PQexecPrepared(connection_, name_.c_str(), count, values.data(), lengths.data(),
                                                      binary.data(), 1));
    }

    PGconn* connection_;
    std::string sql_;
    std::string name_;
    bool is_prepared_ = false;
    std::vector<Parameter> parameters_;
    Result result_;
    int row_ = -1;
    mutable std::deque<std::string> texts_;  // of the present rows, where they are not as kept
};

}  // namespace

PostgresqlDatabase::PostgresqlDatabase(const std::string& address, const std::string& schema) {
    // The address comes after what it may say otherwise, and before what it may not.
    constexpr std::array<const char*, 6> names{"connect_timeout", "tcp_user_timeout", "fallback_application_name",
                                               "dbname",          "client_encoding",  nullptr};
    const std::array<const char*, 6> values{"10", "20000", "palier", address.c_str(), "UTF8", nullptr};
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (!connection_) throw StoreError("store: PostgreSQL: out of memory");
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    if (!usable()) fail(connection_.get(), nullptr);
    // All is found by keys: plans that were made while a table was small stay right when it has grown.
    run("SET synchronous_commit = on; SET standard_conforming_strings = on; SET jit = off; "
        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off");
    if (!schema.empty()) run("SET search_path = " + quoted(schema));
}

std::string PostgresqlDatabase::quoted(const std::string& name) const {
    char* text = PQescapeIdentifier(connection_.get(), name.data(), name.size());
    if (text == nullptr) fail(connection_.get(), nullptr);
    std::string result = text;
    PQfreemem(text);
    return result;
}

void PostgresqlDatabase::run(const std::string& script) {
    checked(connection_.get(), PQexec(connection_.get(), script.c_str()));
}

void PostgresqlDatabase::undo(const char* script) noexcept { PQclear(PQexec(connection_.get(), script)); }

void PostgresqlDatabase::begin_writing() {
    run("BEGIN");
    try {
        const auto query = prepared(postgresql::take_turn);
        if (!query->next()) throw StoreError("store: PostgreSQL: the row of palier_store is gone");
        counted_ = query->integer(0);
    } catch (...) {
        undo("ROLLBACK");
        throw;
    }
}

void PostgresqlDatabase::commit() {
    const Result result = checked(connection_.get(), PQexec(connection_.get(), "COMMIT"));
    // A transaction that had failed is rolled back by COMMIT, which says so in its tag alone.
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        throw StoreError("store: PostgreSQL: the transaction was rolled back");
    known_ = counted_;
}

bool PostgresqlDatabase::others_are_writing() { return prepared(postgresql::turns)->next(); }

bool PostgresqlDatabase::in_transaction() const {
    const auto status = PQtransactionStatus(connection_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool PostgresqlDatabase::usable() const { return PQstatus(connection_.get()) == CONNECTION_OK; }

std::unique_ptr<Prepared> PostgresqlDatabase::prepare(std::string_view sql) {
    return std::make_unique<PostgresqlPrepared>(connection_.get(), sql, "p" + std::to_string(++prepared_so_far_));
}

}  // namespace palier::xapi
