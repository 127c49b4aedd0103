// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/words.hpp"

#include <stdexcept>

namespace palier::delivery {

std::string word(const std::string& name, host::Language language, const words::Values& values) {
    const auto key = words::Key::named(name);
    if (!key) throw std::out_of_range("the catalogue of words has no '" + name + "'");
    return words::text(*key, language, values);
}

std::string invalid_sentence(formats::Reason reason, host::Language language) {
    switch (reason) {
        case formats::Reason::no_answer:
            return words::text("invalid_no_answer", language);
        case formats::Reason::incomplete:
            return words::text("invalid_incomplete", language);
        case formats::Reason::not_a_number:
            return words::text("invalid_not_a_number", language);
        case formats::Reason::unit_not_expected:
            return words::text("invalid_unit_not_expected", language);
        case formats::Reason::unit_missing:
            return words::text("invalid_unit_missing", language);
        case formats::Reason::thousands_separator:
            return words::text("invalid_thousands", language);
        case formats::Reason::too_many_choices:
            return words::text("invalid_too_many", language);
        case formats::Reason::twice:
            return words::text("invalid_twice", language);
        default:
            return words::text("invalid_other", language);
    }
}

std::string too_long_sentence(std::size_t most, host::Language language) {
    return words::text("invalid_too_long", language, {{"most", std::to_string(most)}});
}

}  // namespace palier::delivery
