// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/item_texts.hpp"

#include "adapters/formats/errors.hpp"
#include "adapters/formats/qti3.hpp"

namespace palier::formats {
namespace {

void add(const ChoiceKey& key, std::string& texts) {
    for (const ChoiceScore& score : key.scores) texts += score.feedback;
}
void add(const TrueFalseKey& key, std::string& texts) { texts += key.feedback_true + key.feedback_false; }
void add(const NumericalKey& key, std::string& texts) {
    for (const NumericalAnswer& answer : key.answers) texts += answer.feedback;
}
void add(const ShortAnswerKey& key, std::string& texts) {
    for (const ShortAnswer& answer : key.answers) texts += answer.feedback;
}
void add(const ClozeKey& key, std::string& texts) {
    for (const ClozePart& part : key.parts) std::visit([&](const auto& one) { add(one, texts); }, part.answers);
}
void add(const MatchKey&, std::string&) {}
void add(const OrderKey&, std::string&) {}
void add(const GapSelectKey&, std::string&) {}

// What reads its own QTI takes allowed elements and attributes alone, and gives the texts back as they were.
void expect_same(const Item& item) {
    const Item again = read_qti3(write_qti3(item, false).xml, "item '" + item.id + "'");
    if (again.prompt != item.prompt || again.interaction != item.interaction)
        throw FormatError("item '" + item.id + "': a text has what no question may have");
}

}  // namespace

void check_texts(const Item& item) {
    expect_same(item);
    if (!item.key) return;
    const Feedback& feedback = item.key->feedback;
    std::string texts = feedback.general + feedback.right + feedback.partly_right + feedback.wrong;
    std::visit([&](const auto& key) { add(key, texts); }, item.key->answers);
    if (texts.empty()) return;
    expect_same({item.id, "", texts, ShortAnswerInteraction{}, {}, std::nullopt});
}

}  // namespace palier::formats
