//! Random valid worlds and policies, and the built-in small one.

use std::collections::BTreeMap;

use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::catalogue::{Kind, Limit};
use hubsim_model::inputs::Inputs;
use hubsim_model::inputs::{Funder, Organisation, Region, Shock, Theme};
use hubsim_model::mechanisms::{Parameters, SECTIONS};
use hubsim_model::policy::Policy;
use hubsim_model::policy::levers::{
    Autonomy, AwardRule, Body, DeskPlace, FoundationRole, Fundraising, Gate, GrantLevers, HubKind, MandateAward,
    OrganisationKind, Outcome, ScoreMix,
};
use hubsim_model::random::Stream;
use hubsim_model::record::History;
use hubsim_model::simulation;
use proptest::prelude::*;
use proptest::test_runner::Config;

/// A world, a policy, how long, and which luck.
#[derive(Clone, Debug)]
pub struct Case {
    pub inputs: Inputs,
    pub policy: Policy,
    pub years: u32,
    pub stream: Stream,
}

impl Case {
    pub fn run(&self) -> History {
        simulation::simulate(&self.inputs, &self.policy, self.stream, self.years)
    }
}

/// A number of cases, always the same.
pub fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(4), ..Config::default() }
}

/// The built-in small world with every uncertain number at its centre.
pub fn small() -> (Scenario, Inputs) {
    let scenario = Scenario::find("small", &Changes::default()).expect("a built-in");
    let centre: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    let inputs = scenario.world_inputs(&centre);
    (scenario, inputs)
}

/// A policy of the built-in small world.
pub fn shipped(scenario: &Scenario, name: &str) -> Policy {
    let centre: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    scenario.policy(name, &centre).expect("a shipped policy")
}

/// Random numbers, one after another, from a proptest seed: worlds are made of too many for tuples of strategies.
struct Dice(Stream, u32);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.1 += 1;
        self.0.uniform(self.1)
    }
    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }
    fn below(&mut self, n: usize) -> usize {
        (self.uniform() * n as f64) as usize
    }
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    fn sometimes(&mut self, value: f64) -> f64 {
        if self.uniform() < 0.5 { 0.0 } else { value }
    }

    /// No limit, or a limit at a value.
    fn limited<L: Default + From<f64>>(&mut self, value: f64) -> L {
        if self.uniform() < 0.5 { L::default() } else { value.into() }
    }
}

/// Cases with every parameter drawn from its plausible range and every lever turned somehow.
pub fn cases() -> impl Strategy<Value = Case> {
    (any::<u64>(), 1usize..=6, 1usize..=6, 0usize..=30, 2u32..=6).prop_map(|(seed, regions, themes, count, years)| {
        let mut dice = Dice(Stream::new(seed, 0), 0);
        let inputs = inputs(&mut dice, regions, themes, count);
        Case { inputs, policy: policy(&mut dice), years, stream: Stream::new(seed, 1) }
    })
}

