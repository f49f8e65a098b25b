//! The reference model: MRC-53 as the specification says it, in unbounded integers.
//!
//! It shares no code with the contracts or their maths crate, so that agreeing with it means something. It is
//! naive on purpose: it keeps every session, booking, stake change and settled day, and works every answer out
//! again from them, interval by interval.

mod decimal;
pub mod emission;
mod minimum;
pub mod op;
pub mod play;
pub mod random;
pub mod refusal;
pub mod report;
pub mod reward;
pub mod scenario;
pub mod sessions;
pub mod settlement;
pub mod stakes;
pub mod time;
mod world;
mod written;

pub use num_bigint::BigUint;
pub use op::Op;
pub use play::play;
pub use refusal::Refusal;
pub use report::Report;
pub use scenario::{Event, Scenario};
pub use world::{Model, Outcome};
