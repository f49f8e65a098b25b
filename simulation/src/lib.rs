//! What MRC-53 pays, and would pay, by the contracts' own arithmetic: exact in MOR wei, with floating point for prices and
//! rates alone. Knows `mrc53-maths`, `mrc53-ledger`, `mrc53-model` and
//! `mrc53-console`; the command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`pools`] | the five pools of MOR's emission, and what each emits |
//! | [`clocks`] | by which clocks people read a day's emission |
//! | [`ledger`] | the suite's books in memory, on the contracts' own words |
//! | [`market`] | subnets with policies, day after day |
//! | [`attack`] | what an attack on the rule costs, and what it takes |
//! | [`file`], [`runs`] | a market as people write it down, and ways to run it |
//! | [`replay`] | what real days would have paid |
//! | [`scenario`] | a scenario file played on them |
//! | [`shares`] | many shares of one amount, fast and exact |
//! | [`stake_side`] | what stake earns and needs while usage never binds |
//! | [`credits`] | inference credits of a builder subnet, by their seed's seven steps |

pub mod attack;
pub mod clocks;
pub mod credits;
pub mod file;
pub mod ledger;
pub mod market;
pub mod pools;
pub mod replay;
pub mod runs;
pub mod scenario;
pub mod shares;
pub mod stake_side;
