//! Every packed word with every combination of its fields' edge values, every value of its narrow fields, and every sum
//! at a field's end: exhaustive, where the unit tests give examples.

mod days;
mod layout;
mod limits;
mod packing;
mod words;
