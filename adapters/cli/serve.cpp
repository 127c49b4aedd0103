// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/asio/ip/address.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>

#include "adapters/cli/background.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/http_server.hpp"
#include "adapters/cli/served_packages.hpp"
#include "adapters/standalone/demo.hpp"
#include "adapters/standalone/random.hpp"
#include "adapters/standalone/site.hpp"
#include "adapters/standalone/trainer.hpp"
#include "adapters/xapi/lrs/keys_page.hpp"
#include "adapters/xapi/lrs/lrs.hpp"
#include "adapters/xapi/lrs/origins.hpp"
#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/profile/profile.hpp"
#include "adapters/xapi/store/store.hpp"
#include "engine/errors.hpp"

// `palier serve`: the demonstration test (--demo), the statement store (--xapi) or both behind HTTP, on
// this machine unless told otherwise.

namespace palier::cli {
namespace {

constexpr std::size_t least_secret = 16;      // characters
constexpr std::size_t least_trainer_key = 8;  // typed by hand; wrong ones are slowed

struct ServeOptions {
    bool xapi = false;
    bool demo = false;
    std::vector<std::string> bundles;
    bool tests() const { return demo || !bundles.empty(); }
    std::string test = "map";
    std::string database;
    std::string trainer_key;
    std::string player;
    std::optional<std::uint64_t> seed;
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> hosts;
    std::string key;
    std::string secret;
    std::string port_file;
    std::vector<std::string> origins;
    std::vector<std::string> proxies;
    std::string public_url;
};

struct Endpoint {
    std::string host;  ///< as it stands in an address: "127.0.0.1", "[::1]", "localhost"
    boost::asio::ip::address address;
    std::uint16_t port;
};

Endpoint read_endpoint(const std::string& text) {
    const auto wrong = [&] {
        return CLI::ValidationError("--listen",
                                    "'" + text + "' should be ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:0");
    };
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) throw wrong();
    Endpoint endpoint{text.substr(0, colon), {}, 0};
    const std::string digits = text.substr(colon + 1);
    const bool number =
        !digits.empty() && digits.size() <= 5 && digits.find_first_not_of("0123456789") == std::string::npos;
    if (!number || std::stoul(digits) > 65535) throw wrong();
    endpoint.port = static_cast<std::uint16_t>(std::stoul(digits));
    std::string address = endpoint.host == "localhost" ? "127.0.0.1" : endpoint.host;
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    boost::system::error_code error;
    endpoint.address = boost::asio::ip::make_address(address, error);
    if (error) throw wrong();
    return endpoint;
}

/// The name in an origin such as https://lrs.example.org:8443, as the Host header has it.
std::string host_of(const std::string& origin) {
    const std::string rest = origin.substr(origin.find("://") + 3);
    const auto port = rest.find(':', rest.starts_with('[') ? rest.find(']') : 0);
    return rest.substr(0, port);
}

/// What goes over TLS alone: a browser then sends no cookie back in the clear.
void secure_cookies(xapi::Response& response) {
    for (auto& [name, value] : response.headers)
        if (name == "Set-Cookie") value += "; Secure";
}

/// Beside and then renamed, so that whoever waits for the file reads all of it.
void write_port(const std::string& path, std::uint16_t port) {
    const std::string beside = path + ".new";
    std::ofstream(beside) << port << '\n';
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (error) throw Error(path + ": " + error.message());
}

/// The folder of the player's files: as given, beside the program or where it was installed, or in the
/// sources that it was built of. "" where the player was not built.
std::string served_player(const std::string& given) {
    namespace fs = std::filesystem;
    std::error_code error;
    const auto has_page = [&](const fs::path& folder) { return fs::is_regular_file(folder / "index.html", error); };
    if (!given.empty()) {
        if (!has_page(given)) throw Error("--player " + given + ": there is no index.html in this folder");
        return given;
    }
    if (const auto page = file_with_program("player/index.html")) return fs::path(*page).parent_path().string();
    return has_page(PALIER_PLAYER_FOLDER) ? PALIER_PLAYER_FOLDER : "";
}

standalone::Demo demo_named(const std::string& name) {
    return name == "level" ? standalone::Demo::level
           : name == "map" ? standalone::Demo::map
                           : standalone::Demo::short_map;
}

/// Tests, and the bundles that they were read of.
struct Served {
    standalone::Tests tests;
    std::map<std::string, std::string> bundles;  ///< by id

