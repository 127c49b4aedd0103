// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/xapi/lrs/http.hpp"

namespace palier::cli {

/// Asks another server and waits for its answer, each step 30 s at most; an answer has at most 1 MB. With https the
/// certificate is checked against the machine's authorities and the host's name. Redirections are not followed.
/// `address`: "https://lrs.example.org/xapi"; the request's target comes after it. Throws Error where no answer came.
xapi::Response ask_server(const std::string& address, const xapi::Request& request);

}  // namespace palier::cli
