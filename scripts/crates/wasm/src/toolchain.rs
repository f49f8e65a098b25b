//! A Rust toolchain that can build wasm with an aborting standard library: found, or installed and said so.
//!
//! In this order: rustup's toolchain of `rust-toolchain.toml` with the library's sources; what rustup can add to it;
//! Debian's packages; what apt can install. Building the standard library needs its sources, not a prebuilt target.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use mrc53_console::cargo_tool::output;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;

/// The wasm target of Stylus.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's packages: compiler and cargo as of its current browsers, the library's sources, the wasm linker.
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
/// From this minor release on, immediate abort is a panic strategy.
const OLDEST_MINOR: u32 = 92;

/// Where to take the toolchain from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// rustup's, else Debian's.
    #[default]
    Auto,
    /// rustup's only.
    Rustup,
    /// Debian's only.
    Debian,
}

impl Source {
    /// The variable that names one where no flag does.
    pub const VARIABLE: &str = "MRC53_TOOLCHAIN";

    /// What [`Self::VARIABLE`] names; [`Self::Auto`] where it is not set.
    ///
    /// # Errors
    /// [`BadInput`] if it names none.
    pub fn from_environment() -> Result<Self, BadInput> {
        let Ok(name) = std::env::var(Self::VARIABLE) else { return Ok(Self::Auto) };
        let named =
            [Self::Auto, Self::Rustup, Self::Debian].into_iter().find(|it| it.name().eq_ignore_ascii_case(&name));
        named.ok_or_else(|| BadInput::new(format!("{}: no toolchain `{name}`", Self::VARIABLE)))
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }
}

/// A toolchain that is there and complete.
#[derive(Clone, Debug)]
pub(super) struct Toolchain {
    /// What to call it in front of people.
    pub label: String,
    /// Folder name for what it compiles.
    pub id: &'static str,
    pub cargo: PathBuf,
    pub rustc: PathBuf,
    pub rustdoc: PathBuf,
    /// The wasm linker, where the toolchain does not bring its own.
    pub linker: Option<String>,
    /// Folder whose `lib/rustlib/src/rust` holds the library's sources.
    pub sysroot: PathBuf,
}

/// Finds a toolchain for release `channel`, installing what is missing where that is allowed.
///
/// # Errors
/// [`BadInput`] with the command to run where nothing can be found or installed.
pub(super) fn find(channel: &str, source: Source) -> Result<Toolchain> {
    let (rustup_allowed, debian_allowed) = (source != Source::Debian, source != Source::Rustup);
    if rustup_allowed && let Some(found) = rustup(channel).or_else(|| rustup_install(channel)) {
        return Ok(found);
    }
    if debian_allowed && let Some(found) = debian().or_else(debian_install) {
        return Ok(found);
    }
    let mut ways = Vec::new();
    if rustup_allowed {
        ways.push(format!("`rustup toolchain install {channel} --component rust-src --target {TARGET}`"));
    }
    if debian_allowed {
        ways.push(format!("as root `apt-get install --no-install-recommends {}`", DEBIAN_PACKAGES.join(" ")));
    }
    Err(BadInput::new(format!("no Rust toolchain for wasm: run {}", ways.join(", or "))).into())
}

/// rustup's toolchain `channel`, if it is installed with the library's sources.
fn rustup(channel: &str) -> Option<Toolchain> {
    let which = |tool| {
        let path = output(Command::new("rustup").args(["which", "--toolchain", channel, tool]))?;
        Some(PathBuf::from(path))
    };
    let rustc = which("rustc")?;
    let sysroot = rustc.parent()?.parent()?.to_owned();
    has_library_sources(&sysroot).then_some(())?;
    Some(Toolchain {
        label: format!("rustup's Rust {channel}"),
        id: "rustup",
        cargo: which("cargo")?,
        rustdoc: which("rustdoc")?,
        rustc,
        linker: None,
        sysroot,
    })
}

/// Lets rustup, if it is there, add what is missing.
fn rustup_install(channel: &str) -> Option<Toolchain> {
    output(Command::new("rustup").arg("--version"))?;
    let progress = Progress::start(format!("asking rustup for Rust {channel} with {TARGET} and rust-src"));
    let installed = output(Command::new("rustup").args([
        "toolchain",
        "install",
        channel,
        "--no-self-update",
        "--profile",
        "minimal",
        "--component",
        "rust-src",
        "--target",
        TARGET,
    ]));
    let found = installed.and_then(|_| rustup(channel));
    progress.done(if found.is_some() { "rustup added what was missing" } else { "rustup cannot add it here" });
    found
}

/// Debian's toolchain, if it is complete and recent enough.
fn debian() -> Option<Toolchain> {
    let rustc = PathBuf::from("/usr/bin/rustc");
    let about = output(Command::new(&rustc).arg("-vV"))?;
    let field = |name: &str| about.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::trim));
    let release = field("release")?;
    let minor: u32 = release.split('.').nth(1)?.parse().ok()?;
    let linker = format!("wasm-ld-{}", field("LLVM version")?.split('.').next()?);
    output(Command::new(&linker).arg("--version"))?;
    let sysroot = PathBuf::from(output(Command::new(&rustc).args(["--print", "sysroot"]))?);
    (minor >= OLDEST_MINOR && has_library_sources(&sysroot)).then(|| Toolchain {
        label: format!("Debian's Rust {release}"),
        id: "debian",
        cargo: "/usr/bin/cargo".into(),
        rustdoc: "/usr/bin/rustdoc".into(),
        rustc,
        linker: Some(linker),
        sysroot,
    })
}

/// Installs Debian's packages where apt is there and lets us.
fn debian_install() -> Option<Toolchain> {
    output(Command::new("apt-get").arg("--version"))?;
    if output(Command::new("id").arg("-u"))? != "0" {
        return None;
    }
    let apt = |arguments: &[&str]| {
        output(
            Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(["--yes", "--quiet"]).args(arguments),
        )
    };
    let packages = DEBIAN_PACKAGES.join(" ");
    let progress = Progress::start(format!("installing Debian's packages {packages}"));
    let mut install = vec!["install", "--no-install-recommends"];
    install.extend(DEBIAN_PACKAGES);
    let found = apt(&["update"]).and_then(|_| apt(&install)).and_then(|_| debian());
    progress.done(match &found {
        Some(_) => format!("installed {packages}"),
        None => format!("apt-get cannot install {packages} here"),
    });
    found
}

/// Whether the standard library can be built from `sysroot`.
fn has_library_sources(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/Cargo.toml").is_file()
}
