// SPDX-License-Identifier: GPL-3.0-or-later
#include "scorm/package/manifest.hpp"

#include <algorithm>

#include "engine/errors.hpp"

namespace palier::package {
namespace {

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                // XML 1.0 has no other control characters.
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') result += c;
        }
    }
    return result;
}

bool plain(const std::string& path) {
    return path.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/") ==
           std::string::npos;
}

std::string text(const std::string& language, const std::string& words) {
    return "<imsmd:langstring xml:lang=\"" + escaped(language) + "\">" + escaped(words) + "</imsmd:langstring>";
}

/// A term of the vocabulary of LOM 1.0.
std::string term(const std::string& name, const std::string& value) {
    return "<imsmd:" + name + "><imsmd:source>" + text("x-none", "LOMv1.0") + "</imsmd:source><imsmd:value>" +
           text("x-none", value) + "</imsmd:value></imsmd:" + name + ">";
}

}  // namespace

std::string scorm12_manifest(const ManifestContent& content) {
    if (std::find(content.files.begin(), content.files.end(), content.start) == content.files.end())
        throw Error("the package has no file '" + content.start + "'");
    std::string files;
    for (const std::string& file : content.files) {
        if (!plain(file))
            throw Error("'" + file + "' is no path for a manifest: letters, digits, '.', '_', '-' and '/' only");
        files += "      <file href=\"" + file + "\"/>\n";
    }
    const std::string title = escaped(content.title);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<manifest identifier=\"" +
           escaped(content.identifier) +
           "\" version=\"1.0\"\n"
           "    xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\"\n"
           "    xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\"\n"
           "    xmlns:imsmd=\"http://www.imsglobal.org/xsd/imsmd_rootv1p2p1\"\n"
           "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
           "    xsi:schemaLocation=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd"
           " http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd"
           " http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd\">\n"
           "  <metadata>\n"
           "    <schema>ADL SCORM</schema>\n"
           "    <schemaversion>1.2</schemaversion>\n"
           "    <imsmd:lom>\n"
           "      <imsmd:general><imsmd:title>" +
           text(content.language, content.title) + "</imsmd:title><imsmd:language>" + escaped(content.language) +
           "</imsmd:language><imsmd:description>" + text(content.language, content.description) +
           "</imsmd:description></imsmd:general>\n"
           "      <imsmd:rights>" +
           term("copyrightandotherrestrictions", "yes") + "<imsmd:description>" +
           text("en", "Player and engine: GPL-3.0-or-later, see licences/. The questions keep their own licence.") +
           "</imsmd:description></imsmd:rights>\n"
           "    </imsmd:lom>\n"
           "  </metadata>\n"
           "  <organizations default=\"organization\">\n"
           "    <organization identifier=\"organization\">\n"
           "      <title>" +
           title +
           "</title>\n"
           "      <item identifier=\"test\" identifierref=\"sco\" isvisible=\"true\">\n"
           "        <title>" +
           title +
           "</title>\n"
           "      </item>\n"
           "    </organization>\n"
           "  </organizations>\n"
           "  <resources>\n"
           "    <resource identifier=\"sco\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"" +
           content.start + "\">\n" + files +
           "    </resource>\n"
           "  </resources>\n"
           "</manifest>\n";
}

}  // namespace palier::package
