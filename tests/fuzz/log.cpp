// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "adapters/host/handles.hpp"
#include "adapters/host/step.hpp"
#include "engine/errors.hpp"

// Any bytes are a log or an Error; a session that was resumed replays, verifies, tells its story, goes
// on, and its log resumes to the same state.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier;
    static const auto bank = std::make_shared<Bank>(Bank::from_json(Json::parse(
        R"([{"item":"a","b":-1,"se_b":0.3},{"item":"b","model":"2pl","a":1.5,"b":0},
            {"item":"c","model":"3pl","a":1,"b":1,"c":0.2,"enemies":["a"]},{"item":"d","b":0.5}])")));
    static const auto plan = std::make_shared<Plan>(Plan::parse(
        R"({"palier_plan":1,"levels":{"cuts":[-1,0,1]},"classification":{"method":"glr"},"floor":{"theta":-1,"min_items":3},
            "stop":{"standard_error":0.7,"max_items":3,"rules":{"any":[{"rule":"time_limit","seconds":100},
            {"all":[{"rule":"theta_change","at_most":0.1},{"rule":"standard_error_plateau","within":0.01}]},
            {"rule":"classified","method":"sprt"},{"rule":"no_information","below":0.01}]}}})"));
    try {
        auto session = Session::resume(bank, plan, log_from_json({reinterpret_cast<const char*>(data), size}));
        host::verify_json(session);
        host::story_json(session, "fr");
        host::advance(session, 1);
        const auto again = Session::resume(bank, plan, log_from_json(dump_json(to_json(session.log()))));
        // Progress is that of the events, so the whole state is.
        if (dump_json(host::state_json(again)) != dump_json(host::state_json(session))) std::abort();
    } catch (const Error&) {
    }
    return 0;
}
