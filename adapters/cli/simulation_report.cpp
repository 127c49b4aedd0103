// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/simulation_report.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/cli/chart.hpp"
#include "adapters/host/teller.hpp"
#include "engine/version.hpp"

namespace palier::cli {
namespace {

constexpr const char* style =
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "h2{margin-top:2.5rem;border-bottom:1px solid #767676}figure{margin:1.5rem 0}figcaption{font-weight:bold}"
    "svg{max-width:100%;height:auto;font-size:13px;fill:#1a1a1a}.grid{stroke:#ddd}.zero{stroke:#767676;stroke-dasharray:4 4}"
    ".dot{fill:#0b5394;fill-opacity:.55}.part{stroke:#1a1a1a;stroke-width:.5}.key{list-style:none;padding:0;display:flex;"
    "flex-wrap:wrap;gap:.25rem 1.5rem}.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}caption{text-align:"
    "left;font-weight:bold;padding:.2rem 0}th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:right}th[scope=row]"
    "{text-align:left;font-weight:normal}.note{border-left:.4rem solid #a61c00;padding:.5rem 1rem;background:#fdf3f0}"
    "form{margin:1.5rem 0;border:2px solid #0b5394;padding:0 1rem 1rem}form label{display:block;font-weight:bold}"
    "input[type=range]{width:min(100%,24rem);min-height:1.75rem;vertical-align:middle}output{margin-left:.75rem}[data-is=summary]"
    "{font-size:1.2rem;font-weight:bold;min-height:3em}"
    "@media print{.scroll{overflow:visible}h2{break-after:avoid}figure{break-inside:avoid}}";

class Report {
public:
    Report(const Json& result, const Bank& bank, const Plan& plan, host::Language language, const std::string& engine)
        : result_(result), bank_(bank), plan_(plan), language_(language), engine_(engine) {}

    std::string page() const {
        const std::string title = say("Étude d'un test avant de l'ouvrir", "Design study");
        return std::string("<!DOCTYPE html>\n<html lang=\"") + say("fr", "en") +
               "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Palier: " +
               escaped(title) + "</title>\n<style>" + style + "</style></head><body><main>\n<h1>" + escaped(title) +
               "</h1>\n" + conditions() + warnings() + adjustable() + summary() + stops() + precision() + decisions() +
               estimates() + bank() + exposure() + "</main></body></html>\n";
    }

private:
    std::string say(const std::string& fr, const std::string& en) const {
        return language_ == host::Language::fr ? fr : en;
    }
    std::string number(const Json& value, int digits = 3) const {
        if (value.is_number_integer()) return dump_json(value);
        return value.is_number() ? host::decimal(value.get<double>(), digits, language_) : "–";
    }
    std::string percent(const Json& value) const {
        return value.is_number() ? host::decimal(100 * value.get<double>(), 1, language_) + say("\u00A0%", "%") : "–";
    }
    std::string group(const Json& entry) const {
        return entry["level"].is_null() ? "θ " + number(entry["theta"], 1)
                                        : say("Niveau ", "Level ") + number(entry["level"]);
    }
    static double value(const Json& json) { return json.is_number() ? json.get<double>() : 1.0 / 0.0; }

    std::string population() const {
        const Json& p = result_["population"];
        return p.is_string() ? p.get<std::string>() : dump_json(p);
    }

    std::string conditions() const {
        return table(say("Conditions", "Conditions"), {},
                     {{say("Personnes", "Persons"), number(result_["persons"])},
                      {say("Population", "Population"), population()},
                      {say("Graine", "Seed"), number(result_["seed"])},
                      {say("Questions de la banque", "Questions in the bank"), std::to_string(bank_.size())},
                      {say("Banque", "Bank"), bank_.hash().substr(0, 16)},
                      {say("Plan", "Plan"), plan_.hash.substr(0, 16)},
                      {say("Moteur", "Engine"), engine_version}});
    }

    std::string warnings() const {
        if (result_["warnings"].empty()) return "";
        std::string out = "<div class=\"note\" role=\"note\"><h2>" +
                          say("Ce que cette banque ne peut pas tenir", "What this bank cannot keep") + "</h2><ul>";
        for (const Json& warning : result_["warnings"])
            out += "<li>" + escaped(warning["message"].get<std::string>()) + "</li>";
        return out + "</ul></div>\n";
    }

    // A text inside a script element: nothing in it may end the element.
    static std::string inside_script(std::string text) {
        for (std::size_t at = 0; (at = text.find("</", at)) != std::string::npos;) text.replace(at, 2, "<\\/");
        return text;
    }

