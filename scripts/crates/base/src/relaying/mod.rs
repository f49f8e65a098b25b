//! Sending the root of the newest day that Ethereum holds to be valid.
//!
//! | module | what lives there |
//! |---|---|
//! | [`run`] | the whole of it: which game, whether its root adds anything, and the transaction |
//! | [`report`] | what was done, for people and as JSON |

pub mod report;
pub mod run;