    void add(std::string bundle) {
        tests.push_back(delivery::Test::open(bundle));
        bundles.emplace(tests.back()->about().at("id"), std::move(bundle));
    }
    /// Of a file, that it may be served: a package has its pictures in files beside it.
    void add_file(const std::string& file) {
        try {
            add(read_input(file));
        } catch (const Error& error) {
            throw Error(file + ": " + error.what() + "; `palier bundle` makes what can be served");
        }
    }
};

/// The trainer's pages of a store with a name, which its own keys open; `server`: "http://127.0.0.1:8080".
xapi::Pages trainer_of(xapi::Store& store, const std::string& server, const std::string& root) {
    const std::string home = root + "/trainer";
    const auto trainer = std::make_shared<standalone::Trainer>(
        store, standalone::TrainerKeys{"", "", "", true, server + root + "/xapi"}, home, home);
    return [trainer](const xapi::Request& request) { return standalone::answer_trainer(*trainer, request); };
}

int serve(const ServeOptions& options) {
    const Endpoint endpoint = read_endpoint(options.listen);
    const bool own_key = options.key.empty();
    const std::string key = own_key ? standalone::random_text(8) : options.key;
    const std::string secret = own_key ? standalone::random_text(32) : options.secret;
    const std::string trainer_key = options.trainer_key.empty() ? standalone::random_text(8) : options.trainer_key;
    const std::string player = options.tests() ? served_player(options.player) : "";

    HttpOptions http;
    http.address = endpoint.address.to_string();
    http.port = endpoint.port;
    http.largest_body = options.xapi ? xapi::largest_body : standalone::largest_post;
    http.hosts = {"localhost", "127.0.0.1", "[::1]", endpoint.host};
    for (std::string name : options.hosts) {
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        http.hosts.push_back(name);
    }

    if (!options.public_url.empty()) http.hosts.push_back(host_of(options.public_url));
    http.proxies = options.proxies;
    const bool over_tls = options.public_url.starts_with("https:");

    Served served;
    if (options.demo) served.add(dump_json(standalone::demo_bundle(demo_named(options.test))));
    for (const std::string& file : options.bundles) served.add_file(file);

    // The server is made before the store: a port that is taken leaves no file behind.
    std::unique_ptr<xapi::Store> store;
    std::unique_ptr<xapi::Lrs> lrs;
    std::unique_ptr<xapi::NamedStores> named;
    std::unique_ptr<xapi::KeysPage> keys;
    std::unique_ptr<standalone::Site> site;
    std::unique_ptr<standalone::Trainer> trainer;  // where there is no demonstration test
    const auto answer = [&lrs, &named, &keys, &site, &trainer](const xapi::Request& request) {
        if (xapi::asks_for_profile(request)) return xapi::answer_profile(request);
        const bool statements = request.target.starts_with("/xapi");
        if (keys && xapi::KeysPage::asks_for(request, "/keys")) return keys->handle(request);
        if (trainer && standalone::is_for_trainer(request)) return standalone::answer_trainer(*trainer, request);
        return named && xapi::NamedStores::asks_for_one(request) ? named->handle(request)
               : lrs && (statements || !site)                    ? lrs->handle(request)
                                                                 : site->handle(request);
    };
    HttpServer server(http, [&answer, over_tls](const xapi::Request& request) {
        xapi::Response response = answer(request);
        if (over_tls) secure_cookies(response);
        if (response.status >= 500) std::cerr << "palier: " + response.body + "\n" << std::flush;
        return response;
    });
    const std::string here = "http://" + endpoint.host + ":" + std::to_string(server.port());
    const std::string home = options.public_url.empty() ? here : options.public_url;
    const std::string database = !options.database.empty() ? options.database
                                 : options.demo            ? "palier-demo.db"
                                 : options.tests()         ? "palier-tests.db"
                                                           : "palier-xapi.db";
    const std::string shown = xapi::shown_address(database);
    try {
        store = std::make_unique<xapi::Store>(database);
        if (options.tests()) {
            standalone::Settings settings{home, trainer_key, player, options.seed};
            settings.demo = options.demo;
            settings.store_keys = options.xapi;
            if (options.xapi) settings.key = key, settings.secret = secret;
            settings.packages = served_packages(std::move(served.bundles), options.player);
            site = std::make_unique<standalone::Site>(settings, *store, std::move(served.tests));
        } else {
            trainer = std::make_unique<standalone::Trainer>(
                *store, standalone::TrainerKeys{"", key, secret, true, home + "/xapi"}, "/trainer", "/trainer");
        }
    } catch (const xapi::StoreError& error) {
        throw Error(shown + ": " + error.what());
    }
    if (options.xapi) {
        lrs =
            std::make_unique<xapi::Lrs>(*store, xapi::Settings{key, secret, home + "/xapi", "/xapi", options.origins});
        named = std::make_unique<xapi::NamedStores>(
            database, home, options.origins,
            [home](xapi::Store& one, const std::string& root) { return trainer_of(one, home, root); });
        keys = std::make_unique<xapi::KeysPage>(*store, key, secret, "/keys", named.get());
    }
    if (!options.port_file.empty()) write_port(options.port_file, server.port());

    if (options.tests()) {
        std::cout << "Palier, stand-alone mode (without Moodle), kept in " << shown << "\n"
                  << "  for learners       " << home << "/\n"
                  << "  for the trainer    " << home << "/trainer\n";
        if (options.trainer_key.empty()) std::cout << "  the trainer's key  " << trainer_key << '\n';
        if (player.empty())
            std::cout << "The player was not built (scorm/player): the test is shown without scripts.\n";
    }
    if (options.xapi) {
        std::cout << "xAPI statements at " << home << "/xapi, kept in " << shown << '\n';
        for (const std::string& name : named->names())
            std::cout << "  and at " << home << "/stores/" << name << "/xapi (/keys, /trainer)\n";
        std::cout << "  keys are made and revoked at " << home << "/keys\n"
                  << "  sentences for a trainer are at " << home << "/trainer\n";
        if (own_key) std::cout << "key    " << key << "\nsecret " << secret << '\n';
    }
    if (home != here) std::cout << "  a reverse proxy is expected before " << here << '\n';
    std::cout << std::flush;
    if (!endpoint.address.is_loopback())
        std::cerr << "palier: other machines can reach this address, and what they send can be "
                     "read on the way: "
                     "put a reverse proxy with TLS before it\n";
    std::unique_ptr<Background> background;
    if (options.xapi) background = std::make_unique<Background>(*store, *named);
    server.run();
    return 0;
}

void run_serve(ServeOptions options) {
    if (!options.xapi && !options.tests())
        throw CLI::ValidationError(
            "palier serve",
            "nothing to serve; give --demo (the demonstration test), --bundle FILE (a test of yours), --xapi (the statement "
            "store), or several of them");
    if (options.key.empty() != options.secret.empty())
        throw CLI::ValidationError("--key, --secret", "give both or neither");
    const auto check_length = [](const char* option, const std::string& given, std::size_t least) {
        if (!given.empty() && given.size() < least)
            throw CLI::ValidationError(option, "it has " + std::to_string(given.size()) +
                                                   " characters and can be guessed; " + std::to_string(least) +
                                                   " or more by chance are right, such as " +
                                                   "`openssl rand -hex 24` gives");
    };
    check_length("--secret", options.secret, least_secret);
    check_length("--trainer-key", options.trainer_key, least_trainer_key);
    if (options.key.find(':') != std::string::npos) throw CLI::ValidationError("--key", "a key has no colon");
    for (const std::string& origin : options.origins)
        if (!xapi::is_origin(origin))
            throw CLI::ValidationError("--allow-origin", "'" + origin +
                                                             "' should be an origin in lower case such as "
                                                             "https://cours.example.org, without a path, or *");
    if (!options.origins.empty() && !options.xapi) throw CLI::ValidationError("--allow-origin", "goes with --xapi");
    if (!options.public_url.empty() && (options.public_url == "*" || !xapi::is_origin(options.public_url)))
        throw CLI::ValidationError("--public-url", "'" + options.public_url +
                                                       "' should be an address in lower case such as "
                                                       "https://lrs.example.org, without a path");
    for (std::string& proxy : options.proxies) {
        boost::system::error_code wrong;
        const auto address = boost::asio::ip::make_address(proxy, wrong);
        if (wrong) throw CLI::ValidationError("--proxy", "'" + proxy + "' should be an address such as 127.0.0.1");
        proxy = address.to_string();
    }
    serve(options);
}

}  // namespace