    // One slider; `first` and `last` are what it says at its left and right end.
    std::string slider(const char* key, const std::string& label, double first, double last, double step,
                       double now) const {
        const double sum = first > last ? first + last : 0;
        const auto text = [](double x) { return dump_json(std::round(100 * x) / 100); };
        return std::string("<p><label for=\"palier-") + key + "\">" + escaped(label) +
               "</label><input type=\"range\" id=\"palier-" + key + "\" data-key=\"" + key + "\" data-sum=\"" +
               text(sum) + "\" min=\"" + text(std::min(first, last)) + "\" max=\"" + text(std::max(first, last)) +
               "\" step=\"" + text(step) + "\" value=\"" + text(sum > 0 ? sum - now : now) +
               "\"><output for=\"palier-" + key + "\"></output></p>";
    }

    std::string adjustable() const {
        if (engine_.empty()) return "";
        const int longest = plan_.stop.max_items.value_or(bank_.size());
        const double wanted = plan_.stop.standard_error.value_or(0);
        constexpr int persons = 400;
        const Json words = {
            {"standard_error", say("erreur type d'au plus {value} logit", "standard error of at most {value} logit")},
            {"max_items", say("{value} questions au plus", "{value} questions at most")},
            {"max_items_one", say("une seule question", "one question")},
            {"summary",
             say("Avec ces {bank} questions : environ {items} questions posées · marge ± {margin} {unit} · {minutes} min",
                 "With these {bank} questions: about {items} questions asked · margin ± {margin} {unit} · {minutes} min")},
            {"level", say("niveau", "level")},
            {"interval", say("Huit personnes sur dix ont entre {from} et {to} questions.",
                             "Eight persons in ten get between {from} and {to} questions.")},
            {"row", say("Niveau {level}", "Level {level}")},
            {"yes", say("oui", "yes")},
            {"no", say("non", "no")}};
        const Json data = {{"items", bank_.to_json()},
                           {"plan", plan_.normalised},
                           {"words", words},
                           {"options", {{"persons", persons}, {"seed", 1}, {"lang", say("fr", "en")}}}};
        std::string out = "<form id=\"palier-adjustable\" hidden><h2>" +
                          say("Essayer un autre réglage", "Try another setting") + "</h2><p>" +
                          say("Déplacez un curseur : le moteur, dans cette page, simule " + std::to_string(persons) +
                                  " personnes et dit ce que serait le test. Rien ne quitte cette page.",
                              "Move a slider: the engine, in this page, simulates " + std::to_string(persons) +
                                  " persons and says what the test would be. Nothing leaves this page.") +
                          "</p>";
        if (wanted > 0)
            out += slider("standard_error", say("De rapide à précis", "From quick to precise"), std::max(1.0, wanted),
                          std::min(0.2, wanted), 0.05, wanted);
        out += slider("max_items", say("Longueur la plus grande", "Greatest length"), 1,
                      std::max(longest, std::min(60, bank_.size())), 1, longest);
        out +=
            "<div role=\"status\"><p data-is=\"summary\"></p><p data-is=\"interval\"></p></div><ul data-is=\"notes\"></ul>" +
            table(say("Par niveau, avec ce réglage", "By level, with this setting"),
                  {say("Groupe", "Group"), say("Questions de la banque", "Questions in the bank"),
                   say("Longueur", "Length"), say("Erreur type", "SE"), say("Promesse tenue", "Promise kept")},
                  {}) +
            "</form>\n";
        const auto script = [](const char* attributes, const std::string& text) {
            return std::string("<script") + attributes + ">" + inside_script(text) + "</script>\n";
        };
        return out + script(" type=\"application/json\" id=\"palier-data\"", dump_json(data)) +
               script(" type=\"text/plain\" id=\"palier-engine\"", engine_) + script("", adjustable_script);
    }

    std::string summary() const {
        const Json& length = result_["length"];
        std::vector<std::vector<std::string>> rows = {
            {say("Biais (logits)", "Bias (logits)"), number(result_["bias"])},
            {say("Erreur quadratique moyenne (logits)", "Root mean squared error (logits)"), number(result_["rmse"])},
            {say("Erreur type moyenne (logits)", "Mean standard error (logits)"), number(result_["se"])},
            {say("Vraies valeurs dans l'intervalle annoncé", "Truths inside the interval that is shown"),
             percent(result_["coverage"])},
            {say("Longueur moyenne", "Mean length"), number(length["mean"], 1)},
            {say("Longueur, de la plus courte à la plus longue", "Length, shortest to longest"),
             number(length["min"]) + "–" + number(length["max"])},
            {say("Taux d'exposition le plus grand", "Largest exposure rate"), percent(result_["exposure"]["max"])},
            {say("Questions jamais posées", "Questions never asked"), number(result_["exposure"]["unused"])},
            {say("Part commune à deux tests", "Overlap of two tests"), percent(result_["overlap"])}};
        if (result_.contains("kept"))
            rows.push_back({say("Tests qui tiennent la promesse du plan", "Tests that keep the plan's promise"),
                            percent(result_["kept"])});
        return "<h2>" + say("En bref", "In short") + "</h2>" + table(say("Résultats", "Results"), {}, rows);
    }