fn inputs(dice: &mut Dice, regions: usize, themes: usize, count: usize) -> Inputs {
    use OrganisationKind::*;
    let names: Vec<String> = (0..regions).map(|r| format!("region {r}")).collect();
    let region = (0..regions)
        .map(|r| {
            let population = dice.between(10.0, 2000.0);
            Region {
                name: names[r].clone(),
                group: if dice.uniform() < 0.4 { "underserved".into() } else { String::new() },
                population,
                online: population * dice.between(0.2, 0.95),
                online_growth: dice.between(0.0, 0.3),
                price_level: dice.between(0.2, 1.2),
                fundraising: dice.between(0.0, 1.5),
                volunteers: dice.between(0.0, 4000.0),
                saturation: dice.between(0.3, 0.95),
                grants: dice.between(0.0, 1e6),
                foundation_known: dice.between(0.1, 0.6),
                affinity: names[..r].iter().map(|name| (name.clone(), dice.uniform())).collect(),
            }
        })
        .collect();
    let theme = (0..themes)
        .map(|t| Theme {
            name: format!("theme {t}"),
            need: dice.between(0.2, 3.0),
            need_in: names.iter().map(|name| (name.clone(), dice.between(0.2, 2.0))).collect(),
            reusability: dice.between(0.2, 0.95),
            born: if t > 0 && dice.uniform() < 0.3 { 1.0 + dice.below(4) as f64 } else { 0.0 },
            fades: if t > 0 && dice.uniform() < 0.2 { (1.0 + dice.below(4) as f64).into() } else { Limit::None },
            drift: dice.between(0.0, 0.08),
            priority: dice.between(0.0, 5.0),
            core: dice.uniform() < 0.2,
        })
        .collect();
    let mut organisation: Vec<Organisation> = (0..count)
        .map(|o| Organisation {
            name: format!("organisation {o}"),
            count: 1.0,
            kind: dice.one(&[Chapter, ThematicOrganisation, UserGroup]),
            region: names[dice.below(regions)].clone(),
            age: dice.between(0.0, 20.0),
            staff: dice.sometimes(dice_square(o) * 12.0),
            spread: 0.0,
            grant_weight: dice.between(0.0, 10.0),
            community: dice.between(0.0, 0.3),
            expertise: dice.between(0.05, 0.7),
            price_level: if dice.uniform() < 0.2 { dice.between(0.3, 1.2).into() } else { Limit::None },
            inert: false,
        })
        .collect();
    if dice.uniform() < 0.8 {
        organisation.push(Organisation {
            name: "foundation".into(),
            kind: Foundation,
            region: names[0].clone(),
            staff: dice.between(0.0, 30.0),
            grant_weight: 0.0,
            community: 0.0,
            ..Organisation::default()
        });
    }
    for (name, kind) in [("external", External), ("partner", Partner)] {
        if dice.uniform() < 0.6 {
            organisation.push(Organisation {
                name: name.into(),
                kind,
                region: names[dice.below(regions)].clone(),
                staff: dice.between(0.0, 8.0),
                community: 0.0,
                expertise: dice.between(0.05, 0.7),
                ..Organisation::default()
            });
        }
    }
    let theme_names: Vec<String> = (0..themes).map(|t| format!("theme {t}")).collect();
    let funder = (0..dice.below(4))
        .map(|f| Funder {
            name: format!("funder {f}"),
            pot: dice.between(1e5, 3e6),
            growth: dice.between(0.0, 0.09),
            indexed: dice.uniform(),
            volatility: dice.between(0.0, 0.15),
            noise: dice.between(0.05, 0.4),
            governed: f == 0 || dice.uniform() < 0.4,
            policy: String::new(),
            regions: earmark(dice, &names),
            themes: earmark(dice, &theme_names),
            grants: GrantLevers { years: 1.0 + dice.below(3) as f64, ..GrantLevers::default() },
        })
        .collect();
    let parameters = parameters(dice);
    Inputs {
        people_per_agent: dice.between(8.0, 30.0),
        region,
        theme,
        organisation,
        funder,
        head_start: 0.0,
        shock: if dice.uniform() < 0.3 { vec![cut(dice)] } else { Vec::new() },
        parameters,
    }
}

/// Half of the time nothing; else a weight for some.
fn earmark(dice: &mut Dice, names: &[String]) -> BTreeMap<String, f64> {
    let all = dice.uniform() < 0.5;
    names.iter().map(|name| (name.clone(), if all { 0.0 } else { dice.sometimes(1.0) })).collect()
}

/// Few large organisations, many small ones.
fn dice_square(o: usize) -> f64 {
    1.0 / (1.0 + (o % 7) as f64)
}

/// A year in which hubs get a part of their money.
fn cut(dice: &mut Dice) -> Shock {
    Shock { year: 1.0 + dice.below(4) as f64, hubs: dice.sometimes(0.5), ..Shock::default() }
}

/// Every parameter somewhere in its plausible range.
fn parameters(dice: &mut Dice) -> Parameters {
    let mut tree = serde_json::to_value(Parameters::default()).expect("plain numbers");
    for section in SECTIONS {
        for spec in section.specs {
            let Kind::Number(number) = &spec.kind else { continue };
            let value = dice.between(number.range.0, number.range.1);
            tree[section.name][spec.key] = if number.whole { value.round() } else { value }.into();
        }
    }
    serde_json::from_value(tree).expect("the same shape")
}

