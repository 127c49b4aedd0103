// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/table_notes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/bank/item_fault.hpp"

namespace palier::formats {
namespace {

struct Sentence {
    const char* code;
    const char* en;
    const char* fr;
};

constexpr Sentence sentences[] = {
    {"too_large", "more than 512 MB", "plus de 512 Mo"},
    {"not_utf8", "not UTF-8, nor Windows-1252; save the table as UTF-8",
     "ni UTF-8 ni Windows-1252 ; enregistrez le tableau en UTF-8"},
    {"not_a_table", "not a table (it has a zero byte)", "ce n’est pas un tableau (il contient un octet nul)"},
    {"empty", "empty; the first line should be the header", "vide ; la première ligne doit être l’en-tête"},
    {"quote_open", "column {0}: a quote is opened and never closed",
     "colonne {0} : un guillemet ouvert n’est jamais fermé"},
    {"quote_after", "column {0}: text after a closing quote; a quote inside a quoted cell is written twice (\"\")",
     "colonne {0} : du texte après un guillemet fermant ; un guillemet dans une cellule entre guillemets s’écrit deux fois "
     "(\"\")"},
    {"cell_long", "a cell of more than 65,536 bytes", "une cellule de plus de 65 536 octets"},
    {"columns_many", "more than 200,000 cells", "plus de 200 000 cellules"},
    {"cells", "{0} cells; the header has {1}", "{0} cellules ; l’en-tête en a {1}"},
    {"cells_comma",
     "{0} cells; the header has {1}; a decimal comma needs quotes, or ';' between the cells; from R: row.names = FALSE",
     "{0} cellules ; l’en-tête en a {1} ; une virgule décimale demande des guillemets, ou « ; » entre les cellules ; "
     "depuis R : row.names = FALSE"},
    {"column_unnamed", "column {0} has values and no name; give it a name or delete it (from R: row.names = FALSE)",
     "la colonne {0} a des valeurs et pas de nom ; nommez-la ou supprimez-la (depuis R : row.names = FALSE)"},
    {"column_twice", "column '{0}' is there twice", "la colonne « {0} » est là deux fois"},
    {"column_same", "columns '{0}' and '{1}' both say '{2}'; keep one of them",
     "les colonnes « {0} » et « {1} » disent toutes deux « {2} » ; gardez l’une des deux"},
    {"column_missing", "no column '{0}'; the header has {1}", "pas de colonne « {0} » ; l’en-tête contient {1}"},
    {"question_missing",
     "no column says which question a line is about: 'item', 'idnumber', 'entryid' or 'questionid'; the header has {0}",
     "aucune colonne ne dit de quelle question parle une ligne : « item », « idnumber », « entryid » ou « questionid » ; "
     "l’en-tête contient {0}"},
    {"level_missing", "no column says how hard the questions are: 'b' (or 'b1'…) or 'level'; the header has {0}",
     "aucune colonne ne dit la difficulté des questions : « b » (ou « b1 »…) ou « level » ; l’en-tête contient {0}"},
    {"column_unknown", "unknown column '{0}'; did you mean '{1}'? valid columns: {2}",
     "colonne inconnue « {0} » ; est-ce « {1} » ? Colonnes possibles : {2}"},
    {"mirt_intercepts",
     "mirt's slopes and intercepts, while here 'd' is the upper asymptote and 'a1' a slope of model nrm; export "
     "coef(model, IRTpars = TRUE, simplify = TRUE)$items, which has a, b, g and u",
     "des pentes et des ordonnées à l’origine de mirt, alors qu’ici « d » est l’asymptote supérieure et « a1 » une pente du "
     "modèle nrm ; exportez coef(modèle, IRTpars = TRUE, simplify = TRUE)$items, qui a a, b, g et u"},
    {"mirt_steps",
     "mirt's items of several scales with steps; name a1, a2… 'a.F1', 'a.F2'…, d1, d2… 'intercept1', 'intercept2'… and "
     "'model' gpcm, and leave out d0 and ak0… where they count 0, 1, 2…",
     "des items de mirt sur plusieurs échelles, à étapes ; nommez a1, a2… « a.F1 », « a.F2 »…, d1, d2… « intercept1 », "
     "« intercept2 »… et « model » gpcm, et retirez d0 et ak0… s’ils comptent 0, 1, 2…"},
    {"ltm_intercepts", "ltm's intercepts and slopes; export coef(model), fitted with IRT.param = TRUE (Dffclt, Dscrmn)",
     "des ordonnées à l’origine et des pentes de ltm ; exportez coef(modèle), estimé avec IRT.param = TRUE (Dffclt, "
     "Dscrmn)"},
    {"classical_or_logits",
     "it may be a share of right answers or logits; where it is logits, name it 'a' (discrimination) or 'b' (difficulty)",
     "ce peut être une part de bonnes réponses ou des logits ; si ce sont des logits, nommez-la « a » (discrimination) ou "
     "« b » (difficulté)"},
    {"easiness_or_difficulty",
     "eRm's beta is an easiness, others' a difficulty; name it 'b' where it is the difficulty (of eRm's, the sign turned)",
     "beta est une facilité chez eRm, une difficulté ailleurs ; nommez-la « b » si c’est la difficulté (celle d’eRm change "
     "de signe)"},
    {"tam_steps", "TAM's steps are relative to beta; write b1 = beta + tau.Cat1, b2 = beta + tau.Cat2…",
     "les paliers de TAM sont relatifs à beta ; écrivez b1 = beta + tau.Cat1, b2 = beta + tau.Cat2…"},
    {"tam_xsi", "TAM's xsi is not always the difficulty; export mod$item_irt, which has alpha and beta",
     "xsi de TAM n’est pas toujours la difficulté ; exportez mod$item_irt, qui a alpha et beta"},
    {"not_a_number", "'{0}' is not a number", "« {0} » n’est pas un nombre"},
    {"two_signs", "'{0}': the column has points and commas; write the same decimal sign in all of it",
     "« {0} » : la colonne a des points et des virgules ; écrivez partout le même signe décimal"},
    {"sheet_error", "'{0}' is a spreadsheet's error; the cell should hold a number, or nothing",
     "« {0} » est une erreur du tableur ; la cellule doit contenir un nombre, ou rien"},
    {"item_twice", "item '{0}' is there twice; first on line {1}",
     "l’item « {0} » est là deux fois ; d’abord ligne {1}"},
    {"own_enemy", "item '{0}' is its own enemy", "l’item « {0} » est son propre ennemi"},
    {"enemy_unknown", "item '{0}': its enemy '{1}' is not in the bank",
     "item « {0} » : son ennemi « {1} » n’est pas dans la banque"},
    {"model_missing", "it has steps and no model; it should be grm, pcm, gpcm, rsm or nrm",
     "il y a des paliers et pas de modèle ; il faut grm, pcm, gpcm, rsm ou nrm"},
    {"engine", "{0}", "{0}"},
    {"item_unknown", "item '{0}' is not in the bank{1}", "l’item « {0} » n’est pas dans la banque"},
    {"category", "'{0}'; item '{1}' has the categories {2} to {3}, and blank (or NA) is not asked",
     "« {0} » ; l’item « {1} » a les catégories {2} à {3}, et une cellule vide (ou NA) veut dire pas posé"},
    {"category_from_one",
     "'{0}'; item '{1}' has the categories {2} to {3}; where the table counts from 1, say --categories-from 1",
     "« {0} » ; l’item « {1} » a les catégories {2} à {3} ; si le tableau compte à partir de 1, dites "
     "--categories-from 1"},
    {"response_error", "'{0}' is a spreadsheet's error; item '{1}' has the categories {2} to {3}",
     "« {0} » est une erreur du tableur ; l’item « {1} » a les catégories {2} à {3}"},
    {"milliseconds", "'{0}'; it should be milliseconds", "« {0} » ; il faut des millisecondes"},
    {"person_empty", "empty; it should be the person's identifier", "vide ; il faut l’identifiant de la personne"},
    {"person_twice", "person '{0}' is there twice; first on line {1}",
     "la personne « {0} » est là deux fois ; d’abord ligne {1}"},
    {"response_twice", "person '{0}' has a response to '{1}' above",
     "la personne « {0} » a déjà une réponse à « {1} » plus haut"},
    {"group_differs", "'{0}'; person '{1}' is in group '{2}' above",
     "« {0} » ; la personne « {1} » est dans le groupe « {2} » plus haut"},
    {"no_zero",
     "no response to an item with several categories is 0: if its categories are counted from 1, say --categories-from 1",
     "aucune réponse à un item à plusieurs catégories n’est 0 : si elles sont comptées à partir de 1, dites "
     "--categories-from 1"},
    {"no_first", "no response to an item with several categories is {0}, where counting begins",
     "aucune réponse à un item à plusieurs catégories n’est {0}, où commence le compte"},
    {"column_ignored", "column '{0}' is not read", "la colonne « {0} » n’est pas lue"},
    {"column_read_as", "column '{0}' is read as '{1}'", "la colonne « {0} » est lue comme « {1} »"},
    {"row_names", "the first column has no name (R's row names); it is not read",
     "la première colonne n’a pas de nom (les noms de lignes de R) ; elle n’est pas lue"},
    {"row_names_read_as", "the first column has no name (R's row names); it is read as '{0}'",
     "la première colonne n’a pas de nom (les noms de lignes de R) ; elle est lue comme « {0} »"},
    {"encoding_read", "not UTF-8; read as {0}", "ce n’est pas de l’UTF-8 ; lu comme {0}"},
};

// Of the engine's faults (engine/bank/item_fault.cpp); their English is the engine's.
constexpr std::pair<const char*, const char*> item_sentences_fr[] = {
    {"item_missing", "« {key} » manque ; il faut l’identifiant de l’item"},
    {"discrimination_missing", "« {key} » manque ; il faut la discrimination, modèle {0}"},
    {"difficulty_missing", "« {key} » manque ; il faut la difficulté en logits"},
    {"location_missing", "« {key} » manque ; il faut la position en logits, modèle rsm"},
    {"model_unknown", "modèle inconnu « {0} » ; cette version connaît {2}"},
    {"step_of_other_model", "« {key} » appartient à grm, pcm, gpcm, rsm ou nrm ; le modèle est {0}"},
    {"step_missing", "« {key} » manque avant « {0} »"},
    {"steps_missing", "« {key} » manque ; le modèle {0} a {1}1… un de moins que de catégories"},
    {"steps_too_many", "{0} paliers {1}1… ; 15 au plus (16 catégories)"},
    {"not_of_model", "« {key} » n’appartient pas au modèle {0}"},
    {"not_of_steps", "« {key} » n’appartient pas au modèle {0} ; ses paliers sont b1…"},
    {"not_of_nominal", "« {key} » n’appartient pas au modèle nrm ; ses pentes sont a1…"},
    {"nominal_counts", "{0} pentes a1… et {1} constantes c1… ; nrm en a autant des unes que des autres"},
    {"intercept_missing", "« {key} » manque ; il faut la constante d’un item qui a des pentes a.ÉCHELLE"},
    {"intercept_of_steps",
     "« {key} » n’appartient pas au modèle {0} ; il a intercept1…, une de moins que de catégories"},
    {"intercepts_crossed",
     "« {key} » vaut {0} ; il faut moins que « {1} », qui vaut {2} (les constantes de grm décroissent)"},
    {"not_of_loadings",
     "« {key} » n’appartient pas au modèle {0} ; les items qui ont des pentes a.ÉCHELLE sont 1pl, 2pl, 3pl, 4pl, grm ou gpcm"},
    {"beside_loadings",
     "« {key} » est à côté de « {0} » ; un item a soit une échelle avec a et b, soit des pentes a.ÉCHELLE avec des constantes"},
    {"error_alone", "« {key} » est là sans « {0} »"},
    {"loads_nowhere", "« {key} » : aucune pente a.ÉCHELLE n’est différente de 0 ; l’item doit porter sur une échelle"},
    {"loadings_many", "« {key} » : {0} pentes ; 64 au plus"},
    {"loading_twice", "« {key} » est là deux fois ou n’est pas à sa place"},
    {"scale_name", "« {key} » ; le nom de l’échelle après « a. » doit avoir de 1 à 256 octets d’UTF-8"},
    {"not_finite", "« {key} » vaut {0} ; il faut un nombre fini"},
    {"not_a_number", "« {key} » vaut {0} ; il faut un nombre"},
    {"not_positive", "« {key} » vaut {0} ; il faut plus de 0 (recodez les réponses d’un item inversé)"},
    {"above", "« {key} » vaut {0} ; il faut {1} au plus"},
    {"outside", "« {key} » vaut {0} ; il faut entre {1} et {2}"},
    {"not_within", "« {key} » vaut {0} ; il faut entre {1} et {2}"},
    {"slope_fixed", "« {key} » vaut {0} ; le modèle {1} a a = 1 ; prenez {2}"},
    {"no_lower_asymptote", "« {key} » vaut {0} ; le modèle {1} n’a pas d’asymptote inférieure ; prenez 3pl"},
    {"no_upper_asymptote", "« {key} » vaut {0} ; le modèle {1} n’a pas d’asymptote supérieure ; prenez 4pl"},
    {"lower_range", "« {key} » vaut {0} ; il faut de 0 à moins de 1"},
    {"upper_range", "« {key} » vaut {0} ; il faut plus de 0 et 1 au plus"},
    {"asymptotes_crossed", "« {key} » vaut {0} ; il faut moins que « d », qui vaut {1}"},
    {"boundaries_crossed", "« {key} » vaut {0} ; il faut plus que « {1} », qui vaut {2} (les bornes de grm croissent)"},
    {"slopes_all_zero",
     "toutes les pentes a1… valent 0 ; l’une d’elles doit différer de celle de la catégorie 0, qui vaut 0"},
    {"negative", "« {key} » vaut {0} ; il faut 0 ou plus"},
    {"choice", "« {key} » vaut {0} ; il faut l’un de {1}"},
    {"text_long", "« {key} » fait {0} octets ; {1} au plus"},
    {"text_encoding", "« {key} » n’est pas en UTF-8"},
    {"list_long", "« {key} » vaut {0} ; il faut {1} entrées au plus"},
    {"numbers_many", "{0} nombres ; 64 au plus"},
    {"number_name", "« {key} » ; le nom après « num. » doit faire de 1 à 64 octets en UTF-8"},
};

// French typography: no-break spaces inside « » and before ; : ? and in front of … none.
std::string with_spaces(const std::string& text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view rest = std::string_view(text).substr(at);
        if (rest.substr(0, 3) == "\u00AB ") {
            result += "\u00AB\u00A0";
            at += 2;
        } else if (text[at] == ' ' && (rest.substr(1, 2) == "\u00BB" || rest.substr(1, 1) == ":")) {
            result += "\u00A0";
        } else if (text[at] == ' ' && (rest.substr(1, 1) == ";" || rest.substr(1, 1) == "?")) {
            result += "\u202F";
        } else {
            result += text[at];
        }
    }
    return result;
}

std::string sentence_of(const TableNote& note, bool french) {
    if (!note.item.empty()) {
        if (french)
            for (const auto& [code, fr] : item_sentences_fr)
                if (note.code == code) return with_spaces(fr);
        for (const auto& [code, en] : item_fault_sentences())
            if (note.code == code) return en;
    }
    for (const Sentence& sentence : sentences)
        if (note.code == sentence.code) return french ? with_spaces(sentence.fr) : sentence.en;
    return note.code;
}

// Codes whose sentence is about the column itself, or names it.
bool names_its_column(const TableNote& note) {
    constexpr const char* codes[] = {"column_unknown", "column_same",   "column_ignored", "column_read_as",
                                     "item_twice",     "enemy_unknown", "own_enemy",      "person_twice"};
    return note.column.empty() || !note.item.empty() ||
           std::find(std::begin(codes), std::end(codes), note.code) != std::end(codes);
}

}  // namespace

