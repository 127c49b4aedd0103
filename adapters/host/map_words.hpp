// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/host/words.hpp"

// A result of several competences in the reader's words, domain by domain: data to draw bars of and the same in
// sentences, so that a host draws and computes nothing. Of the shape "state" (docs/host-calls.md), as result_words.hpp.

namespace palier::host {

/// Who reads it: the learner, or somebody else about the learner.
enum class Reader { learner, other };

struct MapWords {
    /// Places on the axis in percent of its length, each from <= to.
    struct Part {
        double from = 0;
        double to = 0;
    };
    struct Bar {
        Part margin;
        std::optional<Part> mark;  ///< the level (or the estimate, without levels); absent where none is told
        bool borrowed = false;     ///< it is its domain's
    };
    /// A competence, a domain or all of them.
    struct Row {
        std::string id;
        std::string name;
        std::string state;      ///< measured, reported_as_domain, not_assessed
        std::string result;     ///< "Indépendant (3 sur 8)", "entre 2 et 5 sur 8", or that it was not assessed
        std::string text;       ///< with its margin: "Indépendant (3 sur 8), entre 3 et 4"
        int n = 0;              ///< counted answers to its own questions
        std::string questions;  ///< "3 questions"; "" where none
        std::string required;   ///< whether what a profile asks for is reached; "" where it asks nothing
        bool open = false;      ///< whether it may be higher than that: nothing was asked beyond
        std::optional<Bar> bar;
    };
    /// A domain with its competences; those of no domain are in one without a row.
    struct Domain {
        std::optional<Row> row;
        std::vector<Row> scales;
    };
    struct Tick {
        double at;  ///< the middle of its level, in percent of the axis
        std::string text;
    };

    std::string title;
    std::vector<std::string> reading;  ///< how the bars are read, and what the states that are there mean
    std::vector<Tick> ticks;           ///< empty without levels
    Row overall;
    std::vector<Domain> domains;
    std::vector<std::string> apart;  ///< competences whose margin lies apart from that of the whole
    std::string text;                ///< the whole map in sentences
    Language language = Language::en;
};

/// Nothing of a state of one scale, or where there is no result.
std::optional<MapWords> map_words(const Json& state, Language language, Reader reader);

/// {"title","reading":[…],"ticks":[{"at","text"}],"overall":ROW,"domains":[{"row":ROW or null,"scales":[ROW]}],"text",
/// "table":{"title","competence","result","questions"}}, ROW {"id","name","state","result","text","n","questions",
/// "required","bar":{"margin":[from,to],"mark":[from,to] or null,"borrowed"} or null}; texts that are absent are null.
Json to_json(const MapWords& words);

}  // namespace palier::host
