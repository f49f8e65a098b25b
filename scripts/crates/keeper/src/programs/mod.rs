//! The suite's Stylus programs: until when they are active, and whether they start at the cache's price.
//!
//! The chain counts by code hash, not by address: contracts with the same code share one activation and one place in
//! the cache. Every program of the book is looked after, also the ones that newer ones have taken over from: stake and
//! debts are still in them.
//!
//! | module | what lives there |
//! |---|---|
//! | [`callable`] | whether what a verb calls can be called |
//! | [`life`] | what the chain knows of a program |
//! | [`keepalive`] | prolonging it, or activating it again |
//! | [`cache`] | keeping it in the cache |
//! | [`table`] | the same for people |

pub mod cache;
pub mod callable;
pub mod keepalive;
pub mod life;
pub mod table;
