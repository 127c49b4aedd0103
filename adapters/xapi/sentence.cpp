// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/sentence.hpp"

#include "adapters/words/words.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;
using words::Key;
using words::Language;
using words::Values;

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

/// An extension of the result, by its IRI of today or of before.
const json& told(const json& statement, std::string_view name) {
    const json& extensions = at(at(statement, "result"), "extensions");
    const json& now = at(extensions, extension(name));
    return now.is_null() ? at(extensions, former_extension(name)) : now;
}

/// Of an answer in a sentence, in Unicode code points; the statement has more of it.
constexpr std::size_t longest_answer = 120;

class SentenceWriter {
public:
    SentenceWriter(const json& statement, const std::string& language, const std::string& who)
        : statement_(statement),
          language_(language),
          words_(language.starts_with("fr") ? Language::fr : Language::en),
          result_(at(statement, "result")),
          who_(who.empty() ? person(statement) : who) {}

    std::string tell() const {
        const std::string iri = verb_of(statement_);
        const std::string verb = iri.substr(iri.rfind('/') + 1);
        if (iri == verb::achieved.iri()) return achieved();
        if (iri != "http://adlnet.gov/expapi/verbs/" + verb) return foreign(verb);
        if (verb == "initialized") return say("sentence_initialized");
        if (verb == "suspended") return say("sentence_suspended");
        if (verb == "resumed") return say("sentence_resumed");
        if (verb == "completed") return say("sentence_completed");
        if (verb == "passed") return say("sentence_passed");
        if (verb == "failed") return say("sentence_failed");
        if (verb == "voided") return say("sentence_voided");
        if (verb == "answered") return answered();
        if (verb == "scored") return scored();
        if (verb == "terminated") return terminated();
        return foreign(verb);
    }

private:
    /// The sentence, with the person in its place.
    std::string say(Key key, Values values = {}) const {
        values.emplace_back("person", who_);
        return words::text(key, words_, values);
    }
    const json& mine(std::string_view name) const { return xapi::told(statement_, name); }
    std::string object() const { return activity_name(at(statement_, "object"), language_); }

    std::string foreign(const std::string& verb) const {
        const std::string display = text_of(at(at(statement_, "verb"), "display"), language_);
        const std::string what = object();
        return who_ + " – " + (display.empty() ? verb : display) + (what.empty() ? "" : " – " + what);
    }

    std::string level() const {
        const json& number = mine("level");
        if (!number.is_number_integer()) return between();
        const std::string mean = std::to_string(number.get<std::int64_t>());
        const json &low = mine("level-low"), &high = mine("level-high");
        if (!low.is_number_integer() || !high.is_number_integer()) return mean;
        if (low == high) return say("level_sure", {{"level", mean}});
        return say("level_between", {{"level", mean},
                                     {"low", std::to_string(low.get<std::int64_t>())},
                                     {"high", std::to_string(high.get<std::int64_t>())}});
    }

    std::string answered() const {
        const std::string outcome = text(mine("outcome"));
        const std::string answer = text(mine("answer"));
        const Key key = outcome == "unknown"     ? Key("sentence_unknown")
                        : outcome == "skipped"   ? Key("sentence_skipped")
                        : outcome == "timed_out" ? Key("sentence_timed_out")
                        : answer.empty()         ? Key("sentence_answered")
                                                 : Key("sentence_answered_words");
        const std::string told =
            say(key, {{"question", object()}, {"answer", shortened(answer, longest_answer)}, {"outcome", judged()}});
        const std::string known = level();
        return known.empty() ? told : told + " " + say("sentence_level", {{"level", known}});
    }

    std::string judged() const {
        const json& success = at(result_, "success");
        if (!success.is_boolean()) return say("answer_given");
        if (success.get<bool>()) return say("answer_right");
        const json& scaled = at(at(result_, "score"), "scaled");
        return say(scaled.is_number() && scaled.get<double>() > 0 ? Key("answer_partly") : Key("answer_wrong"));
    }

    std::string scored() const {
        const json& count = mine("items-administered");
        const std::int64_t n = count.is_number_integer() ? count.get<std::int64_t>() : 0;
        const std::string known = level();
        return words::counted(known.empty() ? Key("sentence_scored_nolevel") : Key("sentence_scored"), words_, n,
                              {{"person", who_}, {"level", known}});
    }

    /// Of a competence whose likeliest level is not told.
    std::string between() const {
        const json &low = mine("level-low"), &high = mine("level-high");
        if (!low.is_number_integer() || !high.is_number_integer()) return "";
        return say("told_range", {{"low", std::to_string(low.get<std::int64_t>())},
                                  {"high", std::to_string(high.get<std::int64_t>())}});
    }

    // "Amina has a result in “1.2 Manage data”. Estimated level: 3 (between 2 and 4)."
    std::string achieved() const {
        const std::string told = say("sentence_achieved", {{"competence", object()}});
        const std::string known = level();
        return known.empty() ? told : told + " " + say("sentence_level", {{"level", known}});
    }

    std::string terminated() const {
        const std::string why = words::stop_reason(text(mine("stop-reason")), words_, true);
        return why.empty() ? say("sentence_terminated") : say("sentence_terminated_because", {{"reason", why}});
    }

    const json& statement_;
    const std::string& language_;
    Language words_;
    const json& result_;
    std::string who_;
};

}  // namespace

std::string person(const json& statement) {
    const json& actor = at(statement, "actor");
    if (const std::string name = text(at(actor, "name")); !name.empty()) return name;
    if (const std::string name = text(at(at(actor, "account"), "name")); !name.empty()) return name;
    const std::string mbox = text(at(actor, "mbox"));
    return mbox.empty() ? "?" : mbox;
}

std::string activity_name(const json& activity, const std::string& language) {
    return text_of(at(at(activity, "definition"), "name"), language);
}

std::string verb_of(const json& statement) { return text(at(at(statement, "verb"), "id")); }

std::optional<double> told_number(const json& statement, std::string_view name) {
    const json& value = told(statement, name);
    if (!value.is_number()) return {};
    return value.get<double>();
}

std::string told_text(const json& statement, std::string_view name) { return text(told(statement, name)); }

std::string sentence(const json& statement, const std::string& language, const std::string& who) {
    return SentenceWriter(statement, language, who).tell();
}

}  // namespace palier::xapi
