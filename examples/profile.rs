//! uncommitted
#[path = "../benches/speed/worlds.rs"]
mod worlds;
use hubsim::model::mechanism::*;
use hubsim::trial;
fn cpu() -> f64 {
    use std::sync::OnceLock;
    static T: OnceLock<std::time::Instant> = OnceLock::new();
    T.get_or_init(std::time::Instant::now).elapsed().as_secs_f64()
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let n: u32 = a[2].parse().unwrap();
    let times: u32 = a[3].parse().unwrap();
    if a[1] == "steps" {
        let world = worlds::before_support(n);
        let mut t = [0.0; 2];
        let mut least = [f64::INFINITY; 3];
        for _ in 0..times {
            let mut w = world.clone();
            let a = cpu();
            support::run(&mut w);
            let b = cpu();
            volunteers::run(&mut w);
            let c = cpu();
            t[0] += b - a;
            t[1] += c - b;
            least[0] = least[0].min(b - a);
            least[1] = least[1].min(c - b);
            least[2] = least[2].min(c - a);
        }
        let q = world.volunteers.len() as f64;
        println!(
            "agents {q} support {:.1} M/s volunteers {:.1} M/s both {:.1} M/s; best {:.1} {:.1} {:.1}; open {}",
            q * times as f64 / t[0] / 1e6,
            q * times as f64 / t[1] / 1e6,
            q * times as f64 / (t[0] + t[1]) / 1e6,
            q / least[0] / 1e6,
            q / least[1] / 1e6,
            q / least[2] / 1e6,
            world.volunteers.tried.iter().filter(|t| **t > 0).count()
        );
    } else {
        let (setup, policy) = worlds::start(n);
        let mut q = 0.0;
        let a = cpu();
        let mut least = f64::INFINITY;
        let mut d = String::new();
        for _ in 0..times {
            let b = cpu();
            let h = trial::simulate(&setup, &policy, worlds::luck(), 20);
            d = trial::digest(&h);
            q = h.regions.iter().filter(|r| r.year > 0).map(|r| r.volunteers).sum::<f64>() / setup.people_per_agent
                * 4.0;
            least = f64::min(least, cpu() - b);
        }
        println!(
            "trial {:.1} M/s; best {:.1} M/s = {:.1} ms {d}",
            q * times as f64 / (cpu() - a) / 1e6,
            q / least / 1e6,
            least * 1e3
        );
    }
}
