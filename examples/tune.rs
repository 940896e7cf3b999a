use hubsim::{chance::Luck, metric, model::Setup, policy::Policy, trial};
use rayon::prelude::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let setup: Setup = serde_json::from_str(&std::fs::read_to_string(&a[1]).unwrap()).unwrap();
    let policies: Vec<Policy> = serde_json::from_str(&std::fs::read_to_string(&a[2]).unwrap()).unwrap();
    let n: u32 = a[3].parse().unwrap();
    let years = 20;
    println!(
        "{:28} {}",
        "year",
        metric::MEASURES.iter().map(|m| format!("{:>13.13}", m.key)).collect::<Vec<_>>().join(" ")
    );
    for p in &policies {
        let t = std::time::Instant::now();
        let hs: Vec<_> = (0..n).into_par_iter().map(|r| trial::simulate(&setup, p, Luck::new(1, r), years)).collect();
        let dt = t.elapsed().as_secs_f64();
        let vq: f64 =
            hs.iter().map(|h| h.regions.iter().map(|r| r.volunteers).sum::<f64>() / setup.people_per_agent * 4.0).sum();
        println!("{} {:.2}s {:.1}M vq/s", p.name, dt, vq / dt / 1e6);
        let ms: Vec<Vec<Vec<f64>>> = hs.iter().map(metric::measure_all).collect();
        for y in [0usize, 1, 2, 5, 10, 15, 20] {
            let row: Vec<String> = (0..metric::MEASURES.len())
                .map(|m| {
                    let s: f64 = ms.iter().map(|t| t[y][m]).sum::<f64>() / n as f64;
                    format!("{s:>13.4}")
                })
                .collect();
            println!("{:28} {}", y, row.join(" "));
        }
        if a.len() > 4 {
            let h = &hs[0];
            for y in [0u32, 1, 2, 3, 5, 10, 20] {
                println!("{:?}", h.movement[y as usize]);
                for r in h.regions.iter().filter(|r| r.year == y) {
                    println!(
                        "  {} on {:.0} v {:.0} aff {:.0} mot {:.2} sk {:.2} arr {:.0} left {:.0} req {:.0} help {:.3} loc {:.3} hub {:.3} f {:.3} bounce {:.2} cov {:.3} cap {:.1} aw {:.0} own {:.0} org {} man {} E {:.2} solved {:.1}",
                        h.names.region[r.region as usize],
                        r.online,
                        r.volunteers,
                        r.affiliated / r.volunteers,
                        r.motivation,
                        r.skill,
                        r.arrived,
                        r.left,
                        r.requests,
                        r.help / r.requests,
                        r.help_local / r.requests,
                        r.help_hubs / r.requests,
                        r.help_foundation / r.requests,
                        r.bounces / r.requests,
                        r.covered / r.needs,
                        r.capacity,
                        r.awarded,
                        r.own_income,
                        r.organisations,
                        r.mandates,
                        r.expertise,
                        r.solved
                    );
                }
                for m in h.mandates.iter().filter(|m| m.year == y) {
                    println!(
                        "    M {} {} r{} {} age {:.0} ten {:.0} st {} money {:.0} staff {:.1} q {:.2} best {:.2} cat {:.2} known {:.2} req {:.0} asked {:.0} srv {:.0} built {} reused {}",
                        h.names.mandate[m.mandate as usize],
                        h.names.organisation[m.holder as usize],
                        m.regions,
                        h.names.region[m.region as usize],
                        m.age,
                        m.tenure,
                        m.stage,
                        m.money,
                        m.staff,
                        m.quality,
                        m.best_quality,
                        m.catalogue,
                        m.known,
                        m.requests,
                        m.asked,
                        m.service,
                        m.built,
                        m.reused
                    );
                }
            }
        }
    }
}
