//! Sessions of the public snapshot of Base: an SQL dump as `SQLite` writes it, of which the table `sessions` is read.
//!
//! Columns are found by the names that `CREATE TABLE sessions` gives them, so their order is free. Text stands between
//! quotes, a quote in it twice; `NULL` is 0.

use std::collections::BTreeMap;

use super::sessions::{Impossible, Sessions, Told};

/// The columns that are read.
const COLUMNS: [&str; 5] = ["id", "provider", "opened_at", "ends_at", "closed_at"];

/// Why a text is no such dump.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DumpError {
    /// Another schema.
    #[error("the table `sessions` has no column `{0}`: a snapshot of another schema")]
    NoColumn(&'static str),
    /// No table of that name before its rows, or none at all.
    #[error("there is no table `sessions`: a snapshot of another schema")]
    NoTable,
    /// A row that cannot be read.
    #[error("session number {row}: {fault}")]
    Malformed {
        /// Its number in the table, from 1.
        row: usize,
        /// What is wrong.
        fault: String,
    },
    /// A session that cannot have been.
    #[error(transparent)]
    Impossible(#[from] Impossible),
}

/// Reads the sessions of the dump `sql`.
///
/// # Errors
/// [`DumpError`] with the row.
pub fn read(sql: &str) -> Result<Sessions, DumpError> {
    let (mut sessions, mut places, mut row) = (Sessions::default(), None, 0);
    for statement in Statements(sql) {
        if let Some(columns) = after_table(statement, "CREATE TABLE") {
            places = Some(places_of(columns)?);
        } else if let Some(rest) = after_table(statement, "INSERT INTO") {
            let places = places.as_ref().ok_or(DumpError::NoTable)?;
            let values = rest.trim_start().strip_prefix("VALUES").unwrap_or(rest);
            for values in Rows(values) {
                row += 1;
                add(&mut sessions, places, &values, row)?;
            }
        }
    }
    if places.is_none() {
        return Err(DumpError::NoTable);
    }
    Ok(sessions)
}

fn add(sessions: &mut Sessions, places: &[usize; 5], values: &[String], row: usize) -> Result<(), DumpError> {
    let malformed = |fault: &str| DumpError::Malformed { row, fault: fault.to_owned() };
    let value =
        |column: usize| values.get(places[column]).map(String::as_str).ok_or_else(|| malformed("too few values"));
    let time = |column: usize| match value(column)? {
        "NULL" => Ok(0),
        text => text.parse().map_err(|_| malformed(&format!("`{text}` is no time in {}", COLUMNS[column]))),
    };
    let times = [time(2)?, time(3)?, time(4)?];
    sessions.add(&Told { id: value(0)?, provider: value(1)?, times })?;
    Ok(())
}

/// What follows the name of the table `sessions` behind `verb`; none if the statement is another.
fn after_table<'a>(statement: &'a str, verb: &str) -> Option<&'a str> {
    let rest = statement.trim_start().strip_prefix(verb)?.trim_start();
    let rest = rest.strip_prefix("IF NOT EXISTS").unwrap_or(rest).trim_start();
    let (name, rest) = match rest.strip_prefix(['"', '`']) {
        Some(quoted) => quoted.split_at(quoted.find(['"', '`'])?),
        None => rest.split_at(rest.find(|it: char| !it.is_alphanumeric() && it != '_')?),
    };
    (name == "sessions").then(|| rest.trim_start_matches(['"', '`']))
}

fn places_of(definition: &str) -> Result<[usize; 5], DumpError> {
    let inside = definition.trim_start().trim_start_matches('(');
    let names = inside.split(',').map(|column| {
        let name = column.split_whitespace().next().unwrap_or_default();
        name.trim_matches(['"', '`', ')']).to_owned()
    });
    let places: BTreeMap<String, usize> = names.zip(0..).collect();
    let mut found = [0; 5];
    for (place, column) in found.iter_mut().zip(COLUMNS) {
        *place = *places.get(column).ok_or(DumpError::NoColumn(column))?;
    }
    Ok(found)
}

/// The statements of a text: what lies between semicolons that are in no quotes.
struct Statements<'a>(&'a str);

impl<'a> Iterator for Statements<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut is_quoted = false;
        let end = self.0.bytes().position(|byte| {
            is_quoted ^= byte == b'\'';
            byte == b';' && !is_quoted
        });
        match end {
            Some(end) => {
                let statement = &self.0[..end];
                self.0 = &self.0[end + 1..];
                Some(statement)
            }
            None => (!std::mem::take(&mut self.0).trim().is_empty()).then_some(""),
        }
    }
}

/// The rows of `(…), (…)`, each as its values without quotes.
struct Rows<'a>(&'a str);

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        let start = self.0.find('(')?;
        let (mut values, mut value, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut letters = self.0[start + 1..].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\'' if is_quoted && letters.next_if(|(_, next)| *next == '\'').is_some() => value.push('\''),
                '\'' => is_quoted = !is_quoted,
                ',' if !is_quoted => values.push(std::mem::take(&mut value)),
                ')' if !is_quoted => {
                    values.push(value);
                    self.0 = &self.0[start + 2 + at..];
                    return Some(values);
                }
                letter if is_quoted || !letter.is_whitespace() => value.push(letter),
                _ => {}
            }
        }
        self.0 = "";
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE IF NOT EXISTS \"sessions\" (id TEXT PRIMARY KEY, \
                         user_address TEXT, provider TEXT, opened_at INTEGER, ends_at INTEGER, closed_at INTEGER);\n";

    fn dump(rows: &str) -> Result<Sessions, DumpError> {
        read(&format!("{TABLE}{rows}COMMIT;\n"))
    }

    #[test]
    fn rows_are_sessions_whatever_their_text_has() {
        let rows = "INSERT INTO sessions VALUES('0x1','it''s; (me)','0xa',10,20,15);\n\
                    INSERT INTO \"sessions\" VALUES('0x2',NULL,'0xb',10,20,NULL),('0x3','x','0xa',30,40,0);\n\
                    INSERT INTO bids VALUES('0x4','0xc');\n";
        let sessions = dump(rows).unwrap();
        let ended: Vec<u64> = sessions.served().iter().map(|session| session.ended_at).collect();
        assert_eq!((ended, sessions.providers()), (vec![15, 20, 40], &["0xa".to_owned(), "0xb".to_owned()][..]));
    }

    #[test]
    fn another_schema_is_refused() {
        assert_eq!(read("CREATE TABLE bids(id TEXT);"), Err(DumpError::NoTable));
        assert_eq!(read("INSERT INTO sessions VALUES(1);"), Err(DumpError::NoTable));
        assert_eq!(read(&TABLE.replace("ends_at", "until")), Err(DumpError::NoColumn("ends_at")));
        assert_eq!(read(""), Err(DumpError::NoTable));
    }

    #[test]
    fn a_row_that_cannot_be_is_named() {
        let error = |row: &str| dump(&format!("INSERT INTO sessions VALUES{row};\n")).unwrap_err().to_string();
        assert_eq!(error("('0x1','u','0xa','soon',20,0)"), "session number 1: `soon` is no time in opened_at");
        assert_eq!(error("('0x1','u','0xa',10)"), "session number 1: too few values");
        assert!(error("('0x1','u','0xa',10,9,0)").starts_with("session 0x1: opened at 10, ends at 9"));
    }
}
