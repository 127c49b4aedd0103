// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/formats/xml.hpp"
#include "tests/formats/support.hpp"

namespace palier::formats {
namespace {

using Json = nlohmann::json;

std::vector<Asset> files_beside(const Item& item) {
    std::vector<Asset> files;
    std::copy_if(item.assets.begin(), item.assets.end(), std::back_inserter(files),
                 [](const Asset& asset) { return !asset.only_in_key; });
    return files;
}

std::string refusal(const Json& presentation, const Json* key = nullptr) {
    try {
        item_from_json(presentation, key);
    } catch (const FormatError& error) {
        return error.what();
    }
    return "";
}

BOOST_AUTO_TEST_SUITE(content)

BOOST_AUTO_TEST_CASE(items_survive_qti) {
    for (const auto& [id, item] : test::items()) {
        const Qti3 qti = write_qti3(item, true);
        const Item again = read_qti3(qti.xml, id + ".xml", files_beside(item));
        BOOST_TEST((again == item), id << "\n" << qti.xml);
        const Item shown = read_qti3(write_qti3(item, false).xml, id + ".xml", files_beside(item));
        BOOST_TEST((shown.interaction == item.interaction), id);
        BOOST_TEST(!shown.key.has_value());
    }
}

BOOST_AUTO_TEST_CASE(what_a_browser_may_see_holds_no_key) {
    for (const auto& [id, item] : test::items()) {
        Item other = item;  // nothing but the key is another
        other.key->title = "another title";
        other.key->tags = {"another"};
        if (auto* choice = std::get_if<ChoiceKey>(&other.key->answers))
            std::reverse(choice->scores.begin(), choice->scores.end());
        if (auto* order = std::get_if<OrderKey>(&other.key->answers))
            std::reverse(order->order.begin(), order->order.end());
        BOOST_TEST(presentation_json(item) == presentation_json(other));
        BOOST_TEST(write_qti3(item, false).xml == write_qti3(other, false).xml);
        for (const char* word : {"qti-correct-response", "fraction", "qti-mapping", "mapped-value", "palier-key"})
            BOOST_TEST(write_qti3(item, false).xml.find(word) == std::string::npos, id << " " << word);
    }
    // The order of an ordering's items and of a match's choices is that of their identifiers.
    const auto& shown = std::get<OrderInteraction>(test::items().at("order-all-or-nothing").interaction);
    BOOST_TEST(std::is_sorted(shown.items.begin(), shown.items.end(),
                              [](const Choice& a, const Choice& b) { return a.id < b.id; }));
}

BOOST_AUTO_TEST_CASE(identifiers_in_qti_are_ncnames) {
    for (const char* id : {"a", "1a", "a b", "é", "a_x41_b", "-", "", "palier-1.1-L1-fr", "_", "a:b"}) {
        BOOST_TEST(xml::is_ncname(to_ncname(id)), id);
        if (*id != '\0') BOOST_TEST(from_ncname(to_ncname(id)) == id);
    }
}

BOOST_AUTO_TEST_CASE(an_arrangement_is_a_function_of_the_seed) {
    const Item& item = test::items().at("order-random");
    const Item once = arranged(item, 7), again = arranged(item, 7);
    BOOST_TEST((once == again));
    BOOST_TEST(std::get<OrderInteraction>(once.interaction).items.size() == 4U);
    BOOST_TEST(grade(once, Sequence{std::get<OrderKey>(once.key->answers).order}).fraction == 1);
    bool differs = false;
    for (unsigned long long seed = 0; seed < 20; ++seed) differs = differs || !(arranged(item, seed) == once);
    BOOST_TEST(differs);
    // Every start of the run is drawn.
    std::set<std::string> starts;
    for (unsigned long long seed = 0; seed < 200; ++seed)
        starts.insert(
            std::get<OrderKey>(arranged(test::items().at("order-contiguous"), seed).key->answers).order.front());
    BOOST_TEST(starts.size() == 5U);
}

BOOST_AUTO_TEST_CASE(json_that_is_not_an_item_is_refused_by_path) {
    const Item& item = test::items().at("mc-one");
    Json presentation = presentation_json(item);
    const Json key = key_json(item);
    presentation["interaction"]["colour"] = "red";
    BOOST_TEST(refusal(presentation) ==
               "unknown key 'interaction.colour'; valid keys: type, multiple, shuffle, numbering, choices, most");
    presentation = presentation_json(item);
    presentation["interaction"]["choices"][1]["id"] = 5;
    BOOST_TEST(refusal(presentation) == "'interaction.choices[1].id' is 5; it should be a text");
    presentation = presentation_json(test::items().at("mc-many-halves"));
    BOOST_TEST(refusal(presentation, &key) ==
               "'key.id' is \"mc-one\"; it should be 'mc-many-halves', the item that the key is given for");
    presentation = presentation_json(item);
    presentation["interaction"]["choices"].erase(0);
    BOOST_TEST(refusal(presentation, &key).find("which the interaction does not have") != std::string::npos);
    presentation = presentation_json(item);
    presentation["assets"] = Json::array({{{"path", "assets/../x"}, {"media_type", "image/png"}, {"base64", ""}}});
    BOOST_TEST(refusal(presentation) == "item 'mc-one': 'assets/../x' is no path of an asset");
    BOOST_TEST(refusal(Json::array()) == "presentation is []; it should be an object {…}");
}

BOOST_AUTO_TEST_CASE(qti_of_others_is_refused_with_a_reason) {
    const auto refused = [](const std::string& xml) {
        try {
            read_qti3(xml, "x.xml");
        } catch (const FormatError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    BOOST_TEST(refused("<a/>") == "x.xml:1: a <qti-assessment-item> is expected");
    std::string xml = write_qti3(test::items().at("mc-one"), false).xml;
    xml.replace(xml.find("<p>A calc"), 3, "<p onclick=\"x()\">");
    BOOST_TEST(refused(xml).find("the attribute onclick=\"x()\" is not accepted") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
