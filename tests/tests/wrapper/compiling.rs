//! The tool is compiled where it has to be, and run as if it had been called itself.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::machine::{Machine, root};

#[test]
fn the_first_compilation_is_announced_with_what_the_readme_says_that_it_takes() {
    let machine = Machine::whole();

    let ended = machine.run(&["demo"]);

    let (said, cargo) = ended.errors.split_once('\n').unwrap();
    assert!(said.starts_with("mrc53: compiling the tool, once. The first run compiles for "), "{said}");
    assert!(said.contains(" minutes of one core") && said.contains(" GB of disk") && said.contains(" GB of memory"));
    assert_eq!(cargo, "   Compiling mrc53\n");
}

#[test]
fn a_fresh_tool_is_run_without_cargo_and_without_a_word() {
    let machine = Machine::whole();
    machine.run(&["demo"]);
    machine.log();
    for name in ["cargo", "cc", "pkg-config", "id", "apt-get"] {
        machine.unmark(&format!("bin/{name}"));
    }

    let ended = machine.run(&["status", "--json"]);

    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    assert!(ended.output.ends_with(": <status> <--json>\n"), "{ended:?}");
}

#[test]
fn what_changes_the_tool_has_it_compiled_again_and_what_tests_and_owners_write_does_not() {
    let machine = Machine::whole();
    for folder in ["deployments", "target", "scripts/target", "tests/node_modules", "scripts/src"] {
        std::fs::create_dir_all(machine.path("clone").join(folder)).unwrap();
    }
    machine.run(&["demo"]);
    machine.log();
    for (file, compiles) in [
        ("clone/scripts/src/main.rs", true),
        ("clone/scripts/Cargo.toml", true),
        ("clone/rust-toolchain.toml", true),
        ("clone/deployments/book.json", false),
        ("clone/scripts/target/new", false),
        ("clone/tests/node_modules/new", false),
        ("clone/safe-batch.json", false),
    ] {
        let text = std::fs::read_to_string(machine.path(file)).unwrap_or_default();
        machine.mark(file, &text);

        assert_eq!(machine.run(&["status"]).code, Some(0));

        assert_eq!(!machine.log().is_empty(), compiles, "{file}");
    }
}

#[test]
fn a_clone_that_was_copied_with_its_build_runs_its_own_tool() {
    let machine = Machine::whole();
    machine.run(&["demo"]);
    machine.log();
    let copied = Command::new("cp").arg("-a").args([machine.path("clone"), machine.path("copy")]).status().unwrap();
    assert!(copied.success());

    machine.run_as("copy/mrc53", "copy", &[], &["status"]);

    assert_eq!(machine.log(), ["cargo build in copy, auto-install on"]);
}

#[test]
fn a_compilation_that_fails_is_said_and_tried_again() {
    let machine = Machine::whole();
    machine.mark("broken", "");

    let ended = machine.run(&["demo"]);

    assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
    let last = ended.errors.lines().last().unwrap();
    assert!(last.starts_with("mrc53: cargo cannot compile the tool: it says why above."), "{last}");
    machine.unmark("broken");
    assert_eq!(machine.run(&["demo"]).code, Some(0));
}

#[test]
fn a_clone_that_cannot_be_written_is_named() {
    let machine = Machine::whole();
    machine.mark("clone/scripts/target", "no folder");

    let ended = machine.run(&["demo"]);

    assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
    let says = format!("mrc53: {} cannot be written: ", machine.path("clone/scripts/target").display());
    assert!(ended.errors.lines().last().unwrap().starts_with(&says), "{ended:?}");
    assert_eq!(machine.log(), Vec::<String>::new());
}

#[test]
fn arguments_folder_and_exit_code_are_the_tools_own_in_any_folder_and_through_a_symlink() {
    let machine = Machine::whole();
    symlink(machine.path("clone/mrc53"), machine.path("bin/mrc53")).unwrap();
    symlink("../bin/mrc53", machine.path("elsewhere/by another name")).unwrap();
    for (program, folder) in [
        ("clone/mrc53", "clone"),
        ("clone/mrc53", "elsewhere"),
        ("bin/mrc53", "elsewhere"),
        ("elsewhere/by another name", ""),
    ] {
        for code in [0, 1, 2, 101] {
            let variables = [("EXIT", &*code.to_string()), ("CDPATH", "/")];
            let ended = machine.run_as(program, folder, &variables, &["safe", "a file.json", "", "*", "-x=\"y\""]);

            let place = machine.path(folder).display().to_string();
            let says = format!(
                "{} in {}: <safe> <a file.json> <> <*> <-x=\"y\">\n",
                ended.process,
                place.trim_end_matches('/')
            );
            assert_eq!((ended.code, ended.output), (Some(code), says), "{program}");
        }
    }
}

#[test]
fn the_real_tool_runs_from_another_folder() {
    let folder = tempfile::tempdir().unwrap();
    symlink(root().join("mrc53"), folder.path().join("mrc53")).unwrap();

    let output = Command::new("./mrc53").arg("--version").current_dir(folder.path()).output().unwrap();

    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("mrc53 {}\n", env!("CARGO_PKG_VERSION")));
}
