// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/sentence.hpp"

#include <map>

#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

const json& at(const json& object, const std::string& key) {
    static const json none;
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

std::string text(const json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

/// This language, its parent, English, or the first there is.
std::string text_of(const json& map, const std::string& language) {
    if (!map.is_object() || map.empty()) return text(map);
    for (const std::string& wanted : {language, language.substr(0, 2), std::string("en")})
        if (map.contains(wanted)) return text(map[wanted]);
    return text(map.front());
}

class Teller {
public:
    Teller(const json& statement, const std::string& language)
        : statement_(statement),
          language_(language),
          french_(language.starts_with("fr")),
          result_(at(statement, "result")),
          extensions_(at(result_, "extensions")) {}

    std::string tell() const {
        const std::string who = person(statement_);
        const std::string iri = text(at(at(statement_, "verb"), "id"));
        const std::string verb = iri.substr(iri.rfind('/') + 1);
        if (iri != "http://adlnet.gov/expapi/verbs/" + verb) return foreign(who, verb);
        if (verb == "initialized") return who + say(" a commencé le test.", " started the test.");
        if (verb == "suspended") return who + say(" a fait une pause.", " paused.");
        if (verb == "resumed") return who + say(" a repris le test.", " took up the test again.");
        if (verb == "completed") return who + say(" a terminé le test.", " finished the test.");
        if (verb == "passed") return who + say(" est au-dessus du seuil.", " is above the threshold.");
        if (verb == "failed")
            return who + say(" est au-dessous du seuil pour le moment.", " is below the threshold for now.");
        if (verb == "voided")
            return say("Un résultat antérieur de " + who + " a été retiré.",
                       "A former result of " + who + " was withdrawn.");
        if (verb == "answered") return answered(who);
        if (verb == "scored") return scored(who);
        if (verb == "terminated") return who + say(" a quitté le test", " left the test") + reason() + ".";
        return foreign(who, verb);
    }

private:
    std::string say(const std::string& fr, const std::string& en) const { return french_ ? fr : en; }
    const json& mine(std::string_view name) const { return at(extensions_, extension(name)); }
    std::string object() const { return text_of(at(at(at(statement_, "object"), "definition"), "name"), language_); }

    std::string foreign(const std::string& who, const std::string& verb) const {
        const std::string words = text_of(at(at(statement_, "verb"), "display"), language_);
        const std::string what = object();
        return who + " – " + (words.empty() ? verb : words) + (what.empty() ? "" : " – " + what);
    }

    std::string level() const {
        const json& number = mine("level");
        if (!number.is_number_integer()) return "";
        const std::string mean = std::to_string(number.get<std::int64_t>());
        const json &low = mine("level-low"), &high = mine("level-high");
        if (!low.is_number_integer() || !high.is_number_integer()) return mean;
        if (low == high) return mean + say(" (marge de moins d’un niveau)", " (margin below one level)");
        return mean + say(" (entre ", " (between ") + std::to_string(low.get<std::int64_t>()) + say(" et ", " and ") +
               std::to_string(high.get<std::int64_t>()) + ")";
    }

    std::string answered(const std::string& who) const {
        const std::string asked = say("« " + object() + " »", "“" + object() + "”");
        const std::string outcome = text(mine("outcome"));
        std::string told;
        if (outcome == "unknown")
            told = who + say(" a répondu « Je ne sais pas » à ", " answered “I don’t know” to ") + asked + ".";
        else if (outcome == "skipped")
            told = who + say(" a passé ", " skipped ") + asked + ".";
        else if (outcome == "timed_out")
            told = say("Le temps a manqué à " + who + " pour ", "Time ran out for " + who + " on ") + asked + ".";
        else
            told = who + say(" a répondu à ", " answered ") + asked + say(" : ", ": ") + judged() + ".";
        const std::string known = level();
        return known.empty() ? told : told + say(" Niveau estimé : ", " Estimated level: ") + known + ".";
    }

    std::string judged() const {
        const json& success = at(result_, "success");
        if (!success.is_boolean()) return say("réponse donnée", "answered");
        if (success.get<bool>()) return say("juste", "right");
        const json& scaled = at(at(result_, "score"), "scaled");
        const bool partly = scaled.is_number() && scaled.get<double>() > 0;
        return partly ? say("en partie juste", "partly right") : say("pas juste", "wrong");
    }

    std::string scored(const std::string& who) const {
        const json& count = mine("items-administered");
        const std::string n = count.is_number_integer() ? std::to_string(count.get<std::int64_t>()) : "0";
        const std::string after = n == "1" ? say("après 1 question.", "after 1 question.")
                                           : say("après " + n + " questions.", "after " + n + " questions.");
        const std::string known = level();
        if (known.empty()) return who + say(" a un résultat, ", " has a result, ") + after;
        return who + say(" a un résultat : niveau ", " has a result: level ") + known + ", " + after;
    }

    std::string reason() const {
        static const std::map<std::string, std::pair<std::string, std::string>> reasons = {
            {"standard_error", {"le niveau était assez sûr", "the level was known well enough"}},
            {"max_items",
             {"le nombre de questions prévu était atteint", "the planned number of questions was reached"}},
            {"bank_exhausted", {"il ne restait plus de question", "no question was left"}},
            {"no_information",
             {"aucune autre question n’aurait appris davantage", "no other question would have told more"}},
            {"classified", {"la réponse était assez sûre", "the answer was sure enough"}},
            {"floor", {"la réponse sur le socle était assez sûre", "the answer about the basic level was sure enough"}},
            {"interval_width", {"le niveau était assez sûr", "the level was known well enough"}},
            {"length", {"le nombre de questions prévu était posé", "the planned number of questions was asked"}},
            {"standard_error_plateau",
             {"d’autres questions n’auraient guère rendu le résultat plus sûr",
              "more questions would hardly have made the result surer"}},
            {"theta_change", {"le résultat ne changeait plus", "the result no longer changed"}},
            {"time_limit", {"le temps pour répondre était écoulé", "the time for answers was up"}},
            {"learner", {"la personne a choisi d’arrêter", "the learner chose to stop"}},
            {"time", {"le temps était écoulé", "the time was over"}}};
        const auto found = reasons.find(text(mine("stop-reason")));
        if (found == reasons.end()) return "";
        return say(" : " + found->second.first, ": " + found->second.second);
    }

    const json& statement_;
    const std::string& language_;
    bool french_;
    const json& result_;
    const json& extensions_;
};

}  // namespace

std::string person(const json& statement) {
    const json& actor = at(statement, "actor");
    if (const std::string name = text(at(actor, "name")); !name.empty()) return name;
    if (const std::string name = text(at(at(actor, "account"), "name")); !name.empty()) return name;
    const std::string mbox = text(at(actor, "mbox"));
    return mbox.empty() ? "?" : mbox;
}

std::string sentence(const json& statement, const std::string& language) { return Teller(statement, language).tell(); }

}  // namespace palier::xapi
