#!/usr/bin/env bash
# radCAD 0.14.0: where two policies of a block signal lists of one name, the list of the first grows with every timestep,
# a parameter's too, though no function of the model changes anything. And it cannot be imported as pip installs it.
#
# Expected: signals of one name are added into a new one; parameters stay as they are, at the latest with deepcopy, which
# is on by default.
# Seen: they are added with `+=` into the first policy's own list. One of a parameter and one that joins are 2 in the first
# timestep, then 3, 4, 5. Numbers are added as expected. Its module `types` imports typing_extensions, which neither it nor
# what it depends on asks for.
# Why it matters: a model of rewards whose stakers or payouts are listed by several policies pays more and more of them, and
# nothing fails. Signal a copy, or one name from one policy.
#
# Needs Python 3.11 or 3.12 with venv. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check radcad==0.14.0
cat > finding.py <<'PY'
from radcad import Backend, Engine, Model, Simulation


def run(parameter, joining):
    policies = {
        "there": lambda params, _substep, _history, _state: {"stakers": params["genesis"]},
        "join": lambda _params, _substep, _history, _state: {"stakers": joining},
    }
    variables = {"stakers": lambda _params, _substep, _history, _state, signals: ("stakers", signals["stakers"])}
    blocks = [{"policies": policies, "variables": variables}]
    model = Model(initial_state={"stakers": 0}, state_update_blocks=blocks, params={"genesis": [parameter]})
    simulation = Simulation(model=model, timesteps=4, runs=1)
    simulation.engine = Engine(backend=Backend.SINGLE_PROCESS)
    return [state["stakers"] for state in simulation.run()[1:]]


print("numbers:", run(1, 1))
print("lists:", [len(stakers) for stakers in run(["first"], ["late"])])
PY
cat > expected <<'TEXT'
ModuleNotFoundError: No module named 'typing_extensions'
numbers: [2, 2, 2, 2]
lists: [2, 3, 4, 5]
TEXT
{ venv/bin/python finding.py 2>&1 || true; } | tail -n 1 | tee seen
venv/bin/pip install --quiet --disable-pip-version-check typing_extensions==4.16.0
venv/bin/python finding.py | tee -a seen
diff expected seen
