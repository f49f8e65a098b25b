//! mrc53
fn main() {}
