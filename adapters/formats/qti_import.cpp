// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_import.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "adapters/formats/asset_list.hpp"
#include "adapters/formats/best_mark.hpp"
#include "adapters/formats/content_names.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/file_kind.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/item_check.hpp"
#include "adapters/formats/item_texts.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/formats/qti_key.hpp"
#include "adapters/formats/xml.hpp"
#include "adapters/formats/zip_read.hpp"

namespace palier::formats {
namespace {

using namespace qti;

constexpr std::size_t most_items = 20'000;

std::string language_of_item(const xmlNode* root, const std::string& otherwise) {
    xmlChar* text = xmlNodeGetLang(root);
    const std::string language = text == nullptr ? "" : reinterpret_cast<const char*>(text);
    if (text != nullptr) xmlFree(text);
    const bool plain =
        !language.empty() && language.size() <= 35 && std::all_of(language.begin(), language.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        });
    return plain ? language : otherwise;
}

std::optional<std::string> first_interaction(const xmlNode* node) {
    for (const xmlNode* one : xml::children(node)) {
        if (std::string name = kind(one); name.ends_with("Interaction")) return name;
        if (auto below = first_interaction(one)) return below;
    }
    return std::nullopt;
}

/// One item, or why it is none, in the report.
struct ReadItem {
    std::optional<Item> item;
    QuestionReport report;
};

ReadItem read_item(const xmlNode* root, const std::string& path, const PackageFiles& files,
                   const QuestionOptions& options) {
    ReadItem read;
    QuestionReport& report = read.report;
    report.idnumber = attribute(root, "identifier");
    report.name = attribute(root, "title", report.idnumber);
    report.type = "assessmentItem";
    report.line = xml::line(root);
    try {
        if (report.idnumber.empty()) refuse(root, shown_name(root) + " has no identifier");
        if (report.idnumber.size() > 500) refuse(root, "its identifier has more than 500 characters");
        report.type = first_interaction(root).value_or(report.type);
        refuse_other_kinds(root);
        const Processing processing(root);
        ItemBody body(root, path, files, processing);
        Item item;
        item.id = report.idnumber;
        item.language = language_of_item(root, options.language);
        try {
            make_question(item, body, processing);
        } catch (...) {
            report.notes = body.take_notes();
            throw;
        }
        item.key->title = report.name;
        item.key->idnumber = report.idnumber;
        item.assets = body.take_assets();
        report.best = best_mark(item);
        report.notes = body.take_notes();
        if (verdict(report.best) != Verdict::right) report.notes.push_back(never_right(report.best));
        report.item = item.id;
        read.item = std::move(item);
    } catch (const Refusal& refusal) {
        report.reason = refusal.reason;
        if (refusal.line > 0) report.line = refusal.line;
    } catch (const FormatError& error) {
        report.reason = error.what();
    }
    return read;
}

/// The files beside the item that its texts name.
std::vector<Asset> assets_beside(std::string_view bytes, const std::string& path, const PackageFiles& files,
                                 QuestionReport& report) {
    constexpr std::string_view mark = "=\"assets/";
    AssetList assets;
    std::set<std::string> once;
    for (std::size_t at = bytes.find(mark); at != std::string_view::npos; at = bytes.find(mark, at + 1)) {
        const std::size_t start = at + 2, end = bytes.find('"', start);
        const std::string name(bytes.substr(start, end == std::string_view::npos ? 0 : end - start));
        if (name.empty() || !once.insert(name).second) continue;
        auto content = files ? files(resolved(folder_of(path), name)) : std::nullopt;
        std::string lost = content ? "" : "file " + name + " is not there";
        if (content) assets.add(name, std::move(*content), false, lost);
        if (!lost.empty()) report.notes.push_back(lost);
    }
    return assets.take();
}

/// An item that we wrote with its key (qti3.hpp): whole, where its texts have what questions may have.
ReadItem read_own_item(std::string_view bytes, const std::string& path, const PackageFiles& files) {
    ReadItem read;
    try {
        Item item = read_qti3(bytes, path, assets_beside(bytes, path, files, read.report));
        check_texts(item);
        read.report.type = names::interaction[item.interaction.index()];
        read.report.name = item.key->title;
        read.report.idnumber = read.report.item = item.id;
        read.report.best = best_mark(item);
        if (verdict(read.report.best) != Verdict::right) read.report.notes.push_back(never_right(read.report.best));
        read.item = std::move(item);
    } catch (const FormatError& error) {
        read.report.name = read.report.idnumber = path;
        read.report.reason = error.what();
    }
    return read;
}

bool is_own_item(std::string_view bytes) {
    return bytes.substr(0, 200).find("<?palier-key ") != std::string_view::npos;
}

/// What items of one file have in common: an identifier that several have is nobody's.
void leave_out_twins(QuestionFile& read) {
    std::map<std::string, int> times;
    for (const QuestionReport& report : read.report) ++times[report.idnumber];
    for (QuestionReport& report : read.report) {
        if (!report.carried() || times[report.idnumber] < 2) continue;
        report.reason = "the identifier '" + report.idnumber + "' is there " + std::to_string(times[report.idnumber]) +
                        " times in this package: none of these items is carried, as nobody can tell which of them the "
                        "bank means";
        report.item.clear();
    }
    std::erase_if(read.items, [&](const Item& item) { return times[item.id] > 1; });
}

bool is_item_type(const std::string& type) {
    return type.starts_with("imsqti_item_xml") || type.starts_with("imsqti_apipitem");
}

/// The folder that a manifest's addresses begin in: each xml:base above, the outer one first.
std::string base_of_addresses(const xmlNode* node, const std::string& folder) {
    if (node == nullptr || node->type != XML_ELEMENT_NODE) return folder;
    const std::string base = xml::attribute(node, "base"), above = base_of_addresses(node->parent, folder);
    return base.empty() ? above : resolved(above, base);
}

/// The items that a manifest names, in its order, by their paths in the archive.
std::vector<std::string> items_of_manifest(const std::string& bytes, const std::string& path) {
    const xml::Document document = xml::parse(bytes, path);
    std::vector<std::string> items;
    for (const xmlNode* resource : all_below(xmlDocGetRootElement(document.get()), "resource")) {
        if (!is_item_type(xml::attribute(resource, "type"))) continue;
        std::string href = xml::attribute(resource, "href");
        if (href.empty())
            if (const xmlNode* first = xml::child(resource, "file")) href = xml::attribute(first, "href");
        items.push_back(percent_decoded_path(resolved(base_of_addresses(resource, folder_of(path)), href)));
        if (items.size() > most_items) throw FormatError(path, xml::line(resource), "more than 20,000 items");
    }
    return items;
}

/// The highest imsmanifest.xml, as some zip files hold a folder around the package.
std::optional<std::string> manifest_of(const std::vector<std::string>& names) {
    std::optional<std::string> found;
    const auto depth = [](const std::string& path) { return std::count(path.begin(), path.end(), '/'); };
    for (const std::string& name : names)
        if (name.substr(folder_of(name).size() + (folder_of(name).empty() ? 0 : 1)) == "imsmanifest.xml" &&
            (!found || depth(name) < depth(*found)))
            found = name;
    return found;
}

}  // namespace

