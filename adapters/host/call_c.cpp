// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/call_c.h"

#include "adapters/host/host.hpp"

extern "C" const char* palier_call(const char* request_json) {
    static std::string answer;
    try {
        answer = palier::host::call(request_json == nullptr ? "" : request_json);
    } catch (const std::exception& error) {
        answer = palier::host::error_json(error);
    }
    return answer.c_str();
}
