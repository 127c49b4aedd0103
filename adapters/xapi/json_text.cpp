// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/json_text.hpp"

#include <string>
#include <utility>
#include <vector>

namespace palier::xapi {
namespace {

using nlohmann::json;

/// Builds the value while it is read, so that what is too deep or twice there stops the reading.
class Reader : public nlohmann::json_sax<json> {
public:
    explicit Reader(std::size_t deepest) : deepest_(deepest) {}

    json take() { return std::move(root_); }

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        json& object = *open_.back();
        const auto [place, fresh] = object.emplace(name, nullptr);
        if (!fresh) throw JsonError("the key \"" + name.substr(0, 100) + "\" is twice in one object");
        next_ = &*place;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const json::exception& error) override {
        std::string what = error.what();
        if (const auto colon = what.find("] "); colon != std::string::npos) what.erase(0, colon + 2);
        throw JsonError("not JSON at byte " + std::to_string(position) + ": " + what.substr(0, 300));
    }

private:
    json* place(json value) {
        if (open_.empty()) return &(root_ = std::move(value));
        if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
        return &(*next_ = std::move(value));
    }

    bool put(json value) {
        place(std::move(value));
        return true;
    }

    bool open(json value) {
        if (open_.size() == deepest_) throw JsonError("nested deeper than " + std::to_string(deepest_) + " levels");
        open_.push_back(place(std::move(value)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    std::size_t deepest_;
    json root_;
    std::vector<json*> open_;  ///< from the outside in; only the innermost grows, so pointers hold
    json* next_ = nullptr;
};

}  // namespace

json read_json(std::string_view text, std::size_t deepest) {
    Reader reader(deepest);
    json::sax_parse(text, &reader);
    return reader.take();
}

}  // namespace palier::xapi
