// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/bank_csv.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "adapters/formats/csv.hpp"
#include "adapters/formats/table_rules.hpp"
#include "engine/bank/item_fault.hpp"
#include "engine/errors.hpp"

namespace palier::formats {
namespace {

struct BankColumn {
    enum class Use { none, item_text, item_number, host };
    Use use = Use::none;
    std::string key;
    std::string written;
    bool foreign = false;      ///< another program's name
    bool mixed_signs = false;  ///< points in some cells and commas in others
};

bool is_step(const std::string& key) {
    return key.size() >= 2 && (key[0] == 'a' || key[0] == 'b') && key[1] >= '1' && key[1] <= '9';
}
bool implies_steps(const std::string& key) {
    return is_step(key) || (key.rfind("intercept", 0) == 0 && key.size() > std::string("intercept").size());
}

class BankTableReader {
public:
    BankTableReader(const Csv& csv, const BankTableOptions& options, BankTable& table)
        : csv_(csv), options_(options), table_(table) {}

    void read() {
        for (std::size_t k = 0; k < csv_.header.size(); ++k) columns_.push_back(column(k));
        name_rows();
        check_needed();
        for (BankColumn& column : columns_)
            if (column.use != BankColumn::Use::none) table_.columns.push_back(column.key);
        for (std::size_t k = 0; k < columns_.size(); ++k) columns_[k].mixed_signs = has_mixed_signs(k);
        const bool header_is_good = table_.problems.empty();
        for (const CsvRow& row : csv_.rows) read_row(row, header_is_good);
        if (!options_.by_host) check_enemies();
    }

private:
    void problem(int line, std::string column, std::string code, std::vector<std::string> values = {}) {
        table_.problems.add({line, std::move(column), std::move(code), std::move(values), ""});
    }

    void notice(std::string column, std::string code, std::vector<std::string> values = {}) {
        table_.notices.add({csv_.header_line, std::move(column), std::move(code), std::move(values), ""});
    }

    bool has(const std::string& key) const {
        return std::any_of(columns_.begin(), columns_.end(),
                           [&](const BankColumn& c) { return c.use != BankColumn::Use::none && c.key == key; });
    }

    BankColumn column(std::size_t k) {
        BankColumn result;
        result.written = csv_.header[k];
        if (!csv_.has_values(k) && !(k == 0 && result.written.empty())) {
            if (const auto meaning = bank_column(result.written, csv_.header)) {
                if (meaning->kind == ColumnKind::passed_over) return host_column(std::move(result), meaning->key);
                return item_column(std::move(result), *meaning, k);
            }
            return result;
        }
        if (result.written.empty()) {
            if (k > 0) problem(csv_.header_line, "", "column_unnamed", {std::to_string(k + 1)});
            return result;
        }
        if (const std::string code = doubtful_column(result.written, csv_.header); !code.empty()) {
            if (code != "tam_steps" || !all_zero(k)) problem(csv_.header_line, result.written, code);
            return result;
        }
        const auto meaning = bank_column(result.written, csv_.header);
        if (!meaning) {
            unknown(result.written);
            return result;
        }
        if (meaning->kind == ColumnKind::passed_over) return host_column(std::move(result), meaning->key);
        if (options_.by_host && lower(result.written) == "idnumber") return host_column(std::move(result), "idnumber");
        return item_column(std::move(result), *meaning, k);
    }

    BankColumn host_column(BankColumn result, const std::string& key) {
        if (options_.by_host) {
            result.use = BankColumn::Use::host;
            result.key = key;
        } else {
            notice(result.written, "column_ignored", {result.written});
        }
        return result;
    }

