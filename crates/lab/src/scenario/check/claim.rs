//! Claims: whether the keys of a claim are consistent.

use crate::scenario::check::consistency::MOST_OTHERS;
use crate::scenario::check::{Checker, Given, YearsFrom};
use crate::scenario::claim::keys::{CLAIM, EXPECTATIONS, PART, SHARED};
use crate::scenario::claim::{Claim, ClaimForm, ClaimPart, ClaimYears, Expectation, SmallestDifference};
use crate::scenario::diagnostic::{ClaimRule, KeyRule, PartRule, StudyRule, ValueRule, WholeRule};
use crate::scenario::diagnostics::Span;
use crate::scenario::kind::bounds_in_words;
use crate::scenario::tree::{Node, Table};
use crate::scenario::values::{Amount, ResolvedSection, ResolvedValue};
use hubsim_model::measures::{Dimension, MEASURES, Part, position};

/// The default smallest difference for a measure between 0 and 1.
const AMOUNT: f64 = 0.03;
/// The default smallest difference for all other measures, as a share of the reference.
const SHARE: f64 = 0.1;

/// The context that decides whether a claim may name a year after the last one.
#[derive(Clone, Copy)]
pub(super) struct Horizon {
    /// Where the scenario's own text begins.
    pub start: Span,
    /// The scenario's last year.
    pub years: u32,
    /// Where the number of years is set.
    pub years_from: YearsFrom,
}

/// A part in its source: its node, its table, and the values of its keys.
struct PartSource<'a> {
    node: &'a Node,
    table: &'a Table,
    filled: &'a ResolvedSection,
}

