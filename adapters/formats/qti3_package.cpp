// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti3_package.hpp"

#include "adapters/formats/qti3.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats {

Qti3Package write_qti3_package(const std::vector<Item>& items) {
    using markup::element;
    using markup::tag;
    Qti3Package package;
    std::string resources;
    for (const Item& item : items) {
        if (!item.key) {
            package.losses.push_back({item.id, "it has no key", true});
            continue;
        }
        const std::string number = std::to_string(&item - items.data() + 1);
        const std::string folder = "items/" + number + "/";
        Qti3 written = write_qti3(item, true);
        package.files[folder + "item.xml"] = std::move(written.xml);
        std::string files = tag("file", {{"href", folder + "item.xml"}}, true);
        for (const Asset& asset : item.assets) {
            if (asset.only_in_key) continue;  // it is in the key
            package.files[folder + asset.path] = asset.bytes;
            files += tag("file", {{"href", folder + asset.path}}, true);
        }
        resources +=
            element("resource",
                    {{"identifier", "item-" + number}, {"type", "imsqti_item_xmlv3p0"}, {"href", folder + "item.xml"}},
                    files) +
            "\n";
        for (const std::string& note : written.notes) package.losses.push_back({item.id, note, false});
    }
    package.files["imsmanifest.xml"] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
        element("manifest",
                {{"xmlns", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"}, {"identifier", "palier-questions"}},
                element("metadata", {}, element("schema", {}, "QTI Package") + element("schemaversion", {}, "3.0.0")) +
                    tag("organizations", {}, true) + "\n" + element("resources", {}, "\n" + resources)) +
        "\n";
    return package;
}

}  // namespace palier::formats