void add_serve(CLI::App& app) {
    auto* command =
        app.add_subcommand("serve", "Serves tests, xAPI statements or both over HTTP, until SIGTERM or Ctrl-C");
    const auto options = std::make_shared<ServeOptions>();
    command->add_flag("--demo", options->demo, "The demonstration test and the trainer's page, without Moodle");
    command
        ->add_option("--bundle", options->bundles,
                     "A test of yours, as `palier bundle` makes it, for learners of this place; once for each test")
        ->allow_extra_args(false);
    command
        ->add_option("--test", options->test,
                     "What the demonstration test finds: map (16 competences, the default), short-map (the same in at "
                     "most 16 questions) or level (one level)")
        ->check(CLI::IsMember({"map", "short-map", "level"}));
    command
        ->add_option("--trainer-key", options->trainer_key,
                     "Key of the trainer's page (default: random, shown at the start)")
        ->envname("PALIER_TRAINER_KEY");
    command->add_option("--player", options->player,
                        "Folder of the player's files (default: where it was built or installed)");
    command->add_option("--seed", options->seed, "The same draws for everybody (default: new ones each time)")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    command->add_flag("--xapi", options->xapi, "The statement store, at /xapi");
    command
        ->add_option("--db", options->database,
                     "A SQLite file, made where there is none (default palier-demo.db or palier-xapi.db), or a "
                     "PostgreSQL database: postgresql://USER@HOST/DATABASE, its password in ~/.pgpass")
        ->envname("PALIER_DB");
    command->add_option("--listen", options->listen, "ADDRESS:PORT (default 127.0.0.1:8080; port 0: any that is free)");
    command->add_option("--host", options->hosts, "A host name to answer for, besides localhost and the address");
    command
        ->add_option("--allow-origin", options->origins,
                     "An origin whose pages may send and read statements, such as https://cours.example.org, or * "
                     "(default: none)")
        ->take_all();
    command
        ->add_option("--proxy", options->proxies,
                     "Address of a reverse proxy, such as 127.0.0.1: whom it names in X-Forwarded-For is who asks "
                     "(default: none)")
        ->take_all();
    command->add_option("--public-url", options->public_url,
                        "The address by which others reach this server through a reverse proxy, such as "
                        "https://lrs.example.org (default: http:// and the one of --listen)");
    command->add_option("--key", options->key, "Key of the one client (default: random, shown at the start)")
        ->envname("PALIER_XAPI_KEY");
    command->add_option("--secret", options->secret, "Its secret, of 16 characters or more")
        ->envname("PALIER_XAPI_SECRET");
    command->add_option("--port-file", options->port_file, "Write the port there once it is bound");
    command->callback([options] { run_serve(*options); });
}

}  // namespace palier::cli
