// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <tuple>

#include "adapters/bankfile/bank_file.hpp"
#include "adapters/bankfile/columns.hpp"
#include "adapters/bankfile/schema.hpp"
#include "adapters/database/errors.hpp"
#include "adapters/database/sqlite.hpp"
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/item_texts.hpp"
#include "engine/util/sha256.hpp"

namespace palier::bankfile {
namespace {

using database::Connection;
using database::SqliteDatabase;

constexpr std::int64_t application_id = 0x504c424b, store_id = 0x504c5253, known_version = 1;
constexpr std::size_t largest_file = std::size_t{1} << 30, most_changes = 10'000;

std::int64_t number(Connection& file, const char* query) {
    const auto row = file.prepared(query);
    return row->next() ? row->integer(0) : 0;
}

/// Type, name and text of everything in the schema.
using Things = std::set<std::tuple<std::string, std::string, std::string>>;
Things things_of(Connection& file) {
    Things things;
    const auto row = file.prepared("SELECT type, name, coalesce(sql, '') FROM sqlite_schema");
    while (row->next() && things.size() < 1000)
        things.emplace(std::string(row->text(0)), std::string(row->text(1)), std::string(row->text(2)));
    return things;
}

// Nothing of the file is run before its schema is ours word for word.
void check_schema(Connection& file) {
    static const Things ours = [] {
        const auto empty = SqliteDatabase::in_memory("bank file");
        empty->run(schema);
        return things_of(*empty);
    }();
    const Things theirs = things_of(file);
    // Tables before what SQLite makes for them.
    for (auto thing = ours.rbegin(); thing != ours.rend(); ++thing)
        if (!theirs.contains(*thing))
            throw Error("the " + std::get<0>(*thing) + " " + std::get<1>(*thing) +
                        " is missing, or is not as version 1 of a bank file has it");
    for (const auto& thing : theirs)
        if (!ours.contains(thing))
            throw Error("the " + std::get<0>(thing) + " '" + std::get<1>(thing).substr(0, 60) +
                        "' has no place in a bank file; DROP it, or keep it in another file");
}

void check_pages(Connection& file) {
    const auto row = file.prepared("PRAGMA quick_check(1)");
    if (row->next() && row->text(0) != "ok") throw Error("it is damaged: " + std::string(row->text(0)));
}

std::unique_ptr<SqliteDatabase> opened(std::string_view bytes, const std::string& name) {
    if (bytes.size() > largest_file)
        throw Error("it has " + std::to_string(bytes.size()) + " bytes; a bank file may have 1 GiB");
    auto file = SqliteDatabase::stranger(bytes, name);
    const std::int64_t id = number(*file, "PRAGMA application_id");
    if (id == store_id) throw Error("this is a store of statements (palier serve), and no bank file");
    if (id != application_id) throw Error("this SQLite file is of another program, and no bank file of Palier");
    const std::int64_t version = number(*file, "PRAGMA user_version");
    if (version != known_version)
        throw Error("it is a bank file of version " + std::to_string(version) + "; this program knows version " +
                    std::to_string(known_version));
    check_schema(*file);
    check_pages(*file);
    return file;
}

/// Opens the messages of what `read` throws with the row.
template <class Read>
auto in_row(const char* table, std::int64_t row, const Read& read) {
    try {
        return read();
    } catch (const Error& error) {
        throw Error("table " + std::string(table) + ", row " + std::to_string(row) + ": " + error.what());
    }
}

// After the JSON of the rows was read.
void check_columns(Connection& file, const std::string& table, const std::string& key,
                   const std::vector<Column>& columns) {
    const auto row = file.prepared(first_contradiction(table, key, columns));
    if (!row->next()) return;
    const std::string column(row->text(1));
    const auto source = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
    throw Error("table " + table + ", row " + std::to_string(row->integer(0)) + ": column " + column +
                " says something else than column " + source->json + ", which counts: change both");
}

Json json(std::string_view text, const char* column) {
    return parse_json(text, ErrorKind::bank, "column " + std::string(column), 64 << 20);
}

Bank bank_of(Connection& file) {
    std::vector<Item> items;
    const auto row = file.prepared("SELECT position, json FROM item ORDER BY position");
    while (row->next())
        in_row("item", row->integer(0), [&] {
            items.push_back(item_from_json(json(row->text(1), "json"), "the item"));
            check_item(items.back(), "the item");
        });
    check_columns(file, "item", "position", item_columns);
    Bank bank = [&] {
        try {
            return Bank::compile(std::move(items));
        } catch (const BankError& error) {
            throw Error("table item: " + std::string(error.what()));
        }
    }();
    const auto stored = file.prepared("SELECT hash FROM bank WHERE id = 1");
    if (!stored->next()) throw Error("table bank: its row is missing");
    const std::string hash(stored->text(0));
    if (!hash.empty() && hash != bank.hash())
        throw Error(
            "table item: the items are not those that table bank has the hash of: they were changed after Palier wrote "
            "them. Whoever knows that they should be so says it by \"UPDATE bank SET hash = NULL\"");
    return bank;
}

std::vector<std::string> names_of(const Json& list) {
    std::vector<std::string> names;
    if (!list.is_array() || list.size() > 1000) throw Error("column made_from: it should be a list of names of files");
    for (const Json& entry : list) {
        if (!entry.is_string()) throw Error("column made_from: it should be a list of names of files");
        names.push_back(entry.get<std::string>());
    }
    return names;
}

void read_history(Connection& file, BankFile& into) {
    const auto row = file.prepared(
        "SELECT number, what, made_at, made_by, made_from, hash_before, hash_after, report FROM history "
        "ORDER BY number");
    while (row->next()) {
        if (into.history.size() == most_changes) throw Error("table history: it has more than 10,000 rows");
        in_row("history", row->integer(0), [&] {
            Change change{std::string(row->text(1)),    std::string(row->text(2)),
                          std::string(row->text(3)),    names_of(json(row->text(4), "made_from")),
                          json(row->text(7), "report"), std::string(row->text(5)),
                          std::string(row->text(6))};
            for (const std::string* text :
                 {&change.what, &change.made_at, &change.made_by, &change.before, &change.after})
                if (text->size() > 256 || !is_utf8(*text))
                    throw Error("its texts should be UTF-8 of at most 256 bytes");
            into.banks[change.before];
            into.banks[change.after];
            into.history.push_back(std::move(change));
        });
    }
    check_columns(file, "history", "number", history_columns);
    const auto item =
        file.prepared("SELECT hash, json, position, json_valid(json) FROM history_item ORDER BY hash, position");
    while (item->next()) {
        if (item->integer(3) == 0)
            throw Error("table history_item, bank " + std::string(item->text(0)) + ", row " +
                        std::to_string(item->integer(2)) + ": column json is no JSON");
        const auto bank = into.banks.find(std::string(item->text(0)));
        if (bank != into.banks.end()) bank->second.emplace_back(item->text(1));
    }
}

/// The files of the questions; together no more than a bank file may have, however often one is named.
class Media {
public:
    explicit Media(Connection& file) : file_(file) {}
    void fill(formats::Item& question) {
        for (formats::Asset& asset : question.assets) {
            if (!asset.bytes.empty()) throw Error("file '" + asset.path + "' should stand in table media");
            const auto row = file_.prepared("SELECT bytes FROM media WHERE name = ?1");
            row->bind_text(1, asset.file);
            if (!row->next()) throw Error("table media has no '" + asset.file + "', the file '" + asset.path + "'");
            asset.bytes = row->blob(0);
            if (asset.file != "media/" + sha256(asset.bytes))
                throw Error("table media, '" + asset.file + "': its bytes have another SHA-256");
            asset.file.clear();
            total_ += asset.bytes.size();
            if (total_ > largest_file) throw Error("the files of the questions have more than 1 GiB");
        }
    }

private:
    Connection& file_;
    std::size_t total_ = 0;
};

std::vector<formats::Item> questions_of(Connection& file) {
    std::vector<formats::Item> questions;
    std::set<std::pair<std::string, std::string>> known;
    Media media(file);
    const auto row = file.prepared("SELECT position, presentation, key FROM question ORDER BY position");
    while (row->next())
        in_row("question", row->integer(0), [&] {
            const Json key = json(row->text(2), "key");
            formats::Item question = formats::item_from_json(json(row->text(1), "presentation"), &key);
            media.fill(question);
            formats::check_texts(question);
            if (!known.emplace(question.id, question.language).second)
                throw Error("item '" + question.id + "' has a question in this language already");
            questions.push_back(std::move(question));
        });
    check_columns(file, "question", "position", question_columns);
    return questions;
}

/// Whatever is wrong, told of the file.
template <class Read>
auto of_file(const std::string& name, const Read& read) {
    try {
        return read();
    } catch (const Error& error) {
        throw Error(name + ": " + error.what());
    } catch (const database::DatabaseError& error) {
        throw Error(error.what() + std::string(" (so says SQLite)"));
    }
}

}  // namespace

BankFile read_bank_file(std::string_view bytes, const std::string& name) {
    return of_file(name, [&] {
        const auto file = opened(bytes, name);
        BankFile result;
        result.bank = bank_of(*file);
        read_history(*file, result);
        result.questions = questions_of(*file);
        return result;
    });
}

Bank read_items(std::string_view bytes, const std::string& name) {
    return of_file(name, [&] {
        const auto file = opened(bytes, name);
        Bank bank = bank_of(*file);
        if (bank.size() == 0)
            throw Error(
                "it has no item with parameters" +
                std::string(number(*file, "SELECT count(*) FROM question") > 0
                                ? ", only questions: calibrate them (palier calibrate --output), or give them a "
                                  "bank (palier convert --bank)"
                                : ""));
        return bank;
    });
}

}  // namespace palier::bankfile
