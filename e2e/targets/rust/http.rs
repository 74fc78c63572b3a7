//! http [calls=1000] [threads=4]: an HTTP/1.1 client function against a server in the same process. The server answers
//! after 1 ms, and after 10 ms for every tenth request.

#[path = "truth.rs"]
mod truth;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

static LEDGER: truth::Ledger = truth::Ledger::new();

/// The traced function: one connection, one GET, the body.
#[inline(never)]
pub fn fetch(server: SocketAddr, path: &str) -> std::io::Result<String> {
    LEDGER.enter();
    let mut stream = TcpStream::connect(server)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
    }
    let mut body = String::new();
    reader.read_to_string(&mut body)?;
    Ok(body)
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut request, mut line) = (String::new(), String::new());
    reader.read_line(&mut request)?;
    while reader.read_line(&mut line)? > 0 && line != "\r\n" {
        line.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
    std::thread::sleep(Duration::from_millis(if path.ends_with('9') { 10 } else { 1 }));
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{path}", path.len())
}

fn serve(listener: TcpListener) {
    for stream in listener.incoming().flatten() {
        std::thread::spawn(move || answer(stream));
    }
}

fn main() {
    let (calls, threads) = (truth::argument(1, 1000), truth::argument(2, 4).max(1));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let server = listener.local_addr().expect("an address");
    std::thread::spawn(move || serve(listener));
    truth::gate("start");
    let workers: Vec<_> = (0..threads)
        .map(|thread| std::thread::spawn(move || work(server, thread, calls / threads)))
        .collect();
    let mut times: Vec<u128> = workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect();
    times.sort_unstable();
    truth::print(
        &[("http::fetch", &LEDGER)],
        &format!(",\"medianNs\":{},\"minNs\":{}", times[times.len() / 2], times[0]),
    );
    truth::gate("end");
}

fn work(server: SocketAddr, thread: i64, calls: i64) -> Vec<u128> {
    (0..calls)
        .map(|i| {
            let path = format!("/{thread}/{i}");
            let began = Instant::now();
            let body = fetch(server, &path).expect("an answer");
            let took = began.elapsed().as_nanos();
            LEDGER.came_back();
            assert_eq!(body, path);
            took
        })
        .collect()
}
