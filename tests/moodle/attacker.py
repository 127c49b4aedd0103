#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attacker: can a count below k be computed from all that local_palier publishes of a site?

    attacker.py [--sites N] [--seed S]

Of random sites (attacker_tables.php: small groups, changing membership, three dates) it has all published tables together:
who was told with whom, all sums, how many people a line is about, how many members each group has at each date. It knows
more than anybody could: which people of one table are in another, and that a count is the same people in each of them. GLPK
then finds the smallest and the largest whole number that each small count can be.

A count below k is protected where what is possible is a range k wide at least, which reaches k at least (of a group of fewer
members, as many as they are): the sliding and the upper protection level of Fischetti and Salazar 2000, Models and algorithms
for optimizing cell suppression in tabular data with linear constraints, JASA 95. The test can fail: without complementary
suppression, and where people are counted at every date anew, the attacker has to succeed.
"""
import argparse
import ctypes
import ctypes.util
import itertools
import json
import subprocess
import sys
from pathlib import Path

glpk = ctypes.CDLL(ctypes.util.find_library("glpk") or "libglpk.so.40")
glpk.glp_create_prob.restype = ctypes.c_void_p
glpk.glp_mip_obj_val.restype = glpk.glp_get_obj_val.restype = ctypes.c_double
MIN, MAX, LOW, UP, FIXED, INTEGER, OPTIMAL = 1, 2, 2, 3, 5, 2, 5


def parameters(initialise):
    """GLPK's parameters as it sets them, but silent: the first member of both structures is the level of messages."""
    memory = ctypes.create_string_buffer(4096)
    initialise(memory)
    ctypes.cast(memory, ctypes.POINTER(ctypes.c_int))[0] = 0
    return memory


class Program:
    """Whole numbers of at least 0 and sums that are known of them."""

    def __init__(self, variables, rows):
        self.lp = ctypes.c_void_p(glpk.glp_create_prob())
        self.simplex, self.integer = parameters(glpk.glp_init_smcp), parameters(glpk.glp_init_iocp)
        glpk.glp_add_cols(self.lp, variables)
        for column in range(1, variables + 1):
            glpk.glp_set_col_bnds(self.lp, column, LOW, ctypes.c_double(0), ctypes.c_double(0))
            glpk.glp_set_col_kind(self.lp, column, INTEGER)
        glpk.glp_add_rows(self.lp, len(rows))
        for number, (terms, least, most) in enumerate(rows, 1):
            kind = UP if least is None else FIXED
            glpk.glp_set_row_bnds(self.lp, number, kind, ctypes.c_double(least or 0), ctypes.c_double(most))
            indices = (ctypes.c_int * (len(terms) + 1))(0, *(column + 1 for column, _ in terms))
            values = (ctypes.c_double * (len(terms) + 1))(0, *(value for _, value in terms))
            glpk.glp_set_mat_row(self.lp, number, len(terms), indices, values)

    def bound(self, column, direction, whole):
        """The smallest or largest value; not whole: of any number, which is a wider range and found sooner."""
        glpk.glp_set_obj_dir(self.lp, direction)
        glpk.glp_set_obj_coef(self.lp, column + 1, ctypes.c_double(1))
        if glpk.glp_simplex(self.lp, self.simplex) or (whole and glpk.glp_intopt(self.lp, self.integer)):
            sys.exit("GLPK failed")
        glpk.glp_set_obj_coef(self.lp, column + 1, ctypes.c_double(0))
        if (glpk.glp_mip_status(self.lp) if whole else glpk.glp_get_status(self.lp)) != OPTIMAL:
            sys.exit("GLPK: what is published contradicts itself")
        return round(glpk.glp_mip_obj_val(self.lp)) if whole else glpk.glp_get_obj_val(self.lp)

    def __del__(self):
        glpk.glp_delete_prob(self.lp)


def attack(site, least, columns, competences, whole):
    """The counts below k that are too well known: what is true and the range, and how many counts were tried."""
    # People who were counted in the same tables, in the same groups.
    atoms = sorted({tuple(one["counted"]) for one in site["people"]}, key=str)
    place = {(atom, competence, column): number for number, (atom, competence, column) in
             enumerate(itertools.product(atoms, range(competences), range(columns)))}
    true = dict.fromkeys(place, 0)
    for one in site["people"]:
        for competence, column in enumerate(one["columns"]):
            true[tuple(one["counted"]), competence, column] += 1
    rows = []

    def known(chosen, competence, of, value, at_most=False):
        terms = [(place[atom, competence, column], 1) for atom in chosen for column in of]
        if terms:
            rows.append((terms, None if at_most else value, value))

    everything = range(columns)
    for date, table in enumerate(site["tables"]):
        counted = [atom for atom in atoms if atom[date] is not None]
        groups = [[atom for atom in counted if atom[date] in line["groups"]] for line in table["lines"]]
        for competence in range(competences):
            for chosen, told in zip([*groups, counted], table["rows"][competence]):
                for columns_told, value in told:
                    known(chosen, competence, columns_told, value)
            for chosen, line in zip(groups, table["lines"]):
                known(chosen, competence, everything, line["people"])
            for group, members in enumerate(table["members"]):
                known([atom for atom in counted if atom[date] == group], competence, everything, members, at_most=True)
    # The same people in each competence.
    for atom in atoms:
        for competence in range(1, competences):
            terms = [(place[atom, 0, column], 1) for column in everything]
            rows.append((terms + [(place[atom, competence, column], -1) for column in everything], 0, 0))
    program = Program(len(place), rows)
    found = []
    small = [cell for cell in place if true[cell] < least]
    for cell in small:
        members = min(site["tables"][date]["members"][group] for date, group in enumerate(cell[0]) if group is not None)
        wanted = min(least, members)
        low, high = program.bound(place[cell], MIN, whole), program.bound(place[cell], MAX, whole)
        if not low - 1e-6 <= true[cell] <= high + 1e-6:
            sys.exit(f"the attacker's sums are wrong: {true[cell]} is not from {low} to {high}")
        if min(high, high - low) < wanted - 1e-6:
            found.append((cell, true[cell], low, high))
            if not whole:
                break
    return found, len(small)


def run(sites, seed, without=""):
    tables = Path(__file__).with_name("attacker_tables.php")
    option = [f"--without={without}"] if without else []
    data = json.loads(subprocess.run(["php", tables, str(sites), str(seed), *option], check=True, capture_output=True).stdout)
    found, tried, told = [], 0, 0
    for number, site in enumerate(data["sites"]):
        # To show that an attack succeeds one count is enough.
        broken, small = attack(site, data["least"], data["columns"], data["competences"], whole=not without)
        found += [(number, *one) for one in broken]
        tried += small
        if broken and without:
            break
        told += sum(len(sets) - 1 for table in site["tables"] for row in table["rows"] for sets in row)
    return found, tried, told


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--sites", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    found, tried, told = run(options.sites, options.seed)
    print(f"{tried} small counts in {options.sites} sites: {len(found)} too well known; {told} figures told beside the sums")
    for site, (atom, competence, column), true, low, high in found[:10]:
        print(f"  site {site}, groups by date {atom}, competence {competence}, column {column}: {true} is from {low} to {high}")
    failed = bool(found) or tried == 0 or told == 0
    for without in ("complementary", "history"):
        broken, _, _ = run(options.sites, options.seed, without)
        print(f"without {without} the attacker {'succeeds' if broken else 'should succeed: this test shows nothing'}")
        for site, cell, true, low, high in broken:
            print(f"  {true} is from {low:g} to {high:g}")
        failed = failed or not broken
    sys.exit(failed)


if __name__ == "__main__":
    main()
