#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/plan.md and docs/plan-de-test.md, the reference of every key of a plan, from plan.schema.json; with --check it
only compares. plan.fr.json has each text in French, under the English one: what is missing there, and what nothing asks for any
more, stops it.

A part of the schema that this program does not know stops it, so that no key stays out of the pages unseen.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "engine/schema/plan.schema.json").read_text(encoding="utf-8"))
PAGES = {"en": ROOT / "docs/plan.md", "fr": ROOT / "docs/plan-de-test.md"}
FRENCH = json.loads((ROOT / "engine/schema/plan.fr.json").read_text(encoding="utf-8"))
KNOWN = {
    "$ref", "type", "enum", "const", "default", "description", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern", "items", "prefixItems", "properties",
    "additionalProperties", "required", "oneOf", "anyOf",
}
# Parts that stand once, with a section of their own.
SHARED = {"text": "Texts", "prior": "Priors", "stop_node": "Stop rules", "stop_nodes": "Stop rules"}

HEAD = {"en": """# The plan: every key

*En français : [plan-de-test.md](plan-de-test.md).*

*Written by `engine/schema/plan_page.py` from [plan.schema.json](../engine/schema/plan.schema.json); the tests compare the two.*

A plan is a JSON object: all that a test is but its questions. Moodle's form writes one (*The plan, for experts* shows it and
lets you change what the form has no field for); `palier` reads it with `--plan`. Every key is optional but `palier_plan`. A
key that is not here is refused by its name, with the one that may have been meant. What a rule computes, its source, and why
a default is as it is: [measurement.md](measurement.md). Abilities, cuts and standard errors are in logits.

```json
{
  "palier_plan": 1,
  "estimation": {"estimator": "eap"},
  "stop": {"min_items": 6, "max_items": 25, "standard_error": 0.4},
  "levels": {"cuts": [-1, 0, 1], "names": ["Below 1", "Level 1", "Level 2", "Level 3"]}
}
```

In the tables `[]` is an entry of a list, a word in CAPITALS a name of your own, and *needed* says that an object that is
given must have the key.
""", "fr": """# Le plan de test : toutes les clés

*In English: [plan.md](plan.md).*

*Écrit par `engine/schema/plan_page.py` d’après [plan.schema.json](../engine/schema/plan.schema.json) ; les tests comparent les deux.*

Un plan est un objet JSON : tout ce qu’est un test, hors ses questions. Le formulaire de Moodle en écrit un (*Le plan, pour les
experts* le montre et permet de changer ce pour quoi le formulaire n’a pas de champ) ; `palier` le lit avec `--plan`. Toutes les
clés sont facultatives, sauf `palier_plan`. Une clé qui n’est pas ici est refusée par son nom, avec celle que l’on voulait peut-être
écrire. Ce que calcule une règle, sa source, et pourquoi une valeur par défaut est ce qu’elle est : [mesure.md](mesure.md). Les
capacités, les coupures et les erreurs types sont en logits.

```json
{
  "palier_plan": 1,
  "estimation": {"estimator": "eap"},
  "stop": {"min_items": 6, "max_items": 25, "standard_error": 0.4},
  "levels": {"cuts": [-1, 0, 1], "names": ["Sous 1", "Niveau 1", "Niveau 2", "Niveau 3"]}
}
```

Dans les tableaux, `[]` est un élément d’une liste, un mot en CAPITALES un nom que vous choisissez, et *obligatoire* dit que la clé ne
peut manquer à l’objet, s’il est donné.
"""}

language = "en"
asked = set()


def say(english):
    """A text in the language of the page that is being written."""
    asked.add(english)
    return FRENCH.get(english, english) if language == "fr" else english


def number(value):
    """Without the .0 of a whole number."""
    return f"{value:.0f}" if float(value).is_integer() else repr(value)


def code(value):
    return "`" + json.dumps(value, ensure_ascii=False) + "`" if not isinstance(value, str) else f"`{value}`"


def bounds(schema):
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    parts = []
    if low is not None and high is not None:
        parts.append(say("{} to {}").format(number(low), number(high)))
    elif low is not None:
        parts.append(say("{} or more").format(number(low)))
    elif above is not None:
        parts.append(say("more than {}").format(number(above)))
    if high is not None and low is None:
        parts.append(say("{} at most").format(number(high)))
    elif below is not None:
        parts.append(say("less than {}").format(number(below)))
    return ", ".join(parts)


def counted(low, high, what):
    if low is None and high is None:
        return ""
    if low == high:
        return f"{low} {what}"
    if low is None:
        return say("at most {}").format(f"{high} {what}")
    return (say("{} to {}").format(low, high) + f" {what}" if high is not None else say("{low} or more").format(low=low) + f" {what}")


def plural(words):
    """Of what a list holds: texts, numbers, whole numbers, lists."""
    head, _, rest = words.partition(",")
    kinds = {say(one): say(many) for one, many in {
        "a text": "texts", "a number": "numbers", "a whole number": "whole numbers", "a list: numbers": "lists of numbers"}.items()}
    return kinds.get(head, head) + (f",{rest}" if rest else "")


