// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/standalone/attempts.hpp"
#include "adapters/standalone/html.hpp"
#include "engine/util/json.hpp"

namespace palier::standalone {

/// How packages of the tests that are served are made, by whoever gives this server its tests: no standard and no
/// player is known here.
struct Packages {
    struct Standard {
        std::string name;   ///< as `make` has it
        std::string title;  ///< where the words of this server have none (package_for_NAME)
    };
    std::vector<Standard> standards;
    Json notice;  ///< what whoever makes a package has to know: language (fr, en) to text
    /// The bytes of a package of the test of this id; `language`: fr or en, of its maker. Throws Error with why there
    /// is none, in that language where it is about the test. Null where there is no player to put into a package. One
    /// call at a time.
    using Make =
        std::function<std::string(const std::string& test, const std::string& standard, const std::string& language)>;
    Make make;
};

/// The trainer's page of packages. One is made at a time: who asks meanwhile is told to wait, so that the server has
/// its other threads for learners. Thread-safe.
class PackagesPage {
public:
    /// `root`: of the trainer's pages.
    PackagesPage(Packages packages, Tests tests, std::string root)
        : packages_(std::move(packages)), tests_(std::move(tests)), root_(std::move(root)) {}

    /// What is in the page. `token`: of its post; `problem`: why the package that `chosen` asks for was not made, or
    /// "".
    std::string body(const Reader& reader, const std::string& token, const std::string& problem = "",
                     const xapi::Parameters& chosen = {}) const;

    /// The file that the fields test and standard ask for. Throws Error with why there is none, and Refused.
    xapi::Response make(const xapi::Parameters& fields, const Reader& reader);

private:
    Packages packages_;
    Tests tests_;
    std::string root_;
    std::mutex making_;
};

}  // namespace palier::standalone
