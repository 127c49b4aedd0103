// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/bankfile/columns.hpp"

#include <algorithm>

namespace palier::bankfile {
namespace {

std::string extracted(const std::string& json, const Column& column) {
    return "json_extract(" + json + ", '" + column.path + "')";
}

}  // namespace

std::string insert(const std::string& table, const std::vector<std::string>& own, const std::vector<Column>& columns) {
    std::string names, values;
    for (const std::string& name : own) {
        names += (names.empty() ? "" : ", ") + name;
        values += (values.empty() ? "?" : ", ?") + std::to_string(&name - own.data() + 1);
    }
    for (const Column& column : columns) {
        const auto json = std::find(own.begin(), own.end(), column.json) - own.begin();
        names += ", " + column.name;
        values += ", " + extracted("?" + std::to_string(json + 1), column);
    }
    return "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")";
}

std::string first_contradiction(const std::string& table, const std::string& key, const std::vector<Column>& columns) {
    std::string cases;
    for (const Column& column : columns) {
        const std::string said = extracted(column.json, column);
        // One version of SQLite may read the last digit of a number otherwise than another.
        const std::string close =
            column.number ? " AND abs(" + column.name + " - " + said + ") <= 1e-9 * abs(" + said + ") IS NOT 1" : "";
        cases += " WHEN " + column.name + " IS NOT " + said + close + " THEN '" + column.name + "'";
    }
    return "SELECT " + key + ", CASE" + cases + " END AS wrong FROM " + table + " WHERE wrong IS NOT NULL ORDER BY " +
           key + " LIMIT 1";
}

}  // namespace palier::bankfile
