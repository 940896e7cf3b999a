//! O4: the amount of duplicated work without sharing, with reuse at a given probability, and with needs of different
//! popularity.
//!
//! There are n organisations without expertise, each with a community that has all of K needs. Nobody packages materials,
//! and building takes 1.4 FTE-quarters. Needs are set explicitly, so that there are exactly K.

use hubsim_model::ids::{BirthCause, Key, ThemeId};
use hubsim_model::inputs::Inputs;
use hubsim_model::mechanisms::production;
use hubsim_model::policy::Policy;
use hubsim_model::simulation::Simulation;
use hubsim_model::state::DuplicationCause;
use hubsim_model::units::Work;

use crate::bare;
use crate::oracle::{developments, distinct, integral, power};
use crate::statistic::{REJECT, mean, z_of_count, z_of_mean, z_of_variance};

/// Work to build a solution of cost 1 without expertise.
const BUILD: f64 = 1.4;

/// Organisations of a size, in a world where all work produces and everything is usable.
fn inputs(organisations: usize, staff: f64) -> Inputs {
    let mut inputs = bare::inputs();
    inputs.organisation = bare::chapters(&vec![staff; organisations]);
    let p = &mut inputs.parameters;
    (p.capacity.support, p.capacity.production) = (0.0, 1.0);
    // Each organisation works on one problem at a time.
    p.production.project_size = Work(100.0);
    (p.production.package_unasked, p.production.insist_power, p.production.insist) = (0.0, 0.0, 0.0);
    p.production.find = 0.0;
    inputs
}

/// Gives all communities the same needs, with these saliences.
fn open(sim: &mut Simulation, saliences: &[f64]) {
    let stem = sim.state.themes[ThemeId(0)].key.stem();
    let communities: Vec<_> = sim.state.organisations.iter().filter_map(|o| o.community).collect();
    for (j, &salience) in (0..).zip(saliences) {
        let key = Key::from_birth(stem, sim.conditions.now.quarter(), BirthCause::Problem, j);
        let slot = sim.state.problems.open(key, ThemeId(0), Work(1.0), sim.conditions.now.quarter(), salience);
        for c in &communities {
            sim.state.problems.slots[slot].ask(c.index() / 64, 1 << (c.index() % 64));
        }
    }
}

/// The materials that a trial produced.
struct Production {
    /// Needs for which anything was built.
    met: f64,
    /// Materials in all, and beyond the first for each need.
    copies: f64,
    again: f64,
    /// Duplicated work by cause.
    causes: [f64; 4],
}

impl Production {
    /// Reads the production from a state. Work recorded as duplicated equals, in all digits, the work on all materials but
    /// the first of each need, whatever the order, the quarter and the cause.
    fn from_state(sim: &Simulation) -> Production {
        let materials = || sim.state.problems.slots.iter().map(|problem| problem.materials.len());
        let met = materials().filter(|&n| n > 0).count() as f64;
        let copies = materials().sum::<usize>() as f64;
        let made = Production {
            met,
            copies,
            again: copies - met,
            causes: sim.record.movement.duplicated().map(|work| work.0),
        };
        let spared = BUILD - sim.conditions.parameters.production.adapt_cost;
        let booked: f64 = made.causes.iter().sum();
        assert!((booked - made.again * spared).abs() < 1e-6, "{booked} booked, {copies} copies of {met}");
        made
    }
}

fn each(made: &[Production], value: impl Fn(&Production) -> f64) -> Vec<f64> {
    made.iter().map(value).collect()
}

/// A year in which each of n organisations meets m needs, in worlds of their own.
fn years(n: usize, m: f64, saliences: &[f64], taste: f64, worlds: u32) -> Vec<Production> {
    // Slightly more than the work of m needs, so that rounding leaves none unfinished.
    let mut inputs = inputs(n, m * BUILD / 4.0 * (1.0 + 1e-11));
    inputs.parameters.production.taste = taste;
    let policy = Policy::default();
    bare::worlds(&inputs, &policy, worlds)
        .map(|mut sim| {
            open(&mut sim, saliences);
            sim.step_year();
            let unfinished = sim.state.organisations.iter().map(|o| o.queue.projects.len()).sum::<usize>();
            assert_eq!((unfinished, sim.record.movement.built), (0, n as u32 * m as u32), "everybody meets m needs");
            Production::from_state(&sim)
        })
        .collect()
}

