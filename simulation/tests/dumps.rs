//! What a dump may look like, and what is refused of it.

use mrc53_simulation::replay::dump::{DumpError, read};
use mrc53_simulation::replay::sessions::Sessions;

const COLUMNS_OF_IT: &str =
    "(id TEXT PRIMARY KEY, user_address TEXT, provider TEXT, opened_at INTEGER, ends_at INTEGER, closed_at INTEGER)";

fn dump(rows: &str) -> Result<Sessions, DumpError> {
    read(&format!(
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE IF NOT EXISTS \"sessions\" {COLUMNS_OF_IT};\n{rows}COMMIT;\n"
    ))
}

/// Providers and ends of a dump of one session, by its text.
fn one(sql: &str) -> Result<(String, u64), DumpError> {
    let sessions = read(sql)?;
    assert_eq!(sessions.served().len(), 1, "{sql}");
    Ok((sessions.providers()[0].clone(), sessions.served()[0].ended_at))
}

#[test]
fn rows_are_sessions_whatever_their_text_has() {
    let rows = "INSERT INTO sessions VALUES('0x1','it''s; (me)','0xa',10,20,15);\n\
                INSERT INTO \"sessions\" VALUES('0x2',NULL,'0xb',10,20,NULL),('0x3','x','0xa',30,'40',0);\n\
                INSERT INTO bids VALUES('0x4','0xc');\n";
    let sessions = dump(rows).unwrap();
    let ended: Vec<u64> = sessions.served().iter().map(|session| session.ended_at).collect();
    assert_eq!((ended, sessions.providers()), (vec![15, 20, 40], &["0xa".to_owned(), "0xb".to_owned()][..]));
}

