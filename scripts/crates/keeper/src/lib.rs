//! What keeps the suite going, safe to run at any time and twice: sessions recorded, days settled, debts claimed,
//! programs kept active. Knows `mrc53-node`, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; `mrc53-status` and the
//! command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`recording`] | sessions found, and booked |
//! | [`paying`] | days settled, debts claimed |
//! | [`programs`] | the suite's Stylus programs: keeping them active, and in the cache |

pub mod paying;
pub mod programs;
pub mod recording;