    BankColumn item_column(BankColumn result, const ColumnMeaning& meaning, std::size_t k) {
        const auto first = std::find_if(columns_.begin(), columns_.end(), [&](const BankColumn& other) {
            return other.use != BankColumn::Use::none && other.key == meaning.key;
        });
        if (first != columns_.end()) {
            if (!csv_.has_values(k)) return result;
            if (!csv_.has_values(static_cast<std::size_t>(first - columns_.begin()))) {
                first->use = BankColumn::Use::none;
            } else {
                if (first->written != result.written)
                    problem(csv_.header_line, result.written, "column_same",
                            {first->written, result.written, meaning.key});
                return result;
            }
        }
        result.key = meaning.key;
        result.use = meaning.kind == ColumnKind::number ? BankColumn::Use::item_number : BankColumn::Use::item_text;
        result.foreign = lower(result.written) != lower(meaning.key);
        if (is_parameter_of_item(meaning.key)) result.use = BankColumn::Use::item_number;
        if (result.foreign && csv_.has_values(k))
            notice(result.written, "column_read_as", {result.written, meaning.key});
        if (result.foreign && implies_steps(meaning.key) && implied_model_.empty())
            implied_model_ = lower(result.written).rfind("catgr", 0) == 0 ? "gpcm" : "grm";
        return result;
    }

    static bool is_parameter_of_item(const std::string& key) {
        return key == "a" || key == "b" || key == "c" || key == "d" || key.rfind("se_", 0) == 0;
    }

    void unknown(const std::string& written) {
        std::vector<std::string> absent;
        const auto& keys = item_keys();
        for (const std::string& key : keys)
            if (std::none_of(csv_.header.begin(), csv_.header.end(),
                             [&](const std::string& other) { return lower(other) == key; }))
                absent.push_back(key);
        const std::string hint = did_you_mean(lower(written), absent);
        if (hint.empty()) {
            notice(written, "column_ignored", {written});
        } else {
            problem(csv_.header_line, written, "column_unknown",
                    {written, hint.substr(hint.find('\'') + 1, hint.rfind('\'') - hint.find('\'') - 1), join(keys)});
        }
    }

    bool all_zero(std::size_t k) const {
        return std::all_of(csv_.rows.begin(), csv_.rows.end(), [&](const CsvRow& row) {
            const auto number = read_cell_number(row.cells[k]);
            return is_blank(row.cells[k]) || (number && number->value == 0);
        });
    }

    // The first column without a name is R's row names: the items, where no column names them.
    void name_rows() {
        if (columns_.empty() || !columns_[0].written.empty() || !csv_.has_values(0)) return;
        const bool named =
            has("item") || (options_.by_host && (has("idnumber") || has("entryid") || has("questionid")));
        if (!named) {
            columns_[0].use = BankColumn::Use::item_text;
            columns_[0].key = "item";
        }
        notice("", named ? "row_names" : "row_names_read_as", {"item"});
    }

    void check_needed() {
        const bool doubtful = std::any_of(csv_.header.begin(), csv_.header.end(), [&](const std::string& written) {
            return !doubtful_column(written, csv_.header).empty();
        });
        const bool named =
            has("item") || (options_.by_host && (has("idnumber") || has("entryid") || has("questionid")));
        std::vector<std::string> header;
        for (const std::string& written : csv_.header)
            if (!written.empty()) header.push_back(written);
        if (!named && options_.by_host) problem(csv_.header_line, "", "question_missing", {join(header)});
        if (!named && !options_.by_host) problem(csv_.header_line, "", "column_missing", {"item", join(header)});
        const bool steps = std::any_of(columns_.begin(), columns_.end(), [](const BankColumn& c) {
            return c.use != BankColumn::Use::none && is_step(c.key);
        });
        const bool multidimensional = std::any_of(columns_.begin(), columns_.end(), [](const BankColumn& c) {
            return c.key.rfind("a.", 0) == 0 || c.key == "intercept";
        });
        if (has("b") || steps || doubtful || multidimensional || (options_.by_host && has("level"))) return;
        if (options_.by_host) {
            problem(csv_.header_line, "", "level_missing", {join(header)});
        } else {
            problem(csv_.header_line, "", "column_missing", {"b", join(header)});
        }
    }

