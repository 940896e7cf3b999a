//! The world stands still where nothing moves it: without shocks, drift and growth, at central parameters, the status quo
//! of the movement stays as it begins. And where people online grow, year 1 continues what was before.

use hubsim_lab::scenario::{Changes, Scenario};
use hubsim_model::inputs::Inputs;
use hubsim_model::policy::Policy;
use hubsim_model::random::Stream;
use hubsim_model::record::History;
use hubsim_model::simulation::{self, Simulation};

const REPLICATES: u32 = 12;

/// A number of a year.
type Number = fn(&History, u32) -> f64;

/// The movement of 2023 and its status quo, every uncertain number at its centre.
fn movement(people_per_agent: u32) -> (Inputs, Policy) {
    let changes = Changes { set: vec![format!("people_per_agent={people_per_agent}")], ..Changes::default() };
    let scenario = Scenario::find("wikimedia-2023", &changes).expect("a built-in");
    let centre: Vec<f64> = scenario.uncertain.iter().map(|u| u.distribution.central()).collect();
    (scenario.world_inputs(&centre), scenario.policy("status-quo", &centre).expect("a shipped policy"))
}

/// Without shocks, drift, new themes and growth: of people online, of what they give, of pots beyond prices.
fn stand_still(inputs: &mut Inputs) {
    let p = &mut inputs.parameters;
    let e = &mut p.environment;
    (e.pot_scale, e.shock_chance, e.price_volatility, e.cutoff_chance, e.surge_chance) = (0.0, 0.0, 0.0, 0.0, 0.0);
    (p.themes.need_drift, p.themes.drift_scale, p.themes.jump_chance) = (0.0, 0.0, 0.0);
    (p.money.take_off, p.money.income_spread, p.money.income_growth) = (0.0, 0.0, 0.0);
    inputs.shock.clear();
    inputs.theme.retain(|theme| theme.born == 0.0);
    inputs.region.iter_mut().for_each(|region| region.online_growth = 0.0);
    inputs.funder.iter_mut().for_each(|funder| (funder.growth, funder.indexed) = (0.0, 1.0));
}

fn histories(inputs: &Inputs, policy: &Policy, years: u32) -> Vec<History> {
    (0..REPLICATES).map(|r| simulation::simulate(inputs, policy, Stream::new(17, r), years)).collect()
}

/// Mean over replicates and over the years of a span.
fn mean(histories: &[History], years: std::ops::RangeInclusive<u32>, value: Number) -> f64 {
    let count = (years.end() - years.start() + 1) as f64 * histories.len() as f64;
    histories.iter().flat_map(|h| years.clone().map(move |year| value(h, year))).sum::<f64>() / count
}

/// Mean expertise of affiliates.
fn expertise(history: &History, year: u32) -> f64 {
    let affiliates = || history.organisations.iter().filter(|row| row.year == year && row.affiliate());
    affiliates().map(|row| row.expertise).sum::<f64>() / affiliates().count() as f64
}

/// Mean over themes of the best quality there is.
fn best_quality(history: &History, year: u32) -> f64 {
    let themes = || history.themes.iter().filter(|row| row.year == year);
    themes().map(|row| row.best_quality).sum::<f64>() / themes().count() as f64
}

fn need_met(history: &History, year: u32) -> f64 {
    let regions = || history.regions.iter().filter(|row| row.year == year);
    regions().map(|row| row.help).sum::<f64>() / regions().map(|row| row.requests).sum::<f64>()
}

fn volunteers(history: &History, year: u32) -> f64 {
    history.regions.iter().filter(|row| row.year == year).map(|row| row.volunteers).sum()
}

/// Means of 12 replicates and five years are within a tenth of the start. Measured in years 16 to 20: expertise +1.5 %, best
/// quality −2.3 %, need met +3.3 %. The mutant has no backgrounds: it forgets what its usual work does not teach.
#[test]
fn expertise_quality_and_need_met_stay_within_a_tenth() {
    let (mut inputs, policy) = movement(40);
    stand_still(&mut inputs);
    let histories = histories(&inputs, &policy, 20);
    let spans = [1..=5, 6..=10, 11..=15, 16..=20];
    let measures: [(&str, Number, u32); 3] =
        [("expertise", expertise, 0), ("best quality", best_quality, 0), ("need met", need_met, 1)];
    for (name, value, first) in measures {
        let start = if first == 0 { mean(&histories, 0..=0, value) } else { mean(&histories, 1..=5, value) };
        for years in spans.clone() {
            let change = mean(&histories, years.clone(), value) / start - 1.0;
            println!("{name} in years {years:?}: {:+.1} %", 100.0 * change);
            assert!(change.abs() < 0.1, "{name} in years {years:?}: {change}");
        }
    }
    let mut mutant = Simulation::new(&inputs, &policy, Stream::new(17, 0));
    mutant.state.organisations.iter_mut().for_each(|o| o.background.fill(0.0));
    let mutant = [mutant.run(20)];
    assert!(mean(&mutant, 16..=20, expertise) < 0.9 * mean(&mutant, 0..=0, expertise), "the mutant passes");
}

/// Volunteers grow in year 1 as in years 2 and 3: measured 2.5 %, 2.8 % and 2.4 %, where chance moves each by about 0.2 %. With
/// the tenures of a movement that did not grow before they grow by 0.6 %, 1.3 % and 1.1 %.
#[test]
fn arrivals_do_not_jump_in_year_1() {
    let (mut inputs, policy) = movement(4);
    inputs.parameters.themes.need_drift = 0.0;
    let histories = histories(&inputs, &policy, 3);
    let people: Vec<f64> = (0..=3).map(|year| mean(&histories, year..=year, volunteers)).collect();
    let growth: Vec<f64> = people.windows(2).map(|pair| pair[1] / pair[0] - 1.0).collect();
    println!("growth of volunteers: {growth:.4?}");
    assert!((growth[0] - 0.5 * (growth[1] + growth[2])).abs() < 0.004, "{growth:?}");
}
