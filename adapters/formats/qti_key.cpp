// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_key.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "adapters/formats/grader.hpp"
#include "adapters/formats/item_check.hpp"
#include "adapters/formats/qti_answers.hpp"

namespace palier::formats::qti {
namespace {

constexpr double next_to_none = 1e-9, same_mark = 1e-6;
constexpr std::size_t most_answers = 2000;

std::string mark_text(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.4g", value + 0.0);
    return text;
}

/// splitmix64: the same answers are tried in every build.
struct Draw {
    std::uint64_t state = 17;
    std::uint64_t operator()() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>((*this)() % n); }
};

/// Whether the score is a sum over the parts, each alone or each beside right ones, or whole answers alone count.
enum class Mode { sum, beside, whole };

class KeyMaker {
public:
    KeyMaker(Item& item, ItemBody& body, const Processing& processing)
        : item_(item), body_(body), parts_(body.parts), processing_(processing) {}

    void make() {
        std::string problem;
        if (body_.form == Form::order) {
            problem = ordering();
        } else {
            problem = attempt(Mode::sum);
            const std::string beside = problem.empty() ? std::string() : attempt(Mode::beside);
            const std::string whole = beside.empty() ? std::string() : attempt(Mode::whole);
            if (whole.empty())
                problem.clear();
            else if (beside.starts_with("its"))
                problem = beside;
            else if (problem.starts_with("no"))
                problem += " by itself, and as a whole " + whole;
        }
        if (!problem.empty() && !by_whole_answers()) throw Refusal{parts_.front().line, problem};
        if (processing_.by_declarations())
            body_.note("it has no response processing: each response counts alike, as it is declared");
        feedback();
        const auto score = processing_.outcomes().find("SCORE");
        if (score != processing_.outcomes().end() && score->second.most &&
            std::fabs(*score->second.most - best_score_) > same_mark)
            body_.note("its highest score is " + mark_text(best_score_) +
                       ", which is taken for the whole mark; it says " + mark_text(*score->second.most));
    }

private:
    double score(const Answers& answers) const {
        return processing_.score(as_variables(answers, parts_, processing_.responses()));
    }

    Answers empty() const { return Answers(parts_.size()); }

    std::optional<std::size_t> partner_of(std::size_t part, const Given& given) const {
        if (body_.form != Form::associate || given.chosen.empty()) return std::nullopt;
        for (std::size_t p = 0; p < parts_.size(); ++p)
            if (parts_[p].own == parts_[part].owners[given.chosen.front()]) return p;
        return std::nullopt;
    }

    /// Of a pair both sides are set, and what either was paired with before is free again.
    Answers with(Answers answers, std::size_t part, const Given& given) const {
        if (const auto old = partner_of(part, answers[part])) answers[*old] = {};
        answers[part] = given;
        const auto other = partner_of(part, given);
        if (!other) return answers;
        if (const auto old = partner_of(*other, answers[*other]); old && *old != part) answers[*old] = {};
        const auto& owners = parts_[*other].owners;
        const auto back = std::find(owners.begin(), owners.end(), parts_[part].own);
        answers[*other].chosen = {static_cast<std::size_t>(back - owners.begin())};
        return answers;
    }

    /// The correct response as it is declared, of a text without one (`mapped`) what its mapping gives most for;
    /// nothing where a part of it is open.
    std::optional<Answers> declared_right(bool mapped = false) const {
        Answers answers = empty();
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            const Value& correct = processing_.responses().at(parts_[p].variable).correct;
            Given& given = answers[p];
            if (parts_[p].kind == Part::Kind::text && correct.texts.size() == 1) given.text = correct.texts.front();
            if (parts_[p].kind == Part::Kind::number && correct.numbers.size() == 1)
                given.number = correct.numbers.front();
            for (const std::string& value : correct.texts)
                for (std::size_t c = 0; c < parts_[p].values.size(); ++c)
                    if (parts_[p].values[c] == value ||
                        (correct.base == Base::pair && mirrored(value) == parts_[p].values[c]))
                        given.chosen.push_back(c);
            const auto& mapping = processing_.responses().at(parts_[p].variable).mapping;
            if (mapped && given.open() && parts_[p].kind == Part::Kind::text && mapping && !mapping->entries.empty())
                given.text = std::max_element(mapping->entries.begin(), mapping->entries.end(),
                                              [](const MapEntry& a, const MapEntry& b) { return a.value < b.value; })
                                 ->key.texts.front();
            if (given.open()) return std::nullopt;
        }
        return answers;
    }
    static std::string mirrored(const std::string& pair) {
        const std::size_t blank = pair.find(' ');
        return pair.substr(blank + 1) + " " + pair.substr(0, blank);
    }

