// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/response_words.hpp"

#include <array>

#include "adapters/formats/response.hpp"

namespace palier::delivery {
namespace {

// By the alternatives of formats::Interaction.
constexpr std::array types{"choice",     "true_false", "match",        "order",
                           "gap_select", "numerical",  "short_answer", "cloze"};
constexpr std::array interactions{"choice",      "true-false", "matching", "sequencing",
                                  "performance", "numeric",    "fill-in",  "performance"};

std::string joined(const std::vector<std::string>& ids) { return join(ids, "[,]"); }

struct Notation {
    std::string operator()(const std::monostate&) const { return ""; }
    std::string operator()(const formats::Selection& given) const { return joined(given.choices); }
    std::string operator()(const formats::Sequence& given) const { return joined(given.order); }
    std::string operator()(const formats::Pairs& given) const {
        std::vector<std::string> pairs;
        for (const auto& [from, to] : given.pairs) pairs.push_back(from + "[.]" + to);
        return joined(pairs);
    }
    std::string operator()(const formats::Entry& given) const {
        return given.unit ? given.text + " " + *given.unit : given.text;
    }
};

}  // namespace

std::string type_name(const formats::Item& item) { return types[item.interaction.index()]; }

Json interaction_json(const formats::Item& item, const std::optional<std::string>& response) {
    Json json = {{"type", type_name(item)}, {"interaction", interactions[item.interaction.index()]}};
    if (response) {
        const Json given = Json::parse(*response, nullptr, false);
        if (!given.is_discarded()) json["response"] = std::visit(Notation{}, formats::response_from_json(given));
    }
    return json;
}

}  // namespace palier::delivery
