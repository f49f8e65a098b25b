//! Changing the Compute Diamond: which function stands at which facet, and the cut that brings another facet in without
//! losing a function by accident.
//!
//! The live Diamond takes `diamondCut((address,uint8,bytes4[])[])` and no initializer: what a facet has to be told, a
//! setter tells it afterwards.
//!
//! | module | what lives there |
//! |---|---|
//! | [`loupe`] | which function stands at which facet, and what a cut makes of it |
//! | [`cut`] | the cut that a facet needs, its inverse, and why there is none |
//! | [`plan`] | that cut read off the chain, and tried there |
//! | [`report`] | its files for a Safe, its table |
//! | [`facet`] | a compiled facet from a file: its functions and its code |
//! | [`signatures`] | selectors and the functions that people know them by |
//! | [`reader`] | a diamond's loupe, owner and own functions, read from the chain |

pub mod cut;
pub mod facet;
pub mod loupe;
pub mod plan;
pub mod reader;
pub mod report;
pub mod signatures;
