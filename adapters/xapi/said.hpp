// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "adapters/words/words.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {

/// What was asked for is not done, and why, for a person: the message is in English, in() says it in either language.
class SaidError : public ArgumentError {
public:
    explicit SaidError(words::Key key, words::Values values = {})
        : ArgumentError(words::text(key, words::Language::en, values)), key_(key), values_(std::move(values)) {}
    std::string in(words::Language language) const { return words::text(key_, language, values_); }

private:
    words::Key key_;
    words::Values values_;
};

}  // namespace palier::xapi
