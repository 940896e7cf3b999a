//! Who does nothing changes nobody: luck is addressed by who one is, never by how many there are.

use std::collections::BTreeMap;

use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::catalogue::Limit;
use hubsim_model::inputs::Organisation;
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::HubKind;
use hubsim_model::random::Stream;
use hubsim_model::record::rows::{Role, Row, Type, Value};
use hubsim_model::record::{History, MovementRow, Names, TableVisitor};
use hubsim_model::simulation::{self, Simulation};

use crate::worlds::{shipped, small};

/// Every number of a history under the names of whom it is about, so that a position more or less does not matter.
fn by_name(history: &History) -> BTreeMap<String, Vec<u64>> {
    let mut visitor = ByName { names: &history.names, all: BTreeMap::new() };
    history.visit(&mut visitor);
    visitor.all
}

struct ByName<'a> {
    names: &'a Names,
    all: BTreeMap<String, Vec<u64>>,
}

impl TableVisitor for ByName<'_> {
    type Output = ();

    fn table<R: Row>(&mut self, rows: &[R]) {
        for row in rows {
            let mut name = format!("{} {}", R::TABLE, row.year());
            let mut bits = Vec::new();
            for (c, column) in R::COLUMNS.iter().enumerate() {
                match (row.value(c), column.kind) {
                    (Value::Name(index), Type::Name(kind)) => {
                        let text = self.names.of(kind, index);
                        if column.role == Role::Identity {
                            name += &format!(" {text}");
                        } else {
                            bits.extend(text.bytes().map(u64::from));
                        }
                    }
                    (Value::Number(x), _) => bits.push(if x.is_nan() { u64::MAX } else { (x + 0.0).to_bits() }),
                    (Value::Count(n), _) => bits.push(u64::from(n)),
                    (Value::Name(_), _) => unreachable!("a name without a kind"),
                }
            }
            assert!(self.all.insert(name.clone(), bits).is_none(), "{name} twice");
        }
    }
}

fn same(one: &History, other: &History) {
    let (one, other) = (by_name(one), by_name(other));
    let names: Vec<&String> = one.keys().collect();
    assert_eq!(names, other.keys().collect::<Vec<_>>());
    for (name, bits) in &one {
        assert_eq!(bits, &other[name], "{name} differs");
    }
}

/// Hubs of both kinds from the first year, unclear which is for whom, with envelopes: a policy under which everybody is
/// in everybody's way.
fn both_unclear() -> Policy {
    let mut policy = shipped(&small().0, "thematic-hubs");
    let hubs = &mut policy.hubs;
    (hubs.kind, hubs.clarity, hubs.delegated) = (HubKind::Both, 0.0, 0.3.into());
    (hubs.min_partners, hubs.pilots, hubs.wave_size, hubs.max_each) = (0.0, 0.0, Limit::None, 2.0);
    policy
}

#[test]
fn an_inert_organisation_changes_nobody() {
    let (scenario, inputs) = small();
    let arms = ["status-quo", "thematic-hubs", "incumbents-claim"].map(|name| shipped(&scenario, name));
    for policy in arms.into_iter().chain([both_unclear()]) {
        let plain = simulation::simulate(&inputs, &policy, Stream::new(1, 0), 6);
        for (at, region) in [(0, "South"), (5, "North"), (inputs.organisation.len(), "Middle")] {
            let mut inputs = inputs.clone();
            let bystander = Organisation {
                name: "Bystander".into(),
                region: region.into(),
                staff: 50.0,
                grant_weight: 1e6,
                community: 0.4,
                expertise: 0.9,
                inert: true,
                ..Organisation::default()
            };
            inputs.organisation.insert(at, bystander.clone());
            same(&plain, &simulation::simulate(&inputs, &policy, Stream::new(1, 0), 6));
            // The mutant: the same organisation, not inert.
            inputs.organisation[at].inert = false;
            let other = simulation::simulate(&inputs, &policy, Stream::new(1, 0), 6);
            assert_ne!(by_name(&plain)["movement 6"], by_name(&other)["movement 6"]);
        }
    }
}

#[test]
fn an_inert_volunteer_changes_nobody() {
    let (scenario, inputs) = small();
    let arms = ["status-quo", "thematic-hubs"].map(|name| shipped(&scenario, name));
    for policy in arms.into_iter().chain([both_unclear()]) {
        let sim = Simulation::new(&inputs, &policy, Stream::new(1, 0));
        let plain = sim.clone().run(6);
        let mut more = sim;
        hubsim_model::initial::add_inert_volunteer(&mut more.state, "bystander");
        same(&plain, &more.run(6));
    }
}

/// Compared arms have the same pots, funder by funder, and the same foundation's budget; only what is paid into the
/// governed ones differs, and only under arms that let it.
#[test]
fn all_arms_have_the_same_pots() {
    let list = [
        "status-quo",
        "thematic-hubs",
        "both-clear",
        "longer-grants",
        "participatory",
        "equal",
        "thematic-hubs without review",
    ];
    let policies = Some(list.iter().map(|&name| name.to_owned()).collect());
    let scenario = Scenario::find("small", &Changes { policies, ..Changes::default() }).expect("all of them ship");
    let (_, inputs) = small();
    let mut arms: Vec<_> = list.iter().map(|name| shipped(&scenario, name)).collect();
    arms.push(shipped(&scenario, "status-quo"));
    let paying = arms.len() - 1;
    arms[paying].governance.paid_in = 0.3.into();
    let histories: Vec<History> =
        arms.iter().map(|arm| simulation::simulate(&inputs, arm, Stream::new(1, 0), 6)).collect();
    for (arm, history) in histories.iter().enumerate() {
        for (a, b) in histories[0].movement.iter().zip(&history.movement).skip(1) {
            let pots = |row: &MovementRow| [row.pot, row.other_pot, row.foundation_budget].map(f64::to_bits);
            assert_eq!(pots(a), pots(b));
            assert!(a.pot > 0.0 && a.other_pot > 0.0 && (b.paid_in > 0.0) == (arm == paying), "arm {arm}");
        }
        let pots = |history: &History| -> Vec<_> {
            history.flows.iter().map(|flow| (flow.year, flow.funder, flow.pot.to_bits())).collect()
        };
        assert_eq!(pots(&histories[0]), pots(history));
    }
}

/// A closure elsewhere renames nobody, and who formed in a year bears a name of its own.
#[test]
fn names_are_unique_and_stay() {
    let (scenario, mut inputs) = small();
    inputs.parameters.affiliates.formation = 0.01;
    inputs.parameters.affiliates.closing = 0.2;
    let history = simulation::simulate(&inputs, &shipped(&scenario, "thematic-hubs"), Stream::new(1, 0), 6);
    let mut names = history.names.organisation.clone();
    assert!(names.len() > 30);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), history.names.organisation.len());
}

/// Two policies meet the same world: the same pots, prices, arrivals of problems, until their difference matters.
#[test]
fn policies_meet_the_same_luck() {
    let (scenario, inputs) = small();
    let run = |name| simulation::simulate(&inputs, &shipped(&scenario, name), Stream::new(1, 0), 6);
    let (one, other) = (run("status-quo"), run("thematic-hubs"));
    let year_0 = |history: &History| by_name(history).into_iter().filter(|(k, _)| k.contains(" 0")).collect::<Vec<_>>();
    assert_eq!(year_0(&one), year_0(&other));
    for (a, b) in one.movement.iter().zip(&other.movement).skip(1) {
        assert_eq!(a.pot.to_bits(), b.pot.to_bits());
    }
    assert_ne!(by_name(&one)["movement 6"], by_name(&other)["movement 6"]);
}
