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
    fn socket_dial_new(max: usize) -> *mut Dial;
    fn socket_dial_name(d: *mut Dial, h: *const c_char, s: *const c_char, flags: c_int) -> c_int;
    fn socket_dial_fd(d: *mut Dial) -> c_int;
    fn socket_dial_step(d: *mut Dial) -> c_int;
    fn socket_dial_attempts(d: *const Dial, out: *mut Attempt6, max: usize) -> usize;
    fn socket_dial_free(d: *mut Dial);
    fn socket_error(error: c_int) -> *const c_char;
    fn poll(fds: *mut PollFd, count: c_ulong, milliseconds: c_int) -> c_int;
}

#[repr(C)]
struct PollFd(c_int, c_short, c_short);
const EINPROGRESS: i32 = 115; // Linux's number
const POLLIN: c_short = 1;
const MAX: usize = 16;
const STATES: [&str; 5] = ["waiting", "pending", "connected", "failed", "cancelled"];

/// Read before any other call.
fn errno() -> c_int {
    Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn message(error: c_int) -> String {
    unsafe { CStr::from_ptr(socket_error(error)) }.to_string_lossy().into_owned()
}

fn name(d: *mut Dial, host: &str, service: &str) -> c_int {
    let (host, service) = (CString::new(host).unwrap(), CString::new(service).unwrap());
    unsafe { socket_dial_name(d, host.as_ptr(), service.as_ptr(), 0) }
}

fn check(result: c_int, what: &str) -> c_int {
    if result == -1 {
        eprintln!("{what}: {}", message(errno()));
        std::process::exit(1);
    }
    result
}

fn written(a: &Addr6) -> String {
    let mut out = [0; 80]; // IP6IFPORT_FMT
    let n = unsafe { fmt_ip6ifport(out.as_mut_ptr(), a.ip.as_ptr(), a.port, a.scope_id) };
    String::from_utf8_lossy(&out[..n]).into_owned()
}

/// How many attempts there are.
fn show(d: *const Dial) -> usize {
    let mut attempts = [Attempt6::default(); MAX];
    let n = MAX.min(unsafe { socket_dial_attempts(d, attempts.as_mut_ptr(), MAX) });
    for a in &attempts[..n] {
        let why = match a.error {
            0 => STATES[a.state as usize].into(),
            error => message(error),
        };
        println!("{}: {}", written(&a.addr), why);
    }
    n
}

fn main() {
    let words: Vec<_> = std::env::args().skip(1).collect();
    if words.len() < 2 {
        eprintln!("usage: dial SERVICE HOST...");
        std::process::exit(2);
    }
    let d = unsafe { socket_dial_new(MAX) };
    for host in &words[1..] {
        check(name(d, host, &words[0]), host);
    }
    // One descriptor for the whole dial.
    let mut due = PollFd(check(unsafe { socket_dial_fd(d) }, "descriptor"), POLLIN, 0);
    let (s, error) = loop {
        match unsafe { socket_dial_step(d) } {
            -1 if errno() == EINPROGRESS => unsafe { poll(&mut due, 1, -1) },
            s => break (s, errno()),
        };
    };
    if show(d) == 0 {
        println!("{}: {}", words[1], message(error));
    }
    unsafe { socket_dial_free(d) };
    std::process::exit((s == -1).into());
}
