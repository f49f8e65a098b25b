//! mrc53-devnode
