// SPDX-License-Identifier: GPL-3.0-or-later
// How fast statements are built, and how fast `palier serve --xapi` takes and finds them, on this machine:
//   xapi_serve_bench [statements to fill with, default 100000]
// The statements of step 40 of a session, its JSON parsed; durable inserts (every answer is a synced commit);
// then queries by one filter, 50 a page.
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "tests/xapi/running_server.hpp"
#include "tests/xapi/support.hpp"
#include "tests/xapi/temporary.hpp"

using namespace palier::test;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// An answer of learner `who` to question `what`, of Palier's own making.
json statement(const json& pattern, int who, int what) {
    json one = pattern;
    one["id"] = palier::xapi::uuid4();
    one["actor"]["account"]["name"] = "learner-" + std::to_string(who);
    one["object"]["id"] = "https://moodle.example.org/question/entry/" + std::to_string(what);
    one["context"]["registration"] = palier::xapi::uuid5("attempt " + std::to_string(who));
    return one;
}

/// Seconds of processor that a process has used (proc(5), fields 14 and 15 of stat).
double processor_seconds(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 3; i < 14; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Says statements a second, and the server's processor time of each, by `clients` that each send batches for some
/// seconds or until there are so many.
void insert(RunningServer& server, const char* name, const json& pattern, int clients, int batch, double seconds,
            std::size_t at_most) {
    const unsigned short port = server.port();
    const double before = processor_seconds(server.process().id());
    std::atomic<std::size_t> sent = 0;
    const auto start = Clock::now();
    std::vector<std::thread> threads;
    for (int client = 0; client < clients; ++client)
        threads.emplace_back([&, client] {
            Client connection(port);
            for (int i = client; since(start) < seconds && sent < at_most; ++i) {
                json list = json::array();
                for (int k = 0; k < batch; ++k) list.push_back(statement(pattern, i * 7 % 5000, (i + k) % 500));
                if (connection.send(http::verb::post, "/xapi/statements", list.dump()).status != 200)
                    throw std::runtime_error("refused");
                sent += list.size();
            }
        });
    for (auto& thread : threads) thread.join();
    const double wall = since(start), used = processor_seconds(server.process().id()) - before;
    std::cout << name << ": " << sent << " statements, " << static_cast<double>(sent) / wall << " a second, "
              << used / static_cast<double>(sent) * 1e3 << " ms of the server's processor each\n"
              << std::flush;
}

/// A host's request for the statements of the last of `steps` steps.
std::string late_request(int steps) {
    json request = session();
    json events = json::array({request["log"]["events"][0]});
    json told = json::array();
    for (int n = 1; n <= steps; ++n) {
        const std::string item = "q" + std::to_string(n);
        json answer = request["log"]["events"][2];
        answer["item"] = item;
        events.push_back({{"type", "asked"}, {"item", item}, {"time", 1760000000000}});
        events.push_back(answer);
        json step = request["record"]["steps"][0];
        step["n"] = n;
        step["item"] = item;
        told.push_back(step);
    }
    request["log"]["events"] = events;
    request["record"]["steps"] = told;
    request["from_event"] = events.size() - 2;
    return request.dump();
}

void build() {
    const nlohmann::json request = nlohmann::json::parse(late_request(40));
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        const auto start = Clock::now();
        palier::xapi::statements_of(request);
        times.push_back(since(start) * 1000);
    }
    std::sort(times.begin(), times.end());
    std::cout << "statements of step 40: median " << times[100] << " ms, p95 " << times[190] << " ms\n";
}

void query(unsigned short port, const char* name, const std::function<std::string(int)>& parameters) {
    Client client(port);
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        const auto start = Clock::now();
        if (client.send(http::verb::get, "/xapi/statements?limit=50&" + parameters(i)).status != 200)
            throw std::runtime_error(name);
        times.push_back(since(start) * 1000);
    }
    std::sort(times.begin(), times.end());
    std::cout << name << ": median " << times[100] << " ms, p95 " << times[190] << " ms\n";
}

std::string encoded(std::string text) {
    for (const auto& [from, to] : {std::pair{"\"", "%22"}, {"{", "%7B"}, {"}", "%7D"}})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from)) text.replace(at, 1, to);
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t fill = argc > 1 ? std::stoul(argv[1]) : 100000;
    build();
    const Temporary folder;
    const json pattern = statements(session())[1]["statement"];
    RunningServer server(folder.file("."));
    std::cout << pattern.dump().size() << " bytes a statement\n";
    insert(server, "single, 1 client", pattern, 1, 1, 5, fill);
    insert(server, "single, 4 clients", pattern, 4, 1, 5, fill);
    insert(server, "batches of 50, 1 client", pattern, 1, 50, 5, fill);
    for (int tenth = 1; tenth <= 10; ++tenth)
        insert(server, ("batches of 50, 4 clients, part " + std::to_string(tenth) + " of 10").c_str(), pattern, 4, 50,
               1e9, fill / 10);
    std::cout << std::filesystem::file_size(folder.file("s.db")) / (1 << 20) << " MB\n";
    query(server.port(), "newest", [](int) { return std::string(); });
    query(server.port(), "verb", [&](int) { return "verb=" + pattern["verb"]["id"].get<std::string>(); });
    query(server.port(), "agent", [](int i) {
        return "agent=" + encoded(R"({"account":{"homePage":"https://moodle.example.org","name":"learner-)" +
                                  std::to_string(i * 11) + "\"}}");
    });
    query(server.port(), "activity",
          [](int i) { return "activity=https://moodle.example.org/question/entry/" + std::to_string(i); });
    query(server.port(), "related activity", [](int) {
        return std::string("related_activities=true&activity=https://moodle.example.org/course/view.php?id=3");
    });
    query(server.port(), "agent and activity", [](int i) {
        return "activity=https://moodle.example.org/question/entry/" + std::to_string(i) + "&agent=" +
               encoded(R"({"account":{"homePage":"https://moodle.example.org","name":"learner-)" +
                       std::to_string(i * 7) + "\"}}");
    });
    query(server.port(), "registration",
          [](int i) { return "registration=" + palier::xapi::uuid5("attempt " + std::to_string(i)); });
}
