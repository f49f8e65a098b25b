//! mrc53
