// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "adapters/bankfile/questions.hpp"
#include "adapters/database/sqlite.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "tests/formats/support.hpp"

namespace palier::bankfile {
namespace {

std::string bytes_in(const std::string& path) {
    std::ifstream in(test::in_project(path), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const Bank& demo_bank() {
    static const Bank bank =
        formats::read_bank_csv(bytes_in("adapters/moodle/mod_palier/demo/palier-demo-parameters.csv"), "demo");
    return bank;
}

BankFile demo() {
    BankFile file;
    file.bank = demo_bank();
    for (const auto& [id, item] : formats::test::items()) file.questions.push_back(item);
    return file;
}

Bank moved(const Bank& bank, double by) {
    std::vector<Item> items = bank.items();
    for (Item& item : items) item.parameters.b += by;
    return Bank::compile(std::move(items));
}

Change calibrated(const std::string& when) {
    return {"calibrate", when, "", {"answers.csv"}, {{"persons", 300}}, "", ""};
}

/// What a person with sqlite3 made of the file. The writer of memory begins with the bytes of a file.
std::string changed(const BankFile& file, const std::string& script) {
    const std::string path = (std::filesystem::temp_directory_path() / "palier-bank-file-test.palier").string();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes_of(file);
    {
        const auto database = database::SqliteDatabase::writer(path);
        database->run(script);
    }
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    return bytes;
}

/// What reading says is wrong, or "".
std::string fault(const std::string& bytes) {
    try {
        read_bank_file(bytes, "b.palier");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(bank_file)

BOOST_AUTO_TEST_CASE(everything_comes_back_as_it_was_written) {
    BankFile file = demo();
    file.change_to(moved(demo_bank(), 0.25), calibrated("2026-11-02T08:00:00Z"));
    file.change_to(moved(demo_bank(), -0.5), calibrated("2026-11-30T08:00:00Z"));
    const std::string bytes = bytes_of(file);
    BOOST_TEST(is_sqlite(bytes));
    const BankFile again = read_bank_file(bytes, "b.palier");
    BOOST_TEST(again.bank.hash() == file.bank.hash());
    BOOST_TEST(again.bank.bytes() == file.bank.bytes());
    BOOST_TEST((again.questions == file.questions));
    BOOST_REQUIRE_EQUAL(again.history.size(), 2U);
    BOOST_TEST(again.history[1].made_at == "2026-11-30T08:00:00Z");
    BOOST_TEST(again.history[1].made_from.at(0) == "answers.csv");
    BOOST_TEST(again.history[1].report.at("persons") == 300);
    BOOST_TEST(bytes_of(again) == bytes);
    BOOST_TEST(read_items(bytes, "b.palier").hash() == file.bank.hash());
}

BOOST_AUTO_TEST_CASE(one_can_go_back_to_each_calibration) {
    BankFile file = demo();
    file.change_to(moved(demo_bank(), 0.25), calibrated("2026-11-02T08:00:00Z"));
    file.change_to(moved(demo_bank(), -0.5), calibrated("2026-11-30T08:00:00Z"));
    const BankFile again = read_bank_file(bytes_of(file), "b.palier");
    BOOST_TEST(again.earlier(0).hash() == demo_bank().hash());
    BOOST_TEST(again.earlier(1).bytes() == moved(demo_bank(), 0.25).bytes());
    BOOST_TEST(again.earlier(2).hash() == again.bank.hash());
    BOOST_CHECK_THROW(again.earlier(3), Error);
    BOOST_CHECK_THROW(demo().earlier(0), Error);
}

BOOST_AUTO_TEST_CASE(its_columns_are_those_that_an_sql_user_expects) {
    BankFile file = demo();
    file.change_to(moved(demo_bank(), 0.25), calibrated("2026-11-02T08:00:00Z"));
    const auto database = database::SqliteDatabase::stranger(bytes_of(file), "b.palier");
    const auto row = database->prepared(
        "SELECT count(*), count(item), count(b), count(status), (SELECT persons FROM history) FROM item");
    BOOST_REQUIRE(row->next());
    for (int column = 0; column < 4; ++column) BOOST_TEST(row->integer(column) == demo_bank().size());
    BOOST_TEST(row->integer(4) == 300);
}

BOOST_AUTO_TEST_CASE(questions_may_be_there_before_their_parameters) {
    BankFile file = demo();
    file.bank = Bank::compile({});
    const std::string bytes = bytes_of(file);
    BOOST_TEST(read_bank_file(bytes, "b.palier").bank.size() == 0);
    BOOST_CHECK_EXCEPTION(read_items(bytes, "b.palier"), Error,
                          [](const Error& error) { return says(error.what(), "only questions"); });
}

BOOST_AUTO_TEST_CASE(its_questions_are_read_as_those_of_other_files_are) {
    BankFile file = demo();
    formats::Item first = file.questions[0], second = file.questions[1];
    first.language = "pt_br";
    second.language = "";
    formats::Item french = first;
    french.language = "fr";
    file.questions = {first, second, french};
    const std::string bytes = bytes_of(file);
    BOOST_TEST((languages_of(read_bank_file(bytes, "b.palier")) == std::vector<std::string>{"pt_br", "", "fr"}));
    const formats::QuestionFile all = read_questions(bytes, "b.palier", {});
    BOOST_TEST(all.items.size() == 3U);
    const formats::QuestionFile portuguese = read_questions(bytes, "b.palier", {"pt-br"});
    BOOST_REQUIRE_EQUAL(portuguese.items.size(), 2U);
    BOOST_TEST(portuguese.items[1].language == "pt-br");
    BOOST_TEST(portuguese.report[0].item == first.id);
    BOOST_TEST(portuguese.report[0].carried());
    BOOST_TEST(portuguese.report[0].name == first.key->title);
    BOOST_TEST(portuguese.report[0].best == 1.0);
    file.questions = {french};
    BOOST_CHECK_EXCEPTION(read_questions(bytes_of(file), "b.palier", {"de"}), Error, [](const Error& error) {
        return std::string(error.what()) == "b.palier: this bank file has no question in 'de'; it has some in fr";
    });
}

BOOST_AUTO_TEST_CASE(what_was_changed_by_others_is_told_with_table_and_row) {
    BankFile file = demo();
    file.change_to(moved(demo_bank(), 0.25), calibrated("2026-11-02T08:00:00Z"));
    const std::string id = file.bank[2].id;
    const struct {
        const char* script;
        std::string words;
    } cases[] = {
        {"UPDATE item SET json = json_set(json, '$.b', 9), b = 9 WHERE position = 3", "SET hash = NULL"},
        {"UPDATE item SET json = json_set(json, '$.b', 99999), b = 99999 WHERE position = 3",
         "table item, row 3: item '" + id + "'"},
        {"UPDATE item SET json = '[' WHERE position = 3", "table item, row 3: column json"},
        {"UPDATE item SET json = json_set(json, '$.x', 1) WHERE position = 3", ".x'; valid keys"},
        {"UPDATE item SET json = (SELECT json FROM item WHERE position = 1) WHERE position = 3", "table item"},
        {"UPDATE item SET b = 1.5 WHERE position = 3",
         "table item, row 3: column b says something else than column json"},
        {"UPDATE item SET json = json_set(json, '$.label', 'x') WHERE position = 3", "table item, row 3: column label"},
        {"UPDATE history SET persons = 301", "table history, row 1: column persons"},
        {"UPDATE question SET title = 'x' WHERE position = 2", "table question, row 2: column title"},
        {"UPDATE history_item SET json = '[' WHERE position = 2", ", row 2: column json is no JSON"},
        {"DELETE FROM bank", "table bank"},
        {"UPDATE history SET made_from = '{}'", "table history, row 1: column made_from"},
        {"UPDATE question SET presentation = json_set(presentation, '$.prompt', '<p onclick=\"x()\">x</p>') "
         "WHERE position = 2",
         "table question, row 2"},
        {"UPDATE question SET presentation = json_set(presentation, '$.prompt', '<script>x()</script>') WHERE position = 2",
         "table question, row 2"},
        {"UPDATE question SET key = json_set(key, '$.feedback.general', '<iframe src=\"//x\"/>') WHERE position = 2",
         "table question, row 2"},
        {"UPDATE question SET key = json_set(key, '$.feedback.general', '<!-- x -->') WHERE position = 2",
         "table question, row 2"},
        {"UPDATE question SET key = json_set(key, '$.answers', '') WHERE position = 2", "table question, row 2"},
        {"INSERT INTO question (position, presentation, key) SELECT 99999, presentation, key FROM question WHERE position = "
         "1",
         "table question, row 99999"},
        {"UPDATE media SET bytes = zeroblob(3)", "table media"},
        {"DELETE FROM media", "table media has no"},
        {"CREATE VIEW v AS SELECT 1", "view 'v'"},
        {"CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END", "trigger 't'"},
        {"CREATE TABLE mine (x)", "table 'mine'"},
        {"DROP TABLE media", "table media is missing"},
        {"ALTER TABLE item RENAME COLUMN label TO title", "table item is missing"},
        {"PRAGMA application_id = 7", "of another program"},
        {"PRAGMA application_id = 0x504c5253", "store of statements"},
        {"PRAGMA user_version = 2", "version 2"},
        {"PRAGMA journal_mode = WAL", "journal_mode = DELETE"},
    };
    for (const auto& one : cases) {
        const std::string told = fault(changed(file, one.script));
        BOOST_TEST(says(told, one.words), one.script << ": " << told);
        BOOST_TEST(told.starts_with("b.palier: "), told);
    }
}

BOOST_AUTO_TEST_CASE(a_change_that_its_owner_vouches_for_is_taken) {
    const std::string bytes = changed(demo(),
                                      "UPDATE item SET json = json_set(json, '$.b', 2.5), b = 2.5 WHERE position = 3; "
                                      "UPDATE bank SET hash = NULL");
    BOOST_TEST(read_items(bytes, "b.palier")[2].parameters.b == 2.5);
}

BOOST_AUTO_TEST_CASE(going_back_to_a_bank_that_was_changed_is_refused) {
    BankFile file = demo();
    file.change_to(moved(demo_bank(), 0.25), calibrated("2026-11-02T08:00:00Z"));
    const BankFile again = read_bank_file(
        changed(file, "UPDATE history_item SET json = json_set(json, '$.b', 9) WHERE position = 3"), "b.palier");
    BOOST_CHECK_THROW(again.earlier(0), BankError);
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_refused_and_never_more) {
    const std::string bytes = bytes_of(demo());
    for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 50)
        BOOST_TEST(fault(bytes.substr(0, size)) != "", size);
    // A byte here and there: whatever is read then is what was written.
    const std::string hash = demo_bank().hash();
    for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 200) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        try {
            BOOST_TEST(read_items(damaged, "b.palier").hash() == hash);
        } catch (const Error&) {
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::bankfile
