// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/table_rules.hpp"
#include "engine/bank/item_fault.hpp"
#include "engine/errors.hpp"

using namespace palier;
using formats::BankTable;
using formats::read_bank_table;

// Tables as R, spreadsheets and IRT programs write them. The column names are those of the programs' sources:
// mirt (mirt2traditional), ltm (IRT.parm.grm, IRT.parm.tpm, gpcm, grm), TAM (tam_irt_parameterization), the data
// standard of the Item Response Warehouse, and Moodle's export of this project.

namespace {

const std::string plain = "item,a,b\nq1,1.2,-0.5\nq2,0.8,0.3\n";

std::string all_of(const formats::TableNotes& notes, const char* language = "en") {
    std::string text;
    for (const auto& note : notes.list())
        text += std::to_string(note.line) + " " + note.column + ": " + formats::note_text(note, language) + "\n";
    return text;
}

void reads_as_plain(const std::string& text) {
    const BankTable table = read_bank_table(text);
    BOOST_TEST(table.problems.empty(), all_of(table.problems) << " in " << text);
    BOOST_TEST_REQUIRE(table.items.size() == 2u);
    BOOST_TEST(Bank::compile(table.items).hash() == formats::read_bank_csv(plain, "b.csv").hash());
}

/// Each expected: line, column, words of the message.
struct Expected {
    int line;
    std::string column;
    std::string words;
};

void finds(const std::string& text, const std::vector<Expected>& expected, bool by_host = false) {
    const BankTable table = read_bank_table(text, {1, by_host});
    const std::string all = all_of(table.problems);
    BOOST_TEST(table.problems.count() == expected.size(), all << " in " << text);
    for (const Expected& one : expected) {
        bool found = false;
        for (const auto& note : table.problems.list())
            found = found || (note.line == one.line && note.column == one.column &&
                              formats::note_text(note).find(one.words) != std::string::npos);
        BOOST_TEST(found, "line " << one.line << ", column " << one.column << ", '" << one.words << "' in:\n" << all);
    }
}

std::string utf16(const std::string& ascii, bool big_endian, bool mark) {
    std::string bytes = mark ? (big_endian ? "\xFE\xFF" : "\xFF\xFE") : "";
    for (const char ch : ascii) {
        if (big_endian) bytes += '\0';
        bytes += ch;
        if (!big_endian) bytes += '\0';
    }
    return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tables_of_other_programs)

BOOST_AUTO_TEST_CASE(what_has_one_meaning_is_read) {
    // R: write.csv; items as row names; write.table, whose header is one name short.
    reads_as_plain("\"\",\"item\",\"a\",\"b\"\n\"1\",\"q1\",1.2,-0.5\n\"2\",\"q2\",0.8,0.3\n");
    reads_as_plain("\"\",\"a\",\"b\"\n\"q1\",1.2,-0.5\n\"q2\",0.8,0.3\n");
    reads_as_plain("\"item\",\"a\",\"b\"\n\"1\",\"q1\",1.2,-0.5\n\"2\",\"q2\",0.8,0.3\n");
    // Spreadsheets: sep=, an empty column, empty cells at the end, semicolons and decimal commas, tabs, a BOM.
    reads_as_plain("sep=;\r\nitem;a;b\r\nq1;1,2;-0,5\r\nq2;0,8;0,3\r\n");
    reads_as_plain("\"sep=,\"\r\nitem,a,b\r\nq1,1.2,-0.5\r\nq2,0.8,0.3\r\n");
    reads_as_plain("SEP=|\nitem|a|b\nq1|1.2|-0.5\nq2|0.8|0.3\n");
    reads_as_plain("item;a;b;\r\nq1;1,2;-0,5;\r\nq2;0,8;0,3;\r\n");
    reads_as_plain("item,,a,b,,\nq1,,1.2,-0.5,,\nq2,,0.8,0.3,,\n");
    reads_as_plain("item,a,b\nq1,1.2,-0.5,,\nq2,0.8,0.3\n,,\n");
    reads_as_plain("item\ta\tb\nq1\t1.2\t-0,5\nq2\t0.8\t0,3\n");
    reads_as_plain("\xEF\xBB\xBFitem;a;b\nq1;1,2;-0,5\nq2;0,8;0,3\n");
    reads_as_plain("\n\r\nitem,a,b\n\nq1,1.2,-0.5\n\nq2,0.8,0.3\n\n");
    // Quoted decimal commas in columns without a point, signs that are not ASCII, blanks that do not break.
    reads_as_plain("item,a,b\nq1,\"1,2\",\"-0,5\"\nq2,\"0,8\",\"0,3\"\n");
    reads_as_plain("item,a,b\nq1,1.2,\"-0,5\"\nq2,0.8,\"0,3\"\n");
    for (const char* minus : {"\u2212", "\u2010", "\u2011", "\u2013", "\uFE63", "\uFF0D"})
        reads_as_plain("item;a;b\nq1;1,2;" + std::string(minus) + "0,5\nq2;0,8;0,3\n");
    reads_as_plain("item;a;b\n\u00A0q1\u00A0;1,2\u00A0;\u202F-0,5\nq2;+0,8;0,3\u2009\n");
    // Cells that say that nothing is there, columns of other programs, capitals, Moodle's guard against formulas.
    for (const char* word : {"NA", "#N/A", "#NV", "NaN", "nan", "N/A", "NULL", ""})
        reads_as_plain("item,a,b,c\nq1,1.2,-0.5," + std::string(word) + "\nq2,0.8,0.3,\n");
    reads_as_plain("item,a,b,model,status\nq1,1.2,-0.5,NA,NA\nq2,0.8,0.3,2PL,Operational\n");
    reads_as_plain("item,a,b,g,u\nq1,1.2,-0.5,0,1\nq2,0.8,0.3,0,1\n");                // mirt
    reads_as_plain("\"\",\"Dffclt\",\"Dscrmn\"\n\"q1\",-0.5,1.2\n\"q2\",0.3,0.8\n");  // ltm
    reads_as_plain("item,alpha,beta,tau.Cat1\nq1,1.2,-0.5,0\nq2,0.8,0.3,0\n");        // TAM
    reads_as_plain("Item,A,B\nq1,1.2,-0.5\nq2,0.8,0.3\n");
    reads_as_plain("idnumber,a,b\nq1,1.2,'-0.5\nq2,0.8,0.3\n");
    reads_as_plain("item,a,b,level,source,qtype,entryid,note\nq1,1.2,-0.5,3,x,y,7,hard\nq2,0.8,0.3,,,,,\n");
    reads_as_plain(utf16(plain, false, true));
    reads_as_plain(utf16(plain, true, true));
    reads_as_plain(utf16(plain, false, false));
}

BOOST_AUTO_TEST_CASE(parameters_of_other_programs_are_those_that_their_manuals_say) {
    const Bank guessing = formats::read_bank_csv("item,a,b,g,u\nq1,1.2,-0.5,0.2,0.95\nq2,1,0,0.25,1\n", "b.csv");
    BOOST_TEST((guessing[0].parameters.model == Model::four_pl));
    BOOST_TEST(guessing[0].parameters.c == 0.2);
    BOOST_TEST(guessing[0].parameters.d == 0.95);
    BOOST_TEST((guessing[1].parameters.model == Model::three_pl));
    const Bank ltm3 = formats::read_bank_csv("\"\",\"Gussng\",\"Dffclt\",\"Dscrmn\"\n\"i\",0.1,0.5,1.4\n", "b.csv");
    BOOST_TEST(ltm3[0].parameters.c == 0.1);
    const Bank graded = formats::read_bank_csv(
        "\"\",\"Extrmt1\",\"Extrmt2\",\"Dscrmn\"\n\"i\",-1,0.5,1.4\n\"j\",0.2,NA,0.9\n", "b.csv");
    BOOST_TEST((graded[0].parameters.model == Model::grm));
    BOOST_TEST(graded[0].parameters.steps[1] == 0.5);
    BOOST_TEST(categories(graded[1].parameters) == 2);
    const Bank gpcm = formats::read_bank_csv("\"\",\"Catgr.1\",\"Catgr.2\",\"Dscrmn\"\n\"i\",1,0.5,1.4\n", "b.csv");
    BOOST_TEST((gpcm[0].parameters.model == Model::gpcm));
    BOOST_TEST(gpcm[0].parameters.steps[0] == 1.0);
    const Bank latin = formats::read_bank_csv("item;b;label\nq1;0,5;\xC9t\xE9 \x96 \x80\n", "b.csv");
    BOOST_TEST(latin[0].label == "Été – €");
    BOOST_TEST(latin[0].parameters.b == 0.5);
}

// coef(m, simplify = TRUE)$items of mirt, three scales: P = g + (u - g) / (1 + exp(-(a1 t1 + a2 t2 + a3 t3 + d))), and
// graded P(X >= k) of d_k.
BOOST_AUTO_TEST_CASE(mirts_slopes_of_several_scales_are_read) {
    const Bank bank = formats::read_bank_csv(
        "\"\",\"a1\",\"a2\",\"a3\",\"d\",\"g\",\"u\",\"d1\",\"d2\"\n\"q1\",1.2,0,0.5,-0.6,0.2,1,NA,NA\n"
        "\"q2\",0,0.8,0,NA,NA,NA,1.5,-0.4\n",
        "b.csv");
    const Bank named = formats::read_bank_csv(
        "item,model,a.F1,a.F2,a.F3,intercept,c,intercept1,intercept2\nq1,3pl,1.2,,0.5,-0.6,0.2,,\n"
        "q2,grm,,0.8,,,,1.5,-0.4\n",
        "b.csv");
    BOOST_TEST(bank.hash() == named.hash());
    BOOST_CHECK_CLOSE_FRACTION(probability(bank[0].parameters, 1, 0.0), 0.2 + 0.8 / (1 + std::exp(0.6)), 1e-12);
}

BOOST_AUTO_TEST_CASE(what_may_mean_two_things_is_named_with_what_to_do) {
    finds("item,a1,a2,d0,d1,ak0,ak1\nq1,1,1,0,0.4,0,1\n",
          {{1, "d0", "'a.F1'"}, {1, "d1", "'a.F1'"}, {1, "ak0", "gpcm"}, {1, "ak1", "gpcm"}});
    finds("item,a1,d,g,u\nq1,1.2,-0.5,0,1\n", {{1, "a1", "IRTpars = TRUE"}, {1, "d", "IRTpars = TRUE"}});
    finds("item,a1,d1,d2\nq1,1.2,-0.5,0\n", {{1, "d1", "IRTpars = TRUE"}, {1, "d2", "IRTpars = TRUE"}});
    finds("item,discrimination,difficulty\nq1,0.4,0.6\n", {{1, "discrimination", "logits"}, {1, "difficulty", "'b'"}});
    finds("item,beta\nq1,0.4\n", {{1, "beta", "easiness"}});
    finds("label,c\nq1,0.4\n", {{1, "", "no column 'item'"}, {1, "", "no column 'b'"}});
    finds("label,c\nq1,0.4\n", {{1, "", "'item', 'idnumber', 'entryid' or 'questionid'"}, {1, "", "or 'level'"}}, true);
    finds("item,alpha,beta,tau.Cat1,tau.Cat2\nq1,1,0.4,-1,1\n",
          {{1, "tau.Cat1", "b2 = beta + tau.Cat2"}, {1, "tau.Cat2", "relative to beta"}});
    // ltm's grm fitted with IRT.param = FALSE: thresholds that are not divided by the slope.
    finds("\"\",\"beta.1\",\"beta.2\",\"beta\"\n\"i\",-2,1,1.4\n",
          {{1, "beta.1", "IRT.param = TRUE"}, {1, "beta.2", "IRT.param = TRUE"}, {1, "beta", "IRT.param = TRUE"}});
    finds("item,xsi.item,B.Cat1.Dim1\nq1,0.4,1\n", {{1, "xsi.item", "item_irt"}});
    finds("item,b,c,g\nq1,0,0.2,0.3\n", {{1, "g", "'c' and 'g' both say 'c'"}});
    finds("item,b\nq1,0,5\nq2,1,5\n", {{2, "", "decimal comma needs quotes"}, {3, "", "row.names = FALSE"}});
    finds("\"item\",\"b\"\n\"q1\",0,5\n", {{2, "", "3 cells; the header has 2"}});
    finds("item,,b\nq1,x,0\n", {{1, "", "column 2 has values and no name"}});
    finds("item;b\nq1;0.5\nq2;1,234\n", {{3, "b", "points and commas"}});
    finds("item,b\nq1,#DIV/0!\nq2,#VALEUR!\n", {{2, "b", "spreadsheet's error"}, {3, "b", "spreadsheet's error"}});
    finds("item,a,b1,b2\nq1,1,0,1\n", {{2, "model", "grm, pcm, gpcm, rsm or nrm"}});
    finds("item,a,b,a.two\nq1,1,0,1\n", {{2, "a", "'a' stands beside 'a.two'"}});
    // A damaged UTF-8 text, and a letter of another code page, are not guessed.
    finds("item,b,label\nq1,0,\xC3\xA9t\xC3\n", {{2, "", "save the table as UTF-8"}});
    finds("item,b,label\nq1,0,g\x8Eom\x8Etrie\n", {{2, "", "save the table as UTF-8"}});
}

BOOST_AUTO_TEST_CASE(all_faults_of_a_file_are_told_at_once) {
    finds(
        "item,model,a,b,c,status,modle,enemies,se_b\n"
        "q1,3pl,x,0,,,,,\n"          // a is no number
        "q2,3pl,,0,1.5,live,,,-1\n"  // four faults in one row
        "q1,rasch,,abc,,,,,\n"       // twice, and no number
        "q4,rasch,,0,,,,q9 q4,\n",
        {{2, "a", "'x' is not a number"},
         {3, "a", "'a' is missing"},
         {3, "c", "below 1"},
         {3, "status", "draft, pretest, operational, retired"},
         {3, "se_b", "0 or more"},
         {4, "item", "there twice; first on line 2"},
         {4, "b", "'abc'"},
         {5, "enemies", "'q9' is not in the bank"},
         {5, "enemies", "its own enemy"}});
    finds("item,b,modle,statuss\nq1,0,rasch,draft\nq2,1e999,,\n",
          {{1, "modle", "did you mean 'model'"}, {1, "statuss", "did you mean 'status'"}, {3, "b", "1e999"}});
    // Every column of numbers has its limits, and none takes what is no finite number.
    finds(
        "item,model,a,b,c,d,se_a,se_b,se_c,se_d,num.x\n"
        "q1,4pl,1e5,1e5,2,2,,,,,1e10\n"
        "q2,4pl,1,0,0.2,0.9,1e5,1e300,2,3,\n"
        "q3,4pl,inf,-INF,-inf,1e999,-1e999,inf,1e400,Infinity,-1e999\n",
        {{2, "a", "at most 10000"},
         {2, "b", "between -10000 and 10000"},
         {2, "c", "below 1"},
         {2, "d", "at most 1"},
         {2, "num.x", "within -1e9 to 1e9"},
         {3, "se_a", "at most 10000"},
         {3, "se_b", "at most 10000"},
         {3, "se_c", "at most 1"},
         {3, "se_d", "at most 1"},
         {4, "a", "'inf'"},
         {4, "b", "'-INF'"},
         {4, "c", "'-inf'"},
         {4, "d", "'1e999'"},
         {4, "se_a", "'-1e999'"},
         {4, "se_b", "'inf'"},
         {4, "se_c", "'1e400'"},
         {4, "se_d", "'Infinity'"},
         {4, "num.x", "'-1e999'"}});
    std::string many = "item,b\n";
    for (int k = 0; k < 250; ++k) many += "q" + std::to_string(k) + ",x\n";
    const BankTable table = read_bank_table(many);
    BOOST_TEST(table.problems.count() == 250u);
    BOOST_TEST(table.problems.list().size() == 100u);
    BOOST_TEST(table.rows.back().faults == 1u);  // a host knows the faulty rows that are not listed
    BOOST_CHECK_EXCEPTION(formats::read_bank_csv(many, "b.csv"), BankError, [](const BankError& error) {
        const std::string text = error.what();
        return text.find("b.csv, line 2, column 'b': 'x'") == 0 &&
               text.find("and 150 faults more") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(a_column_that_is_not_read_is_named) {
    const BankTable table = read_bank_table("item,b,remark,empty,source,g\nq1,0,hard,,import,0.2\n");
    const std::string all = all_of(table.notices);
    for (const char* words : {"'remark' is not read", "'source' is not read", "'g' is read as 'c'"})
        BOOST_TEST(all.find(words) != std::string::npos, words << " in " << all);
    BOOST_TEST(all.find("empty") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_host_completes_its_rows_and_has_them_looked_at) {
    const BankTable table = read_bank_table(
        "idnumber;level;b;c;enemies;name\nq1;4;;;;Un\nq2;;0,5;;q77 q1;Deux\nq3;;;;;Trois\nq4;;;0,2;;\nq5;;1\n",
        {1, true});
    BOOST_TEST_REQUIRE(table.rows.size() == 5u);
    BOOST_TEST(!table.rows[0].complete);
    BOOST_TEST(table.rows[0].other["level"] == "4");
    BOOST_TEST(table.rows[0].other["idnumber"] == "q1");
    BOOST_TEST(table.rows[1].complete);
    BOOST_TEST(table.rows[1].item == Json({{"b", 0.5}, {"enemies", {"q77", "q1"}}, {"model", "rasch"}}));
    BOOST_TEST(!table.rows[2].complete);
    BOOST_TEST(table.rows[4].complete);
    BOOST_TEST(table.problems.count() == 2u, all_of(table.problems));
    BOOST_TEST(all_of(table.problems).find("5 b: 'b' is missing") != std::string::npos, all_of(table.problems));
    BOOST_TEST(table.rows[3].faults == 2u);  // neither slope nor difficulty
    BOOST_TEST(table.rows[1].faults == 0u);
    const auto faults = formats::check_items(
        Json::parse(R"([{"item":"t1","b":0,"c":0.25},{"item":"t2","b":0},{"item":"t3","a":-1,"b":0,"model":"2pl"}])"));
    BOOST_TEST(faults.count() == 2u);
    BOOST_TEST(all_of(faults, "fr").find("1 a: item «\u00A0t1\u00A0»\u00A0: «\u00A0a\u00A0» manque\u202F;") !=
               std::string::npos);
    BOOST_TEST(all_of(faults, "fr").find("3 a: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_fault_has_a_sentence_in_both_languages) {
    for (const auto& [code, english] : item_fault_sentences()) {
        const formats::TableNote note{1, "a", code, {"0", "1", "2"}, "item 'q'"};
        const std::string fr = formats::note_text(note, "fr");
        BOOST_TEST(fr != formats::note_text(note, "en"), code);
        BOOST_TEST(fr.find(code) == std::string::npos, fr);
    }
    for (const std::string& code : formats::note_codes()) {
        if (code == "engine") continue;
        const formats::TableNote note{1, "a", code, {"0", "1", "2"}, ""};
        BOOST_TEST(formats::note_text(note, "fr") != formats::note_text(note, "en"), code);
    }
}

BOOST_AUTO_TEST_CASE(numbers_are_numbers_from_the_first_to_the_last_character) {
    const std::map<std::string, double> right = {
        {"1", 1},    {"-0.5", -0.5},           {"1e-3", 1e-3},    {"0,5", 0.5}, {"\u22121,25", -1.25},
        {".5", 0.5}, {"1\u00A0234,5", 1234.5}, {"12 345", 12345}, {"'-2", -2}};
    for (const auto& [text, value] : right) {
        const auto number = formats::read_cell_number(text);
        BOOST_TEST_REQUIRE(number.has_value(), text);
        BOOST_TEST(number->value == value, text);
    }
    for (const char* wrong : {"", "1.2.3", "1,2,3", "1.234,5", "1 2", "1 23", "0x10", "inf", "NaN", "1e999", "--1",
                              "+-1", "\u2212", "\u2212\u22121", "1 kg", "1234 567", "50%", "1-mai"})
        BOOST_TEST(!formats::read_cell_number(wrong), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
