//! mrc53-interfaces
