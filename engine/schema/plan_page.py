#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/plan.md, the reference of every key of a plan, from plan.schema.json; with --check it only compares.

A part of the schema that this program does not know stops it, so that no key stays out of the page unseen.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "engine/schema/plan.schema.json").read_text(encoding="utf-8"))
PAGE = ROOT / "docs/plan.md"
KNOWN = {
    "$ref", "type", "enum", "const", "default", "description", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern", "items", "prefixItems", "properties",
    "additionalProperties", "required", "oneOf", "anyOf",
}
# Parts that stand once, with a section of their own.
SHARED = {"text": "Texts", "prior": "Priors", "stop_node": "Stop rules", "stop_nodes": "Stop rules"}

HEAD = """# The plan: every key

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
"""


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
        parts.append(f"{number(low)} to {number(high)}")
    elif low is not None:
        parts.append(f"{number(low)} or more")
    elif above is not None:
        parts.append(f"more than {number(above)}")
    if high is not None and low is None:
        parts.append(f"{number(high)} at most")
    elif below is not None:
        parts.append(f"less than {number(below)}")
    return ", ".join(parts)


def counted(low, high, what):
    if low is None and high is None:
        return ""
    if low == high:
        return f"{low} {what}"
    if low is None:
        return f"at most {high} {what}"
    return f"{low} to {high} {what}" if high is not None else f"{low} {what} or more"


def plural(words):
    """Of what a list holds: texts, numbers, whole numbers, lists."""
    head, _, rest = words.partition(",")
    kinds = {"a text": "texts", "a number": "numbers", "a whole number": "whole numbers", "a list: a number": "lists of numbers"}
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
        return f"[{SHARED[name].lower()}](#{SHARED[name].lower().replace(' ', '-')})"
    if "const" in schema:
        return code(schema["const"])
    if "enum" in schema:
        return ", ".join(code(one) for one in schema["enum"])
    if "type" not in schema:
        return "; or ".join(value(one) for one in schema.get("oneOf", schema.get("anyOf", [])))
    kind = schema["type"]
    if kind == "array":
        what = counted(schema.get("minItems"), schema.get("maxItems"), "").replace("  ", " ").strip()
        inner = schema.get("items") or schema["prefixItems"][0]
        inner = "objects" if inner.get("properties") else plural(value(inner))
        return "a list: " + (what + " " if what else "") + inner + (", no two alike" if schema.get("uniqueItems") else "")
    if kind == "string":
        length = counted(schema.get("minLength"), schema.get("maxLength"), "characters")
        return "a text" + (f", {length}" if length else "") + (f", `{schema['pattern']}`" if "pattern" in schema else "")
    if kind in ("number", "integer"):
        name = "a number" if kind == "number" else "a whole number"
        limits = bounds(schema)
        return name + (f", {limits}" if limits else "")
    if kind == "boolean":
        return "`true` or `false`"
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        return "NAME to " + value(more)
    if "properties" in schema and kind == "object":
        return "an object"
    sys.exit(f"plan_page.py does not know the type '{kind}'")


def rows(path, schema, needed=False):
    """A row for this key, then those of the keys in it."""
    told = schema.get("description", "")
    if not told:
        sys.exit(f"the key {path} has no description in the schema: say what it does")
    default = f" Default {code(schema['default'])}." if "default" in schema else ""
    text = (told + ("" if told.endswith((".", "?", ":")) else ".") + default).strip()
    lines = [f"| `{path}` | {value(schema)}{' (*needed*)' if needed else ''} | {text} |"]
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
    return ["| key | what may stand there | what it does |", "|---|---|---|", *lines, ""]


def choice_of_keys(schema):
    """Which keys exclude or ask for each other."""
    told = []
    for name, words in (("oneOf", "exactly one of"), ("anyOf", "at least one of")):
        keys = [one["required"][0] for one in schema.get(name, []) if set(one) == {"required"}]
        if keys:
            told.append(f"It has {words} " + ", ".join(f"`{key}`" for key in keys) + ".")
    return told


def shared(name):
    lines = []
    for one in SCHEMA["$defs"][name]["oneOf"]:
        if "properties" not in one:
            lines.append(f"| {value(one)} | {one['description']} |")
            continue
        keys = []
        for key, inner in one["properties"].items():
            default = f", default {code(inner['default'])}" if "default" in inner else ""
            told = f" ({inner['description'].rstrip('.')})" if "description" in inner else ""
            optional = "" if key in one.get("required", []) else ", optional"
            keys.append(f"`{key}`: {value(inner)}{told}{default}{optional if not default else ''}")
        lines.append(f"| {'; '.join(keys)} | {one['description']} |")
    return ["| what it has | what it says |", "|---|---|", *lines, ""]


def page():
    lines = [HEAD]
    simple = [name for name, one in SCHEMA["properties"].items() if "properties" not in one and "items" not in one]
    lines += ["## The plan itself", ""]
    lines += table([line for name in simple
                    for line in rows(name, SCHEMA["properties"][name], name in SCHEMA["required"])])
    for name, one in SCHEMA["properties"].items():
        if name in simple:
            continue
        lines += [f"## {name}", ""]
        told = ([one["description"]] if "description" in one else []) + choice_of_keys(one)
        if told:
            lines += [" ".join(told), ""]
        keys = inside(name, one)
        lines += table(keys)
    lines += ["## Texts", "", "What people read, in one language or several.", "", *shared("text")]
    lines += ["## Priors", "", "What is known of abilities before the first answer.", "", *shared("prior")]
    lines += ["## Stop rules", "",
              "What `stop.rules` is: one rule, or rules combined by `any` and `all`, at most 16 in one list.", "",
              *shared("stop_node")]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    text = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/plan.md is not what engine/schema/plan.schema.json says; engine/schema/plan_page.py writes it")