    std::string stops() const {
        std::vector<Bar> bars;
        std::vector<std::vector<std::string>> rows;
        const double n = result_["persons"].get<double>();
        for (const auto& stop : result_["stops"].items()) {
            bars.push_back({stop.key(), {stop.value().get<double>() / n}});
            rows.push_back({stop.key(), words::stop_sentence(stop.key(), language_), number(stop.value()),
                            percent(stop.value().get<double>() / n)});
        }
        const ChartText text{
            say("Pourquoi les tests s'arrêtent", "Why the tests stop"),
            say("Une barre par raison : sa part des tests.", "One bar a reason: its share of the tests."), "", "",
            language_};
        return "<h2>" + say("Fin des tests", "How the tests end") + "</h2>" +
               share_chart(text, {say("Part", "Share")}, bars) +
               table(text.title,
                     {say("Raison", "Reason"), words::text("in_words", language_), "n", say("Part", "Share")}, rows);
    }

    std::string precision() const {
        Series bias{say("biais", "bias"), {}}, rmse{say("erreur quadratique moyenne", "root mean squared error"), {}},
            se{say("erreur type", "standard error"), {}}, length{say("longueur", "length"), {}};
        std::vector<std::vector<std::string>> rows;
        for (const Json& entry : result_["by_level"]) {
            const double theta = value(entry["theta"]);
            bias.points.emplace_back(theta, value(entry["bias"]));
            rmse.points.emplace_back(theta, value(entry["rmse"]));
            se.points.emplace_back(theta, value(entry["se"]));
            length.points.emplace_back(theta, value(entry["length"]["mean"]));
            rows.push_back({group(entry), number(entry["persons"]), number(entry["bias"]), number(entry["rmse"]),
                            number(entry["se"]), percent(entry["coverage"]), number(entry["length"]["mean"], 1),
                            entry.contains("kept") ? percent(entry["kept"]) : "–"});
        }
        const std::string x = say("vraie capacité, en logits", "true ability, in logits");
        const ChartText errors{say("Erreurs selon la vraie capacité", "Errors by true ability"),
                               say("Le biais devrait rester près de zéro ; les deux autres courbes disent la marge.",
                                   "The bias should stay near zero; the two other lines tell the margin."),
                               x, "logits", language_};
        const ChartText lengths{say("Longueur selon la vraie capacité", "Length by true ability"),
                                say("Nombre moyen de questions posées.", "Mean number of questions asked."), x,
                                "questions", language_};
        return "<h2>" + say("Précision et longueur", "Precision and length") + "</h2>" +
               line_chart(errors, {bias, rmse, se}, true) + line_chart(lengths, {length}) +
               table(say("Par vrai niveau", "By true level"),
                     {say("Groupe", "Group"), say("Personnes", "Persons"), say("Biais", "Bias"), "RMSE",
                      say("Erreur type", "SE"), say("Dans l'intervalle", "Inside the interval"),
                      say("Longueur", "Length"), say("Promesse tenue", "Promise kept")},
                     rows);
    }

    // What was said about one cut, by true level.
    std::string decision(const std::string& title, const std::vector<Json>& cuts) const {
        const std::vector<std::string> parts = {say("au-dessous", "below"), say("indécis", "undecided"),
                                                say("au-dessus", "above")};
        std::vector<Bar> bars;
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const Json& cut = cuts[i];
            const std::string name = group(result_["by_level"][i]);
            bars.push_back({name, {value(cut["below"]), value(cut["undecided"]), value(cut["above"])}});
            rows.push_back({name, percent(cut["below"]), percent(cut["undecided"]), percent(cut["above"]),
                            percent(cut["right"]), percent(cut["wrong"])});
        }
        const ChartText text{
            title,
            say("Une barre par vrai niveau : ce que le test en a dit.", "One bar a true level: what the test said."),
            "", "", language_};
        return share_chart(text, parts, bars) + table(title,
                                                      {say("Groupe", "Group"), parts[0], parts[1], parts[2],
                                                       say("Juste", "Right"), say("Faux", "Wrong")},
                                                      rows);
    }

