// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/calls/call_c.h"

#include "adapters/calls/call.hpp"

extern "C" const char* palier_call(const char* request_json) {
    static std::string answer;
    try {
        answer = palier::calls::call(request_json == nullptr ? "" : request_json);
    } catch (const std::exception& error) {
        answer = palier::host::error_json(error);
    }
    return answer.c_str();
}
