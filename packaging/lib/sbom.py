#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bill of materials of a release, CycloneDX 1.5 as JSON, on standard output.

    packaging/lib/sbom.py VERSION COMMIT FOLDER < parts.tsv

FOLDER holds the files of the release. A line of parts.tsv: what is made, Debian's binary package, its version, source
package and its version, how it is joined (static, dynamic, headers, script), the Debian, or npm. Time and serial number come from the
commit, so that the same release has the same bill.
"""
import datetime
import hashlib
import json
import os
import sys
import uuid
from pathlib import Path

# Debian's source packages: licences as their copyright files say them, in SPDX's words.
LICENCES = {
    "boost": "BSL-1.0", "cli11": "BSD-3-Clause", "emscripten": "MIT OR NCSA", "gcc": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "glibc": "LGPL-2.1-or-later", "glpk": "GPL-3.0-or-later", "gmp": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "cross-toolchain-base": "LGPL-2.1-or-later", "libxml2": "MIT", "libzip": "BSD-3-Clause", "nlohmann-json3": "MIT", "openssl": "Apache-2.0",
    "php": "PHP-3.01", "postgresql": "PostgreSQL", "libtool": "LGPL-2.0-or-later", "suitesparse": "BSD-3-Clause",
    "sqlite3": "LicenseRef-public-domain", "temml": "MIT", "zlib": "Zlib",
}


def licence_of(source):
    return LICENCES.get(source) or next((value for name, value in LICENCES.items()
                                         if source.startswith(name + "-") or source.rstrip("0123456789.") == name), None)


def main():
    version, commit, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    time = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    components, depends = {}, {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".zip", ".deb", ".xz"):
            components[path.name] = {
                "type": "file", "bom-ref": path.name, "name": path.name, "version": version,
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
                "licenses": [{"expression": "GPL-3.0-or-later"}],
            }
    for line in sys.stdin:
        made, package, package_version, source, source_version, joined, system = line.rstrip("\n").split("\t")
        holder = next((name for name in components if name.startswith(made + "_")), "mod_palier.zip")
        purl = (f"pkg:npm/{package}@{package_version}" if system == "npm"
                else f"pkg:deb/debian/{package}@{package_version}?distro={system}")
        component = {
            "type": "library", "bom-ref": purl, "name": package, "version": package_version, "purl": purl,
        }
        if system != "npm":
            component["properties"] = [{"name": "debian:source", "value": f"{source} {source_version}"}]
        if licence := licence_of(source):
            component["licenses"] = [{"expression": licence}]
        components[purl] = component
        depends.setdefault(holder, {}).setdefault(purl, set()).add(f"{made} {joined}")
    for holder, purls in depends.items():
        if holder in components:
            components[holder]["properties"] = [
                {"name": f"palier:{word}", "value": purl}
                for purl in sorted(purls) for word in sorted(purls[purl])]
    json.dump({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, f"palier {version} {commit}")),
        "metadata": {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"), "component": {
            "type": "application", "bom-ref": "palier", "name": "palier", "version": version,
            "licenses": [{"expression": "GPL-3.0-or-later"}],
            "properties": [{"name": "git:commit", "value": commit}]}},
        "components": [components[key] for key in sorted(components)],
        "dependencies": [{"ref": key, "dependsOn": sorted(depends[key])} for key in sorted(depends) if key in components],
    }, sys.stdout, indent=1, ensure_ascii=False)
    print()


main()
