// SPDX-License-Identifier: ISC
//! dial.rs - connects to the fastest, by extern "C": dial 443 HOST...
use std::os::raw::{c_char, c_int, c_short, c_ulong};
use std::ffi::{CStr, CString};
use std::io::Error;

#[repr(C)]
pub struct Dial([u8; 0]); // opaque

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Addr6 {
    ip: [u8; 16],
    scope_id: u32,
    port: u16,
    reserved: u16,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Attempt6 {
    addr: Addr6,
    state: i32,
    error: i32,
    start: i64,
    end: i64,
}

#[link(name = "socket6")]
extern "C" {
    fn fmt_ip6ifport(dest: *mut u8, ip: *const u8, port: u16, scope: u32) -> usize;
    fn socket_resolve6(h: *const c_char, s: *const c_char, flags: c_int, out: *mut Addr6, max: usize) -> c_int;
    fn socket_dial_new(max: usize) -> *mut Dial;
    fn socket_dial_add(d: *mut Dial, addrs: *const Addr6, n: usize) -> c_int;
    fn socket_dial_end(d: *mut Dial) -> c_int;
    fn socket_dial_step(d: *mut Dial) -> c_int;
    fn socket_dial_pollfds(d: *const Dial, fds: *mut c_int, ev: *mut c_int, max: usize, ms: *mut c_int) -> usize;
    fn socket_dial_attempts(d: *const Dial, out: *mut Attempt6, max: usize) -> usize;
    fn socket_dial_free(d: *mut Dial);
    fn socket_error(error: c_int) -> *const c_char;
    fn poll(fds: *mut PollFd, count: c_ulong, milliseconds: c_int) -> c_int;
}

#[repr(C)]
struct PollFd(c_int, c_short, c_short);
const EINPROGRESS: i32 = 115; // Linux's number
const POLLOUT: c_short = 4;
const MAX: usize = 16;
const STATES: [&str; 5] = ["waiting", "pending", "connected", "failed", "cancelled"];

/// Read before any other call.
fn errno() -> c_int {
    Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn message(error: c_int) -> String {
    unsafe { CStr::from_ptr(socket_error(error)) }.to_string_lossy().into_owned()
}

fn add(d: *mut Dial, host: &str, service: &str) -> Result<(), String> {
    let (mut addrs, h, s) = ([Addr6::default(); MAX], CString::new(host).unwrap(), CString::new(service).unwrap());
    match unsafe { socket_resolve6(h.as_ptr(), s.as_ptr(), 0, addrs.as_mut_ptr(), MAX) } {
        -1 => return Err(message(errno())),
        n => unsafe { socket_dial_add(d, addrs.as_ptr(), MAX.min(n as usize)) },
    };
    Ok(())
}

fn wait(d: *const Dial) {
    let (mut fds, mut ms) = ([0; MAX], 0);
    let n = unsafe { socket_dial_pollfds(d, fds.as_mut_ptr(), std::ptr::null_mut(), MAX, &mut ms) };
    let mut p: Vec<_> = fds[..n].iter().map(|&s| PollFd(s, POLLOUT, 0)).collect();
    unsafe { poll(p.as_mut_ptr(), n as c_ulong, ms) };
}

fn written(a: &Addr6) -> String {
    let mut out = [0; 80]; // IP6IFPORT_FMT
    let n = unsafe { fmt_ip6ifport(out.as_mut_ptr(), a.ip.as_ptr(), a.port, a.scope_id) };
    String::from_utf8_lossy(&out[..n]).into_owned()
}

fn show(d: *const Dial) {
    let mut attempts = [Attempt6::default(); MAX];
    let n = unsafe { socket_dial_attempts(d, attempts.as_mut_ptr(), MAX) };
    for a in &attempts[..n] {
        let why = match a.error {
            0 => STATES[a.state as usize].into(),
            error => message(error),
        };
        println!("{}: {}", written(&a.addr), why);
    }
}

fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    if words.len() < 2 {
        eprintln!("usage: dial SERVICE HOST...");
        std::process::exit(2);
    }
    let d = unsafe { socket_dial_new(MAX) };
    for host in &words[1..] {
        if let Err(why) = add(d, host, &words[0]) {
            eprintln!("{host}: {why}");
            std::process::exit(1);
        }
    }
    unsafe { socket_dial_end(d) };
    let s = loop {
        match unsafe { socket_dial_step(d) } {
            -1 if errno() == EINPROGRESS => wait(d),
            s => break s,
        }
    };
    show(d);
    unsafe { socket_dial_free(d) };
    std::process::exit((s == -1).into());
}
