//! What the end-to-end tests stand on: the scenario format and an exact, naive model that plays it.

pub mod model;