    bool has_mixed_signs(std::size_t k) const {
        if (columns_[k].use != BankColumn::Use::item_number) return false;
        bool point = false;
        bool comma = false;
        for (const CsvRow& row : csv_.rows) {
            const auto number = read_cell_number(row.cells[k]);
            point = point || (number && number->sign == '.');
            comma = comma || (number && number->sign == ',');
        }
        return point && comma;
    }

    std::optional<double> number(const CsvRow& row, std::size_t k) {
        const std::string& cell = row.cells[k];
        const std::string& written = columns_[k].written;
        const auto value = read_cell_number(cell);
        if (value && value->sign == ',' && columns_[k].mixed_signs) {
            problem(row.line, written, "two_signs", {cell});
            return std::nullopt;
        }
        if (value) return value->value;
        problem(row.line, written, is_sheet_error(cell) ? "sheet_error" : "not_a_number", {cell.substr(0, 80)});
        return std::nullopt;
    }

    void read_row(const CsvRow& row, bool header_is_good) {
        BankRow result{row.line, Json::object(), Json::object(), false, 0};
        const std::size_t faults_before = table_.problems.count();
        bool good = header_is_good;
        bool parameters = false;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const BankColumn& column = columns_[k];
            const std::string_view cell = clean(row.cells[k]);
            if (column.use == BankColumn::Use::none || cell.empty()) continue;
            if (column.use == BankColumn::Use::host) {
                result.other[column.key] = cell;
            } else if (column.use == BankColumn::Use::item_text) {
                if (options_.by_host && column.key == "enemies" && !is_blank(cell))
                    result.item[column.key] = split_list(std::string(cell));
                else if (column.key == "item" || column.key == "label" || !is_blank(cell))
                    result.item[column.key] = text_value(column.key, cell);
            } else if (!is_blank(cell)) {
                parameters = true;
                const auto value = number(row, k);
                good = good && value.has_value();
                if (value) result.item[column.key] = *value;
            }
        }
        drop_defaults(result.item);
        check_twice(result);
        const bool has_level = result.other.contains("level");
        if (good && !(options_.by_host && (has_level || !parameters))) check(result);
        result.faults = table_.problems.count() - faults_before;
        table_.rows.push_back(std::move(result));
    }

    static std::string text_value(const std::string& key, std::string_view cell) {
        if (key != "model" && key != "status") return std::string(cell);
        const std::string value = lower(cell);
        return key == "model" && value == "graded" ? "grm" : value;
    }

    // mirt and ltm write g = 0 and u = 1 of items that have no asymptotes.
    void drop_defaults(Json& item) const {
        for (const BankColumn& column : columns_) {
            if (!column.foreign || (column.key != "c" && column.key != "d") || !item.contains(column.key)) continue;
            const std::string model = item.value("model", "");
            const bool named = model == "4pl" || (model == "3pl" && column.key == "c");
            if (!named && item[column.key] == (column.key == "c" ? 0.0 : 1.0)) item.erase(column.key);
        }
        const bool steps = std::any_of(item.items().begin(), item.items().end(),
                                       [](const auto& entry) { return implies_steps(entry.key()); });
        if (steps && !implied_model_.empty() && !item.contains("model")) item["model"] = implied_model_;
    }

    void check_twice(const BankRow& row) {
        const std::string id = row.item.value("item", "");
        if (id.empty()) return;
        const auto [entry, added] = lines_.emplace(id, row.line);
        if (!added) problem(row.line, "item", "item_twice", {id, std::to_string(entry->second)});
    }

    // Shows the row to the engine. Where it refuses, the key at fault is mended in a copy and the engine asked again,
    // so that a row with several faults has them all told.
    void check(BankRow& row) {
        const bool nameless = options_.by_host && !row.item.contains("item");
        if (nameless) row.item["item"] = "?";
        if (!row.item.contains("model") && has_steps(row.item)) {
            problem(row.line, "model", "model_missing");
        } else if (auto item = item_of(row.item, row.line, options_.D, table_.problems, !nameless)) {
            row.item["model"] = name(item->parameters.model);
            row.complete = true;
            if (!options_.by_host) table_.items.push_back(std::move(*item));
        }
        if (nameless) row.item.erase("item");
    }