def value(schema):
    """What may stand there, in words."""
    unknown = set(schema) - KNOWN
    if unknown:
        sys.exit(f"plan_page.py does not know {sorted(unknown)} of the schema: teach it")
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name not in SHARED:
            sys.exit(f"plan_page.py does not know the shared part '{name}': give it a section")
        title = say(SHARED[name]).lower()
        heading = re.sub(r"[^\w ]", "", title).replace(" ", "-")
        return f"[{title}](#{heading})"
    if "const" in schema:
        return code(schema["const"])
    if "enum" in schema:
        return ", ".join(code(one) for one in schema["enum"])
    if "type" not in schema:
        return say("; or ").join(value(one) for one in schema.get("oneOf", schema.get("anyOf", [])))
    kind = schema["type"]
    if kind == "array":
        what = counted(schema.get("minItems"), schema.get("maxItems"), "").replace("  ", " ").strip()
        inner = schema.get("items") or schema["prefixItems"][0]
        inner = say("objects") if inner.get("properties") else plural(value(inner))
        return say("a list: ") + (what + " " if what else "") + inner + (say(", no two alike") if schema.get("uniqueItems") else "")
    if kind == "string":
        length = counted(schema.get("minLength"), schema.get("maxLength"), say("characters"))
        return say("a text") + (f", {length}" if length else "") + (f", `{schema['pattern']}`" if "pattern" in schema else "")
    if kind in ("number", "integer"):
        name = say("a number" if kind == "number" else "a whole number")
        limits = bounds(schema)
        return name + (f", {limits}" if limits else "")
    if kind == "boolean":
        return say("`true` or `false`")
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        return say("NAME to ") + value(more)
    if "properties" in schema and kind == "object":
        return say("an object")
    sys.exit(f"plan_page.py does not know the type '{kind}'")


def rows(path, schema, needed=False):
    """A row for this key, then those of the keys in it."""
    told = schema.get("description", "")
    if not told:
        sys.exit(f"the key {path} has no description in the schema: say what it does")
    told = say(told)
    default = " " + say("Default {}.").format(code(schema["default"])) if "default" in schema else ""
    text = (told + ("" if told.endswith((".", "?", ":")) else ".") + default).strip()
    lines = [f"| `{path}` | {value(schema)}{' ' + say('(*needed*)') if needed else ''} | {text} |"]
    return lines + inside(path, schema)


def inside(path, schema):
    lines = []
    choices = [one for name in ("oneOf", "anyOf") for one in schema.get(name, []) if one.get("properties")]
    for part in [schema, *choices]:
        for key, inner in part.get("properties", {}).items():
            lines += rows(f"{path}.{key}", inner, key in part.get("required", []))
    entry = schema.get("items")
    if isinstance(entry, dict):
        lines += inside(f"{path}[]", entry)
    return lines


def table(lines):
    return [say("| key | what may stand there | what it does |"), "|---|---|---|", *lines, ""]


def choice_of_keys(schema):
    """Which keys exclude or ask for each other."""
    told = []
    for name, words in (("oneOf", "exactly one of"), ("anyOf", "at least one of")):
        keys = [one["required"][0] for one in schema.get(name, []) if set(one) == {"required"}]
        if keys:
            told.append(say(f"It has {words} {{}}.").format(", ".join(f"`{key}`" for key in keys)))
    return told


def shared(name):
    lines = []
    for one in SCHEMA["$defs"][name]["oneOf"]:
        if "properties" not in one:
            lines.append(f"| {value(one)} | {say(one['description'])} |")
            continue
        keys = []
        for key, inner in one["properties"].items():
            default = say(", default {}").format(code(inner["default"])) if "default" in inner else ""
            told = f" ({say(inner['description']).rstrip('.')})" if "description" in inner else ""
            optional = "" if key in one.get("required", []) else say(", optional")
            keys.append(f"`{key}`{say(': ')}{value(inner)}{told}{default}{optional if not default else ''}")
        lines.append(f"| {say('; ').join(keys)} | {say(one['description'])} |")
    return [say("| what it has | what it says |"), "|---|---|", *lines, ""]


def page():
    lines = [HEAD[language]]
    simple = [name for name, one in SCHEMA["properties"].items() if "properties" not in one and "items" not in one]
    lines += [say("## The plan itself"), ""]
    lines += table([line for name in simple
                    for line in rows(name, SCHEMA["properties"][name], name in SCHEMA["required"])])
    for name, one in SCHEMA["properties"].items():
        if name in simple:
            continue
        lines += [f"## {name}", ""]
        told = ([say(one["description"])] if "description" in one else []) + choice_of_keys(one)
        if told:
            lines += [" ".join(told), ""]
        keys = inside(name, one)
        lines += table(keys)
    for name, told in (("text", "What people read, in one language or several."),
                       ("prior", "What is known of abilities before the first answer."),
                       ("stop_node", "What `stop.rules` is: one rule, or rules combined by `any` and `all`, at most 16 in one list.")):
        lines += [f"## {say(SHARED[name])}", "", say(told), "", *shared(name)]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    texts = {}
    for language in PAGES:
        texts[language] = page()
    faults = [f"plan.fr.json has no French for: {one}" for one in sorted(asked - set(FRENCH))]
    faults += [f"plan.fr.json has what is nowhere in the English page: {one}" for one in sorted(set(FRENCH) - asked)]
    for language, target in PAGES.items():
        if "--check" not in sys.argv[1:]:
            target.write_text(texts[language], encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != texts[language]:
            faults.append(f"docs/{target.name} is not what engine/schema/plan.schema.json says; engine/schema/plan_page.py writes it")
    sys.exit("\n".join(faults) or 0)
