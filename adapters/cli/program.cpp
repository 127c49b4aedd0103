// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/program.hpp"

#include "adapters/cli/commands.hpp"
#include "adapters/cli/convert.hpp"
#include "adapters/cli/xapi.hpp"

namespace palier::cli {

void add_commands(CLI::App& app) {
    add_score(app);
    add_calibrate(app);
    add_dif(app);
    add_fit(app);
    add_link(app);
    add_info(app);
    add_session_commands(app);
    add_posthoc(app);
    add_simulate(app);
    add_assemble(app);
    add_exposure(app);
    add_call(app);
    add_bundle(app);
    add_package(app);
    add_records(app);
    add_questions(app);
    add_convert(app);
    add_serve(app);
    add_xapi(app);
}

}  // namespace palier::cli
