// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "adapters/xapi/identifiers.hpp"
#include "tests/xapi/temporary.hpp"

namespace palier::test {

/// Where a store of one's own can be: a SQLite file, or where PALIER_TEST_POSTGRESQL is a connection URI without
/// parameters, a schema of that database. It goes away with the test.
class Place {
public:
    Place() {
        const char* database = std::getenv("PALIER_TEST_POSTGRESQL");
        if (database == nullptr) {
            address_ = folder_.file("s.db");
            return;
        }
        database_ = database;
        schema_ = "t" + xapi::uuid4();
        std::replace(schema_.begin(), schema_.end(), '-', '_');
        run("CREATE SCHEMA " + schema_);
        address_ = database_ + "?options=-csearch_path%3D" + schema_;
    }
    ~Place() {
        try {
            if (is_postgresql()) run("DROP SCHEMA " + schema_ + " CASCADE");
        } catch (const std::exception&) {
            // The database goes too.
        }
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    const std::string& address() const { return address_; }
    bool is_postgresql() const { return !schema_.empty(); }
    /// The SQLite file.
    std::string file() const { return folder_.file("s.db"); }
    /// Runs SQL in the schema, by a connection of its own; gives the first column of the first row.
    std::string run(const std::string& sql) const {
        PGconn* connection = PQconnectdb((address_.empty() ? database_ : address_).c_str());
        PGresult* result = PQexec(connection, ("SET client_min_messages = warning; " + sql).c_str());
        const auto status = PQresultStatus(result);
        const std::string text = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : PQerrorMessage(connection);
        PQclear(result);
        PQfinish(connection);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(text);
        return text;
    }

private:
    Temporary folder_;
    std::string database_, schema_, address_;
};

}  // namespace palier::test
