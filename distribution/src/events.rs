//! What the distributor reports. Amounts in MOR wei, days are UTC day numbers, ranges are half-open.

use alloy_sol_types::sol;

sol! {
    /// A day of a subnet was settled with something to pay: `payableWei` was credited, of it `stakersPotWei` to the
    /// stakers and the rest to the operator.
    #[derive(Debug, PartialEq, Eq)]
    event DaySettled(address indexed subnet, uint32 indexed day, uint256 payableWei, uint256 stakersPotWei);

    /// All days of `[fromDay, toDay)` are settled; those without a `DaySettled` of their own were worth nothing.
    #[derive(Debug, PartialEq, Eq)]
    event Settled(address indexed subnet, uint32 fromDay, uint32 toDay);

    /// The calculator asked for more than the day or the emission allows: `credited` was credited instead of `asked`.
    #[derive(Debug, PartialEq, Eq)]
    event CreditClamped(address indexed subnet, uint32 indexed day, uint256 asked, uint256 credited);

    /// The operator's receiver was paid from the Compute pool.
    #[derive(Debug, PartialEq, Eq)]
    event OperatorPaid(address indexed subnet, address indexed receiver, uint256 amount);

    /// A staker was paid from the Compute pool.
    #[derive(Debug, PartialEq, Eq)]
    event StakerPaid(address indexed subnet, address indexed staker, uint256 amount);

    /// The pool was short: `owed` remains owed. `account` is who is to be paid, the operator's receiver or the staker.
    #[derive(Debug, PartialEq, Eq)]
    event DebtKept(address indexed subnet, address indexed account, uint256 owed);

    /// `calculator` counts from `fromDay` on. Whatever was scheduled from that day or later is dropped.
    #[derive(Debug, PartialEq, Eq)]
    event CalculatorScheduled(address indexed calculator, uint32 fromDay);

    /// The days `[fromDay, toDay)` settle at zero for every subnet that has not settled them.
    #[derive(Debug, PartialEq, Eq)]
    event DaysVoided(uint32 fromDay, uint32 toDay);

    /// Payments come from `pool` from now on.
    #[derive(Debug, PartialEq, Eq)]
    event ComputePoolSet(address indexed pool);

    /// Settling was paused or resumed.
    #[derive(Debug, PartialEq, Eq)]
    event SettlingPausedSet(bool paused);

    /// Claiming was paused or resumed.
    #[derive(Debug, PartialEq, Eq)]
    event ClaimingPausedSet(bool paused);
}
