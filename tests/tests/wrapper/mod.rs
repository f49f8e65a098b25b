//! `./mrc53`: what it installs, what it asks nobody for, what it compiles, and that it is the tool then.

mod compiling;
mod installing;
mod machine;
mod rust;