    static bool has_steps(const Json& item) {
        return std::any_of(item.items().begin(), item.items().end(),
                           [](const auto& entry) { return is_step(entry.key()) && entry.key().size() <= 3; });
    }

    void check_enemies() {
        for (const BankRow& row : table_.rows) {
            if (!row.item.contains("enemies")) continue;
            const std::string id = row.item.value("item", "");
            for (const std::string& enemy : split_list(row.item["enemies"].get<std::string>())) {
                if (enemy == id) {
                    problem(row.line, "enemies", "own_enemy", {id});
                } else if (lines_.find(enemy) == lines_.end()) {
                    problem(row.line, "enemies", "enemy_unknown", {id, enemy});
                }
            }
        }
    }

public:
    /// The item of an object, or nothing and its faults, which name it where it has a name.
    static std::optional<Item> item_of(const Json& object, int line, double D, TableNotes& problems,
                                       bool named = true) {
        Json tried = object;
        std::set<std::string> mended;
        bool good = true;
        for (int round = 0; round < 8; ++round) {
            try {
                Item item = item_from_json(tried, "the item", D);
                check_item(item, "the item");
                return good ? std::optional<Item>(std::move(item)) : std::nullopt;
            } catch (const ItemFault& fault) {
                if (!mended.insert(fault.key).second) return std::nullopt;
                good = false;
                problems.add({line, fault.key, fault.code, fault.values, named ? fault.where : "the item"});
                if (fault.key == "model" || fault.key == "item" || fault.key.empty()) return std::nullopt;
                mend(tried, fault.key);
            } catch (const BankError& error) {
                if (good) problems.add({line, "", "engine", {error.what()}, ""});
                return std::nullopt;
            }
        }
        return std::nullopt;
    }

private:
    static void mend(Json& item, const std::string& key) {
        if (key == "a" || key == "b") {
            item[key] = key == "a" ? 1 : 0;
        } else {
            item.erase(key);
        }
    }

    const Csv& csv_;
    const BankTableOptions& options_;
    BankTable& table_;
    std::vector<BankColumn> columns_;
    std::string implied_model_;
    std::unordered_map<std::string, int> lines_;
};

}  // namespace

BankTable read_bank_table(std::string_view text, const BankTableOptions& options) {
    BankTable table;
    const Csv csv = scan_csv(text, "", table.problems, table.notices, options.by_host);
    table.encoding = csv.encoding;
    table.separator = csv.separator;
    table.header_line = csv.header_line;
    if (!csv.header.empty()) BankTableReader(csv, options, table).read();
    return table;
}

TableNotes check_items(const Json& items) {
    TableNotes problems;
    int number = 0;
    for (const Json& item : items) BankTableReader::item_of(item, ++number, 1, problems);
    return problems;
}

Bank read_bank_csv(std::string_view text, const std::string& name, double D, TableNotes* notices) {
    BankTable table = read_bank_table(text, {D, false});
    if (notices) *notices = table.notices;
    if (!table.problems.empty()) throw BankError(note_messages(table.problems, name));
    try {
        return Bank::compile(std::move(table.items));
    } catch (const BankError& error) {
        throw BankError(name + ": " + error.what());
    }
}

Bank scaled_by_content(const Bank& bank) {
    std::vector<Item> items;
    for (int i = 0; i < bank.size(); ++i) {
        Item item = bank[i];
        if (!item.loadings.empty())
            throw BankError("item '" + item.id + "' is given by slopes on scales of its own; --scales-by needs none");
        if (item.content.size() != 1)
            throw BankError("item '" + item.id + "' has " + std::to_string(item.content.size()) +
                            " contents; it should have one, to make its scale");
        item.scale = item.content.front();
        items.push_back(std::move(item));
    }
    return Bank::compile(std::move(items));
}

}  // namespace palier::formats
