// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>

#include "adapters/cli/program.hpp"
#include "adapters/host/host.hpp"
#include "engine/util/json.hpp"

// Exit codes: 0 done, 1 the work could not be done, 2 the call is wrong.

namespace {

// A descriptor that is closed would be given to the first file that is opened, and what is said be written into it.
void hold_descriptors() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) != -1) continue;
        const int held = ::open("/dev/null", O_RDONLY);  // writing to it fails, as it should
        if (held >= 0 && held != descriptor) ::close(held);
    }
}

int run_command(CLI::App& app, int argc, char** argv) {
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

}  // namespace

int main(int argc, char** argv) {
    hold_descriptors();
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a failed write, and told as one
    CLI::App app{"Palier: adaptive tests that measure with few questions", "palier"};
    app.set_version_flag("--version", palier::host::version());
    app.require_subcommand(1);
    app.footer(
        "Every key of a plan: docs/plan.md of the sources, or /usr/share/doc/palier/plan.md of Debian's package.\n"
        "Every column of a table: docs/tables.md, or /usr/share/doc/palier/tables.md.");
    palier::cli::add_commands(app);
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    if (argc > 1 && argv[1][0] != '-' && std::find(names.begin(), names.end(), argv[1]) == names.end()) {
        std::cerr << "palier: unknown command '" << argv[1] << "'" << palier::did_you_mean(argv[1], names)
                  << " Commands: " << palier::join(names) << '\n';
        return 2;
    }
    const int code = run_command(app, argc, argv);
    // Whatever the command, help and version too: what was said has to have arrived.
    std::cout.flush();
    if (code == 0 && !std::cout) {
        std::cerr << "palier: standard output cannot be written\n";
        return 1;
    }
    return code;
}
