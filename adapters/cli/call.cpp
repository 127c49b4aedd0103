// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <iterator>

#include "adapters/calls/call.hpp"
#include "adapters/cli/commands.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

void run() {
    const std::string request{std::istreambuf_iterator<char>(std::cin), {}};
    try {
        std::cout << calls::call(request) << '\n' << std::flush;
    } catch (const Error& error) {
        std::cout << host::error_json(error) << '\n' << std::flush;
        throw CLI::RuntimeError(1);
    }
    if (!std::cout) throw Error("standard output cannot be written");
}

}  // namespace

void add_call(CLI::App& app) {
    app.add_subcommand("call", "One JSON request on standard input, one JSON answer on standard output")->callback(run);
}

}  // namespace palier::cli