/// O4a, without sharing: 15 organisations meet 6 of 40 needs each, 36.5058 different ones. 2,000 worlds: a bias of 0.14
/// standard deviations is detected with 95 % power. Mutants: needs drawn with replacement; variance of independent needs.
#[test]
fn without_sharing_solutions_are_duplicated() {
    let met = each(&years(15, 6.0, &[0.5; 40], 2.0, 2000), |made| made.met);
    let (expected, variance) = distinct(40.0, 15, 6.0);
    let z = [z_of_mean(&met, expected), z_of_variance(&met, expected, variance)];
    println!("no sharing: {:.4} needs met, z of mean and variance {z:.2?}", mean(&met));
    assert!(z.iter().all(|z| z.abs() < REJECT), "{z:?}");
    assert!(z_of_mean(&met, distinct(40.0, 90, 1.0).0).abs() > REJECT, "the mutant passes");
    let q = 1.0 - expected / 40.0;
    assert!(z_of_variance(&met, expected, 40.0 * q * (1.0 - q)).abs() > REJECT, "the mutant passes");
}

/// The birthday problem: 6 organisations, one need each of 20, all different. 4,000 worlds; the mutant has one
/// organisation more.
#[test]
fn coincidences_follow_the_birthday_problem() {
    let different = years(6, 1.0, &[0.5; 20], 2.0, 4000).iter().filter(|made| made.met == 6.0).count();
    let law = |n: u32| (0..n).map(|i| 1.0 - f64::from(i) / 20.0).product::<f64>();
    println!("birthdays: {different} of 4000, z {:.2}", z_of_count(different, 4000, law(6)));
    assert!(z_of_count(different, 4000, law(6)).abs() < REJECT);
    assert!(z_of_count(different, 4000, law(7)).abs() > REJECT, "the mutant passes");
}

