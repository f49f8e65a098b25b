//! What MRC-53 pays, and would pay, by the contracts' own arithmetic: exact in MOR wei, with floating point for prices and
//! rates alone. Knows `mrc53-maths`; the command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`pools`] | the five pools of MOR's emission, and what each emits |
//! | [`clocks`] | by which clocks people read a day's emission |
//! | [`stake_side`] | what stake earns and needs while usage never binds |
//! | [`credits`] | inference credits of a builder subnet, by their seed's seven steps |

pub mod clocks;
pub mod credits;
pub mod pools;
pub mod stake_side;
