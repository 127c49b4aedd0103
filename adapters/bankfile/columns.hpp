// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// Columns that show what the JSON beside them says. SQLite makes them and compares them: generated columns would do,
// but SQLite 3.40 runs no function of JSON for a schema that is not trusted.

namespace palier::bankfile {

struct Column {
    std::string name;
    std::string json;  ///< the column with the JSON
    std::string path;  ///< in it
    bool number = false;
};

inline const std::vector<Column> item_columns = {
    {"item", "json", "$.item"},     {"scale", "json", "$.scale"},     {"model", "json", "$.model"},
    {"a", "json", "$.a", true},     {"b", "json", "$.b", true},       {"c", "json", "$.c", true},
    {"d", "json", "$.d", true},     {"se_a", "json", "$.se_a", true}, {"se_b", "json", "$.se_b", true},
    {"status", "json", "$.status"}, {"label", "json", "$.label"}};
inline const std::vector<Column> history_columns = {{"persons", "report", "$.persons", true},
                                                    {"log_likelihood", "report", "$.log_likelihood", true},
                                                    {"aic", "report", "$.aic", true},
                                                    {"converged", "report", "$.converged"}};
inline const std::vector<Column> question_columns = {{"item", "presentation", "$.id"},
                                                     {"language", "presentation", "$.language"},
                                                     {"type", "presentation", "$.interaction.type"},
                                                     {"title", "key", "$.title"}};

/// INSERT of a row: `own` are the other columns, ?1, ?2, … in their order.
std::string insert(const std::string& table, const std::vector<std::string>& own, const std::vector<Column>& columns);
/// The first row with a column that says something else than its JSON: the row's number in `key`, and the column.
std::string first_contradiction(const std::string& table, const std::string& key, const std::vector<Column>& columns);

}  // namespace palier::bankfile
