"""How long the simulator and radCAD take for one market: run by hand, `python3 tests/benchmarks/simulator-and-radcad.py`.

100 subnets live through all days of the emission, with the same stakes and the same usage, in `simulation/books/examples/speed.rs`
and in `market_in_radcad.py`. Both keep the same sums of every subnet, and both must come to the same ones, to the wei. They
take turns, in which the simulator runs several times; of each the median counts, in seconds of the processor, so that others
on the machine change little: of the simulator all that its process takes, of radCAD the run alone, without Python's start
and imports.

The example is built before, as the tool is; radCAD is installed from PyPI at the release below into a virtual environment
in a folder that is removed at the end.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

RADCAD = "0.14.0"
# radCAD imports it, and asks for nothing that brings it along.
TYPING_EXTENSIONS = "4.16.0"
TURNS = 3
# Runs of the simulator in a turn: one is over before its processor is warm.
RUNS = 5
SUBNETS = 100

HERE = Path(__file__).resolve().parent
CARGO = ["--manifest-path", str(HERE / "../../scripts/Cargo.toml"), "--locked"]


def build():
    """Builds the example; its program."""
    words = ["cargo", "build", *CARGO, "-p", "mrc53-books", "--example", "speed", "--message-format", "json"]
    said = subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.splitlines()
    programs = [program for line in said if (program := json.loads(line).get("executable"))]
    return programs[-1]


def install(folder):
    """Installs radCAD; its Python."""
    venv.create(folder, with_pip=True)
    python = Path(folder, "bin", "python")
    packages = [f"radcad=={RADCAD}", f"typing_extensions=={TYPING_EXTENSIONS}"]
    subprocess.run([python, "-m", "pip", "--quiet", "install", "--disable-pip-version-check", *packages], check=True)
    return python


def simulator(program):
    """The market, what it came to, and the processor's seconds of the whole process."""
    with subprocess.Popen([program, str(SUBNETS), "--json"], stdout=subprocess.PIPE) as process:
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{program} ended with {process.returncode}")
    return json.loads(said), used.ru_utime + used.ru_stime


def radcad(python, market, setting):
    """What the market came to, and the processor's seconds of the run."""
    words = [python, HERE / "market_in_radcad.py", setting]
    environment = {name: value for name, value in os.environ.items() if name != "RADCAD_BACKEND"}
    said = subprocess.run(words, check=True, input=json.dumps(market).encode(), stdout=subprocess.PIPE, env=environment)
    outcome = json.loads(said.stdout)
    return outcome, outcome["processor_seconds"]


def hold_equal(market, outcome):
    """Ends with what differs, if anything does."""
    ours = (market["to_day"] - market["from_day"], int(market["emitted_wei"]), len(market["subnets"]))
    theirs = (outcome["days"], outcome["emitted_wei"], len(outcome["subnets"]))
    if ours != theirs:
        raise SystemExit(f"days, wei emitted and subnets: {ours} of the simulator, {theirs} of radCAD")
    for number, (ours, theirs) in enumerate(zip(market["subnets"], outcome["subnets"])):
        for name, sum_of_days in theirs.items():
            if int(ours[name]) != sum_of_days:
                raise SystemExit(f"subnet {number}, {name}: {ours[name]} by the simulator, {sum_of_days} by radCAD")
    if sum(subnet["paid_wei"] for subnet in outcome["subnets"]) != int(market["paid_wei"]):
        raise SystemExit("the subnets are not paid what is paid")


def main():
    program = build()
    with tempfile.TemporaryDirectory(prefix="mrc53-radcad-") as folder:
        python = install(folder)
        took = {"simulator": [], "deepcopy": [], "no-deepcopy": []}
        for turn in range(1, TURNS + 1):
            for _ in range(RUNS):
                market, seconds = simulator(program)
                took["simulator"].append(seconds)
            for setting in ("deepcopy", "no-deepcopy"):
                outcome, seconds = radcad(python, market, setting)
                hold_equal(market, outcome)
                took[setting].append(seconds)
            told = ", ".join(f"{name} {seconds[-1]:.3f} s" for name, seconds in took.items())
            print(f"turn {turn} of {TURNS}: {told}", file=sys.stderr)
    median = {name: statistics.median(seconds) for name, seconds in took.items()}
    days = market["to_day"] - market["from_day"]
    print(f"{SUBNETS} subnets, {days} days: both pay {market['paid_wei']} MOR wei of {market['emitted_wei']}\n")
    print("| | seconds | ratio |\n|---|--:|--:|")
    print(f"| simulator | {median['simulator']:.3f} | 1 |")
    for setting, name in (("no-deepcopy", "radCAD, `deepcopy=False`"), ("deepcopy", "radCAD, as by default")):
        print(f"| {name} | {median[setting]:.2f} | {median[setting] / median['simulator']:.0f} |")


main()
