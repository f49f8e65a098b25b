//! mrc53-maths