fn policy(dice: &mut Dice) -> Policy {
    use OrganisationKind::*;
    let mut policy = Policy { name: "random".into(), ..Policy::default() };
    let grants = &mut policy.grants;
    grants.min_age_years = dice.sometimes(2.0).into();
    grants.capacity_floor = dice.sometimes(0.5).into();
    grants.score = mix(dice);
    grants.history_memory = dice.uniform();
    grants.regional_envelopes = dice.sometimes(0.8).into();
    grants.underserved_floor = dice.sometimes(0.4).into();
    grants.newcomers_share = dice.sometimes(0.1).into();
    grants.baseline_share = dice.sometimes(0.2).into();
    grants.experiments_share = dice.sometimes(0.1).into();
    grants.award = dice.one(&[
        AwardRule::Full,
        AwardRule::Proportional,
        AwardRule::Equal,
        AwardRule::Cuts,
        AwardRule::UniformLottery,
        AwardRule::Lottery,
    ]);
    grants.cap = dice.limited(2e5);
    grants.years = 1.0 + dice.below(4) as f64;
    let hubs = &mut policy.hubs;
    hubs.kind = dice.one(&[HubKind::None, HubKind::Thematic, HubKind::Thematic, HubKind::Regional, HubKind::Both]);
    hubs.share = dice.between(0.0, 0.3).into();
    hubs.hub_cap = dice.between(0.01, 0.1);
    hubs.hubs_at_most = dice.limited(3.0);
    hubs.first_year = 1.0 + dice.below(2) as f64;
    hubs.pilots = dice.sometimes(1.0);
    hubs.pilot_years = 1.0 + dice.below(2) as f64;
    hubs.wave_size = dice.limited(2.0);
    hubs.wave_years = 1.0 + dice.below(2) as f64;
    hubs.term_years = 1.0 + dice.below(4) as f64;
    hubs.term_limit = dice.limited(1.0);
    hubs.review_years = dice.limited(1.0);
    hubs.strictness = dice.between(0.2, 1.5);
    hubs.independence = dice.uniform();
    hubs.outcomes = vec![Outcome::Split, Outcome::ReScope, Outcome::Move, Outcome::Reallocate, Outcome::End];
    hubs.spread = dice.sometimes(0.5);
    hubs.kinds = if dice.uniform() < 0.7 { vec![Chapter, ThematicOrganisation, UserGroup] } else { vec![Chapter] };
    hubs.max_each = 1.0 + dice.below(4) as f64;
    hubs.score = mix(dice);
    hubs.award = dice.one(&[MandateAward::Full, MandateAward::UniformLottery, MandateAward::Lottery]);
    hubs.foundation =
        dice.one(&[FoundationRole::KeepsEverything, FoundationRole::KeepsCore, FoundationRole::Coordinates]);
    hubs.coordination = dice.uniform() < 0.5;
    hubs.clarity = dice.uniform();
    hubs.delegated = dice.sometimes(0.3).into();
    hubs.min_partners = dice.sometimes(2.0);
    hubs.external = dice.uniform() < 0.5;
    hubs.may_found = dice.uniform() < 0.5;
    hubs.no_misconduct = dice.uniform() < 0.5;
    hubs.autonomy = dice.one(&[Autonomy::Own, Autonomy::Steering, Autonomy::Funder]);
    grants.no_misconduct = hubs.no_misconduct;
    let governance = &mut policy.governance;
    governance.body = dice.one(&[Body::Foundation, Body::Council, Body::Affiliates, Body::Volunteers, Body::Panel]);
    governance.accountability = dice.sometimes(1.0);
    governance.oversight = dice.sometimes(1.0);
    governance.gate = dice.one(&[Gate::None, Gate::Own, Gate::Peer, Gate::Overseer]);
    governance.scanning_years = dice.limited(2.0);
    governance.fundraising = dice.one(&[Fundraising::All, Fundraising::Chapters, Fundraising::Foundation]);
    governance.paid_in = dice.sometimes(0.3).into();
    governance.desk_share = dice.sometimes(0.3).into();
    governance.desk_cap = dice.between(0.0, 0.2);
    governance.desk_pilots = dice.below(3) as f64;
    governance.desk_wave_years = 1.0 + dice.below(3) as f64;
    governance.staff_in = match dice.below(3) {
        0 => DeskPlace::Foundation,
        1 => DeskPlace::People,
        _ => DeskPlace::Regions([("region 0".to_owned(), dice.between(0.1, 2.0))].into()),
    };
    policy.hubs.holder_may_stand = dice.uniform() < 0.5;
    policy
}

fn mix(dice: &mut Dice) -> ScoreMix {
    ScoreMix {
        history: dice.sometimes(1.0),
        track_record: dice.sometimes(1.0),
        evidence: dice.sometimes(1.0),
        need: dice.sometimes(1.0),
        newness: dice.sometimes(0.5),
        prestige: dice.sometimes(1.0),
        votes: dice.sometimes(1.0),
    }
}
