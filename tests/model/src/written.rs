//! A scenario as a file: one field or event a line.

use std::fmt;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::scenario::Scenario;

/// JSON on one line, with a space after colons and commas.
struct Spaced;

impl Formatter for Spaced {
    fn begin_object_key<W: io::Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn begin_array_value<W: io::Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }
}

/// `value` on one line.
fn line(value: &impl Serialize) -> Result<String, fmt::Error> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Spaced)).map_err(|_| fmt::Error)?;
    String::from_utf8(bytes).map_err(|_| fmt::Error)
}

impl fmt::Display for Scenario {
    /// The text of a scenario file, which reads back as the same scenario.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{{")?;
        writeln!(f, "  \"start\": {},", self.start)?;
        writeln!(f, "  \"grace_days\": {},", self.grace_days)?;
        writeln!(f, "  \"lock_seconds\": {},", self.lock_seconds)?;
        writeln!(f, "  \"min_subnet_stake\": \"{}\",", self.min_subnet_stake)?;
        writeln!(f, "  \"weight\": {},", line(&self.weight)?)?;
        writeln!(f, "  \"pool\": \"{}\",", self.pool)?;
        let events = self.events.iter().map(|event| Ok(format!("    {}", line(event)?)));
        let events = events.collect::<Result<Vec<_>, fmt::Error>>()?;
        writeln!(f, "  \"events\": [\n{}\n  ]\n}}", events.join(",\n"))
    }
}
