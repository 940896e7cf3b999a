//! Times of the parts.
use hubsim::design::{self, Plan};
use hubsim::scenario::{Changes, Scenario};
use hubsim::trial;
fn main() {
    let set = std::env::args().nth(2).map(|p| vec![format!("people_per_agent={p}")]).unwrap_or_default();
    let changes = Changes { set, policies: Some(vec!["thematic-hubs".to_owned()]), ..Changes::default() };
    let scenario = Scenario::find("wikimedia-2023", &changes).expect("built in");
    let (_, setup, policy) = design::expand(&scenario).world(Plan { arm: 0, replicate: 0 });
    let n: u32 = std::env::args().nth(1).map_or(30, |n| n.parse().unwrap());
    let mut best = f64::INFINITY;
    let mut all = Vec::new();
    for i in 0..n {
        let start = std::time::Instant::now();
        let h = trial::simulate(&setup, &policy, hubsim::chance::Luck::new(1, 0), 20);
        let d = trial::digest(&h);
        let t = start.elapsed().as_secs_f64() * 1e3;
        best = best.min(t);
        all.push(t);
        if i == 0 { println!("{d:?}"); }
    }
    all.sort_by(f64::total_cmp);
    println!("best {best:.2} ms, median {:.2} ms", all[all.len() / 2]);
    hubsim::probe::print(n);
}
