// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/said.hpp"
#include "adapters/xapi/store/store.hpp"
#include "adapters/xapi/validate.hpp"

// Statements of a store are sent on to other stores, in the order in which they came. How far a destination has come is
// kept in the store and moves only once the destination has said that it has them. What is sent again after a crash or
// a lost answer has the same ids, so that the destination has each of them once.
//
//   200, 204               they are there
//   400, 409, 413, 422     the batch is halved until the statement at fault is alone; it is parked with the words, and
//                          the next ones go on. 400 where the destination's `about` does not list our version, and ten
//                          refusals one after another: it pauses
//   403                    the same of a batch with a statement that voids another; else it is about the key
//   anything else, nothing again after 1 s, then twice as long each time up to an hour, give or take a fifth, never
//                          before Retry-After (a day at most)

namespace palier::xapi {

struct Destination {
    std::string name;      ///< as is_store_name() takes it
    std::string endpoint;  ///< "https://lrs.example.org/xapi", http or https, without a closing slash
    std::string key;
    std::string secret;
    Version version = Version::v1_0_3;
    /// Statements that meet all that is given, and those that refer to one that does.
    std::optional<std::string> agent, verb, activity, registration;
    bool related = false;
};

/// What has become of it.
struct Progress {
    std::int64_t place = 0;       ///< of the last statement that was dealt with, 0 before the first
    std::int64_t sent = 0;        ///< statements that the destination said it has
    std::int64_t parked = 0;      ///< that it refused
    std::int64_t failures = 0;    ///< without success since
    std::int64_t refusals = 0;    ///< statements one after another
    std::int64_t not_before = 0;  ///< microseconds since 1970 UTC
    std::string problem;          ///< what was said last, empty while all is well
    std::string why;              ///< what that is about, as the sentences forward_why_… have it, or empty
    bool paused = false;          ///< by an administrator: nothing is sent until it goes on
    bool retries_parked = false;  ///< those that it refused are sent once more
};

/// A statement that a destination refused.
struct Parked {
    std::string id;
    int status = 0;
    std::string words;      ///< the destination's, the beginning of them
    std::int64_t when = 0;  ///< microseconds since 1970 UTC
};

/// Sends a request, whose target is the address under the endpoint ("/statements"); throws where no answer came.
using SendOn = std::function<Response(const Destination& to, const Request& request)>;

/// What is wrong, for a person; empty while all is well.
std::string problem_words(const Progress& progress, words::Language language);
/// What is said where there is no destination of a name.
SaidError no_destination(const std::string& name);

/// Adds a destination, from the first statement on, or `from_now`. Throws SaidError where the name is none or taken, or
/// the endpoint is no address.
void add_destination(Store& store, const Destination& destination, bool from_now = false);
/// Takes it away, with what was parked; false where there is none.
bool remove_destination(Store& store, const std::string& name);
std::vector<Destination> destinations(Store& store);
/// Throws no_destination(), as those that follow do.
Progress progress_of(Store& store, const std::string& name);
std::vector<Parked> parked_of(Store& store, const std::string& name);
/// How many statements wait for it, `most` where there are more.
std::size_t waiting_for(Store& store, const std::string& name, std::size_t most);
/// Has what is parked be sent once more, and what waits be tried at once.
void retry_destination(Store& store, const std::string& name);
/// Has a destination wait until it is told to go on, or go on at once.
void pause_destination(Store& store, const std::string& name, bool paused);

/// Sends one batch of what waits for a destination as at an instant (microseconds since 1970 UTC); true where more can
/// be sent at once.
bool forward_some(Store& store, const std::string& name, const SendOn& send, std::int64_t now);

}  // namespace palier::xapi
