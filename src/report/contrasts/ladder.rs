//! What each step of a ladder brings.

use hubsim_lab::analysis::ladder::{LadderEffects, StepEffect};
use hubsim_lab::experiment::Subject;
use hubsim_model::measures::{MEASURES, position};

use super::{ContrastRow, Contrasts, Marks};
use crate::report::number::Interval;
use crate::report::table::Table;

/// The measures of the tables, and what their columns are called; the others are in `ladder.csv`.
const SHOWN: [[&str; 2]; 5] = [
    ["need_met", "need met"],
    ["people_helped", "people helped"],
    ["service_gap", "service gap"],
    ["duplicated_share", "duplicated share"],
    ["incumbent_share", "incumbent share"],
];

/// The steps of a ladder in their order, and the whole way.
pub fn steps(ladder: &LadderEffects) -> Table {
    let whole = |subject: &Subject| matches!(subject, Subject::Step(_) | Subject::Policy);
    let LadderEffects { from, to, year, replicates, .. } = ladder;
    let note = format!(
        "A row: with the step − without it, on the steps above it, over {replicates} trials of each in the same worlds with the \
         same random numbers, ± half of the 95 % interval. Not resolved: the interval contains 0. What a step brings depends on \
         what is there already. Shares and indices from 0 to 1; people helped in person-requests a year."
    );
    let title = format!("What each step brings, from {from} to {to}, in year {year}");
    table(ladder, title, &whole, vec![note])
}

/// The steps of a ladder alone and left out; nothing if these were not run.
pub fn beside(ladder: &LadderEffects) -> Option<Table> {
    let beside = |subject: &Subject| matches!(subject, Subject::StepAlone(_) | Subject::StepLeftOut(_));
    let note = "Alone: on the policy where the ladder begins, with the steps that it needs, − these without it. Left out: the \
                policy where it ends − the same without it and without what needs it. A step that a later one undoes is not \
                left out.";
    let title = format!("Each step alone on {}, and left out of {}, in year {}", ladder.from, ladder.to, ladder.year);
    let table = table(ladder, title, &beside, vec![note.to_owned()]);
    (!table.rows.is_empty()).then_some(table)
}

fn table(ladder: &LadderEffects, title: String, shown: &dyn Fn(&Subject) -> bool, notes: Vec<String>) -> Table {
    let measures: Vec<usize> = SHOWN.iter().filter_map(|[key, _]| position(key)).collect();
    let of = ladder.effects.iter().filter(|of| shown(&of.subject));
    let group = |group: &[&StepEffect]| {
        let find = |measure: &usize| group.iter().find(|of| of.measure == *measure).copied();
        measures.iter().filter_map(find).map(row).collect::<Vec<_>>()
    };
    let of: Vec<&StepEffect> = of.collect();
    let contrasts = Contrasts {
        title,
        subject: "step",
        arms: ["without", "with"],
        marks: Marks::Resolved,
        rows: of.chunk_by(|one, next| one.subject == next.subject).flat_map(group).collect(),
        notes,
    };
    contrasts.matrix("", contrasts.subject)
}

fn row(of: &StepEffect) -> ContrastRow {
    let measure = MEASURES[of.measure];
    let title = SHOWN.iter().find(|[key, _]| *key == measure.key).map_or(measure.title, |[_, title]| title);
    ContrastRow {
        policy: String::new(),
        subject: words(of),
        kind: "step",
        values: Default::default(),
        column: [title.to_owned(), String::new()],
        measure: Some(measure),
        means: [of.without_mean, of.with_mean],
        difference: Some(interval(of)),
        better: f64::NAN,
        excludes_zero: of.is_resolved(),
        is_significant: false,
        gone: false,
        replicates: of.n,
        note: String::new(),
    }
}

/// The difference with its interval.
pub fn interval(of: &StepEffect) -> Interval {
    Interval { mean: of.difference, low: of.low, high: of.high }
}

/// The step, and where it leads if that is a policy of the scenario.
pub fn words(of: &StepEffect) -> String {
    match &of.subject {
        Subject::Step(step) if of.reaches => format!("{step} → {}", of.with),
        Subject::Step(step) => step.clone(),
        Subject::StepAlone(step) => format!("{step}: alone"),
        Subject::StepLeftOut(step) => format!("{step}: left out"),
        _ => "all of them".to_owned(),
    }
}

#[cfg(test)]
pub(in crate::report) mod tests {
    use super::*;

    /// A ladder of two steps with odd names over all measures; the second step is resolved nowhere.
    pub fn ladder(replicates: usize) -> LadderEffects {
        let arms = ["from <a>", "from <a> + b, \"c\"", "to & fro"];
        let effect = |subject: Subject, ends: [usize; 2], measure: usize| {
            let levels = [0.25, 0.5, 0.51];
            let difference = levels[ends[1]] - levels[ends[0]];
            StepEffect {
                reaches: ends[1] == 2 && subject != Subject::Policy,
                subject,
                with: arms[ends[1]].to_owned(),
                without: arms[ends[0]].to_owned(),
                measure,
                n: replicates,
                with_mean: levels[ends[1]],
                without_mean: levels[ends[0]],
                difference,
                low: difference - 0.1875,
                high: difference + 0.1875,
            }
        };
        let step = |name: &str| Subject::Step(name.to_owned());
        let all = [
            (step("b, \"c\""), [0, 1]),
            (step("d + e"), [1, 2]),
            (Subject::Policy, [0, 2]),
            (Subject::StepAlone("d + e".to_owned()), [1, 2]),
        ];
        let effects = all
            .into_iter()
            .flat_map(|(subject, ends)| (0..MEASURES.len()).map(move |measure| effect(subject.clone(), ends, measure)));
        LadderEffects {
            from: arms[0].to_owned(),
            to: arms[2].to_owned(),
            year: 20,
            replicates,
            effects: effects.collect(),
        }
    }

    #[test]
    fn a_step_is_a_row_and_what_holds_0_is_not_resolved() {
        let table = steps(&ladder(40));
        let shown = |row: usize, column: usize| table.rows[row][column].shown();
        assert_eq!((table.rows.len(), table.columns.len()), (3, 1 + SHOWN.len()));
        assert_eq!([shown(0, 0), shown(0, 1)], ["b, \"c\"", "+0.25 ±0.19"]);
        assert_eq!([shown(1, 0), shown(1, 1)], ["d + e → to & fro", "not resolved"]);
        assert_eq!([shown(2, 0), shown(2, 1)], ["all of them", "+0.26 ±0.19"]);
        assert!(table.notes[0].contains("over 40 trials"), "{:?}", table.notes);
        let beside = beside(&ladder(40)).expect("one step alone");
        assert_eq!((beside.rows.len(), beside.rows[0][0].shown()), (1, "d + e: alone".to_owned()));
        let mut way = ladder(40);
        way.effects.retain(|of| matches!(of.subject, Subject::Step(_) | Subject::Policy));
        assert!(super::beside(&way).is_none());
    }

    /// Where the difference is that of one trial, there is no interval, and nothing is resolved.
    #[test]
    fn equal_trials_differ_in_nothing_and_one_pair_resolves_nothing() {
        let mut ladder = ladder(1);
        for of in &mut ladder.effects {
            let bounds = if of.subject == Subject::Policy { 0.0 } else { f64::NAN };
            (of.difference, of.low, of.high) = (bounds + 0.0, bounds, bounds);
            if of.low.is_nan() {
                of.difference = 0.5;
            }
        }
        let table = steps(&ladder);
        assert_eq!([table.rows[0][1].shown(), table.rows[2][1].shown()], ["not resolved", "no difference"]);
    }
}
