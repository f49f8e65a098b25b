//! What MRC-53 would pay: markets as people write them down, attacks, real days, inference credits. Exact in MOR wei, with
//! floating point for prices and rates alone. Knows `mrc53-maths`, `mrc53-ledger`, `mrc53-model`,
//! `mrc53-books` and `mrc53-console`; the command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`attack`] | what an attack on the rule costs, and what it takes |
//! | [`file`], [`runs`] | a market as people write it down, and ways to run it |
//! | [`replay`] | what real days would have paid |
//! | [`scenario`] | a scenario file played on them |
//! | [`credits`] | inference credits of a builder subnet, by their seed's seven steps |

pub mod attack;
pub mod credits;
pub mod file;
pub mod replay;
pub mod runs;
pub mod scenario;
