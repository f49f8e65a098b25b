//! reward-calculator
