// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/delivery_c.h"

#include "adapters/delivery/delivery.hpp"

extern "C" const char* palier_delivery(const char* request_json) {
    static palier::delivery::OpenTests tests;
    static std::string answer;
    answer = tests.call(request_json == nullptr ? "" : request_json);
    return answer.c_str();
}
