#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the rooms: a room may include from itself and from rooms above it in the lists below. In the player no
file imports itself by way of others.

    tests/rooms.py            fails and names each include that goes the other way, and each circle of imports
    tests/rooms.py --print    prints the order, and what each room of the engine includes
"""
import re
import subprocess
import sys
from pathlib import Path

# The folders of engine/, in the order in which they build on each other. "" is engine/errors.hpp and engine/version.hpp.
ENGINE = """
    "" util math models bank scoring estimation levels classification stopping selection start exposure constraints
    ability plan assembly session result simulation calibration fit linking
""".split()

# The rooms of the whole tree. Those on one line do not know each other.
TREE = """
    engine
    adapters/words adapters/text adapters/database
    adapters/solver adapters/formats
    adapters/host adapters/bankfile
    adapters/xapi
    adapters/delivery adapters/calls
    adapters/php adapters/standalone scorm
    adapters/cli
    tests
"""

INCLUDE = re.compile(r'^\s*#\s*include\s+"((?:engine|adapters|scorm|tests)/[^"]+)"')
root = Path(__file__).resolve().parent.parent


def sources():
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.cpp", "*.hpp", "*.h"],
                            cwd=root, check=True, capture_output=True, text=True).stdout.split("\n")
    return [name for name in listed if name and (root / name).is_file()]


def includes(name):
    for number, line in enumerate((root / name).read_text(encoding="utf-8").split("\n"), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1]


IMPORT = re.compile(r"^\s*(?:import|export)\b[^;]*?\bfrom\s+'(\.[^']+)'", re.M)


def circles(folder):
    """The circles of imports among the TypeScript files of a folder, types too, each once."""
    imports = {}
    for path in sorted(folder.rglob("*.ts")):
        targets = [(path.parent / (target + ".ts")).resolve() for target in IMPORT.findall(path.read_text(encoding="utf-8"))]
        imports[path] = [target for target in targets if target.is_file()]
    done, found = set(), []

    def walk(path, way):
        if path in way:
            found.append(way[way.index(path):] + [path])
        elif path not in done:
            for target in imports[path]:
                walk(target, way + [path])
            done.add(path)

    for path in imports:
        walk(path, [])
    return [" imports ".join(str(file.relative_to(folder)) for file in circle) for circle in found]


def engine_room(name):
    parts = name.split("/")
    return parts[1] if len(parts) > 2 else '""'


def main():
    ranks = {room: rank for rank, line in enumerate(TREE.strip().split("\n")) for room in line.split()}
    engine_ranks = {room: rank for rank, room in enumerate(ENGINE)}

    def room_of(name):
        return next((room for room in ranks if name.startswith(room + "/")), None)

    wrong, used = [], {room: set() for room in ENGINE}
    for name in sources():
        room = room_of(name)
        for number, target in includes(name):
            to = room_of(target)
            place = f"{name}:{number} includes {target}"
            if room is None or to is None:
                wrong.append(f"{place}: {name if room is None else target} is in no room of tests/rooms.py")
            elif room == to == "engine":
                own, other = engine_room(name), engine_room(target)
                if own not in engine_ranks or other not in engine_ranks:
                    wrong.append(f"{place}: the engine's rooms in tests/rooms.py lack {own} or {other}")
                    continue
                if own != other:
                    used[own].add(other)
                if engine_ranks[other] > engine_ranks[own]:
                    wrong.append(f"{place}: {other} comes after {own}")
            elif room != to and ranks[to] >= ranks[room]:
                wrong.append(f"{place}: {to} does not come before {room}")
    if "--print" in sys.argv:
        for room in ENGINE[1:]:
            print(f"engine/{room}: {' '.join(r for r in ENGINE[1:] if r in used[room]) or '-'}")
        print("\nwhole tree, lowest first:")
        print(TREE.strip("\n"))
    shown = " · ".join(ENGINE[1:])
    for page in ("docs/architecture.md", "engine/README.md"):
        if shown not in " ".join((root / page).read_text(encoding="utf-8").split()):
            wrong.append(f"{page} does not show the order of the engine's rooms: {shown}")
    player = root / "scorm/player/src"
    wrong += [f"{player.relative_to(root)}: {circle}" for circle in circles(player)]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


sys.exit(main())
