// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

// Every refusal of the engine is one of these. The message names the item, key, line or event at
// fault and says what would be right; it is meant to be shown.

namespace palier {

struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Items or bank bytes that cannot be used.
struct BankError : Error {
    using Error::Error;
};

/// A plan that is malformed, or whose rules cannot hold together or with the bank.
struct PlanError : Error {
    using Error::Error;
};

/// A log, or an event, that could not have happened.
struct LogError : Error {
    using Error::Error;
};

/// A call with arguments that it does not take.
struct ArgumentError : Error {
    using Error::Error;
};

}  // namespace palier
