//! A small valid scenario that the tests change.

use hubsim_lab::scenario::{Changes, Diagnostic, DiagnosticReport, Scenario};

/// Its file.
pub const TINY: &str = r#"name = "tiny"
description = "For tests."
years = 6
seed = 3
replicates = 4

[production]
reuse_threshold = { uniform = [0.2, 0.5] }
find = 0.3

[[region]]
name = "North"
population = 100
online = { triangular = [50, 60, 70] }
volunteers = 3000
affinity = { "South.East" = 0.7 }

[[region]]
name = "South.East"
group = "underserved"
population = 200
online = 60
volunteers = 400

[[theme]]
name = "Education"
need_in = { North = { normal = [1, 0.1] } }

[[theme]]
name = "Technology"
core = true

[[organisation]]
name = "Foundation"
kind = "foundation"
region = "North"
staff = 40
community = 0

[[organisation]]
name = "Group"
count = 20
kind = "user-group"
region = "South.East"
staff = 0.5

[[funder]]
name = "Movement fund"
pot = 1000000

[[shock]]
year = 2
funder = "Movement fund"
pot = 0.5

[[policy]]
name = "status-quo"

[[policy]]
name = "hubs"
description = "Hubs for every theme."
extends = "status-quo"
hubs = { kind = "thematic", share = { from = 0.1, to = 0.3, by_year = 4 }, review_years = 3, outcomes = ["end", "move"] }
governance = { oversight = 0.3, accountability = 0.3 }

[[policy]]
name = "strict hubs"
extends = "hubs"
hubs = { strictness = { choice = [0.5, 1] } }
grants = { score = { need = 0.5, track_record = { uniform = [0, 1] } } }
"#;

/// Reads a text under the name `tiny.toml`.
pub fn read(text: &str) -> Result<Scenario, DiagnosticReport> {
    Scenario::from_text(text, "tiny.toml", &Changes::default())
}

/// The tiny scenario with something added.
pub fn with(more: &str) -> String {
    format!("{TINY}{more}")
}

/// The scenario of a text with nothing wrong in it.
pub fn valid(text: &str) -> Scenario {
    read(text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The only problem of a text in which `«` marks the place.
pub fn problem(text: &str) -> Diagnostic {
    let at = text.find('«').expect("a mark");
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let problems = read(&text.replace('«', "")).err().unwrap_or_else(|| panic!("{text} was accepted")).0;
    let [problem] = problems.as_slice() else { panic!("{text}\n{problems:#?}") };
    assert_eq!((problem.line, problem.column), (line, column), "{problem:#?}");
    problem.clone()
}
