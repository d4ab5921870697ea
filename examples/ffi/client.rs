// SPDX-License-Identifier: ISC
//! client.rs - connects without blocking, by extern "C": client '[::1]:80'
use std::os::raw::{c_char, c_int, c_short, c_ulong};
use std::ffi::{CStr, CString};
use std::io::Error;

#[link(name = "socket6")]
extern "C" {
    fn scan_ip6ifport(src: *const c_char, ip: *mut u8, port: *mut u16, scope: *mut u32) -> usize;
    fn fmt_ip6ifport(dest: *mut u8, ip: *const u8, port: u16, scope: u32) -> usize;
    fn socket_tcp6() -> c_int;
    fn socket_connect6(s: c_int, ip: *const u8, port: u16, scope: u32) -> c_int;
    fn socket_connected(s: c_int) -> c_int;
    fn socket_close(s: c_int) -> c_int;
    fn socket_error(error: c_int) -> *const c_char;
    fn poll(fds: *mut PollFd, count: c_ulong, milliseconds: c_int) -> c_int;
}

#[repr(C)]
struct PollFd(c_int, c_short, c_short);
const EINPROGRESS: i32 = 115; // Linux's number

type Address = ([u8; 16], u16, u32); // ip, port, scope id

fn read(text: String) -> Option<Address> {
    let (mut ip, mut port, mut scope, len) = ([0; 16], 0, 0, text.len());
    let src = CString::new(text).ok()?; // with a NUL
    let n = unsafe { scan_ip6ifport(src.as_ptr(), ip.as_mut_ptr(), &mut port, &mut scope) };
    (n > 0 && n == len).then_some((ip, port, scope))
}

fn written((ip, port, scope): &Address) -> String {
    let mut out = [0; 80]; // IP6IFPORT_FMT
    let n = unsafe { fmt_ip6ifport(out.as_mut_ptr(), ip.as_ptr(), *port, *scope) };
    String::from_utf8_lossy(&out[..n]).into_owned()
}

/// Read before any other call.
fn errno() -> c_int {
    Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// 0 when connected, else the errno that says why not.
fn reason(s: c_int, (ip, port, scope): &Address) -> c_int {
    if unsafe { socket_connect6(s, ip.as_ptr(), *port, *scope) } == 0 {
        return 0;
    }
    let error = errno();
    if error != EINPROGRESS {
        return error;
    }
    unsafe { poll(&mut PollFd(s, 4 /* POLLOUT */, 0), 1, 5000) };
    if unsafe { socket_connected(s) } == 1 { 0 } else { errno() }
}

fn main() {
    let address = std::env::args().nth(1).and_then(read).unwrap_or_else(|| {
        eprintln!("usage: client ADDRESS:PORT");
        std::process::exit(2)
    });
    let s = unsafe { socket_tcp6() };
    let why = if s == -1 { errno() } else { reason(s, &address) };
    unsafe { socket_close(s) };
    let words = match why {
        0 => "connected".into(),
        _ => unsafe { CStr::from_ptr(socket_error(why)) }.to_string_lossy(),
    };
    println!("{}: {words}", written(&address));
    std::process::exit((why != 0).into());
}