#[test]
fn what_sqlite_reads_is_read_by_the_same_columns() {
    let table = format!("CREATE TABLE sessions {COLUMNS_OF_IT};\n");
    let row = "INSERT INTO sessions VALUES('0x1','u','0xa',10,20,15);\n";
    let sql = format!("{table}{row}");
    let in_table = |from: &str, to: &str| format!("{}{row}", table.replace(from, to));
    let in_row = |from: &str, to: &str| format!("{table}{}", row.replace(from, to));
    for sql in [
        sql.to_lowercase(),
        sql.replace(" sessions ", " [sessions] "),
        sql.replace(" sessions ", " `Sessions` "),
        sql.replace(" sessions ", " main.sessions "),
        sql.replace(" sessions ", " \"main\" . 'sessions' "),
        sql.replace(";\n", "\r\n;"),
        in_table("CREATE", "-- it's a dump\nCREATE"),
        in_table("CREATE", "/* a;b ' */ create\ttemp"),
        in_table("CREATE", "DROP TABLE IF EXISTS sessions; CREATE"),
        in_table("user_address TEXT", "user_address DECIMAL(10,2)"),
        in_table("user_address TEXT", "user_address TEXT DEFAULT 'a;b,c' CHECK (user_address IN ('a','b')) -- a, b\n"),
        in_table(
            "closed_at INTEGER)",
            "closed_at INTEGER, PRIMARY KEY (id, provider), CHECK (ends_at > 1)) WITHOUT ROWID",
        ),
        in_table("closed_at INTEGER)", "\"primary\", closed_at INTEGER)").replace("20,15", "20,7,15"),
        in_row("INSERT", "-- rows; of it\nINSERT"),
        in_row("INSERT", "INSERT OR REPLACE"),
        in_row("INSERT INTO", "REPLACE INTO"),
        in_row("'u'", "replace('a\\nb','\\n',char(10))"),
        in_row("'u'", "X'00ff'"),
        in_row("'u'", "-5"),
        in_row(
            "sessions VALUES('0x1','u','0xa',",
            "sessions(provider, \"ID\", opened_at, ends_at, closed_at) VALUES('0xa','0x1',",
        ),
        in_row(";", " ON CONFLICT DO NOTHING;"),
        format!(
            "{table}CREATE TRIGGER t AFTER INSERT ON bids BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; INSERT INTO sessions VALUES(new.id); END;{row}"
        ),
    ] {
        assert_eq!(one(&sql), Ok(("0xa".to_owned(), 15)), "{sql}");
    }
    let open = in_row(
        "sessions VALUES('0x1','u','0xa',10,20,15)",
        "sessions(id,provider,opened_at,ends_at) VALUES('0x1','0xa',10,20)",
    );
    assert_eq!(one(&open), Ok(("0xa".to_owned(), 20)));
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused() {
    let rows = "INSERT INTO sessions VALUES('0x1','u','0xa',10,20,15),('0x2','u','0xa',10,20,15);\n";
    let plain = format!("CREATE TABLE sessions {COLUMNS_OF_IT};\n{rows}");
    let whole = plain.trim_end().len();
    for end in plain.find(';').unwrap() + 2..whole {
        let cut = read(&plain[..end]);
        // Between two statements nothing shows that there was one more.
        assert!(cut.is_err() || plain[..end].trim_end().ends_with(");"), "{}", &plain[..end]);
    }
    assert_eq!(read(&plain[..whole]).unwrap().served().len(), 2);
    let in_it = format!("BEGIN;\n{plain}COMMIT;");
    for end in 1..in_it.len() {
        assert!(read(&in_it[..end]).is_err(), "{}", &in_it[..end]);
    }
    assert_eq!(read(&in_it).unwrap().served().len(), 2);
    let error = |end: &str| read(&plain.replace(end, "")).unwrap_err().to_string();
    assert_eq!(error("10,20,15);\n"), "session number 2: the file ends within a statement: it is not whole");
}

#[test]
fn another_schema_is_refused() {
    assert_eq!(read("CREATE TABLE bids(id TEXT);"), Err(DumpError::NoTable));
    assert_eq!(read("CREATE TABLE other.sessions(id TEXT);"), Err(DumpError::NoTable));
    assert_eq!(read("INSERT INTO sessions VALUES(1);"), Err(DumpError::NoTable));
    assert_eq!(read(""), Err(DumpError::NoTable));
    let until = format!("CREATE TABLE sessions {};", COLUMNS_OF_IT.replace("ends_at", "until"));
    assert_eq!(read(&until), Err(DumpError::NoColumn("ends_at")));
}

#[test]
fn a_row_that_cannot_be_is_named() {
    let error = |row: &str| dump(&format!("INSERT INTO sessions VALUES{row};\n")).unwrap_err().to_string();
    for (row, why) in [
        ("('0x1','u','0xa','soon',20,0)", "`soon` is no time in opened_at"),
        ("('0x1','u','0xa',10.0,20,0)", "`10.0` is no time in opened_at"),
        ("('0x1','u','0xa',-10,20,0)", "opened_at is no plain value"),
        ("('0x1','u','0xa',10)", "4 values for 6 columns"),
        ("('0x1','u','0xa',10,20,0,0)", "7 values for 6 columns"),
        ("('0x1','u',NULL,10,20,0)", "provider is NULL"),
        ("(null,'u','0xa',10,20,0)", "id is NULL"),
        ("('0x1','u','0xa',10,NULL,0)", "ends_at is NULL"),
        ("('0x1','u',,10,20,0)", "provider has no value"),
        ("('0x1','u',lower('0xA'),10,20,0)", "provider is no plain value"),
        ("('0x1','u',X'00',10,20,0)", "provider is no text and no number"),
        ("('0x1','u','0xa',10,20,0", "a `;` stands before its `)`"),
        ("('0x1','u','0xa',10,20,0),", "a row begins with `(`"),
        ("('0x1','u','0xa',10,20,'0)", "what begins after here has no closing quote or comment: the file is not whole"),
    ] {
        let number = if row.ends_with("),") { 2 } else { 1 };
        assert_eq!(error(row), format!("session number {number}: {why}"));
    }
    assert!(error("('0x1','u','0xa',10,9,0)").starts_with("session 0x1: opened at 10, ends at 9"));
}

#[test]
fn what_changes_rows_that_were_read_is_refused_with_its_line() {
    let error = |statement: &str| {
        dump(&format!("INSERT INTO sessions VALUES('0x1','u','0xa',10,20,15);\n{statement};\n"))
            .unwrap_err()
            .to_string()
    };
    for statement in [
        "UPDATE OR IGNORE sessions SET id=2",
        "delete from sessions",
        "DROP TABLE sessions",
        "ALTER TABLE sessions ADD x",
    ] {
        assert!(error(statement).starts_with("line 5: "), "{}", error(statement));
    }
    assert!(
        error("INSERT INTO sessions SELECT * FROM bids").starts_with("line 5: rows of `sessions` stand behind VALUES")
    );
    assert!(error("CREATE TABLE sessions (id)").starts_with("line 5: the table `sessions` is made a second time"));
    assert!(error("ROLLBACK").starts_with("line 5: no statement of a dump begins so"));
}
