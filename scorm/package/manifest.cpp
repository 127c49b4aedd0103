// SPDX-License-Identifier: GPL-3.0-or-later
#include "scorm/package/manifest.hpp"

#include <algorithm>

#include "adapters/text/markup.hpp"
#include "engine/errors.hpp"

namespace palier::package {
namespace {

using markup::Attributes;
using markup::element;
using markup::escaped;
using markup::tag;

bool plain(const std::string& path) {
    return path.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/") ==
           std::string::npos;
}

constexpr const char* licences =
    "Player and engine: GPL-3.0-or-later, see licences/. The questions keep their own licence.";

/// Learning object metadata, which SCORM 1.2 writes with IMS's names and SCORM 2004 with IEEE's.
struct Metadata {
    std::string prefix;      ///< of the namespace
    std::string string;      ///< element of a text in a language
    std::string language;    ///< its attribute
    std::string rights;      ///< "copyright and other restrictions"
    bool term_has_language;  ///< whether terms of the vocabulary are such texts
};
const Metadata ims{"imsmd:", "langstring", "xml:lang", "copyrightandotherrestrictions", true};
const Metadata ieee{"lom:", "string", "language", "copyrightAndOtherRestrictions", false};

std::string metadata(const ManifestContent& content, const Metadata& of, const std::string& version) {
    const auto named = [&](const std::string& name, const std::string& inside) {
        return element(of.prefix + name, {}, inside);
    };
    const auto text = [&](const std::string& language, const std::string& words) {
        return element(of.prefix + of.string, {{of.language, language}}, escaped(words));
    };
    const auto term = [&](const std::string& words) {
        return of.term_has_language ? text("x-none", words) : escaped(words);
    };
    const std::string general = named("title", text(content.language, content.title)) +
                                named("language", escaped(content.language)) +
                                named("description", text(content.language, content.description));
    const std::string rights = named(of.rights, named("source", term("LOMv1.0")) + named("value", term("yes"))) +
                               named("description", text("en", licences));
    return element("metadata", {},
                   "\n" + element("schema", {}, "ADL SCORM") + "\n" + element("schemaversion", {}, version) + "\n" +
                       named("lom", "\n" + named("general", general) + "\n" + named("rights", rights) + "\n") + "\n") +
           "\n";
}

std::string title(const ManifestContent& content) { return element("title", {}, escaped(content.title)) + "\n"; }

/// `sequencing` is what the item has besides its title.
std::string organizations(const ManifestContent& content, const std::string& sequencing) {
    const std::string item = element("item", {{"identifier", "test"}, {"identifierref", "sco"}, {"isvisible", "true"}},
                                     "\n" + title(content) + sequencing);
    return element("organizations", {{"default", "organization"}},
                   "\n" +
                       element("organization", {{"identifier", "organization"}}, "\n" + title(content) + item + "\n") +
                       "\n") +
           "\n";
}

std::string resources(const ManifestContent& content, const std::string& type_attribute) {
    std::string files = "\n";
    for (const std::string& file : content.files) {
        if (!plain(file))
            throw Error("'" + file + "' is no path for a manifest: letters, digits, '.', '_', '-' and '/' only");
        files += tag("file", {{"href", file}}, true) + "\n";
    }
    const Attributes sco{
        {"identifier", "sco"}, {"type", "webcontent"}, {type_attribute, "sco"}, {"href", content.start}};
    return element("resources", {}, "\n" + element("resource", sco, files) + "\n") + "\n";
}

void check_start(const ManifestContent& content) {
    if (std::find(content.files.begin(), content.files.end(), content.start) == content.files.end())
        throw Error("the package has no file '" + content.start + "'");
}

std::string document(const std::string& root) { return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root + "\n"; }

std::string scorm2004_manifest(const ManifestContent& content, const std::string& version) {
    check_start(content);
    const Attributes root{{"identifier", content.identifier},
                          {"version", "1.0"},
                          {"xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1"},
                          {"xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3"},
                          {"xmlns:imsss", "http://www.imsglobal.org/xsd/imsss"},
                          {"xmlns:lom", "http://ltsc.ieee.org/xsd/LOM"},
                          {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                          {"xsi:schemaLocation",
                           "http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd"
                           " http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd"
                           " http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd"
                           " http://ltsc.ieee.org/xsd/LOM lom.xsd"}};
    // The test says itself whether it was done and passed: an LMS assumes both where it is not told so.
    const std::string sequencing =
        element("imsss:sequencing", {},
                tag("imsss:deliveryControls", {{"completionSetByContent", "true"}, {"objectiveSetByContent", "true"}},
                    true)) +
        "\n";
    return document(element("manifest", root,
                            "\n" + metadata(content, ieee, version) + organizations(content, sequencing) +
                                resources(content, "adlcp:scormType")));
}

/// A UUID of version 8 (RFC 9562: made in a way of one's own) from the hexadecimal digits of an identifier.
std::string uuid_urn(const std::string& identifier, char last) {
    std::string digits;
    for (const char c : identifier)
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) digits += c;
    digits = (digits + std::string(32, '0')).substr(digits.size() > 32 ? digits.size() - 32 : 0, 32);
    digits[12] = '8';
    digits[16] = 'a';
    digits[31] = last;
    for (const std::size_t place : {20, 16, 12, 8}) digits.insert(place, "-");
    return "urn:uuid:" + digits;
}

}  // namespace

std::string scorm12_manifest(const ManifestContent& content) {
    check_start(content);
    const Attributes root{{"identifier", content.identifier},
                          {"version", "1.0"},
                          {"xmlns", "http://www.imsproject.org/xsd/imscp_rootv1p1p2"},
                          {"xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2"},
                          {"xmlns:imsmd", "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"},
                          {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                          {"xsi:schemaLocation",
                           "http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd"
                           " http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd"
                           " http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd"}};
    return document(element(
        "manifest", root,
        "\n" + metadata(content, ims, "1.2") + organizations(content, "") + resources(content, "adlcp:scormtype")));
}

std::string scorm2004_3rd_manifest(const ManifestContent& content) {
    return scorm2004_manifest(content, "2004 3rd Edition");
}

std::string scorm2004_4th_manifest(const ManifestContent& content) {
    return scorm2004_manifest(content, "2004 4th Edition");
}

std::string cmi5_structure(const ManifestContent& content) {
    check_start(content);
    const auto said = [&](const std::string& name, const std::string& words) {
        return element(name, {}, element("langstring", {{"lang", content.language}}, escaped(words))) + "\n";
    };
    const std::string about = "\n" + said("title", content.title) + said("description", content.description);
    const Attributes unit{{"id", uuid_urn(content.identifier, '1')},
                          {"launchMethod", "AnyWindow"},
                          {"moveOn", "Completed"},
                          {"activityType", "http://adlnet.gov/expapi/activities/assessment"}};
    return document(element("courseStructure",
                            {{"xmlns", "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"}},
                            "\n" + element("course", {{"id", uuid_urn(content.identifier, '0')}}, about) + "\n" +
                                element("au", unit, about + element("url", {}, escaped(content.start)) + "\n") + "\n"));
}

}  // namespace palier::package
