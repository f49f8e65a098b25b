//! The rooms of the tools' crates, and who knows whom: a module that needs another is needed neither by it nor by what
//! it needs, and a crate likewise. New crates are held to it by themselves: cargo says which there are.
//!
//! A module is a file, a folder's `mod.rs`, or one written inside another. What is seen are paths: of `use`, in code and
//! in macros. Recursion by nature (a frame that calls a frame) goes through methods, which need no path: it belongs into
//! one folder, whose first lines say so.

mod circles;
mod crates;
mod made_up;
mod modules;
mod paths;
mod said;

use crates::Crate;
use modules::Modules;

/// The circles among the modules of a crate.
fn circles_of(krate: &Crate) -> Vec<String> {
    krate.roots.iter().flat_map(|root| circles::circles(&Modules::read(root).needs())).collect()
}

#[test]
fn no_module_needs_one_that_needs_it() {
    let crates = crates::of_the_tools();
    assert!(crates.iter().any(|krate| krate.name == "mrc53-devnode"), "{crates:?}");

    for krate in crates {
        let circles = circles_of(&krate);
        assert!(circles.is_empty(), "modules of {} in circles:\n{}", krate.name, circles.join("\n"));
    }
}

#[test]
fn no_crate_needs_one_that_needs_it_not_even_in_its_tests() {
    let needs = crates::needs(&crates::of_the_tools());
    assert!(needs["mrc53-tests"].contains_key("mrc53-devnode"), "{needs:?}");

    let circles = circles::circles(&needs);
    assert!(circles.is_empty(), "crates in circles:\n{}", circles.join("\n"));
}