    std::string decisions() const {
        std::string out;
        const auto of = [&](const char* key) {
            std::vector<Json> cuts;
            for (const Json& entry : result_["by_level"]) cuts.push_back(entry[key]);
            return cuts;
        };
        const auto at = [&](const Json& cut) { return number(cut["theta"], 2) + " logits"; };
        if (result_.contains("threshold"))
            out += decision(say("Seuil à ", "Threshold at ") + at(result_["threshold"]), of("threshold"));
        if (result_.contains("floor"))
            out += decision(say("Socle à ", "Floor at ") + at(result_["floor"]), of("floor"));
        if (result_.contains("classification")) {
            const Json& all = result_["classification"];
            for (std::size_t k = 0; k < all["cuts"].size(); ++k) {
                std::vector<Json> cuts;
                for (const Json& entry : result_["by_level"]) cuts.push_back(entry["classification"]["cuts"][k]);
                out += decision(say("Classement à ", "Classification at ") + at(all["cuts"][k]), cuts);
            }
            out += table(say("Classement, toutes coupures", "Classification, all cuts"), {},
                         {{say("Juste", "Right"), percent(all["right"])},
                          {say("Faux", "Wrong"), percent(all["wrong"])},
                          {say("Indécis", "Undecided"), percent(all["undecided"])}});
        }
        if (result_.contains("levels"))
            out += table(
                say("Niveaux", "Levels"), {},
                {{say("Niveau annoncé juste", "Level that is shown is right"), percent(result_["levels"]["right"])},
                 {say("Juste, ou voisin", "Right, or a neighbour"), percent(result_["levels"]["near"])}});
        return out.empty() ? "" : "<h2>" + say("Décisions", "Decisions") + "</h2>" + out;
    }

    std::string estimates() const {
        if (!result_.contains("sample")) return "";
        std::vector<std::pair<double, double>> points;
        for (const Json& person : result_["sample"])
            if (person["theta"].is_number()) points.emplace_back(value(person["theta"]), value(person["estimate"]));
        const ChartText text{
            say("Estimation et vraie capacité", "Estimate and true ability"),
            say("Un point par personne (" + std::to_string(points.size()) +
                    " dessinées) ; sur la diagonale, l'estimation est juste. Les tableaux par niveau disent la même chose.",
                "One dot a person (" + std::to_string(points.size()) +
                    " drawn); on the diagonal the estimate is right. The tables by level say the same."),
            say("vraie capacité, en logits", "true ability, in logits"),
            say("estimation, en logits", "estimate, in logits"), language_};
        return "<h2>" + say("Estimations", "Estimates") + "</h2>" + dot_chart(text, points);
    }

    std::string bank() const {
        Series curve{say("information de la banque", "information of the bank"), {}};
        std::vector<std::vector<std::string>> rows;
        std::size_t i = 0;
        for (const Json& point : result_["information"]) {
            curve.points.emplace_back(value(point["theta"]), value(point["value"]));
            if (i++ % 4 == 0) rows.push_back({number(point["theta"], 1), number(point["value"], 2)});
        }
        const ChartText text{
            say("Où la banque apprend quelque chose", "Where the bank can tell"),
            say("Plus la courbe est haute, plus la marge peut être petite ; où elle est basse, la banque est mince.",
                "The higher the line, the smaller the margin can be; where it is low, the bank is thin."),
            say("capacité, en logits", "ability, in logits"), say("information", "information"), language_};
        return "<h2>" + say("Banque", "Bank") + "</h2>" + line_chart(text, {curve}) +
               table(text.title, {say("Capacité", "Ability"), "Information"}, rows);
    }

    std::string exposure() const {
        std::vector<std::pair<std::string, double>> rates;
        for (const Json& item : result_["exposure"]["items"]) rates.emplace_back(item["item"], value(item["rate"]));
        std::stable_sort(rates.begin(), rates.end(), [](const auto& x, const auto& y) { return x.second > y.second; });
        Series curve{say("taux", "rate"), {}};
        for (std::size_t i = 0; i < rates.size(); ++i)
            curve.points.emplace_back(static_cast<double>(i + 1), rates[i].second);
        const ChartText text{
            say("Questions de la plus posée à la moins posée", "Questions from the most to the least asked"),
            say("Part des personnes à qui chaque question est posée.",
                "Share of the persons that each question is asked to."),
            say("rang", "rank"), say("part des personnes", "share of persons"), language_};
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < std::min<std::size_t>(20, rates.size()); ++i)
            rows.push_back({rates[i].first, percent(rates[i].second)});
        return "<h2>" + say("Exposition", "Exposure") + "</h2>" + line_chart(text, {curve}) +
               table(say("Les 20 questions les plus posées", "The 20 questions asked most"),
                     {"Question", say("Part", "Share")}, rows);
    }

    const Json& result_;
    const Bank& bank_;
    const Plan& plan_;
    host::Language language_;
    const std::string& engine_;
};

}  // namespace

std::string simulation_report(const Json& result, const Bank& bank, const Plan& plan, host::Language language,
                              const std::string& engine) {
    return Report(result, bank, plan, language, engine).page();
}

}  // namespace palier::cli
