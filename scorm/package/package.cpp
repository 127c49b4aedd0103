// SPDX-License-Identifier: GPL-3.0-or-later
#include "scorm/package/package.hpp"

#include "adapters/delivery/delivery.hpp"
#include "adapters/host/words.hpp"
#include "adapters/text/base64.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"
#include "engine/version.hpp"
#include "scorm/package/standards.hpp"

namespace palier::package {
namespace {

/// JSON as a script: it cannot end the element that it stands in, and has no line end that old
/// scripts would refuse.
std::string as_script(const Json& json) {
    std::string safe;
    const std::string text = dump_json(json);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<')
            safe += "\\u003c";
        else if (text.compare(i, 3, "\xE2\x80\xA8") == 0 || text.compare(i, 3, "\xE2\x80\xA9") == 0) {
            safe += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else
            safe += text[i];
    }
    return safe;
}

const std::string script_begins = "window.PALIER_TEST = ";
const std::string script_ends = ";\n";

/// Whether a question has one of the marks of a formula in TeX: then the player needs Temml.
bool has_formula(const Json& bundle) {
    const std::string text = dump_json(bundle);
    for (const char* mark : {"$$", "\\\\(", "\\\\[", "\\\\begin{", "[tex]"})
        if (text.find(mark) != std::string::npos) return true;
    return false;
}

/// The file of a media type's usual ending.
std::string ending(const std::string& media_type) {
    const std::pair<const char*, const char*> known[] = {{"image/jpeg", ".jpg"},
                                                         {"image/svg+xml", ".svg"},
                                                         {"audio/mpeg", ".mp3"},
                                                         {"text/vtt", ".vtt"},
                                                         {"video/quicktime", ".mov"}};
    for (const auto& [type, name] : known)
        if (media_type == type) return name;
    std::string name = media_type.substr(media_type.find('/') + 1);
    std::erase_if(name, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
    return name.empty() || name.size() > 8 ? ".bin" : "." + name;
}

/// Takes the files of the questions out of the bundle: a page loads them when it shows them. A file that several
/// questions or languages have is there once. What only a key has stays where it is.
void take_out_media(Json& bundle, Files& files) {
    if (!bundle.contains("variants") || !bundle["variants"].is_object()) return;
    for (Json& variant : bundle["variants"]) {
        if (!variant.is_object() || !variant.contains("contents") || !variant["contents"].is_array()) continue;
        for (Json& content : variant["contents"]) {
            if (!content.is_object() || !content.contains("presentation")) continue;
            Json& presentation = content["presentation"];
            if (!presentation.is_object() || !presentation.contains("assets")) continue;
            for (Json& asset : presentation["assets"]) {
                if (!asset.contains("base64")) continue;
                const auto bytes = base64::decode(asset["base64"].get<std::string>());
                if (!bytes) continue;  // refused by delivery::Test::open
                const std::string name =
                    "media/" + sha256(*bytes).substr(0, 20) + ending(asset.at("media_type").get<std::string>());
                files[name] = *bytes;
                asset.erase("base64");
                asset["file"] = name;
            }
        }
    }
}

std::string notice_of(const std::string& general, const std::string& source) {
    const std::string version = std::string("Palier ") + engine_version;
    return general + "\nSource code of " + version + ": " +
           (source.empty() ? "whoever gave you this package has to offer it to you, as the licence says." : source) +
           "\n";
}

/// What a learning platform may show beside the title.
std::string summary(const Theme& theme, const std::string& language) {
    const bool french = language.substr(0, language.find('-')) == "fr";
    const std::string own = host::text_of(theme.description, french ? words::Language::fr : words::Language::en);
    if (!own.empty()) return own;
    return french ? "Un test qui s’adapte à vos réponses pour situer votre niveau."
                  : "A test that adapts to your answers to find your level.";
}

/// The page, whose policy lets it send where its standard has it send.
std::string page_of(std::string page, const Standard& of) {
    const std::string own = "connect-src 'self'";
    const std::size_t at = page.find(own);
    if (of.distant && at != std::string::npos) page.replace(at, own.size(), "connect-src http: https:");
    return page;
}

/// What a learner is told of their data before a test begins.
Json data_notice(const Standard& of) {
    if (of.file.empty())
        return {
            {"fr",
             "Vos réponses et le résultat restent dans ce navigateur : personne d’autre ne les reçoit. Ils y restent "
             "pour que vous puissiez reprendre. Sur un appareil partagé, effacez les données de ce site en partant."},
            {"en",
             "Your answers and the result stay in this browser: nobody else gets them. They are kept so that you can "
             "go on later. On a shared device, clear this site’s data when you leave."}};
    return {
        {"fr",
         "Vos réponses, le temps passé, le niveau trouvé et sa marge sont envoyés à la plateforme qui a ouvert ce "
         "test, sous votre compte, et à personne d’autre. Qui peut les y voir, et combien de temps ils y restent, "
         "c’est la plateforme qui le décide : demandez-le à la personne qui vous propose ce test. Une copie reste "
         "dans ce navigateur, pour reprendre après une coupure. Sur un appareil partagé, effacez les données de ce "
         "site en partant."},
        {"en",
         "Your answers, the time they took, the level found and its margin are sent to the platform that opened this "
         "test, under your account, and to nobody else. Who can see them there, and how long they are kept, is up to "
         "the platform: ask the person who offers you this test. A copy stays in this browser, to go on after an "
         "interruption. On a shared device, clear this site’s data when you leave."}};
}

}  // namespace

Json security_notice() {
    return {
        {"fr",
         "Les réponses et la notation se font sur l’appareil de l’apprenant. Une personne habile peut lire les questions et "
         "leurs réponses, et modifier le résultat envoyé. Ce module convient pour s’entraîner et se situer. Pour "
         "certifier, utilisez l’activité Moodle, où le serveur choisit et note."},
        {"en",
         "Answers and scoring run on the learner’s device. A skilled learner can read the questions and their answers "
         "and can change the score sent. Use this package for training and self-placement. For certification use the "
         "Moodle activity, where the server chooses and scores."}};
}

std::string missing_of_player(const Files& player) {
    for (const char* needed :
         {"player.js", "player.css", "engine.js", "package.html", "licences/GPL-3.0.txt", "licences/NOTICE.txt"})
        if (!player.contains(needed)) return needed;
    return "";
}

Package make_package(const PackageRequest& request) {
    const Standard& of = standard(request.standard);
    static_cast<void>(delivery::Test::open(dump_json(request.bundle)));  // refuses what is wrong in it
    Files files = request.player;
    Json bundle = request.bundle;
    const Theme& theme = request.theme;
    if (!theme.title.is_null()) bundle["title"] = theme.title;
    take_out_media(bundle, files);
    const auto test = delivery::Test::open(dump_json(bundle));
    if (const std::string missing = missing_of_player(request.player); !missing.empty())
        throw Error("the player has no file '" + missing + "'");
    files["index.html"] = page_of(files.at("package.html"), of);
    files.erase("package.html");
    if (!has_formula(bundle)) files.erase("temml.min.js");
    files["licences/NOTICE.txt"] = notice_of(files.at("licences/NOTICE.txt"), request.source);
    files["player.css"] += theme.css;
    files.insert(theme.files.begin(), theme.files.end());
    files["probe.txt"] = "palier\n";
    Json content = {{"bundle", bundle}, {"notice", data_notice(of)}, {"format", of.name}};
    content["theme"] = {{"logo", theme.logo}, {"logo_text", theme.logo_text}, {"description", theme.description}};
    if (request.seed) content["seed"] = *request.seed;
    files["test.js"] = script_begins + as_script(content) + script_ends;

    if (of.file.empty()) return {files, test->hash()};
    const std::string& language = request.language;
    const std::string title = test->title(language);
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) names.push_back(name);
    files[std::string(of.file)] = of.manifest({"palier-" + test->hash().substr(0, 32), title.empty() ? "Palier" : title,
                                               summary(theme, language), language, "index.html", names});
    return {files, test->hash()};
}

Json bundle_of_package(const std::string& zip) {
    constexpr std::size_t most = std::size_t{80} << 20;
    const std::string script = read_zip_entry(zip, "test.js", most);
    if (script.size() < script_begins.size() + script_ends.size() ||
        script.compare(0, script_begins.size(), script_begins) != 0)
        throw Error("test.js in the package: it does not begin with '" + script_begins + "'");
    const std::string json =
        script.substr(script_begins.size(), script.size() - script_begins.size() - script_ends.size());
    const Json content = parse_json(json, ErrorKind::argument, "test.js in the package", most);
    if (!content.is_object() || !content.contains("bundle")) throw Error("test.js in the package: it has no bundle");
    return content["bundle"];
}

}  // namespace palier::package
