//! How far `UsageProofs` has come: which roots it has, which days they cover, and until when words of these can be proven.
//!
//! | module | what lives there |
//! |---|---|
//! | [`coverage`] | since when days are covered, and when they become final: pure |
//! | [`standing`] | all of it as the contract has it |
//! | [`days`] | what becomes of each day of a word: pure |

pub mod coverage;
pub mod days;
pub mod standing;
