// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/xapi/store/backend/connection.hpp"
#include "adapters/xapi/store/backend/rows/index.hpp"
#include "adapters/xapi/store/backend/rows/postings.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/store/query.hpp"

namespace palier::xapi {

/// Finds the statements of a query through a connection, block by block from the newest or the oldest. One use.
class Search {
public:
    /// What counts: statements that are not voided, and those that refer to one that meets the filters; with voided
    /// ones too; or, for erasures, each one that meets them itself, voided or not.
    enum Kind { counting, with_voided, own_and_voided };

    Search(Connection& connection, const Query& query, Kind kind);

    Page page();
    /// The same without bodies.
    std::vector<std::int64_t> places();

private:
    struct Filter {
        std::string text;
        std::int64_t term = 0;
        std::vector<std::int64_t> scopes;
    };

    bool ask();
    void look(Page& page, bool bodies);
    void look_at_all(Page& page, bool bodies);
    bool look_at_block(std::int64_t block, Page& page, bool bodies);
    bool asks_for_time_or_level() const;
    template <typename Take>
    std::int64_t take_told(Prepared& rows, const Take& take) const;
    void read_told();
    Bits of_time_and_level(std::int64_t block, const std::vector<std::size_t>& among);
    std::vector<std::int64_t> next_blocks_of_time_and_level(std::int64_t from, std::size_t count);
    std::vector<std::int64_t> next_blocks(std::int64_t from, std::size_t count);
    void load(const std::vector<std::int64_t>& blocks);
    bool take(Page& page, std::int64_t place, std::string_view body, bool bodies);
    Bits bits(const Filter& filter, std::int64_t block) const;
    bool meets(const Terms& terms) const;
    bool meets_itself_or_by_reference(const std::string& body);
    std::optional<std::int64_t> number(std::string_view text);
    std::int64_t last_up_to(std::int64_t stored);

    Connection& connection_;
    const Query& query_;
    Kind kind_;
    std::vector<Filter> filters_;
    std::int64_t happened_from_ = std::numeric_limits<std::int64_t>::min();
    std::int64_t happened_before_ = std::numeric_limits<std::int64_t>::max();
    std::int64_t level_at_most_ = std::numeric_limits<std::int64_t>::max();
    std::optional<Filter> hidden_;
    std::optional<Filter> referring_;
    std::optional<Filter> levelled_;
    std::int64_t after_ = 0;
    std::int64_t up_to_ = 0;
    std::map<PostingKey, Bits> loaded_;
    bool reads_told_ = false;
    std::optional<std::map<std::int64_t, Bits>> told_;
    std::size_t bytes_ = 0;
};

}  // namespace palier::xapi
