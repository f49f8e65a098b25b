"""The simulator's market as a radCAD model, in Python's integers, which are exact: started by simulator-and-radcad.py.

Reads the market as JSON from standard input, lives through its days, and prints what every subnet did and earned, and the
processor's seconds of that. The only argument says whether radCAD copies the state for every function (`deepcopy`, as by
default) or lets them share it (`no-deepcopy`, its switch for speed): none here changes what it is given.

The emission is reckoned here from Morpheus' constants, by intervals, and shares no code with the simulator's closed form.
"""

import json
import sys
import time

from radcad import Backend, Engine, Model, Simulation

DAY_SECONDS = 86_400
# Morpheus' Compute pool, MOR wei by interval from noon to noon.
INITIAL = 3_456 * 10**18
DECREASE = 592_558_728_240_000_000
PAYOUT_START = 1_707_393_600
INTERVALS = 5_833

# What is added up of every subnet.
SUMS = [
    "paid_wei", "usage_side_wei", "stake_side_wei", "stake_wei_seconds", "seconds", "sessions", "usage_days", "stake_days",
]


def emitted_by(unix):
    """MOR wei that the pool has emitted by a second."""
    passed = min(max(unix - PAYOUT_START, 0), INTERVALS * DAY_SECONDS)
    whole, rest = divmod(passed, DAY_SECONDS)
    of_whole = INITIAL * whole - DECREASE * whole * (whole - 1) // 2
    return of_whole + (INITIAL - DECREASE * whole) * rest // DAY_SECONDS


def emit(params, _substep, _history, state):
    """Policy: the day's emission, and all of it by the day's end."""
    day = params["from_day"] + state["timestep"]
    before, after = emitted_by(day * DAY_SECONDS), emitted_by((day + 1) * DAY_SECONDS)
    return {"emission_wei": after - before, "emitted_wei": after}


def stake(params, _substep, _history, _state):
    """Policy: stake that is held all day long."""
    return {"staked": [wei * DAY_SECONDS for wei in params["stakes"]]}


def host(params, _substep, _history, _state):
    """Policy: everybody's share of the sessions and of their seconds, if its stake makes the day count."""
    sessions, shares = params["sessions"], params["shares"]
    seconds, whole = sessions * params["seconds_each"], sum(shares)
    least = max(params["min_subnet_stake"], 1)
    hosting = [share if wei >= least else 0 for share, wei in zip(shares, params["stakes"])]
    return {
        "hosted_seconds": [seconds * share // whole for share in hosting],
        "hosted_sessions": [sessions * share // whole for share in hosting],
    }


def reward(_params, _substep, _history, state):
    """Policy: both sides of the rule for everybody."""
    emission, hosted, staked = state["emission_wei"], state["hosted_seconds"], state["staked"]
    usage, stakes = sum(hosted), max(state["emitted_wei"] * DAY_SECONDS, sum(staked))
    return {
        "by_usage": [emission * seconds // usage for seconds in hosted],
        "by_stake": [emission * wei_seconds // stakes for wei_seconds in staked],
    }


def today(name):
    """State update: the policies' signal of that name."""
    return lambda _params, _substep, _history, _state, signals: (name, signals[name])


def sums_of(name, of_today):
    """State update: of every subnet, what it had and what `of_today` says of both sides and the state."""

    def update(_params, _substep, _history, state, signals):
        return name, [had + more for had, more in zip(state[name], of_today(state, signals))]

    return update


def both(signals):
    """Both sides of each subnet."""
    return zip(signals["by_usage"], signals["by_stake"])


OF_TODAY = {
    "paid_wei": lambda _state, signals: map(min, signals["by_usage"], signals["by_stake"]),
    "usage_side_wei": lambda _state, signals: signals["by_usage"],
    "stake_side_wei": lambda _state, signals: signals["by_stake"],
    "stake_wei_seconds": lambda state, _signals: state["staked"],
    "seconds": lambda state, _signals: state["hosted_seconds"],
    "sessions": lambda state, _signals: state["hosted_sessions"],
    "usage_days": lambda _state, signals: [usage < stake for usage, stake in both(signals)],
    "stake_days": lambda _state, signals: [stake < usage for usage, stake in both(signals)],
}

TODAY = ["emission_wei", "emitted_wei", "staked", "hosted_seconds", "hosted_sessions"]

STATE_UPDATE_BLOCKS = [
    {"policies": {"emit": emit, "stake": stake, "host": host}, "variables": {name: today(name) for name in TODAY}},
    {"policies": {"reward": reward}, "variables": {name: sums_of(name, OF_TODAY[name]) for name in SUMS}},
]


def simulate(market, deepcopy):
    """The state after the last day, and the processor's seconds that it took."""
    subnets = market["subnets"]
    # radCAD takes a list as values to sweep: one each.
    params = {
        "from_day": [market["from_day"]],
        "sessions": [market["sessions"]],
        "seconds_each": [market["seconds_each"]],
        "min_subnet_stake": [int(market["min_subnet_stake_wei"])],
        "shares": [[subnet["share"] for subnet in subnets]],
        "stakes": [[int(subnet["stake_wei"]) for subnet in subnets]],
    }
    nothing = [0] * len(subnets)
    initial_state = {name: nothing for name in TODAY + SUMS} | {"emission_wei": 0, "emitted_wei": 0}
    model = Model(initial_state=initial_state, state_update_blocks=STATE_UPDATE_BLOCKS, params=params)
    simulation = Simulation(model=model, timesteps=market["to_day"] - market["from_day"], runs=1)
    # One run has nothing for other processes to do, and what blocks leave behind within a day is not asked for.
    simulation.engine = Engine(backend=Backend.SINGLE_PROCESS, deepcopy=deepcopy, drop_substeps=True)
    started = time.process_time()
    results = simulation.run()
    return results[-1], time.process_time() - started


def main():
    market = json.load(sys.stdin)
    last, seconds = simulate(market, {"deepcopy": True, "no-deepcopy": False}[sys.argv[1]])
    subnets = [{name: last[name][number] for name in SUMS} for number in range(len(market["subnets"]))]
    said = {"processor_seconds": seconds, "days": last["timestep"], "emitted_wei": last["emitted_wei"], "subnets": subnets}
    json.dump(said, sys.stdout)


main()
