// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/bundle.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/bankfile/questions.hpp"
#include "adapters/delivery/delivery.hpp"
#include "adapters/delivery/languages.hpp"
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/formats/question_file.hpp"
#include "adapters/host/handles.hpp"
#include "engine/assembly/sub_bank.hpp"
#include "engine/errors.hpp"

namespace palier::delivery {
namespace {

/// The questions of one language.
struct Readable {
    std::string language;
    formats::QuestionFile file;
    std::map<std::string, std::string> by_name;
    std::shared_ptr<const palier::Bank> bank;  // labels are in the language
};

struct Carried {
    Json variant;
    Json report;
    std::set<std::string> items;
};

/// Takes a question out of what was read, with the reason why.
void leave_out(formats::QuestionFile& read, const std::string& item, const std::string& reason) {
    std::erase_if(read.items, [&](const formats::Item& one) { return one.id == item; });
    for (formats::QuestionReport& question : read.report) {
        if (!question.carried() || question.item != item) continue;
        question.reason = reason;
        question.item.clear();
    }
}

/// Questions that would be no XML on a learner's screen.
void leave_out_unwritable(formats::QuestionFile& read) {
    std::map<std::string, std::string> reasons;
    for (const formats::Item& item : read.items) {
        try {
            formats::write_qti3(item, false);
        } catch (const formats::FormatError& error) {
            reasons[item.id] = error.what();
        }
    }
    for (const auto& [item, reason] : reasons) leave_out(read, item, reason);
}

std::string mebibytes(std::size_t bytes) { return std::to_string((bytes + (1U << 20) - 1) >> 20) + " MiB"; }

/// The largest questions go until the others fit: a test is one text of at most 64 MiB, and all of it is in the
/// memory of a learner's browser.
void leave_out_too_large(const std::set<std::string>& chosen, formats::QuestionFile& read, std::size_t& room) {
    std::vector<std::pair<std::size_t, std::string>> sizes;
    std::size_t total = 0;
    for (const formats::Item& item : read.items) {
        if (!chosen.contains(item.id)) continue;
        std::size_t size = 4096;
        for (const formats::Asset& asset : item.assets) size += asset.bytes.size() / 3 * 4;
        sizes.emplace_back(size, item.id);
        total += size;
    }
    std::sort(sizes.begin(), sizes.end());
    for (; total > room && !sizes.empty(); sizes.pop_back()) {
        const auto& [size, item] = sizes.back();
        leave_out(read, item,
                  "its files make " + mebibytes(size) + " of the test, which would have " + mebibytes(total) +
                      "; at most 60 MiB fit");
        total -= size;
    }
    room -= total;
}

/// Questions that could never count as right are left out: a learner who knows would be taken for one who does not.
void leave_out_never_right(formats::QuestionFile& read) {
    for (formats::QuestionReport& question : read.report) {
        if (!question.carried() || formats::verdict(question.best) == formats::Verdict::right) continue;
        std::erase(question.notes, formats::never_right(question.best));
        leave_out(read, std::string(question.item), formats::never_right(question.best));
    }
}

/// The items without a question whose label is the name of one question without an idnumber, by the question's
/// identifier.
std::map<std::string, std::string> by_name(const palier::Bank& bank, const formats::QuestionFile& read) {
    std::map<std::string, int> labels;  // position, or -1 where several items have the label
    std::set<std::string> taken;
    for (const formats::Item& item : read.items) taken.insert(item.id);
    for (int i = 0; i < bank.size(); ++i)
        if (!bank[i].label.empty() && !taken.contains(bank[i].id))
            if (const auto [label, fresh] = labels.emplace(bank[i].label, i); !fresh) label->second = -1;
    std::map<std::string, int> names;
    for (const formats::QuestionReport& question : read.report) ++names[question.name];
    std::map<std::string, std::string> found;
    for (const formats::QuestionReport& question : read.report) {
        const auto label = labels.find(question.name);
        if (!question.carried() || !question.idnumber.empty() || bank.find(question.item) >= 0 ||
            names[question.name] > 1 || label == labels.end() || label->second < 0)
            continue;
        found[question.item] = bank[label->second].id;
    }
    return found;
}

void rename(formats::QuestionFile& read, const std::map<std::string, std::string>& names) {
    for (formats::Item& item : read.items)
        if (const auto name = names.find(item.id); name != names.end()) item.id = name->second;
    for (formats::QuestionReport& question : read.report) {
        const auto name = names.find(question.item);
        if (!question.carried() || name == names.end()) continue;
        question.notes.push_back("this is the item '" + name->second + "' by its name: it has no idnumber");
        question.item = name->second;
    }
}

/// Why no question of the file is asked: what is known of those that the bank means, and of the others.
std::string why_none(const palier::Bank& bank, const formats::QuestionFile& read, std::size_t named) {
    std::string reasons;
    std::size_t told = 0, more = 0, nameless = 0;
    const auto tell = [&](const formats::QuestionReport& question, const std::string& reason) {
        if (told++ < 10)
            reasons += "\n  " + read.file + (question.part.empty() ? "" : "/" + question.part) + ":" +
                       std::to_string(question.line) + ": question '" + question.name + "': " + reason;
        else
            ++more;
    };
    for (const formats::QuestionReport& question : read.report) {
        const int position = bank.find(question.carried() ? question.item : question.idnumber);
        if (!question.carried()) {
            tell(question, question.reason);
        } else if (position >= 0) {
            tell(question, "the item '" + question.item + "' of the bank is not operational");
        } else if (question.idnumber.empty()) {
            ++nameless;
        } else {
            tell(question, "the bank has no item '" + question.idnumber + "'");
        }
    }
    if (more > 0) reasons += "\n  and " + std::to_string(more) + " more";
    if (nameless > 0)
        reasons += "\n  " + std::to_string(nameless) +
                   " without an idnumber: give them one in Moodle, or see 'palier questions' for the identifiers that "
                   "they have here";
    if (named > 0) reasons += "; " + std::to_string(named) + " of them have the label of an item as name: --match name";
    return reasons;
}

Readable readable(const BundleRequest& request, const Questions& questions) {
    Readable one;
    one.language = questions.language;
    std::replace(one.language.begin(), one.language.end(), '_', '-');  // Moodle's pt_br
    one.file = bankfile::read_questions(questions.xml, questions.file, {one.language});
    leave_out_never_right(one.file);
    one.bank = labels_in_language(request.bank, one.language);
    one.by_name = by_name(*one.bank, one.file);
    if (request.match_names) rename(one.file, one.by_name);
    leave_out_unwritable(one.file);
    return one;
}

bool operational(const palier::Bank& bank, const std::string& item) {
    const int position = bank.find(item);
    return position >= 0 && bank[position].status == Status::operational;
}

/// Items that have a question in the same languages: positions in the bank of the first of these that has them.
struct Group {
    const Readable* of = nullptr;
    std::vector<int> positions;
};

/// By languages: questions of one language must not be a part's alone.
std::map<std::set<std::string>, Group> candidates(const std::vector<Readable>& files) {
    std::map<std::string, std::set<std::string>> languages;
    for (const Readable& one : files)
        for (const formats::Item& item : one.file.items)
            if (operational(*one.bank, item.id)) languages[item.id].insert(one.language);
    std::map<std::set<std::string>, Group> groups;
    for (const Readable& one : files)
        for (int position = 0; position < one.bank->size(); ++position) {
            const auto known = languages.find((*one.bank)[position].id);
            if (known == languages.end()) continue;
            Group& group = groups[known->second];
            if (group.of == nullptr) group.of = &one;
            if (group.of == &one) group.positions.push_back(position);
        }
    return groups;
}

Carried carry(const BundleRequest& request, const palier::Plan& plan, Readable& one,
              const std::set<std::string>& chosen, std::size_t& room) {
    formats::QuestionFile& read = one.file;
    const std::map<std::string, std::string>& names = one.by_name;
    leave_out_too_large(chosen, read, room);
    std::map<std::string, const formats::Item*> contents;
    Json without = Json::array();
    for (const formats::Item& item : read.items) {
        if (chosen.contains(item.id))
            contents[item.id] = &item;
        else if (!operational(*one.bank, item.id))
            without.push_back(item.id);
    }
    if (contents.empty())
        throw ArgumentError(read.file +
                            ": none of its questions can be asked: their 'idnumber' should be an operational 'item' of "
                            "the bank" +
                            (read.report.empty() ? std::string(", and the file has no question")
                                                 : why_none(*one.bank, read, request.match_names ? 0 : names.size())));

    Carried carried;
    Json items = Json::array(), halves = Json::array();
    for (const Json& item : one.bank->to_json()) {
        const auto found = contents.find(item.at("item").get<std::string>());
        if (found == contents.end()) continue;
        items.push_back(item);
        halves.push_back(
            {{"presentation", formats::presentation_json(*found->second)}, {"key", formats::key_json(*found->second)}});
        carried.items.insert(found->first);
    }
    const palier::Bank bank = palier::Bank::from_json(items);
    Json likely = host::feasibility_json(
        bank, plan, {{"persons", 200}, {"seed", 1}, {"lang", request.words}, {"robustness", request.robustness}});
    carried.report = {{"carried", items.size()},
                      {"questions", formats::report_json(read)},
                      {"without_parameters", std::move(without)},
                      {"by_name", names},
                      {"can_run", likely.at("can_run")},
                      {"problems", likely.at("problems")},
                      {"warnings", likely.at("warnings")},
                      {"expected_items", likely.value("expected_items", Json(nullptr))},
                      {"items_interval", likely.value("items_interval", Json(nullptr))},
                      {"expected_minutes", likely.value("expected_minutes", Json(nullptr))}};
    carried.variant = {{"items", std::move(items)}, {"contents", std::move(halves)}};
    return carried;
}

/// The bundle of a share of the items.
MadeBundle with_share(const BundleRequest& request, const palier::Plan& plan, std::vector<Readable> files,
                      double share) {
    MadeBundle made;
    made.bundle = {{"palier_bundle", 1}, {"id", request.id}, {"plan", request.plan}, {"variants", Json::object()}};
    if (!request.title.is_null()) made.bundle["title"] = request.title;
    std::set<std::string> chosen, held_back;
    for (const auto& [languages, group] : candidates(files)) {
        const palier::Bank& bank = *group.of->bank;
        for (const int position : group.positions) held_back.insert(bank[position].id);
        for (const int position : sub_bank(bank, group.positions, share, request.share_seed))
            chosen.insert(held_back.extract(bank[position].id));
    }
    const std::size_t all = chosen.size() + held_back.size();
    if (chosen.empty() && all > 0)
        throw ArgumentError("so small a share of " + std::to_string(all) + " questions is none of them");
    std::set<std::string> used;
    std::size_t room = std::size_t{60} << 20;
    for (Readable& one : files) {
        Carried carried = carry(request, plan, one, chosen, room);
        const Json& report = carried.report;
        if (!made.bundle.contains("expected") && report["can_run"] == true && report["items_interval"].is_array() &&
            report["expected_minutes"].is_number())
            made.bundle["expected"] = {
                {"items", report["items_interval"]},
                {"minutes", std::max(1, static_cast<int>(report["expected_minutes"].get<double>() + 0.5))}};
        used.insert(carried.items.begin(), carried.items.end());
        made.bundle["variants"][one.language] = std::move(carried.variant);
        made.report[one.language] = std::move(carried.report);
    }
    if (share < 1 || !request.share)
        made.report["part"] = {{"share", share}, {"seed", request.share_seed}, {"items", used.size()}, {"of", all}};
    Json without = Json::array();
    for (const Item& item : files.front().bank->items())
        if (item.status == Status::operational && !used.contains(item.id) && !held_back.contains(item.id))
            without.push_back(item.id);
    made.report["without_questions"] = std::move(without);
    return made;
}

/// What is wrong with a test of this report, by the codes of what feasibility found.
std::multiset<std::string> findings(const Json& report) {
    std::multiset<std::string> codes;
    for (const char* kind : {"problems", "warnings"})
        for (const Json& found : report.at(kind)) codes.insert(found.at("code").get<std::string>());
    return codes;
}

/// Whether a part of the questions serves as all of them do.
bool keeps(const Json& part, const Json& whole) {
    for (const auto& [language, report] : part.items()) {
        if (!report.is_object() || !report.contains("can_run")) continue;
        const auto of_part = findings(report), of_whole = findings(whole.at(language));
        if (report.at("can_run") != true ||
            !std::includes(of_whole.begin(), of_whole.end(), of_part.begin(), of_part.end()))
            return false;
        const Json& lengths = report.at("items_interval");
        if (!lengths.is_array() || report.at("carried").get<double>() < 2 * lengths.at(1).get<double>()) return false;
    }
    return true;
}

MadeBundle with_open_share(const BundleRequest& request, const palier::Plan& plan, const std::vector<Readable>& files) {
    MadeBundle whole = with_share(request, plan, files, 1);
    if (whole.report.at("part").at("of").get<std::size_t>() < 2) return whole;
    MadeBundle half = with_share(request, plan, files, 0.5);
    return keeps(half.report, whole.report) ? std::move(half) : std::move(whole);
}

/// The questions of a bundle as they were read for it, those in `first` first.
std::vector<Readable> read_again(const Json& variants, const std::string& first) {
    std::vector<Readable> files;
    for (const auto& [language, variant] : variants.items()) {
        Readable one;
        one.language = language;
        one.bank =
            labels_in_language(std::make_shared<palier::Bank>(palier::Bank::from_json(variant.at("items"))), language);
        for (const Json& content : variant.at("contents"))
            one.file.items.push_back(formats::item_from_json(content.at("presentation"), &content.at("key")));
        files.insert(language == first ? files.begin() : files.end(), std::move(one));
    }
    return files;
}

MadeBundle made_of(BundleRequest request, std::vector<Readable> files) {
    std::vector<std::string> languages{"fr", "en"};
    for (const Readable& one : files) languages.push_back(one.language);
    request.plan = plan_in_languages(std::move(request.plan), languages);
    request.title = text_in_languages(request.title, languages);
    const palier::Plan plan = palier::Plan::from_json(request.plan);
    MadeBundle made = request.share ? with_share(request, plan, std::move(files), *request.share)
                                    : with_open_share(request, plan, files);
    Test::open(dump_json(made.bundle));
    return made;
}

}  // namespace

MadeBundle make_bundle(const BundleRequest& request) {
    if (request.questions.empty()) throw ArgumentError("a bundle needs the questions of one language at least");
    palier::Plan::from_json(request.plan);  // what is wrong with it is said before the questions are read
    std::vector<Readable> files;
    for (const Questions& questions : request.questions) {
        files.push_back(readable(request, questions));
        const std::string& language = files.back().language;
        for (std::size_t i = 0; i + 1 < files.size(); ++i)
            if (files[i].language == language)
                throw ArgumentError("the questions in '" + language + "' are given twice");
    }
    return made_of(request, std::move(files));
}

MadeBundle part_of_bundle(const Json& bundle, const std::string& first, const std::string& words) {
    Test::open(dump_json(bundle));
    BundleRequest request;
    request.id = bundle.value("id", request.id);
    request.title = bundle.value("title", Json());
    request.plan = bundle.at("plan");
    request.share.reset();
    request.words = words;
    return made_of(request, read_again(bundle.at("variants"), first));
}

}  // namespace palier::delivery
