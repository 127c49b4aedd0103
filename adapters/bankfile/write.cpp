// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "adapters/bankfile/bank_file.hpp"
#include "adapters/bankfile/columns.hpp"
#include "adapters/bankfile/schema.hpp"
#include "adapters/database/sqlite.hpp"
#include "adapters/database/transaction.hpp"
#include "adapters/formats/content_json.hpp"
#include "engine/util/sha256.hpp"
#include "engine/version.hpp"

namespace palier::bankfile {
namespace {

using database::Connection;

void write_items(const Bank& bank, Connection& file) {
    static const std::string text = insert("item", {"position", "json"}, item_columns);
    std::int64_t position = 0;
    for (const Json& item : bank.to_json()) {
        const auto row = file.prepared(text);
        row->bind(1, ++position);
        row->bind_text(2, dump_json(item));
        row->run();
    }
}

void write_history(const BankFile& bank_file, Connection& file) {
    static const std::string text =
        insert("history", {"number", "what", "made_at", "made_by", "made_from", "hash_before", "hash_after", "report"},
               history_columns);
    static const std::string item_text = insert("history_item", {"hash", "position", "json"}, item_columns);
    std::set<std::string> named;
    std::int64_t number = 0;
    for (const Change& change : bank_file.history) {
        const auto row = file.prepared(text);
        row->bind(1, ++number);
        int place = 1;
        for (const std::string& said : {change.what, change.made_at, change.made_by, dump_json(Json(change.made_from)),
                                        change.before, change.after, dump_json(change.report)})
            row->bind_text(++place, said);
        row->run();
        named.insert(change.before);
        named.insert(change.after);
    }
    for (const std::string& hash : named) {
        std::int64_t position = 0;
        for (const std::string& item : bank_file.banks.at(hash)) {
            const auto row = file.prepared(item_text);
            row->bind_text(1, hash);
            row->bind(2, ++position);
            row->bind_text(3, item);
            row->run();
        }
    }
}

// The files of a question by their content, so that each is kept once.
formats::Item without_bytes(formats::Item question, Connection& file) {
    for (formats::Asset& asset : question.assets) {
        asset.file = "media/" + sha256(asset.bytes);
        const auto row = file.prepared("INSERT OR IGNORE INTO media (name, bytes) VALUES (?1, ?2)");
        row->bind_text(1, asset.file);
        row->bind_blob(2, asset.bytes);
        row->run();
        asset.bytes.clear();
    }
    return question;
}

void write_questions(const std::vector<formats::Item>& questions, Connection& file) {
    static const std::string text = insert("question", {"position", "presentation", "key"}, question_columns);
    std::int64_t position = 0;
    for (const formats::Item& question : questions) {
        const formats::Item light = without_bytes(question, file);
        const auto row = file.prepared(text);
        row->bind(1, ++position);
        row->bind_text(2, dump_json(formats::presentation_json(light)));
        row->bind_text(3, dump_json(formats::key_json(light)));
        row->run();
    }
}

}  // namespace

std::string bytes_of(const BankFile& bank_file) {
    const auto file = database::SqliteDatabase::in_memory("bank file");
    file->run(schema);
    database::Transaction transaction(*file);
    {
        const auto row = file->prepared("INSERT INTO bank (id, hash, made_by) VALUES (1, ?1, ?2)");
        row->bind_text(1, bank_file.bank.hash());
        row->bind_text(2, std::string("Palier ") + engine_version);
        row->run();
    }
    write_items(bank_file.bank, *file);
    write_history(bank_file, *file);
    write_questions(bank_file.questions, *file);
    transaction.commit();
    std::string bytes = file->bytes();
    if (bytes.size() > std::size_t{1} << 30)
        throw Error("the bank file would have " + std::to_string(bytes.size()) + " bytes; it may have 1 GiB");
    return bytes;
}

}  // namespace palier::bankfile
