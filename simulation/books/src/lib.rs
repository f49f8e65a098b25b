//! What MRC-53 pays by the contracts' own arithmetic, day after day: exact in MOR wei. Nothing here reads, prints, or knows
//! how people write amounts and days: this is what is optimised, and what no change of the tool compiles again. Knows
//! `mrc53-maths` and `mrc53-ledger`; the simulation and the command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`pools`] | the five pools of MOR's emission, and what each emits |
//! | [`clocks`] | by which clocks people read a day's emission |
//! | [`ledger`] | the suite's books in memory, on the contracts' own words |
//! | [`market`] | subnets with policies, day after day |
//! | [`shares`] | many shares of one amount, fast and exact |
//! | [`stake_side`] | what stake earns and needs while usage never binds |

pub mod clocks;
pub mod ledger;
pub mod market;
pub mod pools;
pub mod shares;
pub mod stake_side;