bool is_qti_item(std::string_view bytes) {
    const std::string kind_of_file = file_kind(bytes);
    return kind_of_file.starts_with("QTI ") && kind_of_file.ends_with("(an item)");
}

QuestionFile read_qti_item(std::string_view bytes, const std::string& file, const QuestionOptions& options) {
    QuestionFile result;
    result.file = file;
    ReadItem read = is_own_item(bytes) ? read_own_item(bytes, file, {}) : [&] {
        const xml::Document document = xml::parse(bytes, file);
        return read_item(xmlDocGetRootElement(document.get()), "", {}, options);
    }();
    if (read.item) result.items.push_back(std::move(*read.item));
    result.report.push_back(std::move(read.report));
    return result;
}

QuestionFile read_qti_package(std::string_view bytes, const std::string& file, const QuestionOptions& options) {
    ZipReader zip(bytes, file);
    QuestionFile result;
    result.file = file;
    std::vector<std::string> paths;
    const auto manifest = manifest_of(zip.names());
    if (manifest) paths = items_of_manifest(zip.read(*manifest), *manifest);
    std::set<std::string> once;
    std::erase_if(paths, [&](const std::string& path) { return !once.insert(path).second; });
    if (paths.empty())
        for (const std::string& name : zip.names())
            if (name.ends_with(".xml") && is_qti_item(zip.read(name))) paths.push_back(name);
    if (paths.empty())
        throw FormatError(file, 0,
                          "this zip file has no items of QTI 2 or 3" +
                              std::string(manifest ? ": its imsmanifest.xml names none, such as "
                                                     "<resource type=\"imsqti_item_xmlv2p1\" href=\"item.xml\">"
                                                   : ", and no imsmanifest.xml"));
    const PackageFiles files = [&](const std::string& path) -> std::optional<std::string> {
        return zip.has(path) ? std::optional(zip.read(path)) : std::nullopt;
    };
    for (const std::string& path : paths) {
        ReadItem read;
        try {
            const std::string item_bytes = zip.read(path);
            if (is_own_item(item_bytes)) {
                read = read_own_item(item_bytes, path, files);
                read.report.part = path;
                if (read.item) result.items.push_back(std::move(*read.item));
                result.report.push_back(std::move(read.report));
                continue;
            }
            const xml::Document document = xml::parse(item_bytes, path);
            const xmlNode* root = xmlDocGetRootElement(document.get());
            if (root == nullptr || kind(root) != "assessmentItem")
                throw FormatError("it is no item of QTI 2 or 3" +
                                  (root == nullptr ? std::string() : ": its root is " + shown_name(root)));
            read = read_item(root, path, files, options);
        } catch (const FormatError& error) {
            read.report.name = read.report.idnumber = path;
            read.report.reason = error.what();
        }
        read.report.part = path;
        if (read.item) result.items.push_back(std::move(*read.item));
        result.report.push_back(std::move(read.report));
    }
    leave_out_twins(result);
    return result;
}

}  // namespace palier::formats
