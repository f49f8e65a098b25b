//! mrc53-tests
