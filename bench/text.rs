// SPDX-License-Identifier: ISC
// text.rs - text.c with Rust's standard library.

use std::fmt::Write;
use std::hint::black_box;
use std::io::{stdin, BufRead};
use std::net::Ipv6Addr;
use std::time::Instant;

fn report(what: &str, rounds: u32, addresses: usize, mut all: impl FnMut()) {
    let mut least = f64::MAX;
    for _ in 0..rounds {
        let began = Instant::now();
        all();
        least = least.min(began.elapsed().as_secs_f64());
    }
    println!("{} {:.1}", what, least * 1e9 / addresses as f64);
}

fn main() {
    let rounds = std::env::args().nth(1).unwrap().parse().unwrap();
    let texts: Vec<String> = stdin().lock().lines().map(|l| l.unwrap()).collect();
    let mut bytes: Vec<Ipv6Addr> = texts.iter().map(|t| t.parse().unwrap()).collect();
    let mut dest = String::with_capacity(80);

    report("read", rounds, texts.len(), || {
        for (t, b) in texts.iter().zip(bytes.iter_mut()) {
            *b = black_box(t).parse().unwrap();
        }
    });
    report("write", rounds, texts.len(), || {
        for b in &bytes {
            dest.clear();
            write!(dest, "{}", black_box(b)).unwrap();
            black_box(&dest);
        }
    });
}
