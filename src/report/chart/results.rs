//! The charts of a run: a fan chart for each headline measure and for ruin, and a forest plot of the headline measures.

use rayon::prelude::*;

use crate::report::reading::{common_reference, difference, name, verdict};
use hubsim_lab::analysis::Findings;
use hubsim_lab::analysis::estimate::Estimate;
use hubsim_lab::analysis::summary::summarise_one;
use hubsim_lab::experiment::ArmId;
use hubsim_model::measures::{MEASURES, Measure};

use super::render::{SvgUse, png, svg};
use super::{FanChart, ForestPlot, MeasureBlock, Series};

/// All charts as (name, content) of files: for each measure that is drawn and has values, and for the differences, an SVG, a
/// PNG and a CSV with the numbers. Names are relative to the folder of charts. Other measures are in `summary.csv` only.
pub fn charts(findings: &Findings) -> Vec<(String, Vec<u8>)> {
    charts_of(findings, MEASURES)
}

fn charts_of(findings: &Findings, measures: &[&Measure]) -> Vec<(String, Vec<u8>)> {
    let fans = (0..measures.len()).into_par_iter().filter_map(|position| {
        let fan = drawn(measures[position]).then(|| fan(findings, measures[position], position))??;
        Some((fan.key.clone(), fan.drawing(), fan.csv()))
    });
    let mut sheets: Vec<_> = fans.collect();
    sheets.extend(forest(findings, measures).map(|forest| ("differences".to_owned(), forest.drawing(), forest.csv())));
    let files = sheets.into_par_iter().map(|(name, drawing, csv)| {
        [
            (format!("{name}.svg"), svg(&drawing, SvgUse::File).into_bytes()),
            (format!("{name}.png"), png(&drawing)),
            (format!("{name}.csv"), csv),
        ]
    });
    // Collected by position, so that the order does not depend on the threads.
    files.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Whether a measure has a chart: all headline measures and ruin.
pub fn drawn(measure: &Measure) -> bool {
    measure.headline || measure.key == "ruin"
}

/// The fan chart of the measure at a position of the findings; `None` if no trial has a value.
pub fn fan(findings: &Findings, measure: &Measure, position: usize) -> Option<FanChart> {
    let means = measure.yes_or_no();
    let series: Vec<Series> = findings
        .policies
        .iter()
        .enumerate()
        .map(|(arm, name)| Series {
            name: name.clone(),
            quantiles: (0..=findings.years)
                .map(|year| {
                    let summary = summarise_one(findings, ArmId(arm), year, (position, measure.range));
                    if means { mean_as_quantiles(&summary.estimate) } else { summary.quantiles }
                })
                .collect(),
        })
        .collect();
    let most = findings.arms().map(|arm| findings.arm(arm).len()).max();
    series.iter().flat_map(|series| series.quantiles.iter().flatten()).any(|value| value.is_finite()).then(|| {
        FanChart {
            key: measure.key.to_owned(),
            title: measure.title.to_owned(),
            unit: measure.unit.to_owned(),
            direction: measure.direction,
            range: measure.range,
            trials: most.unwrap_or(0),
            means,
            series,
        }
    })
}

/// The mean of a share of trials and its interval, limited to 0–1, in the form of five quantiles.
fn mean_as_quantiles(estimate: &Estimate) -> [f64; 5] {
    let Estimate { mean, low, high, .. } = *estimate;
    let (low, high) = if low.is_finite() { (low.max(0.0), high.min(1.0)) } else { (mean, mean) };
    [low, low, mean, high, high]
}

/// The forest plot of the headline measures in the last year; `None` without a second policy or without values.
pub fn forest(findings: &Findings, measures: &[&Measure]) -> Option<ForestPlot> {
    let contrasts = findings.shown_contrasts();
    let reference = common_reference(&contrasts);
    let last = findings.years;
    let headlines = measures.iter().enumerate().filter(|(_, measure)| measure.headline);
    let blocks: Vec<MeasureBlock> = headlines
        .filter(|&(position, _)| contrasts.iter().any(|of| !findings.values(of.against, last, position).is_empty()))
        .map(|(position, measure)| MeasureBlock {
            key: measure.key.to_owned(),
            title: measure.title.to_owned(),
            unit: measure.unit.to_owned(),
            direction: measure.direction,
            differences: contrasts
                .iter()
                .map(|contrast| difference(findings, contrast, (position, measure)).difference.into())
                .collect(),
            verdicts: contrasts.iter().map(|contrast| verdict(findings, measures, contrast, position)).collect(),
        })
        .collect();
    let drawn = !contrasts.is_empty() && !blocks.is_empty();
    let policies = contrasts.iter().map(|contrast| name(findings, contrast, reference)).collect();
    let against = reference.map(|arm| findings.shown(arm));
    let labels = contrasts.iter().map(|of| [of.arm, of.against].map(|arm| findings.label(arm).to_owned())).collect();
    drawn.then_some(ForestPlot { against, policies, labels, year: last, blocks })
}

#[cfg(test)]
mod tests {
    use super::super::drawing::{Anchor, Drawing, Shape};
    use super::super::render::text_width;
    use super::*;
    use crate::report::synthetic;
    use proptest::prelude::*;

    /// Boxes of a sheet's texts: (text, left, top, right, bottom).
    fn boxes(drawing: &Drawing) -> Vec<(String, f64, f64, f64, f64)> {
        let of = |shape: &Shape| match shape {
            Shape::Text { at, text, format } => {
                let wide = text_width(text, *format);
                let left = match format.anchor {
                    Anchor::Start => at.0,
                    Anchor::Middle => at.0 - wide / 2.0,
                    Anchor::End => at.0 - wide,
                };
                Some((text.clone(), left, at.1 - 0.75 * format.size, left + wide, at.1 + 0.2 * format.size))
            }
            _ => None,
        };
        drawing.shapes.iter().filter_map(of).collect()
    }

    fn overlap(drawing: &Drawing) -> Option<(String, String)> {
        let boxes = boxes(drawing);
        for (position, a) in boxes.iter().enumerate() {
            for b in &boxes[..position] {
                if a.1 < b.3 && b.1 < a.3 && a.2 < b.4 && b.2 < a.4 {
                    return Some((a.0.clone(), b.0.clone()));
                }
            }
        }
        None
    }

    fn within(drawing: &Drawing) -> bool {
        boxes(drawing).iter().all(|(_, left, top, right, bottom)| {
            *left >= 0.0 && *top >= 0.0 && *right <= drawing.width && *bottom <= drawing.height
        })
    }

    #[test]
    fn every_policy_is_named_once_and_no_texts_overlap() {
        for policies in [1, 2, 4, 5, 6, 7, 14, 35] {
            let findings = synthetic::findings(policies, 9, 20, 4);
            for (position, measure) in synthetic::MEASURES.iter().enumerate() {
                let drawing = fan(&findings, measure, position).expect("values").drawing();
                let texts: Vec<String> = boxes(&drawing).into_iter().map(|of| of.0).collect();
                for policy in &findings.policies {
                    // A long name continues in a second line.
                    let named = |text: &&String| policy.starts_with(text.as_str()) && 2 * text.len() > policy.len();
                    assert_eq!(texts.iter().filter(named).count(), 1, "{policy}");
                }
                assert_eq!(overlap(&drawing), None);
                assert!(within(&drawing), "{policies} policies, {}", measure.key);
            }
            if let Some(forest) = forest(&findings, synthetic::MEASURES) {
                assert_eq!(overlap(&forest.drawing()), None);
                assert!(within(&forest.drawing()));
            }
        }
    }

    #[test]
    fn drawing_twice_gives_the_same_bytes() {
        let findings = synthetic::findings(3, 5, 4, 4);
        let files = charts_of(&findings, synthetic::MEASURES);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), 3 * 4, "a headline is drawn, another measure is not");
        assert_eq!(names[..3], ["duplicated_share.svg", "duplicated_share.png", "duplicated_share.csv"]);
        assert_eq!(names[9..], ["differences.svg", "differences.png", "differences.csv"]);
        assert_eq!(files, charts_of(&findings, synthetic::MEASURES));
        let other = synthetic::findings(3, 6, 4, 4);
        assert_ne!(files, charts_of(&other, synthetic::MEASURES));
    }

    #[test]
    fn the_csv_contains_the_numbers_of_the_chart() {
        let findings = synthetic::findings(2, 3, 1, 4);
        let fan = fan(&findings, synthetic::MEASURES[0], 0).expect("values");
        let text = String::from_utf8(fan.csv()).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..2], ["policy,year,q05,q25,q50,q75,q95", "status-quo,0,,,,,"]);
        assert!(lines[2].starts_with("status-quo,1,0.") && lines.len() == 5);
        let median: f64 = lines[2].split(',').nth(4).unwrap().parse().unwrap();
        assert_eq!(median, fan.series[0].quantiles[1][2]);
    }

    /// If each trial has 0 or 1, quantiles are 0 or 1, too: the chart shows the share of trials and its interval.
    #[test]
    fn a_measure_of_0_or_1_is_shown_as_a_share() {
        let mut findings = synthetic::findings(1, 20, 2, 4);
        for outcome in &mut findings.outcomes {
            outcome.measures.iter_mut().for_each(|row| row[0] = f64::from(u8::from(outcome.replicate < 3)));
        }
        let ruin = Measure { unit: "share of trials", range: (0.0, 1.0), ..*synthetic::MEASURES[0] };
        let fan = fan(&findings, &ruin, 0).expect("values");
        let [low, _, mean, _, high] = fan.series[0].quantiles[2];
        assert!((mean - 0.15).abs() < 1e-12 && 0.0 <= low && low < mean && mean < high && high < 0.5);
        let text = String::from_utf8(fan.csv()).expect("text");
        assert!(text.starts_with("policy,year,low,mean,high\n") && text.contains(",0.15"), "{text}");
    }

    #[test]
    fn years_without_values_are_gaps() {
        let mut findings = synthetic::findings(1, 3, 6, 1);
        for outcome in &mut findings.outcomes {
            outcome.measures[3][0] = f64::NAN;
        }
        let drawing = fan(&findings, synthetic::MEASURES[0], 0).expect("values").drawing();
        let wide = |shape: &&Shape| matches!(shape, Shape::Line { width, .. } if *width == 2.2);
        let lines: Vec<usize> = drawing
            .shapes
            .iter()
            .filter(wide)
            .map(|shape| if let Shape::Line { points, .. } = shape { points.len() } else { 0 })
            .collect();
        assert_eq!(lines, [2, 3]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_findings_panic_a_chart(
            policies in 0_usize..4,
            replicates in 0_u32..4,
            years in 0_u32..4,
            name in any::<String>(),
            values in prop::collection::vec(
                prop_oneof![any::<f64>(), Just(0.0), Just(f64::INFINITY), Just(1e-310), 0.0..1.0_f64], 1..9),
        ) {
            let mut findings = synthetic::findings(policies, replicates, years, 4);
            let mut values = values.iter().cycle();
            for outcome in &mut findings.outcomes {
                for row in &mut outcome.measures {
                    row[0] = *values.next().unwrap_or(&0.0);
                }
            }
            findings.policies.iter_mut().take(1).for_each(|policy| *policy = name.clone());
            for (position, measure) in synthetic::MEASURES.iter().enumerate() {
                if let Some(fan) = fan(&findings, measure, position) {
                    let drawing = fan.drawing();
                    prop_assert_eq!(overlap(&drawing), None);
                    prop_assert!(svg(&drawing, SvgUse::Inline).trim_end().ends_with("</svg>"));
                }
            }
            if let Some(forest) = forest(&findings, synthetic::MEASURES) {
                prop_assert!(svg(&forest.drawing(), SvgUse::Inline).trim_end().ends_with("</svg>"));
            }
        }
    }
}
