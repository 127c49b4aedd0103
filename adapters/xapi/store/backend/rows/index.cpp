// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/index.hpp"

#include <algorithm>
#include <map>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/store/backend/rows/many.hpp"
#include "adapters/xapi/store/backend/rows/postings.hpp"
#include "adapters/xapi/store/backend/rows/sql.hpp"

namespace palier::xapi {
namespace {

constexpr std::size_t most_numbers = 100000;
constexpr std::size_t longest_identifier = 600;

}  // namespace

std::string identifier(std::string_view text) {
    if (text.size() <= longest_identifier) return std::string(text);
    // Cut where a character begins.
    std::size_t kept = longest_identifier - 80;
    while ((static_cast<unsigned char>(text[kept]) & 0xc0) == 0x80) --kept;
    return std::string(text.substr(0, kept)) + " sha256:" + sha256(text);
}

int bind_key(Prepared& query, int place, const PostingKey& key) {
    query.bind(place, std::get<0>(key));
    query.bind(place + 1, std::get<1>(key));
    query.bind(place + 2, std::get<2>(key));
    return place + 3;
}

void Index::add(std::string_view term, std::int64_t scope, std::int64_t place) {
    fresh_[identifier(term)].at(static_cast<std::size_t>(scope)).push_back(place);
}

void Index::keep() {
    for (auto& [term, found] : fresh_)
        for (std::size_t scope = 0; scope < scopes; ++scope) {
            auto& all = pending_[term][scope];
            all.insert(all.end(), found[scope].begin(), found[scope].end());
        }
    fresh_.clear();
    pending_rows_.insert(pending_rows_.end(), fresh_rows_.begin(), fresh_rows_.end());
    fresh_rows_.clear();
}

void Index::drop() {
    fresh_.clear();
    fresh_rows_.clear();
    numbers_.clear();
}

void Index::forget_all() {
    drop();
    pending_.clear();
    pending_rows_.clear();
}

void Index::flush() {
    keep();
    if (numbers_.size() >= most_numbers) numbers_.clear();
    number_terms();
    write_postings();
    pending_.clear();
    write_times_and_levels();
    pending_rows_.clear();
}

/// Numbers of all terms that are pending: those that are kept, and new ones.
void Index::number_terms() {
    std::vector<std::string> unknown;
    for (const auto& [term, found] : pending_)
        if (!numbers_.contains(term)) unknown.push_back(term);
    std::sort(unknown.begin(), unknown.end());
    for (const auto sql : {sql::find_terms, sql::add_terms}) {
        in_parts(unknown.size(), [&](std::size_t first, std::size_t rows) {
            const auto query = connection_.prepared(with_rows(sql, rows));
            for (std::size_t i = 0; i < rows; ++i) query->bind_text(static_cast<int>(i) + 1, unknown[first + i]);
            while (query->next()) numbers_.emplace(query->text(1), query->integer(0));
        });
        std::erase_if(unknown, [&](const std::string& term) { return numbers_.contains(term); });
    }
}

void Index::write_postings() {
    std::map<PostingKey, Bits> blocks;
    for (const auto& [term, found] : pending_)
        for (std::size_t scope = 0; scope < scopes; ++scope)
            for (const std::int64_t place : found[scope])
                blocks[{numbers_.at(term), static_cast<std::int64_t>(scope), place / block_size}].set(
                    static_cast<std::size_t>(place % block_size));
    std::vector<PostingKey> keys;
    for (const auto& [key, bits] : blocks) keys.push_back(key);
    in_parts(keys.size(), [&](std::size_t first, std::size_t rows) {
        const auto query = connection_.prepared(with_rows(sql::postings, rows));
        int place = 1;
        for (std::size_t i = first; i < first + rows; ++i) place = bind_key(*query, place, keys[i]);
        while (query->next()) blocks[{query->integer(0), query->integer(1), query->integer(2)}].add(query->blob(3));
    });
    in_parts(keys.size(), [&](std::size_t first, std::size_t rows) {
        const auto query = connection_.prepared(with_rows(sql::put_postings, rows));
        int place = 1;
        for (std::size_t i = first; i < first + rows; ++i) {
            place = bind_key(*query, place, keys[i]);
            query->bind_blob(place++, blocks[keys[i]].bytes());
        }
        query->run();
    });
}

void Index::write_times_and_levels() {
    std::map<std::int64_t, std::array<std::int64_t, 3>> blocks;
    in_parts(pending_rows_.size(), [&](std::size_t first, std::size_t rows) {
        const auto query = connection_.prepared(with_rows(sql::put_told, rows));
        int at = 1;
        for (std::size_t i = first; i < first + rows; ++i) {
            const TimeAndLevelRow& row = pending_rows_[i];
            for (const std::int64_t value : {row.place, row.time, row.level}) query->bind(at++, value);
            auto& bounds =
                blocks.try_emplace(row.place / block_size, std::array{row.time, row.time, row.level}).first->second;
            bounds = {std::min(bounds[0], row.time), std::max(bounds[1], row.time), std::min(bounds[2], row.level)};
        }
        query->run();
    });
    for (const auto& [block, bounds] : blocks) {
        const auto query = connection_.prepared(sql::put_told_block);
        query->bind(1, block);
        for (int i = 0; i < 3; ++i) query->bind(i + 2, bounds[static_cast<std::size_t>(i)]);
        query->run();
    }
}

void Index::remove(std::string_view term) {
    numbers_.erase(identifier(term));
    for (const auto sql : {sql::remove_postings, sql::remove_term}) {
        const auto query = connection_.prepared(sql);
        query->bind_text(1, identifier(term));
        query->run();
    }
}

}  // namespace palier::xapi
