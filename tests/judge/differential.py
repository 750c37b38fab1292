#!/usr/bin/env python3
"""Do `duikai preflight` and the checker say the same of the checker's own mutants?

  differential.py DUIKAI [--keep DIR]

Writes every base file, accepted variant and mutant of `pdfx_check.py --self-test` to a folder, has
all of them judged by both, and compares the rules that each found, with their severities. What
differs must stand in differences.txt, argued; what stands there must differ. Levels that
`preflight` does not judge by are passed over.

Exit status: 0 as listed, 1 otherwise.
"""
import argparse, contextlib, io, json, os, shutil, subprocess, sys, tempfile

sys.dont_write_bytecode = True
import pdfx_check as checker

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = ("x1a-2001", "x1a-2003", "x4")
# A page is rendered only where rules of rendered ink are meant: it is what takes time.
RENDERED = ("NP-TAC-R", "NP-TAC-P")
SEVERITY = {"error": "error", "warn": "warning", "warning": "warning"}
TRIM = (390, 540)


def cases():
    """(name, level, whether rendered ink is judged, whether the order's size is, make(path))"""
    for level in LEVELS:
        yield f"base {level}", level, True, False, lambda path, level=level: checker.save_base(
            checker.build_base(level), path, level)
    for name, level, rule, mutate, options, raw in checker.mutations():
        if level not in LEVELS:
            continue

        def make(path, level=level, mutate=mutate, options=options, raw=raw):
            pdf = checker.build_base(level)
            if mutate:
                mutate(pdf)
            checker.save_base(pdf, path, level, **dict(options))
            if raw:
                with open(path, "rb") as file:
                    changed = raw(file.read())
                with open(path, "wb") as file:
                    file.write(changed)

        yield f"{name} {level}", level, rule in RENDERED, rule == "NP-TRIM", make


def by_checker(path, level, render, trim):
    found = checker.run_check(path, level, render=render, trim_mm=TRIM if trim else None)["findings"]
    return {(f["rule"], SEVERITY[f["severity"]]) for f in found}


def by_preflight(program, paths, level, trim):
    """Findings by path; one process for all."""
    command = [program, "preflight", "--json", "--level", level, *paths]
    if trim:
        command += ["--trim", f"{TRIM[0]}x{TRIM[1]}"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1, 2):
        sys.exit(f"preflight ended with {run.returncode}: {run.stderr}")
    found = {}
    for line in run.stdout.splitlines():
        report = json.loads(line)
        # Notes say what was not looked into; the checker looks into everything.
        found[report["file"]] = {(f["rule"], f["severity"]) for f in report["findings"] if f["severity"] != "note"}
    return found


def listed():
    """Differences that are argued: (side, rule, case) -> whether it must be met. `*` is every case."""
    known = {}
    with open(os.path.join(HERE, "differences.txt"), encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line and not line.startswith("#"):
                side, rule, case, _ = (part.strip() for part in line.split("|", 3))
                known[(side.rstrip("?"), rule, case)] = not side.endswith("?")
    return known


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--keep", help="folder to leave the files in")
    asked = parser.parse_args()
    folder = asked.keep or tempfile.mkdtemp(prefix="differential")
    os.makedirs(folder, exist_ok=True)
    made = []
    for number, (name, level, render, trim, make) in enumerate(cases()):
        path = os.path.join(folder, f"{number:03}.pdf")
        make(path)
        made.append((name, path, level, render, trim))
    ours = {}
    for level in LEVELS:
        for trim in (False, True):
            paths = [path for _, path, of, _, ordered in made if of == level and ordered == trim]
            if paths:
                ours.update(by_preflight(asked.program, paths, level, trim))
    known, met, wrong = listed(), set(), []
    for name, path, level, render, trim in made:
        with contextlib.redirect_stderr(io.StringIO()):
            theirs = by_checker(path, level, render, trim)
        mine = ours.get(path, {("no answer", "error")})
        if not render:
            theirs = {f for f in theirs if f[0] not in RENDERED}
            mine = {f for f in mine if f[0] not in RENDERED}
        for side, only in (("checker", theirs - mine), ("preflight", mine - theirs)):
            for rule, severity in sorted(only):
                keys = [key for key in ((side, rule, name), (side, rule, "*")) if key in known]
                met.update(keys[:1])
                if not keys:
                    wrong.append(f"{name} ({os.path.basename(path)}): only the {side} has {rule} as {severity}")
    for side, rule, name in sorted(key for key in set(known) - met if known[key]):
        wrong.append(f"differences.txt: {side} | {rule} | {name} no longer differs")
    if not asked.keep:
        shutil.rmtree(folder, ignore_errors=True)
    for line in wrong:
        print(line)
    print(f"{len(made)} files judged twice, {len(met)} differences as listed, {len(wrong)} not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
