#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names in anonymous namespaces stand once a folder: PALIER_UNITY, by which packaging/demo builds, compiles a folder as one
file (of each target). Functions that differ in their parameters are overloads and may share a name; so may two `using` that say
the same."""
import collections
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "engine/*.cpp", "adapters/*.cpp", "scorm/*.cpp"],
                        cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
NAMESPACE = re.compile(r"(?:inline )?namespace ?([\w:]*) ?\{")
FUNCTION = re.compile(r"(?:template <[^>]*> )?(?:constexpr |inline |static |\[\[nodiscard\]\] )*[\w:<>,&* ]+?[ &*](\w+)\(([^{;]*)\)(?: noexcept)? \{")
ALIAS = re.compile(r"using (\w+) = (.*);")
VALUE = re.compile(r"(?:inline |static )*(?:constexpr|const|std::atomic)\b[^;(){}]*?[ *&](\w+)(?:\[\w*\])?(?: =|\{|;)")
TYPE = re.compile(r"(?:struct|class|enum class|enum) (\w+)(?: final)?(?: :[^{;]*)?(?: \{| =|;)")


def without_texts(text):
    """No comments, and texts without what is in them, so that braces can be counted."""
    return re.sub(r'R"(\w*)\((.*?)\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/',
                  lambda m: '""' if m[0][0] in 'R"' else ("0" if m[0][0] == "'" else ""), text, flags=re.S)


def types_of(parameters):
    """The types alone: a parameter's name and default are no part of what tells overloads apart."""
    cut = re.sub(r"\s+", " ", parameters).split(",")
    return ",".join(re.sub(r" ?=.*", "", re.sub(r"([\w>&*]) \w+( ?=.*)?$", r"\1", one.strip())) for one in cut)


def names(text):
    """(namespaces around it, name, what a `using` says) of each thing that stands directly in an anonymous namespace."""
    stack, statement = [], ""
    for piece in re.split(r"([{};])", re.sub(r"^#.*$", "", without_texts(text), flags=re.M)):
        if piece == "{":
            head = re.sub(r"\s+", " ", statement + "{").strip()
            space = NAMESPACE.fullmatch(head)
            if space:
                stack.append(space[1])
            else:
                if "" in stack and None not in stack:
                    yield from named(stack, head.replace("{", " {").replace("  {", " {"))
                stack.append(None)
            statement = ""
        elif piece == "}":
            if stack:
                stack.pop()
            statement = ""
        elif piece == ";":
            if "" in stack and None not in stack:
                yield from named(stack, re.sub(r"\s+", " ", statement).strip() + ";")
            statement = ""
        else:
            statement += piece


def named(stack, head):
    if found := ALIAS.fullmatch(head):
        yield "::".join(stack), found[1], found[2]
        return
    for kind, pattern in (("type", TYPE), ("function", FUNCTION), ("value", VALUE)):
        if found := pattern.match(head):
            if kind == "function":
                yield "::".join(stack), f"{found[1]}({types_of(found[2])})", None
            elif not (kind == "type" and head.endswith(";") and "=" not in head):
                yield "::".join(stack), found[1], None
            return


def targets():
    """The target of each source that a CMakeLists.txt names; the others are their folder's alone."""
    found = {}
    for script in [ROOT / "CMakeLists.txt", *(ROOT / "adapters").rglob("CMakeLists.txt"), *(ROOT / "scorm").glob("**/CMakeLists.txt")]:
        if "node_modules" in script.parts:
            continue
        for target, sources in re.findall(r"add_(?:library|executable)\((\w+)([^)]*)\)", script.read_text(encoding="utf-8")):
            for source in re.findall(r"[\w./-]+\.cpp", sources):
                found[(script.parent / source).resolve()] = target
    return found


target_of = targets()
where = collections.defaultdict(set)
count = 0
for name in listed:
    path = ROOT / name
    if path.exists():
        for space, one, says in names(path.read_text(encoding="utf-8")):
            where[(path.parent.relative_to(ROOT), target_of.get(path), space, one)].add((path.name, says))
            count += 1
if count < 500:
    sys.exit(f"the sources are not read as they are written: {count} names in anonymous namespaces")
faults = [f"{folder}: {one} in {', '.join(sorted({name for name, _ in files}))}" for (folder, _, _, one), files in sorted(where.items(), key=str)
          if len({name for name, _ in files}) > 1 and (len({says for _, says in files}) > 1 or any(says is None for _, says in files))]
sys.exit("\n".join(faults) or 0)
