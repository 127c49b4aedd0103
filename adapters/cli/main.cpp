// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/cli/commands.hpp"
#include "adapters/host/host.hpp"

// Exit codes: 0 done, 1 the work could not be done, 2 the call is wrong.

int main(int argc, char** argv) {
    CLI::App app{"Palier: adaptive tests that measure with few questions", "palier"};
    app.set_version_flag("--version", palier::host::version());
    app.require_subcommand(1);
    palier::cli::add_call(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::RuntimeError& error) {
        return error.get_exit_code();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const std::bad_alloc&) {
        std::cerr << "palier: out of memory\n";
        return 1;
    } catch (const std::exception& error) {
        std::cerr << "palier: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