    /// Why it cannot be carried so, or "".
    std::string attempt(Mode mode) {
        Answers context = empty();
        if (mode != Mode::sum) {
            const auto right = declared_right(mode == Mode::beside);
            if (!right) return "no correct response is declared";
            context = *right;
        }
        if (mode == Mode::beside && (parts_.size() == 1 || body_.form == Form::associate)) return "-";
        const double nothing = score(empty()), whole = score(context);
        if (nothing > next_to_none) return "an answer that is left open has the score " + mark_text(nothing);
        if (mode != Mode::sum && whole <= next_to_none) return "the correct response is worth nothing";
        std::vector<Worth> worths;
        Answers best = context;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            const double share = body_.form == Form::associate ? 0.5 : 1;  // of a pair each side has a half
            const double others = mode == Mode::beside ? least(context, p) : std::min(0.0, nothing);
            const ScoreWith with_this = [&, p](const Given& given) {
                const double got = score(with(context, p, given));
                if (mode == Mode::whole) return got >= whole - next_to_none ? 1.0 : 0.0;
                return share * (got - others);
            };
            worths.push_back(worth_of(parts_[p], processing_, with_this,
                                      mode == Mode::whole ? std::optional(context[p].chosen) : std::nullopt));
            if (worths.back().most <= next_to_none) return worthless(p);
            if (mode != Mode::whole) best = with(std::move(best), p, worths.back().best);
        }
        best_score_ = score(best);
        if (best_score_ <= next_to_none) return "no answers together are worth anything";
        right_ = best;
        if (mode == Mode::sum) see_what_takes_away(best, worths);
        std::vector<Answers> tried = answers_to_try(best, worths);
        // Whoever answers fills in all parts: what rules say of one that is open does not count here.
        if (mode == Mode::beside) std::erase_if(tried, [](const Answers& answers) { return half_open(answers); });
        std::string problem = natural(mode, worths) ? differs(tried) : std::string("-");
        if (!problem.empty() && body_.form == Form::choice) return problem;
        if (problem.empty()) return {};
        if (std::string why = mixed(mode, worths); !why.empty()) return why;
        problem = differs(tried);
        if (problem.empty()) return {};
        item_.key->never_negative = true;
        if (differs(tried).empty()) return {};
        item_.key->never_negative = false;
        return problem;
    }

    /// The score beside right answers of the others, with an answer to this part that is worth least.
    double least(const Answers& context, std::size_t p) const {
        const Part& part = parts_[p];
        std::vector<Given> wrong;
        if (part.kind == Part::Kind::text) wrong.push_back({{}, "~ palier ~", std::nullopt});
        if (part.kind == Part::Kind::number) {
            const std::set<double> named = processing_.breakpoints();
            const double first = named.empty() ? 0 : *named.begin();
            wrong.push_back({{}, std::nullopt, first - 1 - std::fabs(first)});
        }
        for (std::size_t c = 0; c < part.choices.size(); ++c) wrong.push_back({{c}, std::nullopt, std::nullopt});
        double found = score(context);
        for (const Given& given : wrong) found = std::min(found, score(with(context, p, given)));
        return found;
    }

    static bool half_open(const Answers& answers) {
        const auto open = [](const Given& given) { return given.open(); };
        return std::any_of(answers.begin(), answers.end(), open) && !std::all_of(answers.begin(), answers.end(), open);
    }

    /// What takes away from the others: alone it may be worth nothing, as a lower bound holds.
    void see_what_takes_away(const Answers& best, std::vector<Worth>& worths) const {
        if (body_.form == Form::associate) return;
        for (std::size_t p = 0; p < parts_.size() && parts_.size() > 1; ++p) {
            if (parts_[p].kind != Part::Kind::one) continue;
            const double without = score(with(best, p, {}));
            for (std::size_t c = 0; c < worths[p].of_choice.size(); ++c) {
                double& worth = worths[p].of_choice[c];
                if (worth <= next_to_none)
                    worth = std::min(worth, score(with(best, p, {{c}, std::nullopt, std::nullopt})) - without);
            }
        }
    }

    std::string worthless(std::size_t p) const {
        const std::string& own = parts_[p].own;
        return parts_.size() == 1
                   ? "no answer is worth anything"
                   : "nothing that goes to " + (own.empty() ? "gap " + std::to_string(p + 1) : "'" + own + "'") +
                         " is worth anything";
    }

    void set(Html prompt, Interaction interaction, AnswerKey answers, bool whole) {
        item_.prompt = std::move(prompt);
        item_.interaction = std::move(interaction);
        item_.key->answers = std::move(answers);
        item_.key->all_or_nothing = whole;
    }

    ChoiceKey choice_key(const Part& part, const Worth& worth, double whole) const {
        ChoiceKey key;
        for (std::size_t c = 0; c < part.choices.size(); ++c)
            key.scores.push_back({part.choices[c].id, worth.of_choice[c] / whole + 0.0, {}});
        return key;
    }

    /// As the form that the interaction is; false where it is none of ours.
    bool natural(Mode mode, const std::vector<Worth>& worths) {
        const bool whole = mode == Mode::whole;
        const Part& part = parts_.front();
        if (body_.form == Form::choice) {
            const bool several = part.kind == Part::Kind::several;
            ChoiceInteraction shown{several, part.shuffle, Numbering::none, part.choices,
                                    several ? static_cast<int>(part.most) : 0};
            set(body_.prompt(false), std::move(shown), choice_key(part, worths.front(), whole ? 1 : best_score_),
                whole && several);
            return true;
        }
        if (body_.form == Form::typed && body_.typed_last()) {
            Html prompt = body_.prompt(true);
            const std::string mark = "<span data-gap=\"g1\"></span>";
            prompt.erase(prompt.find(mark), mark.size());
            const double full = whole ? 1 : best_score_;
            if (part.kind == Part::Kind::text) {
                set(std::move(prompt), ShortAnswerInteraction{}, text_key(worths.front(), full), false);
            } else {
                set(std::move(prompt), NumericalInteraction{}, number_key(worths.front(), full), false);
            }
            return true;
        }
        if (body_.form != Form::match && body_.form != Form::gaps) return false;
        std::map<std::string, std::string> right;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            const Worth& worth = worths[p];
            if (parts_[p].kind != Part::Kind::one || !parts_[p].in_lines ||
                std::fabs(worth.most - worths.front().most) > next_to_none)
                return false;
            for (std::size_t c = 0; c < worth.of_choice.size(); ++c)
                if (std::fabs(worth.of_choice[c]) > next_to_none && c != worth.best.chosen.front()) return false;
            right[body_.form == Form::match ? parts_[p].stem.id : "g" + std::to_string(p + 1)] =
                parts_[p].choices[worth.best.chosen.front()].id;
        }
        if (body_.form == Form::match) {
            MatchInteraction shown{part.shuffle, {}, part.choices};
            for (const Part& one : parts_) shown.stems.push_back(one.stem);
            set(body_.prompt(false), std::move(shown), MatchKey{std::move(right)}, whole);
        } else {
            GapSelectInteraction shown{part.shuffle, {}, {{"1", part.choices}}};
            for (std::size_t p = 0; p < parts_.size(); ++p) shown.gaps.push_back({"g" + std::to_string(p + 1), "1"});
            set(body_.prompt(true), std::move(shown), GapSelectKey{std::move(right)}, whole);
        }
        return true;
    }

    static ShortAnswerKey text_key(const Worth& worth, double whole) {
        ShortAnswerKey key = worth.texts;
        for (ShortAnswer& answer : key.answers) answer.fraction /= whole;
        return key;
    }
    static NumericalKey number_key(const Worth& worth, double whole) {
        NumericalKey key;
        key.answers = worth.numbers;
        for (NumericalAnswer& answer : key.answers) answer.fraction /= whole;
        return key;
    }

    /// As a text with gaps of several kinds.
    std::string mixed(Mode mode, const std::vector<Worth>& worths) {
        ClozeInteraction shown;
        ClozeKey key;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            const Part& part = parts_[p];
            const Worth& worth = worths[p];
            ClozeField field{"g" + std::to_string(p + 1), ClozeEntry::text, part.shuffle, part.choices};
            ClozePart scored;
            scored.field = field.id;
            scored.weight = mode == Mode::whole ? 1 : worth.most;
            const double whole = mode == Mode::whole ? 1 : worth.most;
            if (part.kind == Part::Kind::several) {
                if (part.most > 0 && mode != Mode::whole)
                    return "at most " + std::to_string(part.most) +
                           " may be chosen beside other parts, which a text with gaps does not have";
                field.entry = ClozeEntry::boxes_column;
                scored.answers = choice_key(part, worth, whole);
            } else if (part.kind == Part::Kind::one) {
                field.entry = part.in_lines ? ClozeEntry::list : ClozeEntry::column;
                scored.answers = choice_key(part, worth, whole);
            } else if (part.kind == Part::Kind::number) {
                field.entry = ClozeEntry::number;
                scored.answers = number_key(worth, whole);
            } else {
                scored.answers = text_key(worth, whole);
            }
            shown.fields.push_back(std::move(field));
            key.parts.push_back(std::move(scored));
        }
        set(body_.prompt(true), std::move(shown), std::move(key), mode == Mode::whole);
        return {};
    }

    std::vector<Given> choices_to_try(const Part& part, const Worth& worth, Draw& draw) const {
        std::vector<Given> list;
        if (part.kind == Part::Kind::one)
            for (std::size_t c = 0; c < part.choices.size(); ++c) list.push_back({{c}, std::nullopt, std::nullopt});
        if (part.kind == Part::Kind::several) {
            const std::size_t n = part.choices.size();
            const bool all = n <= 8;
            for (std::size_t i = 1; i < (all ? std::size_t{1} << n : 400); ++i) {
                Given given;
                const std::uint64_t mask = all ? i : draw();
                for (std::size_t c = 0; c < n; ++c)
                    if ((mask >> (c % 64) & 1) != 0) given.chosen.push_back(c);
                if (part.most == 0 || given.chosen.size() <= static_cast<std::size_t>(part.most))
                    list.push_back(std::move(given));
            }
        }
        list.insert(list.end(), worth.tried.begin(), worth.tried.end());
        return list;
    }

    std::vector<Answers> answers_to_try(const Answers& best, const std::vector<Worth>& worths) const {
        Draw draw;
        std::vector<Answers> list{empty(), best};
        std::vector<std::vector<Given>> of_part;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            of_part.push_back(choices_to_try(parts_[p], worths[p], draw));
            list.push_back(with(best, p, {}));
            for (const Given& given : of_part.back()) {
                if (list.size() >= 2 * most_answers) break;
                list.push_back(with(empty(), p, given));
                list.push_back(with(best, p, given));
            }
        }
        for (std::size_t i = 0; i < most_answers && parts_.size() > 1; ++i) {
            Answers answers = draw.below(2) == 0 ? best : empty();
            for (std::size_t p = 0; p < parts_.size(); ++p)
                if (!of_part[p].empty() && draw.below(2) == 0)
                    answers = with(std::move(answers), p, of_part[p][draw.below(of_part[p].size())]);
            list.push_back(std::move(answers));
        }
        return list;
    }

    /// The first answer that the item's rules and our grader judge differently, or "".
    std::string differs(const std::vector<Answers>& tried) {
        if (const std::string problem = item_problem(item_); !problem.empty()) return problem;
        wrong_.reset();
        for (const Answers& answers : tried) {
            const double expected = score(answers) / best_score_;
            const Grade graded = grade(item_, as_response(answers, parts_, item_.interaction), NumberFormat{});
            if (expected <= next_to_none && !wrong_ && answers != empty()) wrong_ = answers;
            const double given = graded.fraction;
            if (std::fabs(expected - given) <= same_mark || (expected < 0 && std::fabs(given) <= same_mark) ||
                (expected > 1 && given > 1 - same_mark))
                continue;
            return "its response processing gives " + mark_text(100 * expected) + " % for the answer '" +
                   as_words(answers, parts_) + "', and no form of question here does: the nearest gives " +
                   mark_text(100 * given) + " %";
        }
        return {};
    }

    static OrderInteraction shown_order(const Part& part) {
        OrderInteraction shown{part.horizontal, Numbering::none, part.choices};
        if (part.shuffle)
            std::sort(shown.items.begin(), shown.items.end(),
                      [](const Choice& a, const Choice& b) { return a.id < b.id; });
        return shown;
    }

    static std::vector<Answers> orders_to_try(const Part& part, Draw& draw) {
        std::vector<Answers> tried;
        std::vector<std::size_t> places(part.choices.size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        for (std::size_t i = 0; i < 720; ++i) {
            if (places.size() <= 6) {
                std::next_permutation(places.begin(), places.end());
            } else {
                for (std::size_t j = places.size(); j > 1; --j) std::swap(places[j - 1], places[draw.below(j)]);
            }
            tried.push_back({Given{places, std::nullopt, std::nullopt}});
        }
        return tried;
    }

    /// Where no sum says it: what the answers are worth that the rules write whole, and all others nothing.
    bool by_whole_answers() {
        const Part& part = parts_.front();
        const bool ordered = body_.form == Form::order;
        if (!ordered && (body_.form != Form::choice || part.kind != Part::Kind::several)) return false;
        std::vector<Answers> named;
        best_score_ = 0;
        for (const std::vector<std::string>& list : processing_.lists()) {
            Given given;
            for (const std::string& value : list)
                for (std::size_t c = 0; c < part.values.size(); ++c)
                    if (part.values[c] == value) given.chosen.push_back(c);
            if (given.chosen.size() != list.size() || (ordered && list.size() != part.choices.size())) continue;
            named.push_back({given});
            const double worth = score(named.back());
            if (worth <= best_score_ + next_to_none) continue;
            best_score_ = worth;
            right_ = named.back();
        }
        if (best_score_ <= next_to_none) return false;
        std::vector<std::string> places;
        for (const std::size_t place : right_.front().chosen) places.push_back(part.choices[place].id);
        if (ordered) {
            OrderKey key{places, OrderGrading::all_or_nothing, OrderSelect::all, static_cast<int>(places.size())};
            set(body_.prompt(false), shown_order(part), std::move(key), false);
        } else {
            ChoiceInteraction shown{true, part.shuffle, Numbering::none, part.choices, static_cast<int>(part.most)};
            Worth nothing;
            nothing.of_choice.assign(part.choices.size(), 0);
            set(body_.prompt(false), std::move(shown), choice_key(part, nothing, 1), false);
        }
        Draw draw;
        std::vector<Answers> tried = ordered ? orders_to_try(part, draw) : std::vector<Answers>{empty()};
        if (!ordered)
            for (const Given& given : choices_to_try(part, Worth{}, draw)) tried.push_back({given});
        for (const Answers& answers : named) {
            WholeAnswer whole{{}, score(answers) / best_score_};
            for (const std::size_t place : answers.front().chosen) whole.ids.push_back(part.choices[place].id);
            item_.key->whole_answers.push_back(std::move(whole));
            tried.push_back(answers);
            for (std::size_t c = 0; c < part.choices.size() && !ordered; ++c) {
                Answers near = answers;  // one more, or one less
                auto& chosen = near.front().chosen;
                const auto taken = std::find(chosen.begin(), chosen.end(), c);
                if (taken != chosen.end())
                    chosen.erase(taken);
                else
                    chosen.push_back(c);
                if (part.most == 0 || chosen.size() <= static_cast<std::size_t>(part.most)) tried.push_back(near);
            }
        }
        return differs(tried).empty();
    }

    std::string ordering() {
        const Part& part = parts_.front();
        const auto right = declared_right();
        if (!right || right->front().chosen.size() != part.choices.size())
            return "no correct response names all things in their order";
        best_score_ = score(*right);
        right_ = *right;
        if (best_score_ <= next_to_none) return "the correct response is worth nothing";
        Draw draw;
        std::vector<Answers> tried = orders_to_try(part, draw);
        tried.insert(tried.begin(), *right);
        const OrderInteraction shown = shown_order(part);
        OrderKey key;
        for (const std::size_t place : right->front().chosen) key.order.push_back(part.choices[place].id);
        key.select_count = static_cast<int>(key.order.size());
        std::string problem;
        for (const OrderGrading grading :
             {OrderGrading::all_or_nothing, OrderGrading::absolute_position, OrderGrading::relative_to_correct,
              OrderGrading::relative_next_exclude_last, OrderGrading::relative_all_previous_and_next}) {
            key.grading = grading;
            set(body_.prompt(false), shown, key, false);
            const std::string why = differs(tried);
            if (why.empty()) return {};
            if (problem.empty()) problem = why;
        }
        return problem;
    }

    // --- feedback

    std::vector<bool> shown_for(const Answers& answers) const {
        const Variables outcomes = processing_.run(as_variables(answers, parts_, processing_.responses()));
        std::vector<bool> shown;
        for (const FeedbackText& text : body_.feedback) {
            const auto outcome = outcomes.find(text.outcome);
            const bool named = outcome != outcomes.end() &&
                               std::find(outcome->second.texts.begin(), outcome->second.texts.end(), text.identifier) !=
                                   outcome->second.texts.end();
            shown.push_back(named != text.hides);
        }
        return shown;
    }
    Html joined(const std::vector<bool>& shown) const {
        Html html;
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (shown[i]) html += "<div>" + body_.feedback[i].html + "</div>";
        return html;
    }

    void feedback() {
        if (body_.feedback.empty()) return;
        auto* scores = std::get_if<ChoiceKey>(&item_.key->answers);
        if (scores != nullptr && parts_.front().kind == Part::Kind::one) {
            for (std::size_t c = 0; c < parts_.front().choices.size(); ++c)
                scores->scores[c].feedback = joined(shown_for({Given{{c}, std::nullopt, std::nullopt}}));
            return;
        }
        std::vector<bool> right = shown_for(right_), wrong = shown_for(wrong_.value_or(empty())), both = right;
        for (std::size_t i = 0; i < both.size(); ++i) {
            both[i] = right[i] && wrong[i];
            right[i] = right[i] && !both[i];
            wrong[i] = wrong[i] && !both[i];
            if (!right[i] && !wrong[i] && !both[i])
                body_.note("a feedback on one of several wrong answers is left out");
        }
        Feedback& texts = item_.key->feedback;
        texts.general = joined(both);
        texts.right = joined(right);
        texts.wrong = joined(wrong);
    }

    Item& item_;
    ItemBody& body_;
    const std::vector<Part>& parts_;
    const Processing& processing_;
    double best_score_ = 0;
    Answers right_;
    std::optional<Answers> wrong_;
};

}  // namespace

void make_question(Item& item, ItemBody& body, const Processing& processing) {
    item.key.emplace();
    KeyMaker(item, body, processing).make();
}

}  // namespace palier::formats::qti