impl Checker<'_> {
    /// All valid claims, in order.
    pub(super) fn claims(&mut self, root: &Table, horizon: Horizon) -> Vec<Claim> {
        let nodes = self.tables(CLAIM.name, root);
        if let Some((first, _)) = nodes.get(MOST_OTHERS) {
            let (list, plural, count, most) = (CLAIM.name, "claims", nodes.len(), MOST_OTHERS);
            self.report(first.span, WholeRule::TooManyEntries { list, plural, count, most });
        }
        let nodes = nodes.into_iter().take(MOST_OTHERS);
        nodes.filter_map(|(node, table)| self.claim(node, table, horizon)).collect()
    }

    fn claim(&mut self, node: &Node, table: &Table, horizon: Horizon) -> Option<Claim> {
        let before = self.count();
        let parts: Vec<&str> = PART.specs.iter().map(|spec| spec.key).collect();
        let head = self.fill(&CLAIM, Given { table, span: node.span, path: CLAIM.name, others: &parts });
        let form = match head.word("kind") {
            Some("table") => self.table_of(node, table, &head, horizon),
            _ => self.verdict(node, table, &head, horizon),
        };
        let text = |key: &str| head.word(key).unwrap_or("").to_owned();
        let whole = self.count() == before;
        Some(Claim {
            id: text("id"),
            statement: text("statement"),
            source: text("source"),
            form: form.filter(|_| whole)?,
            because: positions(head.words("because")),
            built_in: text("built_in"),
        })
    }

    /// The span at which a conflict between keys of a claim is reported, and a remark if the conflicting value is inherited:
    /// then the span is that of the first of `keys` that the claim itself gives.
    fn conflict(&self, node: &Node, with: Span, keys: &[&str]) -> (Span, String) {
        if with.same_file(node.span) {
            return (with, String::new());
        }
        let anew = |key: &&str| Some(node.table()?.get(*key)?.key).filter(|span| span.same_file(node.span));
        let span = keys.iter().find_map(anew).unwrap_or(node.span);
        (span, format!(" (inherited from {})", self.diagnostics.name(with)))
    }

    /// A claim that asks for a verdict: `parts`, or the keys of one part in the claim itself.
    fn verdict(&mut self, node: &Node, table: &Table, head: &ResolvedSection, horizon: Horizon) -> Option<ClaimForm> {
        for key in ["policies", "measures"] {
            if let Some(entry) = table.get(key) {
                self.report(entry.key, ClaimRule::KeyOfTable { key });
            }
        }
        let inline: Vec<_> = table.iter().filter(|(key, _)| PART.spec(key).is_some()).collect();
        let parts = match table.get("parts") {
            Some(entry) => {
                for (key, inner) in inline {
                    let (_, inherited) = self.conflict(node, entry.key, &[]);
                    self.report(inner.key, ClaimRule::BesideParts { key, inherited: &inherited });
                }
                let Some(ResolvedValue::Sections(sections)) = head.field("parts") else { return None };
                let tables = entry.node.list()?.iter().filter_map(|node| Some((node, node.table()?)));
                let mut parts = Vec::with_capacity(sections.len());
                for ((node, table), filled) in tables.zip(sections) {
                    parts.push(self.part(PartSource { node, table, filled }, horizon));
                }
                parts.into_iter().collect::<Option<Vec<ClaimPart>>>()?
            }
            None if inline.is_empty() => {
                if !self.partial {
                    self.report(node.span, ClaimRule::ComparesNothing {});
                }
                return None;
            }
            None => {
                let given = Given { table, span: node.span, path: PART.name, others: &[] };
                let filled = self.values(&PART, given);
                vec![self.part(PartSource { node, table, filled: &filled }, horizon)?]
            }
        };
        if parts.iter().any(|part| part.decisive) {
            return Some(ClaimForm::Verdict(parts));
        }
        self.report(node.span_of(&["parts"]), ClaimRule::NothingDecisive {});
        None
    }

    /// A claim that asks for a table: policies, measures and years, and no parts.
    fn table_of(&mut self, node: &Node, table: &Table, head: &ResolvedSection, horizon: Horizon) -> Option<ClaimForm> {
        let part = |key: &str| PART.spec(key).is_some() && SHARED.spec(key).is_none();
        for (key, entry) in table.iter().filter(|(key, _)| key.as_str() == "parts" || part(key)) {
            let kind = table.get("kind").map_or(node.span, |kind| kind.key);
            let (_, inherited) = self.conflict(node, kind, &[]);
            self.report(entry.key, ClaimRule::PartOfTable { key, inherited: &inherited });
        }
        let shared = self.values(&SHARED, Given { table, span: node.span, path: PART.name, others: &[] });
        let years = self.years(node, &shared, horizon);
        for (key, example) in [
            ("policies", "add `policies = [\"…\", \"…\"]`, the one that others are compared with first"),
            ("measures", "add `measures = [\"…\"]`"),
        ] {
            if !table.contains_key(key) && !self.partial {
                let rule = "a table has `policies` and `measures`, and no parts".to_owned();
                let (reason, help) = (String::new(), example.to_owned());
                self.report(node.span, KeyRule::Missing { key, reason, rule, help });
            }
        }
        let (policies, measures) = (head.words("policies").to_vec(), positions(head.words("measures")));
        let within = self.within(node, &shared, &measures);
        Some(ClaimForm::Table { policies, measures, within, years: years? })
    }

    /// A part; none if something of it is wrong.
    fn part(&mut self, of: PartSource, horizon: Horizon) -> Option<ClaimPart> {
        let PartSource { node, table, filled } = of;
        let before = self.count();
        let measure = filled.word("measure").and_then(position);
        let policy = filled.word("policy").map(str::to_owned);
        let against = filled.word("against").map(str::to_owned);
        let expect = filled.word("expect").and_then(Expectation::from_word);
        if let (Some(inner), Some(against)) = (node.get("against"), &against)
            && policy.as_ref() == Some(against)
        {
            let (span, inherited) = self.conflict(node, inner.span, &["policy"]);
            self.report(span, ClaimRule::AgainstItself { policy: against, inherited });
        }
        if let Some(expect) = expect {
            self.comparison(node, table, expect);
        }
        let within = self.within(node, filled, measure.as_slice());
        let by = self.by(&of, expect, measure);
        let years = self.years(node, filled, horizon);
        let net_of = <[String; 2]>::try_from(filled.words("net_of").to_vec()).ok();
        let decisive = filled.field("decisive") != Some(&ResolvedValue::Flag(false));
        if self.count() != before {
            return None;
        }
        Some(ClaimPart {
            measure: measure?,
            within,
            policy: policy?,
            against,
            net_of,
            expect: expect?,
            by: by?,
            years: years?,
            decisive,
        })
    }

    /// The part of the movement that is looked at: at most one, and only by measures that can be asked for it.
    fn within(&mut self, node: &Node, filled: &ResolvedSection, measures: &[usize]) -> Option<Part> {
        let named = Dimension::ALL.into_iter().filter(|dimension| node.get(dimension.word()).is_some());
        let named: Vec<Dimension> = named.collect();
        let (&dimension, others) = named.split_first()?;
        let key = dimension.word();
        if let Some(other) = others.first().map(|other| other.word()) {
            self.report(node.span_of(&[other]), PartRule::TwoParts { first: key, second: other });
            return None;
        }
        for measure in measures.iter().map(|&at| MEASURES[at]).filter(|measure| !measure.has(dimension)) {
            let (span, inherited) = self.conflict(node, node.span_of(&[key]), &["measure", "measures"]);
            self.report(span, PartRule::NoParts { measure: measure.key, dimension, inherited });
        }
        Some(Part { dimension, name: filled.word(key)?.to_owned() })
    }

    /// Checks that a part names a reference policy if and only if its expectation needs one.
    fn comparison(&mut self, node: &Node, table: &Table, expect: Expectation) {
        let word = expect.word();
        if let Some(entry) = table.get("to").filter(|_| expect != Expectation::Equals) {
            let (span, inherited) = self.conflict(node, entry.key, &["expect"]);
            self.report(span, StudyRule::NumberBesideDirection { expect: word, inherited });
        }
        if expect == Expectation::Equals {
            self.equality(node, table);
        } else if expect.bound() {
            for (key, entry) in ["against", "net_of"].into_iter().filter_map(|key| table.get_key_value(key)) {
                let (span, inherited) = self.conflict(node, entry.key, &["expect"]);
                self.report(span, ClaimRule::BesideBound { key, expect: word, inherited });
            }
        } else if !table.contains_key("against") && !self.partial {
            let help = "add `against = \"…\"`, or expect `below` or `above` a bound".to_owned();
            let (reason, rule) = (self.instead(node.span), format!("`{word}` compares with another policy"));
            self.report(node.span, KeyRule::Missing { key: "against", reason, rule, help });
        }
    }

    /// Checks that a part which expects equality names a number or a reference policy, and nothing that matters less.
    fn equality(&mut self, node: &Node, table: &Table) {
        for key in ["by", "by_share", "net_of"] {
            if let Some(entry) = table.get(key) {
                let (span, inherited) = self.conflict(node, entry.key, &["expect"]);
                self.report(span, StudyRule::BesideEquality { key, inherited });
            }
        }
        if table.contains_key("to") == table.contains_key("against") && !self.partial {
            let both = table.get("to").map(|to| self.conflict(node, to.key, &["against", "expect"]).0);
            self.report(both.unwrap_or(node.span), StudyRule::EqualToWhat { both: both.is_some() });
        }
    }

    /// The smallest difference that matters.
    fn by(
        &mut self,
        of: &PartSource,
        expect: Option<Expectation>,
        measure: Option<usize>,
    ) -> Option<SmallestDifference> {
        let PartSource { node, table, filled } = of;
        if expect == Some(Expectation::Equals) {
            return Some(SmallestDifference::Amount(filled.number("to").unwrap_or(0.0)));
        }
        let bound = expect.filter(|expect| expect.bound()).map(Expectation::word);
        if let Some(entry) = table.get("by_share") {
            if bound.is_some() || table.contains_key("by") {
                self.report(entry.key, ClaimRule::TwoSizes { bound });
                return None;
            }
            return filled.number("by_share").map(SmallestDifference::Share);
        }
        let range = measure.map(|measure| MEASURES[measure].range);
        let Some(by) = node.get("by") else {
            let Some(word) = bound else {
                return range.map(|range| {
                    if range == (0.0, 1.0) {
                        SmallestDifference::Amount(AMOUNT)
                    } else {
                        SmallestDifference::Share(SHARE)
                    }
                });
            };
            if !self.partial {
                let help = "add `by = …`: the bound, in the measure's unit".to_owned();
                let rule = format!("`{word}` compares a policy with a bound, which is `by`");
                self.report(node.span, KeyRule::Missing { key: "by", reason: String::new(), rule, help });
            }
            return None;
        };
        let Some(ResolvedValue::Number(Amount::Fixed(number))) = filled.field("by") else { return None };
        let (low, high) = range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let (low, high) = if bound.is_some() { (low, high) } else { (0.0, high - low) };
        if *number < low || *number > high {
            let finite = low.is_finite() && high.is_finite();
            let why = measure.filter(|_| finite).map(|measure| format!(", as `{}` lies", MEASURES[measure].key));
            let rule = bounds_in_words((low, high)) + &why.unwrap_or_default();
            let (span, inherited) = self.conflict(node, by.span, &["measure", "expect"]);
            let (key, number, closest) = ("by", *number, number.max(low).min(high));
            self.report(span, ValueRule::OutOfBounds { key, number, inherited, rule, closest });
            return None;
        }
        if *number == 0.0 && expect == Some(Expectation::NoDifference) {
            self.report(by.span, StudyRule::WithinNothing {});
            return None;
        }
        Some(SmallestDifference::Amount(*number))
    }

    /// The years: `year`, `years`, or the last year if neither is given.
    fn years(&mut self, node: &Node, filled: &ResolvedSection, horizon: Horizon) -> Option<ClaimYears> {
        let (key, span) = match (node.get("year"), node.get("years")) {
            (None, None) => return Some(ClaimYears::Last),
            (Some(_), Some(years)) => {
                self.report(years.span, ClaimRule::TwoTimes {});
                return None;
            }
            (Some(year), None) => ("year", year.span),
            (None, Some(years)) => ("years", years.span),
        };
        let Some(&ResolvedValue::Span(first, last)) = filled.field(key) else { return None };
        // A later year is a mistake only in the scenario's own text, and only if that text sets the number of years.
        let own = span.same_file(horizon.start) && !self.resolved && horizon.years_from == YearsFrom::Scenario;
        if last > horizon.years && own {
            self.report(span, ClaimRule::AfterLastYear { first, last, years: horizon.years });
            return None;
        }
        Some(ClaimYears::Span(first, last))
    }
}

impl Expectation {
    /// The expectation of a word in a scenario file.
    fn from_word(word: &str) -> Option<Expectation> {
        EXPECTATIONS.iter().find(|(known, _)| *known == word).map(|(_, expect)| *expect)
    }
}

/// The positions of measures that are known.
fn positions(keys: &[String]) -> Vec<usize> {
    keys.iter().filter_map(|key| position(key)).collect()
}
