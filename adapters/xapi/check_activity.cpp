// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "adapters/xapi/checks.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/vocabulary.hpp"

namespace palier::xapi::checks {
namespace {

void check_components(const Json& value, const Path& path) {
    array(value, path);
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Path here(path, i);
        object(value[i], here, {"id", "description"});
        const std::string& id = string(required(value[i], here, "id"), Path(here, "id"));
        if (!ids.insert(id).second) Path(here, "id").refuse("another component has this id");
        if (const Json* text = optional(value[i], "description")) language_map(*text, Path(here, "description"));
    }
}

void check_interaction(const Json& value, const Path& path) {
    std::string_view type;
    if (const Json* given = optional(value, "interactionType")) {
        const Path here(path, "interactionType");
        type = string(*given, here);
        if (std::find(interaction_types.begin(), interaction_types.end(), type) == interaction_types.end())
            here.refuse("an interaction type such as choice is expected, not \"" + std::string(type.substr(0, 100)) +
                        "\"");
    }
    if (const Json* patterns = optional(value, "correctResponsesPattern")) {
        const Path here(path, "correctResponsesPattern");
        array(*patterns, here);
        for (std::size_t i = 0; i < patterns->size(); ++i) string((*patterns)[i], Path(here, i));
        if (type.empty()) here.refuse("needs an interactionType");
    }
    for (const auto& list : component_lists) {
        const Json* components = optional(value, list.key);
        if (components == nullptr) continue;
        const Path here(path, list.key);
        if (type != list.type && type != list.other_type) here.refuse("does not go with this interactionType");
        check_components(*components, here);
    }
}

}  // namespace

void activity(const Json& value, const Path& path) {
    object(value, path, {"objectType", "id", "definition"});
    if (const Json* type = optional(value, "objectType"))
        if (string(*type, Path(path, "objectType")) != "Activity")
            Path(path, "objectType").refuse("Activity is expected");
    iri(required(value, path, "id"), Path(path, "id"));
    const Json* definition = optional(value, "definition");
    if (definition == nullptr) return;
    const Path here(path, "definition");
    object(*definition, here,
           {"name", "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern",
            "choices", "scale", "source", "target", "steps"});
    if (const Json* name = optional(*definition, "name")) language_map(*name, Path(here, "name"));
    if (const Json* text = optional(*definition, "description")) language_map(*text, Path(here, "description"));
    if (const Json* type = optional(*definition, "type")) iri(*type, Path(here, "type"));
    if (const Json* more = optional(*definition, "moreInfo")) iri(*more, Path(here, "moreInfo"));
    if (const Json* more = optional(*definition, "extensions")) extensions(*more, Path(here, "extensions"));
    check_interaction(*definition, here);
}

}  // namespace palier::xapi::checks
