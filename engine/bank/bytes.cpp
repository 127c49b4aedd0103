// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "engine/bank/bank.hpp"
#include "engine/bank/loadings.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

namespace palier {
namespace {

constexpr std::string_view magic = "PALIERBK";
constexpr std::uint32_t format_version = 1;
// Version 1, plus 1 where an item has numbers, plus 2 where one is polytomous, plus 4 where one has slopes a.SCALE: a
// bank without any of these keeps the bytes and the hash that it always had.
constexpr std::uint32_t with_numbers = 1;
constexpr std::uint32_t with_polytomous = 2;
constexpr std::uint32_t with_loadings = 4;
constexpr std::uint32_t last_version = format_version + with_numbers + with_polytomous + with_loadings;
constexpr std::size_t header_size = 8 + 4 + 8 + 32;

class Writer {
public:
    void number(std::uint64_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) out_ += static_cast<char>((value >> (8 * i)) & 0xff);
    }
    void real(double value) {
        std::uint64_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        number(bits, 8);
    }
    void text(const std::string& value) {
        number(value.size(), 4);
        out_ += value;
    }
    void texts(const std::vector<std::string>& values) {
        number(values.size(), 4);
        for (const std::string& value : values) text(value);
    }
    void reals(const std::vector<double>& values) {
        number(values.size(), 1);
        for (const double value : values) real(value);
    }
    void optional(const std::optional<double>& value) {
        number(value ? 1 : 0, 1);
        if (value) real(*value);
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t number(int count) {
        need(static_cast<std::size_t>(count));
        std::uint64_t value = 0;
        for (int i = 0; i < count; ++i)
            value |= std::uint64_t{static_cast<unsigned char>(bytes_[at_ + static_cast<std::size_t>(i)])} << (8 * i);
        at_ += static_cast<std::size_t>(count);
        return value;
    }
    double real() {
        // Written out: what compilers know as one load of eight bytes.
        need(8);
        const char* from = bytes_.data() + at_;
        const auto byte = [&](int i) { return std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i); };
        const std::uint64_t bits = byte(0) | byte(1) | byte(2) | byte(3) | byte(4) | byte(5) | byte(6) | byte(7);
        at_ += 8;
        double value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }
    std::string text() {
        const std::uint64_t size = number(4);
        if (size > 4096) throw BankError("bank bytes: a text of " + std::to_string(size) + " bytes; at most 4,096");
        need(size);
        at_ += size;
        return std::string(bytes_.data() + at_ - size, size);
    }
    std::vector<std::string> texts() {
        const std::uint64_t count = number(4);
        if (count > 256) throw BankError("bank bytes: a list of " + std::to_string(count) + " texts; at most 256");
        std::vector<std::string> values;
        for (std::uint64_t i = 0; i < count; ++i) values.push_back(text());
        return values;
    }
    std::vector<double> reals() {
        const std::uint64_t count = number(1);
        if (count >= max_categories)
            throw BankError("bank bytes: " + std::to_string(count) + " steps of an item; at most 15");
        std::vector<double> values;
        for (std::uint64_t i = 0; i < count; ++i) values.push_back(real());
        return values;
    }
    std::optional<double> optional() {
        const std::uint64_t present = number(1);
        if (present > 1) throw BankError("bank bytes: damaged (a mark that is neither 0 nor 1)");
        if (!present) return std::nullopt;
        return real();
    }
    std::size_t left() const { return bytes_.size() - at_; }

private:
    void need(std::size_t count) const {
        if (count > bytes_.size() - at_) throw BankError("bank bytes: cut short");
    }
    std::string_view bytes_;
    std::size_t at_ = 0;
};

void read_steps(Reader& in, Item& item) {
    Parameters& p = item.parameters;
    const auto steps = in.reals();
    p.categories = static_cast<int>(steps.size()) + 1;
    std::copy(steps.begin(), steps.end(), p.steps.begin());
    if (p.model == Model::nrm) {
        const auto intercepts = in.reals();
        if (intercepts.size() != steps.size())
            throw BankError("item '" + item.id + "': " + std::to_string(steps.size()) + " slopes and " +
                            std::to_string(intercepts.size()) + " intercepts; as many of each");
        std::copy(intercepts.begin(), intercepts.end(), p.intercepts.begin());
    }
    item.se_steps = in.reals();
    item.se_intercepts = in.reals();
}

void read_loadings_of(Reader& in, Item& item) {
    const std::uint64_t count = in.number(1);
    for (std::uint64_t k = 0; k < count; ++k) {
        Loading loading;
        loading.scale = in.text();
        loading.slope = in.real();
        loading.se = in.real();
        item.loadings.push_back(std::move(loading));
    }
    if (count == 0) return;
    item.intercepts = in.reals();
    item.intercept_errors = in.reals();
    check_loadings(item, "item '" + item.id + "'");
    derive_from_loadings(item);
}

std::string hex_to_bytes(const std::string& hex) {
    const auto digit = [](char ch) { return ch <= '9' ? ch - '0' : ch - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    return bytes;
}

bool has_numbers(const std::vector<Item>& items) {
    return std::any_of(items.begin(), items.end(), [](const Item& item) { return !item.numbers.empty(); });
}

bool any_loadings(const std::vector<Item>& items) {
    return std::any_of(items.begin(), items.end(), [](const Item& item) { return !item.loadings.empty(); });
}

}  // namespace

std::string Bank::payload() const {
    Writer out;
    out.number(items_->size(), 4);
    for (const Item& item : *items_) {
        out.text(item.id);
        out.text(item.scale);
        out.number(static_cast<std::uint64_t>(item.parameters.model), 1);
        out.number(static_cast<std::uint64_t>(item.status), 1);
        out.real(item.parameters.a);
        out.real(item.parameters.b);
        out.real(item.parameters.c);
        out.real(item.parameters.d);
        if (is_polytomous(item.parameters.model)) {
            const auto steps = static_cast<std::ptrdiff_t>(item.parameters.categories - 1);
            const auto& p = item.parameters;
            out.reals({p.steps.begin(), p.steps.begin() + steps});
            if (p.model == Model::nrm) out.reals({p.intercepts.begin(), p.intercepts.begin() + steps});
            out.reals(item.se_steps);
            out.reals(item.se_intercepts);
        }
        out.optional(item.se_a);
        out.optional(item.se_b);
        out.optional(item.se_c);
        out.optional(item.se_d);
        out.texts(item.content);
        out.texts(item.enemies);
        out.text(item.item_set);
        out.text(item.key_format);
        out.text(item.label);
    }
    if (has_numbers(*items_)) {
        for (const Item& item : *items_) {
            out.number(item.numbers.size(), 4);
            for (const auto& [key, value] : item.numbers) {
                out.text(key);
                out.real(value);
            }
        }
    }
    if (any_loadings(*items_)) {
        for (const Item& item : *items_) {
            out.number(item.loadings.size(), 1);
            for (const Loading& loading : item.loadings) {
                out.text(loading.scale);
                out.real(loading.slope);
                out.real(loading.se);
            }
            if (item.loadings.empty()) continue;
            out.reals(item.intercepts);
            out.reals(item.intercept_errors);
        }
    }
    return out.take();
}

std::string Bank::bytes() const {
    const std::string content = payload();
    Writer header;
    const bool polytomous = std::any_of(items_->begin(), items_->end(),
                                        [](const Item& item) { return is_polytomous(item.parameters.model); });
    header.number(format_version + (has_numbers(*items_) ? with_numbers : 0) + (polytomous ? with_polytomous : 0) +
                      (any_loadings(*items_) ? with_loadings : 0),
                  4);
    header.number(content.size(), 8);
    return std::string(magic) + header.take() + hex_to_bytes(hash_) + content;
}

bool Bank::is_bank_bytes(std::string_view bytes) { return bytes.substr(0, magic.size()) == magic; }

Bank Bank::from_bytes(std::string_view bytes) {
    if (!is_bank_bytes(bytes)) throw BankError("bank bytes: no compiled bank (it should begin with PALIERBK)");
    if (bytes.size() < header_size) throw BankError("bank bytes: cut short");
    Reader header(bytes.substr(magic.size(), 12));
    const std::uint64_t version = header.number(4);
    if (version < format_version || version > last_version)
        throw BankError("bank bytes: format version " + std::to_string(version) +
                        "; this program reads versions 1 to 8");
    const bool numbers = ((version - format_version) & with_numbers) != 0;
    const bool polytomous = ((version - format_version) & with_polytomous) != 0;
    const bool loadings = ((version - format_version) & with_loadings) != 0;
    const std::uint64_t length = header.number(8);
    const std::string_view content = bytes.substr(header_size);
    if (content.size() != length)
        throw BankError("bank bytes: " + std::to_string(content.size()) + " bytes of content where the header says " +
                        std::to_string(length));
    const std::string hash = sha256(content);
    if (hex_to_bytes(hash) != bytes.substr(20, 32))
        throw BankError("bank bytes: the content does not match its SHA-256; it is damaged");

    Reader in(content);
    const std::uint64_t count = in.number(4);
    // An item takes at least 63 bytes: a count that the content cannot hold allocates nothing.
    if (count > 1000000 || count > content.size() / 63 + 1)
        throw BankError("bank bytes: " + std::to_string(count) + " items announced; the content cannot hold them");
    std::vector<Item> items;
    items.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        Item& item = items.emplace_back();
        item.id = in.text();
        item.scale = in.text();
        const std::uint64_t model = in.number(1);
        if (model > static_cast<std::uint64_t>(polytomous ? Model::nrm : Model::four_pl))
            throw BankError("item '" + item.id + "': unknown model number " + std::to_string(model));
        item.parameters.model = static_cast<Model>(model);
        const std::uint64_t status = in.number(1);
        if (status > static_cast<std::uint64_t>(Status::retired))
            throw BankError("item '" + item.id + "': unknown status number " + std::to_string(status));
        item.status = static_cast<Status>(status);
        item.parameters.a = in.real();
        item.parameters.b = in.real();
        item.parameters.c = in.real();
        item.parameters.d = in.real();
        if (is_polytomous(item.parameters.model)) read_steps(in, item);
        item.se_a = in.optional();
        item.se_b = in.optional();
        item.se_c = in.optional();
        item.se_d = in.optional();
        item.content = in.texts();
        item.enemies = in.texts();
        item.item_set = in.text();
        item.key_format = in.text();
        item.label = in.text();
    }
    if (polytomous &&
        std::none_of(items.begin(), items.end(), [](const Item& item) { return is_polytomous(item.parameters.model); }))
        throw BankError("bank bytes: no item of the polytomous models that the version announces");
    if (numbers) {
        for (Item& item : items) {
            const std::uint64_t size = in.number(4);
            if (size > 64) throw BankError("item '" + item.id + "': " + std::to_string(size) + " numbers; at most 64");
            for (std::uint64_t k = 0; k < size; ++k) {
                std::string key = in.text();
                const double value = in.real();
                item.numbers.emplace_back(std::move(key), value);
            }
        }
        if (!has_numbers(items)) throw BankError("bank bytes: no item has the numbers that the version announces");
    }
    if (loadings) {
        for (Item& item : items) read_loadings_of(in, item);
        if (!any_loadings(items)) throw BankError("bank bytes: no item has the slopes that the version announces");
    }
    if (in.left() != 0) throw BankError("bank bytes: " + std::to_string(in.left()) + " bytes after the last item");
    // What was read to its end is what payload() would write of these items, so that this is their hash.
    return compile(std::move(items), hash);
}

}  // namespace palier
