//! Made-up crates, with circles and without.

use std::path::Path;

use crate::circles::circles;
use crate::modules::Modules;

/// The circles of a crate of these files.
fn circles_in(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    circles(&Modules::read(&folder.path().join(Path::new("lib.rs"))).needs())
}

const NONE: [&str; 0] = [];

#[test]
fn two_files_that_import_each_other_are_a_circle_and_spelled_out() {
    let found = circles_in(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::{B, other::{self}}; pub struct A(B);"),
        ("b.rs", "use super::a::A; pub struct B(Box<A>);"),
    ]);
    assert_eq!(found, ["crate::a -> crate::b (crate::b::B) -> crate::a (super::a::A)"]);
}

#[test]
fn a_folder_and_a_file_in_it_are_a_circle() {
    let found = circles_in(&[
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; pub struct A; fn f() { b::f() }"),
        ("a/b.rs", "pub fn f() { let _ = super::A; }"),
    ]);
    assert_eq!(found, ["crate::a -> crate::a::b (b::f) -> crate::a (super::A)"]);
}

#[test]
fn a_longer_way_round_is_a_circle() {
    let found = circles_in(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c::*;"),
        ("c.rs", "pub struct C(crate::a::A);"),
    ]);
    assert_eq!(found, ["crate::a -> crate::b (crate::b::B) -> crate::c (crate::c) -> crate::a (crate::a::A)"]);
}

#[test]
fn a_path_in_a_macro_and_one_behind_another_name_count() {
    let found = circles_in(&[
        ("lib.rs", "mod a { use super::b as other; fn f() { other::f() } } mod b;"),
        ("b.rs", "pub fn f() { println!(\"{}\", [crate::a::N].len()) }"),
    ]);
    assert_eq!(found, ["crate::a -> crate::b (super::b) -> crate::a (crate::a::N)"]);
}

#[test]
fn a_name_that_a_folder_passes_on_belongs_to_where_it_is_from() {
    let files = |b: &'static str| {
        [("lib.rs", "mod a;"), ("a/mod.rs", "mod b; mod c; pub use b::B;"), ("a/b.rs", b), ("a/c.rs", "use super::B;")]
    };
    assert_eq!(circles_in(&files("pub struct B;")), NONE);
    assert_eq!(
        circles_in(&files("use super::c; pub struct B;")),
        ["crate::a::b -> crate::a::c (super::c) -> crate::a::b (super::B)"]
    );
}

#[test]
fn tests_who_may_see_it_and_other_crates_are_no_ties() {
    let found = circles_in(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::B; pub(in crate::a) fn f() {} #[cfg(test)] mod tests { use super::*; }"),
        ("b.rs", "use ::a::A; use alloy::a; pub(in crate::a) struct B; #[cfg(test)] use crate::a::f;"),
    ]);
    assert_eq!(found, NONE);
}
