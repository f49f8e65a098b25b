//! How far `UsageProofs` has come: which roots it has, which days they cover, and until when words of these can be proven.
//!
//! | module | what lives there |
//! |---|---|
//! | [`coverage`] | since when days are covered, and when they become final: pure |
//! | [`standing`] | all of it as the contract has it |
//! | [`days`] | what becomes of each day of a word: pure |
//! | [`unproven`] | days that are covered and not proven |
//! | [`margin`] | how much of a subnet's stake others could withdraw today |
//! | [`overview`] | what a page shows of all of it |

pub mod coverage;
pub mod days;
pub mod margin;
pub mod overview;
pub mod standing;
pub mod unproven;
