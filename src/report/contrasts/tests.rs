use super::*;

fn row(policy: &str, subject: &str, at: usize, mean: f64) -> ContrastRow {
    let measure = MEASURES[at];
    ContrastRow {
        policy: policy.to_owned(),
        subject: subject.to_owned(),
        kind: "headline",
        values: ["2", "0"].map(str::to_owned),
        column: [measure.title, measure.unit].map(str::to_owned),
        measure: Some(measure),
        means: [0.5, 0.5 + mean],
        difference: Some(Interval { mean, low: mean - 0.125, high: mean + 0.125 }),
        better: 0.75,
        excludes_zero: true,
        is_significant: false,
        gone: false,
        replicates: 7,
        note: String::new(),
    }
}

/// A matrix has a row for each policy and subject, and a hole where one has no value of a measure; a list and the data have
/// every row.
#[test]
fn every_row_stands_in_its_place() {
    let rows = vec![row("a", "x", 0, 0.25), row("a", "x", 1, 0.5), row("a", "y", 1, 0.25), row("b", "x", 0, 0.5)];
    let contrasts = Contrasts {
        title: "Title".to_owned(),
        subject: "mitigation",
        arms: ["without", "with"],
        marks: Marks::None,
        rows,
        notes: vec!["note".to_owned()],
    };
    let matrix = contrasts.matrix("policy", "mitigation");
    let titles: Vec<&str> = matrix.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(titles, ["policy", "mitigation", MEASURES[0].title, MEASURES[1].title]);
    assert_eq!(matrix.rows.len(), 3);
    assert_eq!(matrix.rows[1][..3], [Cell::from("a"), Cell::from("y"), Cell::Empty]);
    assert_eq!(contrasts.matrix("", "mitigation").columns.len(), 3);
    let data = contrasts.data();
    assert_eq!((contrasts.list().rows.len(), data.rows.len()), (4, 4));
    assert!(data.rows.iter().all(|row| row.len() == data.columns.len()));
    let csv = data.csv();
    let start = format!("a,x,headline,{},", MEASURES[0].key);
    assert!(csv.lines().any(|line| line.starts_with(&start) && line.contains(",7,2,0,")), "{csv}");
}

#[test]
fn a_star_is_for_all_that_is_looked_at_together() {
    let plain = row("a", "x", 0, 0.25);
    let star = |row: &ContrastRow| row.shown(Marks::Star).shown().contains('*');
    assert!(!star(&plain));
    assert!(star(&ContrastRow { is_significant: true, ..plain.clone() }));
    assert_eq!(
        ContrastRow { gone: true, is_significant: true, ..plain.clone() }.shown(Marks::Star).shown(),
        "none left *"
    );
    assert_eq!(ContrastRow { difference: None, ..plain }.shown(Marks::Direction), Cell::Empty);
}
