#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two builds of the program give the same bytes: whole tests of simulated persons (estimates with all digits, items,
stories), checks and studies, by every criterion, estimator and model, in one scale and in several.

    same_bits.py PROGRAM… -- OTHER PROGRAM…"""
import json
import subprocess
import sys

split = sys.argv.index("--")
ONE, OTHER = sys.argv[1:split], sys.argv[split + 1:]


def items(scales=1):
    found = []
    for i in range(60):
        b = ((i * 37) % 60) / 10 - 3
        kinds = [
            {"model": "rasch", "b": b}, {"model": "2pl", "a": 0.8 + (i % 5) / 5, "b": b, "se_b": 0.4},
            {"model": "3pl", "a": 1.2, "b": b, "c": 0.2}, {"model": "grm", "a": 1.1, "b1": b - 0.5, "b2": b + 0.6},
            {"model": "gpcm", "a": 0.9, "b1": b, "b2": b + 0.3}, {"model": "nrm", "a1": 0.7, "a2": 1.5, "c1": b, "c2": -b},
        ]
        item = {"item": f"q{i}", "content": "AB"[i % 2], "num.words": 10 + i % 7} | kinds[i % 2 if scales > 1 else i % 6]
        found.append(item | ({"scale": f"s{i % scales}"} if scales > 1 else {}))
    return found


def plan(**more):
    return {"palier_plan": 1, "stop": {"max_items": 15}, "levels": {"cuts": [-1, 0, 1]}} | more


requests = [{"call": "version"}]
for criterion in ("mfi", "random", "b_match", "optimal_theta", "interval_information", "mlwi", "mpwi", "kl", "klp", "gdi", "gdip", "mei",
                  "mepv", "mepv_predictive", "a_stratified"):
    test = {"items": items(), "plan": plan(selection={"criterion": criterion, "randomesque": 2})}
    requests += [{"call": "walk", **test, "theta": theta, "seed": 5, "lang": "fr"} for theta in (-1.3, 0.8)]
for estimator in ("eap", "map", "wle", "ml", "mlf", "robust"):
    # The robust one is for items that are right or wrong.
    taken = [item for item in items() if estimator != "robust" or item["model"] in ("rasch", "2pl", "3pl")]
    requests.append({"call": "walk", "items": taken, "plan": plan(estimation={"estimator": estimator}), "theta": 0.4})
# A solver's choice is of the same bits, too.
shadow = {"method": "shadow", "bounds": [{"attribute": "content", "value": "A", "min": 5, "max": 7}, {"sum": "words", "min": 120, "max": 220}]}
requests.append({"call": "walk", "items": items(), "plan": plan(constraints=shadow), "theta": 0.4})
scales = [{"id": f"s{k}"} for k in range(4)]
requests += [{"call": "walk", "items": items(4), "plan": plan(scales=scales, stop={"max_items": 24}), "theta": theta} for theta in (-1, 1)]
requests.append({"call": "simulate", "items": items(), "plan": plan(), "options": {"persons": 50, "seed": 3}})
requests.append({"call": "feasibility", "items": items(), "plan": plan(), "options": {"persons": 50, "seed": 3, "lang": "fr"}})
requests.append({"call": "information", "items": items(), "thetas": [x / 7 for x in range(-20, 21)]})


def answer(program, request):
    return subprocess.run([*program, "call"], input=json.dumps(request).encode(), capture_output=True).stdout


faults = 0
for request in requests:
    one, other = answer(ONE, request), answer(OTHER, request)
    named = json.dumps({key: value for key, value in request.items() if key != "items"})
    if not one or "error" in json.loads(one):
        faults += 1
        print(f"no answer to {named}: {one.decode()[:300]}")
    elif one != other:
        faults += 1
        print(f"different answers to {named}:\n  {one.decode()[:300]}\n  {other.decode()[:300]}")
print(f"{len(requests) - faults} of {len(requests)} answers are the same bytes")
sys.exit(faults > 0)
