//! The lemmas that the suite rests on, each shown for every input of a stated set: by exhaustion, not by sampling.
//!
//! `small_domain` runs through every combination of small inputs of [`mrc53_maths::reward()`], `edges` through every
//! combination of the values at which widths end, `division` through every dividend and divisor of nine bits. What they
//! compare with is in `exact`: the formula in rationals over integers without a width, which shares no code with the
//! crate. For all integers there are `calculator/lemmas`; `docs/properties.md` says what shows what.

mod division;
mod edges;
mod exact;
mod small_domain;