/// O4d, needs that are not equally popular: E = Σ 1 − (1 − π)ⁿ, where π is the probability that salience + taste · U is the
/// largest. 8 organisations, 12 needs, 4,000 worlds: 0.1 standard deviations. Mutant: all equally popular.
#[test]
fn popular_needs_are_met_more_often() {
    let (n, taste) = (8, 1.0);
    let saliences: Vec<f64> = (0..12).map(|j| f64::from(j) / 11.0).collect();
    let chosen = |j: usize| {
        let below = |u: f64, k: usize| (saliences[j] / taste + u - saliences[k] / taste).clamp(0.0, 1.0);
        integral(0.0, 1.0, |u| (0..12).filter(|&k| k != j).map(|k| below(u, k)).product::<f64>())
    };
    let popularity: Vec<f64> = (0..12).map(chosen).collect();
    assert!((popularity.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    let expected: f64 = popularity.iter().map(|pi| 1.0 - power(1.0 - pi, n)).sum();
    let met = each(&years(n as usize, 1.0, &saliences, taste, 4000), |made| made.met);
    println!("popular needs: {:.4} met for {expected:.4}, z {:.2}", mean(&met), z_of_mean(&met, expected));
    assert!(z_of_mean(&met, expected).abs() < REJECT);
    assert!(z_of_mean(&met, distinct(12.0, n, 1.0).0).abs() > REJECT, "the mutant passes");
}

/// One organisation works in each quarter and meets 6 of 40 needs; it can see all earlier materials. Adapting takes almost
/// as long as building, so that each organisation meets the same number of needs.
fn in_turn(change: impl Fn(&mut Inputs)) -> Vec<Production> {
    let mut inputs = inputs(15, 0.0);
    let p = &mut inputs.parameters.production;
    (p.adapt_cost, p.unpackaged_factor) = (1.0, BUILD - 1e-10);
    change(&mut inputs);
    let policy = Policy::default();
    bare::worlds(&inputs, &policy, 2000)
        .map(|mut sim| {
            open(&mut sim, &[0.5; 40]);
            for turn in 0..15 {
                sim.conditions.now.next_quarter();
                for (i, o) in sim.state.organisations.iter_mut().enumerate() {
                    o.queue.budget = Work(if i == turn { 6.0 * BUILD } else { 0.0 });
                }
                production::run(&sim.conditions.context(), &mut sim.state, &mut sim.record);
            }
            assert_eq!(sim.record.movement.built + sim.record.movement.reused, 90, "everybody meets 6 needs");
            Production::from_state(&sim)
        })
        .collect()
}

/// O4b: an organisation reuses an existing solution with probability p = .35, however many copies there are. Here each one
/// finds everything, and insists on a material of its own with probability 1 − p. 34.7712 duplicates; 2,000 worlds. Mutants: each copy has
/// its own probability (O4c), and p = .4.
#[test]
fn insistence_determines_the_share_of_duplicates() {
    let made = in_turn(|inputs| (inputs.parameters.production.find, inputs.parameters.production.insist) = (1.0, 0.65));
    let duplicates = each(&made, |made| made.again);
    let again = |p: f64| (1.0 - p) * (90.0 - distinct(40.0, 15, 6.0).0);
    println!("reuse: {:.4} duplicates, z {:.2}", mean(&duplicates), z_of_mean(&duplicates, again(0.35)));
    assert!(z_of_mean(&duplicates, again(0.35)).abs() < REJECT);
    assert!(z_of_mean(&duplicates, again(0.4)).abs() > REJECT, "the mutant passes");
    let by_copy = developments(40.0, 15, 6.0, 0.35);
    assert!(z_of_mean(&each(&made, |made| made.copies), by_copy).abs() > REJECT, "the mutant passes");
    assert!(
        made.iter()
            .all(|made| made.causes[DuplicationCause::NotInventedHere as usize] == made.causes.iter().sum::<f64>())
    );
}

/// O4b in the search itself: an organisation searches with probability p = .35, and then finds everything; all copies of a
/// need are found together or not at all. 34.7712 unintended duplicates; 2,000 worlds. Mutants as above.
#[test]
fn searching_determines_the_share_of_duplicates() {
    let made =
        in_turn(|inputs| (inputs.parameters.production.find, inputs.parameters.production.searches) = (1.0, 0.35));
    let duplicates = each(&made, |made| made.again);
    let again = |p: f64| (1.0 - p) * (90.0 - distinct(40.0, 15, 6.0).0);
    println!("searching: {:.4} duplicates, z {:.2}", mean(&duplicates), z_of_mean(&duplicates, again(0.35)));
    assert!(z_of_mean(&duplicates, again(0.35)).abs() < REJECT);
    assert!(z_of_mean(&duplicates, again(0.4)).abs() > REJECT, "the mutant passes");
    let by_copy = developments(40.0, 15, 6.0, 0.35);
    assert!(z_of_mean(&each(&made, |made| made.copies), by_copy).abs() > REJECT, "the mutant passes");
    assert!(
        made.iter().all(|made| made.causes[DuplicationCause::NotFound as usize] == made.causes.iter().sum::<f64>())
    );
}

/// O4c: each copy is found independently with probability p = .35, so another is made with probability (1 − p)^copies, 66.1815 in all.
/// 2,000 worlds. Mutants: existence is found, not copies (O4b), and p = .4.
#[test]
fn more_copies_make_duplicates_less_likely() {
    let made = in_turn(|inputs| inputs.parameters.production.find = 0.35);
    let copies = each(&made, |made| made.copies);
    let expected = developments(40.0, 15, 6.0, 0.35);
    println!("search: {:.4} developments, z {:.2}", mean(&copies), z_of_mean(&copies, expected));
    assert!(z_of_mean(&copies, expected).abs() < REJECT);
    assert!(z_of_mean(&copies, developments(40.0, 15, 6.0, 0.4)).abs() > REJECT, "the mutant passes");
    let by_existence = 0.65 * (90.0 - distinct(40.0, 15, 6.0).0);
    assert!(z_of_mean(&each(&made, |made| made.again), by_existence).abs() > REJECT, "the mutant passes");
    assert!(
        made.iter().all(|made| made.causes[DuplicationCause::NotFound as usize] == made.causes.iter().sum::<f64>())
    );
}
