// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "adapters/calls/call.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

// A request that comes from a file must not be told to write there, nor over its bank.
void check_named_output(const std::string& request) {
    if (request.find("\"output\"") == std::string::npos) return;
    const Json json = Json::parse(request, nullptr, false);
    if (!json.is_object() || !json.contains("output") || !json["output"].is_string()) return;
    std::vector<std::string> inputs = {"-"};
    if (json.contains("bank_file") && json["bank_file"].is_string()) inputs.push_back(json["bank_file"]);
    check_output("output", json["output"], inputs);
}

/// Calls know compiled banks alone: of a table or a bank file the request has the items.
std::string with_items(std::string request) {
    if (request.find("\"bank_file\"") == std::string::npos) return request;
    Json json = Json::parse(request, nullptr, false);
    if (!json.is_object() || !json.contains("bank_file") || !json["bank_file"].is_string() || json.contains("items"))
        return request;
    BankOption bank;
    bank.path = json["bank_file"];
    std::error_code error;
    if (!std::filesystem::is_regular_file(bank.path, error)) return request;
    std::array<char, 8> start{};
    std::ifstream(bank.path, std::ios::binary).read(start.data(), start.size());
    if (Bank::is_bank_bytes({start.data(), start.size()})) return request;
    json["items"] = bank.read()->to_json();
    json.erase("bank_file");
    return dump_json(json);
}

void run() {
    std::string request = read_input("-");
    try {
        check_named_output(request);
        request = with_items(std::move(request));
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
