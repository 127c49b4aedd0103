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

std::string text(const std::string& language, const std::string& words) {
    return element("imsmd:langstring", {{"xml:lang", language}}, escaped(words));
}

/// A term of the vocabulary of LOM 1.0.
std::string term(const std::string& name, const std::string& value) {
    return element(
        "imsmd:" + name, {},
        element("imsmd:source", {}, text("x-none", "LOMv1.0")) + element("imsmd:value", {}, text("x-none", value)));
}

std::string title(const ManifestContent& content) { return element("title", {}, escaped(content.title)) + "\n"; }

std::string metadata(const ManifestContent& content) {
    const std::string general = element("imsmd:title", {}, text(content.language, content.title)) +
                                element("imsmd:language", {}, escaped(content.language)) +
                                element("imsmd:description", {}, text(content.language, content.description));
    const std::string rights =
        term("copyrightandotherrestrictions", "yes") +
        element(
            "imsmd:description", {},
            text("en", "Player and engine: GPL-3.0-or-later, see licences/. The questions keep their own licence."));
    return element("metadata", {},
                   "\n" + element("schema", {}, "ADL SCORM") + "\n" + element("schemaversion", {}, "1.2") + "\n" +
                       element("imsmd:lom", {},
                               "\n" + element("imsmd:general", {}, general) + "\n" +
                                   element("imsmd:rights", {}, rights) + "\n") +
                       "\n") +
           "\n";
}

std::string organizations(const ManifestContent& content) {
    const std::string item = element("item", {{"identifier", "test"}, {"identifierref", "sco"}, {"isvisible", "true"}},
                                     "\n" + title(content));
    return element("organizations", {{"default", "organization"}},
                   "\n" +
                       element("organization", {{"identifier", "organization"}}, "\n" + title(content) + item + "\n") +
                       "\n") +
           "\n";
}

std::string resources(const ManifestContent& content) {
    std::string files = "\n";
    for (const std::string& file : content.files) {
        if (!plain(file))
            throw Error("'" + file + "' is no path for a manifest: letters, digits, '.', '_', '-' and '/' only");
        files += tag("file", {{"href", file}}, true) + "\n";
    }
    const Attributes sco{
        {"identifier", "sco"}, {"type", "webcontent"}, {"adlcp:scormtype", "sco"}, {"href", content.start}};
    return element("resources", {}, "\n" + element("resource", sco, files) + "\n") + "\n";
}

}  // namespace

std::string scorm12_manifest(const ManifestContent& content) {
    if (std::find(content.files.begin(), content.files.end(), content.start) == content.files.end())
        throw Error("the package has no file '" + content.start + "'");
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
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
           element("manifest", root, "\n" + metadata(content) + organizations(content) + resources(content)) + "\n";
}

}  // namespace palier::package
