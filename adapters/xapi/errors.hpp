// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace palier::xapi {

/// A request to the statement builder that cannot be met; the message begins with the key or the
/// event at fault ("context.actor: …") and says what would be right.
class RequestError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace palier::xapi
