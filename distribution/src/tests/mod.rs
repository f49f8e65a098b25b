//! The contract on motsu.
