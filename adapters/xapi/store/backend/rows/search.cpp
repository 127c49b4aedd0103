// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/search.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/backend/rows/many.hpp"
#include "adapters/xapi/store/backend/rows/rows.hpp"
#include "adapters/xapi/store/backend/rows/sql.hpp"
#include "adapters/xapi/store/ops/references.hpp"

namespace palier::xapi {
namespace {

constexpr std::int64_t rows_at_once = 64;
constexpr std::size_t blocks_at_once = 64;
// A page is sought in so many blocks before all rows of its time or level, if they are no more than these, are read.
constexpr std::size_t blocks_before_rows = 4;
constexpr std::int64_t most_told = 50000;
// Up to so many of a block are asked for one by one.
constexpr std::size_t few_of_block = block_size / 16;

}  // namespace

Search::Search(Connection& connection, const Query& query, Kind kind)
    : connection_(connection), query_(query), kind_(kind) {}

Page Search::page() {
    Page page;
    look(page, true);
    return page;
}

std::vector<std::int64_t> Search::places() {
    Page page;
    look(page, false);
    return page.places;
}

void Search::look(Page& page, bool bodies) {
    if (!ask()) return;
    if (filters_.empty() && !asks_for_time_or_level()) return look_at_all(page, bodies);
    const std::int64_t first = (after_ + 1) / block_size;
    const std::int64_t last = up_to_ / block_size;
    std::int64_t from = query_.ascending ? first : last;
    // One block often has all that is asked for; many at a time where it does not.
    for (std::size_t count = 1;; count = std::min(count * 4, blocks_at_once)) {
        if (count > blocks_before_rows && asks_for_time_or_level() && !reads_told_) read_told();
        auto blocks = next_blocks(from, count);
        const bool ends = blocks.size() < count;
        if (!ends) from = query_.ascending ? blocks.back() + 1 : blocks.back() - 1;
        if (told_) std::erase_if(blocks, [&](std::int64_t block) { return !told_->contains(block); });
        load(blocks);
        for (const std::int64_t block : blocks)
            if (block < first || block > last || !look_at_block(block, page, bodies)) return;
        if (ends) return;
    }
}

/// Reads what is asked; false where nothing can be found.
bool Search::ask() {
    after_ = query_.since ? last_up_to(*query_.since) : 0;
    up_to_ = query_.until ? last_up_to(*query_.until) : last_up_to(std::numeric_limits<std::int64_t>::max());
    if (query_.cursor && query_.ascending) after_ = std::max(after_, *query_.cursor);
    if (query_.cursor && !query_.ascending) up_to_ = std::min(up_to_, *query_.cursor - 1);
    if (after_ >= up_to_) return false;
    happened_from_ = query_.happened_from.value_or(happened_from_);
    happened_before_ = query_.happened_before.value_or(happened_before_);
    level_at_most_ = query_.level_at_most.value_or(level_at_most_);

    const auto add = [&](std::string text, std::vector<std::int64_t> where) {
        const auto found = number(text);
        filters_.push_back({std::move(text), found.value_or(0), std::move(where)});
        return found.has_value();
    };
    const auto scopes_of = [](bool related) {
        return related ? std::vector{direct_scope, related_scope} : std::vector{direct_scope};
    };
    // The narrowest first, as a rule: its blocks are gone through.
    if (query_.registration && !add(registration_term(*query_.registration), {direct_scope})) return false;
    if (query_.agent && !add(*query_.agent, scopes_of(query_.related_agents))) return false;
    if (query_.activity && !add(activity_term(*query_.activity), scopes_of(query_.related_activities))) return false;
    for (const AlsoNamed& one : query_.also)
        if (!add(one.term, scopes_of(one.related))) return false;
    if (query_.verb && !add(verb_term(*query_.verb), {direct_scope})) return false;
    if (query_.authority && !add(*query_.authority, {authority_scope})) return false;
    const auto marked = [&](std::string_view text) -> std::optional<Filter> {
        const auto term = number(text);
        if (!term) return {};
        return Filter{std::string(text), *term, {direct_scope}};
    };
    hidden_ = marked(hidden_term);
    referring_ = marked(referring_term);
    if (query_.level_at_most) levelled_ = marked(levelled_term);
    return levelled_ || !query_.level_at_most;
}

void Search::look_at_all(Page& page, bool bodies) {
    // Some at a time: a page may be full of bytes before it is full of statements.
    for (;;) {
        const auto row = connection_.prepared(query_.ascending ? sql::bodies_up : sql::bodies_down);
        row->bind(1, after_);
        row->bind(2, up_to_);
        row->bind(3, kind_ == counting ? 0 : 1);
        row->bind(4, rows_at_once);
        std::int64_t rows = 0;
        for (; row->next(); ++rows) {
            const std::int64_t place = row->integer(0);
            if (!take(page, place, row->text(1), bodies)) return;
            (query_.ascending ? after_ : up_to_) = query_.ascending ? place : place - 1;
        }
        if (rows < rows_at_once) return;
    }
}

/// False where the page is full.
bool Search::look_at_block(std::int64_t block, Page& page, bool bodies) {
    Bits found = Bits::all();
    for (std::size_t i = 0; i < filters_.size() && found.any(); ++i) found.keep_only(bits(filters_[i], block));
    if (kind_ == counting && hidden_) found.remove(bits(*hidden_, block));
    if (levelled_) found.keep_only(bits(*levelled_, block));
    if (asks_for_time_or_level() && found.any()) found.keep_only(of_time_and_level(block, found.places()));
    if (!found.any()) return true;
    // Those that refer to others are found by each of the terms along their chain: where there are several filters,
    // one statement of the chain has to meet them all.
    const bool in_doubt = referring_ && (filters_.size() > 1 || kind_ == own_and_voided);
    const Bits referring = in_doubt ? bits(*referring_, block) : Bits();

    std::vector<std::size_t> places = found.places();
    if (!query_.ascending) std::reverse(places.begin(), places.end());
    std::vector<std::int64_t> wanted;
    for (const std::size_t offset : places) {
        const std::int64_t place = block * block_size + static_cast<std::int64_t>(offset);
        if (place > after_ && place <= up_to_) wanted.push_back(place);
    }
    for (std::size_t next = 0; next < wanted.size();) {
        const std::size_t rows =
            std::min(many_rows(wanted.size() - next), many_rows(query_.limit - page.places.size() + 1));
        const auto query = connection_.prepared(with_rows(sql::bodies_at, rows));
        for (std::size_t i = 0; i < rows; ++i) query->bind(static_cast<int>(i) + 1, wanted[next + i]);
        std::map<std::int64_t, std::string> read;
        while (query->next()) read.emplace(query->integer(0), query->text(1));
        for (std::size_t i = 0; i < rows; ++i, ++next) {
            const auto row = read.find(wanted[next]);
            if (row == read.end()) continue;
            const auto offset = static_cast<std::size_t>(wanted[next] % block_size);
            if (in_doubt && referring.has(offset) && !meets_itself_or_by_reference(row->second)) continue;
            if (!take(page, wanted[next], row->second, bodies)) return false;
        }
    }
    return true;
}

bool Search::asks_for_time_or_level() const {
    return query_.happened_from || query_.happened_before || query_.level_at_most;
}

/// Gives the places of rows (place, happened, level) that have the time and level that are asked for; how many rows.
template <typename Take>
std::int64_t Search::take_told(Prepared& rows, const Take& take) const {
    std::int64_t count = 0;
    for (; rows.next(); ++count)
        if (rows.integer(1) >= happened_from_ && rows.integer(1) < happened_before_ &&
            rows.integer(2) <= level_at_most_)
            take(rows.integer(0));
    return count;
}

/// Which places of a block have the time and level that are asked for; `among`, which is not empty, bounds where it is
/// looked for.
Bits Search::of_time_and_level(std::int64_t block, const std::vector<std::size_t>& among) {
    if (told_) return told_->at(block);
    Bits result;
    if (among.size() <= few_of_block) {
        in_parts(among.size(), [&](std::size_t first, std::size_t rows) {
            const auto query = connection_.prepared(with_rows(sql::told_of, rows));
            for (std::size_t i = 0; i < rows; ++i)
                query->bind(static_cast<int>(i) + 1, block * block_size + static_cast<std::int64_t>(among[first + i]));
            take_told(*query, [&](std::int64_t place) { result.set(static_cast<std::size_t>(place % block_size)); });
        });
        return result;
    }
    const auto query = connection_.prepared(sql::told_places);
    query->bind(1, block);
    query->bind(2, block * block_size + static_cast<std::int64_t>(among.front()));
    query->bind(3, block * block_size + static_cast<std::int64_t>(among.back()));
    query->bind(4, happened_from_);
    query->bind(5, happened_before_);
    query->bind(6, level_at_most_);
    while (query->next()) result.set(static_cast<std::size_t>(query->integer(0) % block_size));
    return result;
}

/// Reads all that have the time and level that are asked for into `told_`, where one of the two is that of few.
void Search::read_told() {
    reads_told_ = true;
    const auto read = [&](Prepared& rows) {
        std::map<std::int64_t, Bits> found;
        const std::int64_t count = take_told(rows, [&](std::int64_t place) {
            found[place / block_size].set(static_cast<std::size_t>(place % block_size));
        });
        if (count <= most_told) told_ = std::move(found);
        return count <= most_told;
    };
    if (query_.level_at_most) {
        const auto rows = connection_.prepared(sql::told_level);
        rows->bind(1, level_at_most_);
        rows->bind(2, most_told + 1);
        if (read(*rows)) return;
    }
    if (!query_.happened_from && !query_.happened_before) return;
    const auto rows = connection_.prepared(sql::told_at);
    rows->bind(1, happened_from_);
    rows->bind(2, happened_before_);
    rows->bind(3, most_told + 1);
    read(*rows);
}

std::vector<std::int64_t> Search::next_blocks_of_time_and_level(std::int64_t from, std::size_t count) {
    const auto query = connection_.prepared(query_.ascending ? sql::told_blocks_up : sql::told_blocks_down);
    query->bind(1, from);
    query->bind(2, happened_from_);
    query->bind(3, happened_before_);
    query->bind(4, level_at_most_);
    query->bind(5, static_cast<std::int64_t>(count));
    std::vector<std::int64_t> blocks;
    while (query->next()) blocks.push_back(query->integer(0));
    return blocks;
}

/// The next blocks, from one on in the order that is asked, that the first filter has, or where there is no filter the
/// time and level; fewer where there are no more.
std::vector<std::int64_t> Search::next_blocks(std::int64_t from, std::size_t count) {
    if (filters_.empty()) return next_blocks_of_time_and_level(from, count);
    std::set<std::int64_t> found;
    for (const std::int64_t scope : filters_.front().scopes) {
        const auto row = connection_.prepared(query_.ascending ? sql::postings_up : sql::postings_down);
        row->bind(1, filters_.front().term);
        row->bind(2, scope);
        row->bind(3, from);
        row->bind(4, static_cast<std::int64_t>(count));
        while (row->next()) found.insert(row->integer(0));
    }
    std::vector<std::int64_t> blocks(found.begin(), found.end());
    if (!query_.ascending) std::reverse(blocks.begin(), blocks.end());
    if (blocks.size() > count) blocks.resize(count);
    return blocks;
}

/// Reads what the filters have in these blocks.
void Search::load(const std::vector<std::int64_t>& blocks) {
    loaded_.clear();
    std::vector<const Filter*> filters;
    for (const Filter& filter : filters_) filters.push_back(&filter);
    if (kind_ == counting && hidden_) filters.push_back(&*hidden_);
    if (referring_) filters.push_back(&*referring_);
    if (levelled_) filters.push_back(&*levelled_);
    std::vector<PostingKey> keys;
    for (const Filter* filter : filters)
        for (const std::int64_t scope : filter->scopes)
            for (const std::int64_t block : blocks) keys.emplace_back(filter->term, scope, block);
    in_parts(keys.size(), [&](std::size_t first, std::size_t rows) {
        const auto query = connection_.prepared(with_rows(sql::postings, rows));
        int place = 1;
        for (std::size_t i = first; i < first + rows; ++i) place = bind_key(*query, place, keys[i]);
        while (query->next()) loaded_[{query->integer(0), query->integer(1), query->integer(2)}].add(query->blob(3));
    });
}

/// False where the page was full; then it has the cursor of the next.
bool Search::take(Page& page, std::int64_t place, std::string_view body, bool bodies) {
    const bool too_large = bodies && !page.places.empty() && bytes_ + body.size() > query_.largest;
    if (page.places.size() == query_.limit || too_large) {
        page.cursor = page.places.back();
        return false;
    }
    page.places.push_back(place);
    bytes_ += body.size();
    if (bodies) page.bodies.emplace_back(body);
    return true;
}

Bits Search::bits(const Filter& filter, std::int64_t block) const {
    Bits result;
    for (const std::int64_t scope : filter.scopes)
        if (const auto found = loaded_.find({filter.term, scope, block}); found != loaded_.end())
            result.add(found->second);
    return result;
}

bool Search::meets(const Terms& terms) const {
    return std::all_of(filters_.begin(), filters_.end(), [&](const Filter& filter) {
        return std::any_of(filter.scopes.begin(), filter.scopes.end(), [&](std::int64_t scope) {
            return (scope == direct_scope    ? terms.direct
                    : scope == related_scope ? terms.related
                                             : terms.authority)
                .contains(filter.text);
        });
    });
}

bool Search::meets_itself_or_by_reference(const std::string& body) {
    const auto by_id = [&](const std::string& id) -> std::optional<std::string> {
        const auto row = connection_.prepared(sql::body_of);
        row->bind_blob(1, uuid_bytes(id));
        if (!row->next()) return {};
        std::string text(row->text(0));
        // What others vouch for is not found out by referring to it.
        const bool is_wanted =
            !query_.authority || terms_of(nlohmann::json::parse(text)).authority.contains(*query_.authority);
        return is_wanted ? std::optional(std::move(text)) : std::nullopt;
    };
    nlohmann::json statement = nlohmann::json::parse(body);
    if (kind_ == own_and_voided) return meets(terms_of(statement));
    const auto chain = chain_of(std::move(statement), by_id);
    return std::any_of(chain.begin(), chain.end(), [&](const auto& one) { return meets(terms_of(one)); });
}

std::optional<std::int64_t> Search::number(std::string_view text) {
    const auto term = connection_.prepared(sql::find_term);
    bind_identifier(*term, 1, text);
    if (!term->next()) return {};
    return term->integer(0);
}

std::int64_t Search::last_up_to(std::int64_t stored) {
    const auto row = connection_.prepared(sql::place_up_to);
    row->bind(1, stored);
    return row->next() ? row->integer(0) : 0;
}

}  // namespace palier::xapi