void TableNotes::add(TableNote note) {
    if (++count_ <= most) list_.push_back(std::move(note));
}

std::string note_text(const TableNote& note, std::string_view language) {
    const bool french = language == "fr";
    std::string text = fill_sentence(sentence_of(note, french), note.column, note.values);
    if (!note.item.empty()) {
        const std::size_t open = note.item.find('\'');
        const std::size_t close = note.item.rfind('\'');
        if (open == std::string::npos || close <= open) return text;
        if (!french) return note.item + ": " + text;
        return with_spaces("item « " + note.item.substr(open + 1, close - open - 1) + " » : ") + text;
    }
    if (names_its_column(note)) return text;
    return (french ? with_spaces("colonne « " + note.column + " » : ") : "column '" + note.column + "': ") + text;
}

std::string note_message(const TableNote& note, const std::string& name) {
    const std::string line = note.line > 0 ? ", line " + std::to_string(note.line) : "";
    const std::string text = note_text(note);
    return name + line + (names_its_column(note) ? ": " : ", ") + text;
}

std::string note_messages(const TableNotes& notes, const std::string& name) {
    std::string text;
    for (const TableNote& note : notes.list()) text += (text.empty() ? "" : "\n") + note_message(note, name);
    if (notes.count() > notes.list().size())
        text += "\n" + name + ": and " + std::to_string(notes.count() - notes.list().size()) + " faults more";
    return text;
}

std::vector<std::string> note_codes() {
    std::vector<std::string> codes;
    for (const Sentence& sentence : sentences) codes.emplace_back(sentence.code);
    for (const auto& [code, fr] : item_sentences_fr) codes.emplace_back(code);
    return codes;
}

}  // namespace palier::formats
