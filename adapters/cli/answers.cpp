// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/answers.hpp"

#include <algorithm>

#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

// A bank that has every item of a table, with as many categories as there can be.
Bank bank_for_reading(const std::vector<std::string>& ids) {
    std::vector<Item> items;
    for (const std::string& id : ids) {
        Item item;
        item.id = id;
        item.parameters.model = Model::nrm;
        item.parameters.categories = max_categories;
        for (std::size_t k = 0; k + 1 < max_categories; ++k) item.parameters.steps[k] = static_cast<double>(k + 1);
        items.push_back(std::move(item));
    }
    return Bank::compile(std::move(items));
}

}  // namespace

void AnswersOption::add_to(CLI::App& command) {
    responses.add_to(command);
    command.add_option("--group", group, "The column of the persons' groups (default: group, where there is one)");
    command.add_option("--without", without, "Columns that are no items, or items to leave out, e.g. age,q7");
}

calibration::Responses AnswersOption::read() const {
    const auto source = input_pieces(responses.path);
    const formats::ResponseItems found = formats::response_items(source, responses.path, group);
    const std::vector<std::string> left_out = split_list(without);
    const auto is_without = [&](const std::string& id) {
        return std::find(left_out.begin(), left_out.end(), id) != left_out.end();
    };
    for (const std::string& id : left_out)
        if (std::find(found.ids.begin(), found.ids.end(), id) == found.ids.end())
            throw CLI::ValidationError("--without", "'" + id + "' is no item of " + responses.path);
    std::vector<std::string> ids;
    for (const std::string& id : found.ids)
        if (!is_without(id)) ids.push_back(id);
    if (ids.empty()) throw Error(responses.path + ": no items; each is a column, or a value of column 'item'");
    // A long table's items are all read, and a wide one's other columns are not.
    const Bank bank = bank_for_reading(found.is_long ? found.ids : ids);
    formats::ResponsesTable table(source, responses.path, bank, {responses.first_category, group, left_out});
    std::vector<int> places;
    int next_place = 0;
    for (const Item& item : bank.items()) places.push_back(is_without(item.id) ? -1 : next_place++);
    // The groups in the order in which they come, before the answers are taken.
    std::vector<std::string> groups;
    formats::PersonResponses person;
    while (table.next(person))
        if (std::find(groups.begin(), groups.end(), person.group) == groups.end()) {
            groups.push_back(person.group);
            if (groups.size() > 100)
                throw Error(responses.path + ": more than 100 groups; a column of groups names a few");
        }
    table.rewind();
    calibration::Responses result(std::move(ids), groups.empty() ? std::vector<std::string>{""} : groups);
    std::vector<calibration::Answer> answers;
    while (table.next(person)) {
        answers.clear();
        for (const formats::GivenResponse& given : person.responses) {
            const int place = places[static_cast<std::size_t>(given.item)];
            if (place >= 0) answers.push_back({place, given.category});
        }
        const auto of = std::find(result.groups().begin(), result.groups().end(), person.group);
        result.add(static_cast<int>(of - result.groups().begin()), answers);
    }
    return result;
}

}  // namespace palier::cli
