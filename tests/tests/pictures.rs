//! What is looked at: the charts of the documents are what the commands draw, and a page is whole by itself.

use std::path::{Path, PathBuf};

use mrc53_console::show::grouped_mor;
use serde_json::Value;

use crate::suite_support::run;

fn charts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/charts")
}

/// The presets that have a chart, by the files that are kept.
fn drawn() -> Vec<String> {
    let files = std::fs::read_dir(charts()).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| name.strip_suffix(".svg").unwrap().to_owned()).collect()
}

#[test]
fn every_chart_of_the_documents_is_what_its_command_draws() {
    let page = std::fs::read_to_string(charts().parent().unwrap().join("economics.md")).unwrap();
    for name in drawn() {
        let file = charts().join(format!("{name}.svg"));
        let now = run(&["simulate", "--preset", &name, "--svg"]).ok();
        if std::env::var_os("MRC53_UPDATE_DOCS").is_some() {
            std::fs::write(&file, format!("{}\n", now.trim_end())).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap().trim_end(), now.trim_end(), "{name}");
        assert!(page.contains(&format!("](charts/{name}.svg)")), "no document shows the chart of {name}");
        assert!(page.contains(&format!("cargo mrc53 simulate --preset {name}")), "{name}");
    }
    assert!(drawn().len() > 4);
}

#[test]
fn a_chart_names_every_run_and_every_kind_of_subnet() {
    let chart = run(&["simulate", "--preset", "self-hosting", "--svg"]).ok();
    assert!(chart.starts_with("<svg ") && chart.trim_end().ends_with("</svg>"), "{chart}");
    let letters: Vec<&str> = chart.lines().map(str::trim).collect();
    for word in ["north", "south", "other", "self", "stays in the pool", "agents.self.sessions 100"] {
        assert!(letters.contains(&word), "{word}: {chart}");
    }
}

#[test]
fn a_page_has_the_simulation_in_it_and_loads_nothing() {
    let words = ["simulate", "--preset", "stress"];
    let page = run(&[&words[..], &["--html"]].concat()).ok();
    let (_, data) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    let said = run(&[&words[..], &["--json"]].concat()).json();
    assert_eq!(serde_json::from_str::<Value>(data).unwrap(), said);

    let addresses: Vec<&str> = page.match_indices("://").map(|(at, _)| &page[at..(at + 20).min(page.len())]).collect();
    assert!(addresses.iter().all(|address| address.starts_with("://www.w3.org/2000")), "{addresses:?}");
    for loading in ["src=", "href=", "@import", "url(", "import(", "fetch("] {
        assert!(!page.contains(loading), "{loading}");
    }
}

#[test]
fn no_text_of_a_file_ends_the_script_of_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let title = "</script><b>&";
    std::fs::write(&file, format!("# {title}\n[agents.one]\nkind = \"honest\"\nshare = 1\n")).unwrap();
    let page = run(&["simulate", file.to_str().unwrap(), "--html"]).ok();
    assert!(!page.contains("</script><b>"));
    assert_eq!(page.matches("</script>").count(), 2);
    let chart = run(&["simulate", file.to_str().unwrap(), "--svg"]).ok();
    assert!(chart.contains("&lt;/script&gt;&lt;b&gt;&amp;") && !chart.contains("<b>"), "{chart}");
}

#[test]
fn a_strain_that_does_not_hold_ends_the_command_with_one() {
    let preset = run(&["simulate", "--preset", "stress"]).ok();
    assert!(preset.contains("| 9   | The owner divides a quarter") && !preset.contains("FAILS"), "{preset}");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let strict = run(&["simulate", "--preset", "stress", "--show"]).ok().replace("\"3.1\"", "\"0.1\"");
    std::fs::write(&file, strict).unwrap();
    let ended = run(&["simulate", file.to_str().unwrap()]);
    assert!(ended.output.contains("at most 0.10 % | FAILS"), "{ended:?}");
    assert!(ended.failed(1).contains("mine.toml: what must hold does not, in 1 stress test"));
}

#[test]
fn one_kind_of_output_at_a_time() {
    for pair in [["--svg", "--html"], ["--json", "--svg"], ["--csv", "--html"], ["--show", "--svg"]] {
        let said = run(&[&["simulate", "--preset", "stakes"][..], &pair].concat()).failed(2);
        assert!(said.contains("cannot be used with"), "{said}");
    }
}

/// What chromium makes of a page: the document, once its script has run.
fn opened(page: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, page).unwrap();
    let output = std::process::Command::new("chromium")
        // Alone: no network, no profile of the user's. The sandbox cannot be had as root.
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--proxy-server=127.0.0.1:9",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let document = String::from_utf8(output.stdout).unwrap();
    assert!(document.contains("</html>"), "{}", String::from_utf8_lossy(&output.stderr));
    document
}

/// MOR as people read it, of a decimal string of wei.
fn mor(wei: &Value) -> String {
    grouped_mor(wei.as_str().unwrap().parse().unwrap())
}

#[test]
fn chromium_draws_every_amount_of_a_page_and_says_it_to_who_cannot_see() {
    let words = ["simulate", "--preset", "stakes"];
    let said = run(&[&words[..], &["--json"]].concat()).json();
    let document = opened(&run(&[&words[..], &["--html"]].concat()).ok());

    assert!(document.contains("<h1 id=\"title\">What a year pays for stakes of 0.1, 0.5, 1 and 2 million MOR, in"));
    assert!(document.contains("4 runs of stakes: 2026-11-27 to 2027-11-26."));
    for run in said["runs"].as_array().unwrap() {
        let name = format!("stake.total_mor {}", run["with"][0]["value"].as_str().unwrap());
        for subnets in run["subnets"].as_array().unwrap() {
            let (who, paid) = (subnets["name"].as_str().unwrap(), mor(&subnets["paid_wei"]));
            assert!(document.contains(&format!("aria-label=\"{name}: {who} was paid {paid} MOR, ")), "{name} {who}");
            assert!(document.contains(&format!("<td>{paid}</td>")), "{name} {who}");
        }
    }
    for span in said["runs"][0]["spans"].as_array().unwrap() {
        let (name, paid, of) = (span["name"].as_str().unwrap(), mor(&span["paid_wei"]), mor(&span["emitted_wei"]));
        assert!(document.contains(&format!("aria-label=\"{name}: paid {paid} of {of} MOR, ")), "{name}");
    }
}

#[test]
fn chromium_draws_runs_at_random_and_what_must_hold() {
    let random = opened(&run(&["simulate", "--preset", "random", "--html"]).ok());
    let said = random.split("aria-label=\"").skip(1).filter_map(|label| label.split_once(" runs paid between "));
    let runs: u32 = said.map(|(count, _)| count.parse::<u32>().unwrap()).sum();
    assert_eq!(runs, 1_000);
    assert!(random.contains("Drawn at random by WyRand from seed 53. The table has the first 200."));
    assert!(random.contains("5 % of the runs pay at most ") && !random.contains("In the course of time"));

    let stress = opened(&run(&["simulate", "--preset", "stress", "--html"]).ok());
    assert_eq!(stress.matches("<td>yes</td>").count(), 11);
    assert!(!stress.contains("<td>NO</td>") && stress.contains("In the course of time"));
}
