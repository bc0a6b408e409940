//! The program on the command line: what it prints, and how it exits.

mod common;

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use common::tls::Authority;
use serde_json::{Value, json};

fn workbench(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juzi-workbench"));
    command
        .args(arguments)
        .env_remove("RUST_LOG")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    workbench(arguments).output().unwrap()
}

/// A refusal is one line on stderr that contains all of `says`, nothing on stdout, and exit code 2.
#[track_caller]
fn assert_refused(arguments: &[&str], says: &[&str]) {
    let output = run(arguments);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("juzi-workbench: "), "{stderr}");
    for part in says {
        assert!(stderr.contains(part), "{part:?} in {stderr}");
    }
    assert!(output.stdout.is_empty());
}

fn file(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn help_names_every_option() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    for option in [
        "--page",
        "--wait",
        "--port",
        "--host",
        "--scenario",
        "--seed",
        "--code-ttl",
        "--open",
        "--verbose",
        "--version",
        "--help",
    ] {
        assert!(help.contains(option), "{option} in {help}");
    }
    assert!(
        help.contains("8787") && help.contains("127.0.0.1") && help.contains("Exit codes"),
        "{help}"
    );
}

#[test]
fn a_malformed_option_is_named_and_exits_with_2() {
    for arguments in [
        ["--port", "70000"],
        ["--page", "localhost:port"],
        ["--page", "file:///etc/passwd"],
        ["--code-ttl", "soon"],
        ["--host", "a b"],
        ["--sidebar", "x"],
    ] {
        let output = run(&arguments);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(arguments[0]), "{stderr}");
    }
}

#[test]
fn a_taken_port_is_refused() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    assert_refused(&["--port", &port], &["port", &port, "is taken"]);
}

#[test]
fn a_page_that_does_not_answer_is_a_warning_and_with_wait_an_error() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = nobody.local_addr().unwrap().to_string();
    drop(nobody);
    // The scheme may be left out.
    let running = Running::start(&["--port", "0", "--page", &address]);
    let warning = format!("Warning: no page answers at http://{address}/");
    assert!(running.banner.contains(&warning), "{}", running.banner);

    let output = run(&["--port", "0", "--page", &address, "--wait=1s"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(
        stderr.contains("--wait") && stderr.contains(&address) && stderr.contains("1 s"),
        "{stderr}"
    );
    let waiting = format!("Waiting for http://{address}/ …\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), waiting);
}

#[test]
fn a_broken_scenario_is_refused_with_its_file_line_and_field() {
    let (_folder, path) = file(
        "a.json",
        "{\n  \"account\": { \"botId\": 7 },\n  \"conversations\": []\n}\n",
    );
    assert_refused(
        &["--port", "0", "--scenario", &path],
        &[
            &path,
            "line 2, column 25",
            "account.botId",
            "expected a string",
        ],
    );
    let (_folder, path) = file("a.toml", "[account]\nbotId = \"x\n");
    assert_refused(&["--port", "0", "--scenario", &path], &[&path, "line 2"]);
    let (_folder, path) = file("a.yaml", "account:\n");
    assert_refused(
        &["--port", "0", "--scenario", &path],
        &[&path, ".json or .toml"],
    );
    assert_refused(
        &["--port", "0", "--scenario", "/nonexistent/a.json"],
        &["/nonexistent/a.json", "cannot be read"],
    );
}

#[test]
fn a_check_that_cannot_run_says_why_and_exits_with_2() {
    let (_folder, script) = file("a.toml", "[[steps]]\npush = true\n");
    let (_folder2, typo) = file("b.toml", "[[steps]]\nexpectCal = { api = 'x' }\n");
    let (_folder3, chat) = file("c.toml", "[[steps]]\nswitch = 'nobody'\n");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = nobody.local_addr().unwrap().to_string();
    drop(nobody);
    // The path is no browser. That does not matter, because the browser is started only after the page has answered.
    let browser = ["--browser", "/nonexistent/browser"];
    let refused = |arguments: &[&str], says: &[&str]| {
        assert_refused(&[&["check"], arguments, &browser].concat(), says);
    };
    refused(
        &["--script", &typo],
        &[&typo, "line 2", "steps[0].expectCal", "unknown field"],
    );
    refused(
        &["--script", &chat],
        &[&chat, "line 2", "steps[0].switch", "nobody"],
    );
    refused(&["--script", "/nonexistent.toml"], &["cannot be read"]);
    refused(
        &["--script", &script, "--page", &address],
        &["--page", &address, "--wait"],
    );
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    refused(&["--script", &script, "--port", &port], &[&port]);
    let output = run(&[&["check", "--script", &script], &browser[..]].concat());
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("/nonexistent/browser"), "{stderr}");

    let output = run(&["check", "--script", &script, "--browser", "safari"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("--script")
    );
}

/// The fake browser in this test performs no script. It posts to the workbench what a browser would post.
#[test]
fn a_check_reports_its_outcome_as_text_json_junit_and_exit_code() {
    let (folder, script) = file(
        "a.toml",
        "[[steps]]\npush = true\n[[steps]]\nreload = true\n",
    );
    for (outcome, code) in [("passed", 0), ("failed", 1)] {
        let junit = folder.path().join("junit.xml");
        let json = folder.path().join("report.json");
        let mut child = workbench(&["check", "--browser", "none", "--script", &script, "--junit"])
            .arg(&junit)
            .arg("--json")
            .arg(&json)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
        let mut line = String::new();
        while !line.starts_with("Open http://") {
            line.clear();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0);
        }
        let address = line.split('/').nth(2).unwrap().to_owned();
        let tell = |body: &str| {
            let request = format!(
                "POST /_workbench/check HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            let mut stream = std::net::TcpStream::connect(&address).unwrap();
            std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
        };
        tell(r#"{"kind":"started"}"#);
        tell(r#"{"kind":"step","outcome":"passed","message":null,"durationMs":1.5}"#);
        tell(&format!(
            r#"{{"kind":"step","outcome":"{outcome}","message":"so it goes","durationMs":2}}"#
        ));
        tell(r#"{"kind":"done","calls":1}"#);
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{rest}");
        assert!(rest.contains("ok   1. push"), "{rest}");
        assert!(rest.contains("so it goes"), "{rest}");
        let report: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
        assert_eq!(report["passed"], outcome == "passed");
        assert_eq!(report["steps"][1]["outcome"], outcome);
        let xml = std::fs::read_to_string(&junit).unwrap();
        assert!(xml.contains(r#"tests="2""#), "{xml}");
        assert_eq!(xml.contains("<failure"), outcome == "failed", "{xml}");
    }
}

/// The running program, with its output up to the point where it is ready.
struct Running {
    child: Child,
    banner: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        Running::of(workbench(arguments))
    }

    fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut banner = String::new();
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
        while !banner.contains("Ctrl-C") {
            assert_ne!(
                lines.read_line(&mut banner).unwrap(),
                0,
                "it ended: {banner}"
            );
        }
        Running { child, banner }
    }

    /// Of the console.
    fn port(&self) -> u16 {
        let address = self.banner.split("Console  http://127.0.0.1:").nth(1);
        let port = address.and_then(|it| it.split('/').next());
        port.and_then(|it| it.parse().ok()).expect(&self.banner)
    }

    #[cfg(unix)]
    fn stop(mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &id])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn it_prints_its_addresses_and_stops_on_a_signal() {
    for signal in ["TERM", "INT"] {
        let running = Running::start(&["--port", "0"]);
        let banner = &running.banner;
        let port = running.port();
        assert!(
            banner.contains(&format!("http://localhost:{port}/demo/")),
            "{banner}"
        );
        assert!(
            banner.contains(&format!("Hub      http://127.0.0.1:{port}\n")),
            "{banner}"
        );
        assert!(!banner.contains("other machines"), "{banner}");
        assert_eq!(running.stop(signal), Some(0), "{signal}");
    }
}

#[test]
fn a_helper_that_is_not_built_is_named_in_the_banner() {
    let www = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    let running = Running::start(&["--port", "0"]);
    for name in [
        "vendor/juzi-helper.js",
        "vendor/jweixin.js",
        "vendor/oauth.js",
    ] {
        assert_eq!(
            running.banner.contains(name),
            !www.join(name).exists(),
            "{}",
            running.banner
        );
    }
}

#[cfg(unix)]
#[test]
fn it_stops_while_a_console_is_connected() {
    let running = Running::start(&["--port", "0"]);
    let address = running
        .banner
        .split("Hub      http://")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = format!("GET /_workbench/events HTTP/1.1\r\nHost: {address}\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    assert_eq!(running.stop("TERM"), Some(0));
}

#[test]
fn access_from_other_machines_is_a_warning() {
    let running = Running::start(&["--port", "0", "--host", "0.0.0.0"]);
    assert!(
        running
            .banner
            .contains("Warning: other machines can reach this workbench"),
        "{}",
        running.banner
    );
}

#[test]
fn it_logs_requests_without_the_codes_in_them_when_asked_to() {
    let mut running = Running::start(&["--port", "0", "-v"]);
    let address = running
        .banner
        .split("Hub      http://")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .to_owned();
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    let request = format!(
        "GET /api/v1/oauth/getUserInfo?code=5ec7e7 HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    );
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut logged = String::new();
    let mut lines = BufReader::new(running.child.stderr.as_mut().unwrap());
    while !logged.contains("/api/v1/oauth/getUserInfo") {
        assert_ne!(lines.read_line(&mut logged).unwrap(), 0, "{logged}");
    }
    assert!(
        logged.contains("status=200") && !logged.contains("5ec7e7"),
        "{logged}"
    );
}

/// A path that has a scenario's name but is not a scenario file.
#[cfg(unix)]
fn linked_to(target: &str) -> (tempfile::TempDir, String) {
    let (folder, path) = file("a.json", "");
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(target, &path).unwrap();
    (folder, path)
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_as_a_scenario_before_it_is_waited_for() {
    for device in ["/dev/zero", "/dev/null", "/dev/stdin", "/dev/tty"] {
        let (_folder, path) = linked_to(device);
        assert_refused(
            &["--port", "0", "--scenario", &path],
            &[&path, "a scenario is a file"],
        );
        // A device's own name is refused for its extension.
        assert_refused(
            &["--port", "0", "--scenario", device],
            &[device, ".json or .toml"],
        );
    }
    let (folder, path) = file("a.json", "");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_refused(&["--port", "0", "--scenario", &path], &[&path, "a folder"]);
    let fifo = folder.path().join("b.toml");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let fifo = fifo.to_str().unwrap();
    assert_refused(
        &["--port", "0", "--scenario", fifo],
        &[fifo, "a pipe", "a scenario is a file"],
    );
}

#[test]
fn a_scenario_that_is_too_long_or_no_text_is_refused() {
    let (_folder, path) = file("a.json", "{");
    // A sparse file: only zeros, which take no space on the disk.
    let sparse = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    sparse.set_len(1 << 34).unwrap();
    assert_refused(
        &["--port", "0", "--scenario", &path],
        &[&path, "longer than 16777216 bytes"],
    );
    let (_folder, path) = file("a.toml", "");
    std::fs::write(&path, b"name = '\xff'").unwrap();
    assert_refused(&["--port", "0", "--scenario", &path], &[&path, "not UTF-8"]);
}

/// A system file that can be opened but not read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read_is_refused() {
    let (_folder, path) = linked_to("/proc/self/mem");
    assert_refused(
        &["--port", "0", "--scenario", &path],
        &[&path, "cannot be read"],
    );
}

/// On Linux. On the others the certificates are in a store of the system's.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_certificates_that_the_machine_trusts_are_trusted() {
    let authority = Authority::new();
    let behind = Running::start(&["--port", "0"]);
    let page = format!(
        "https://localhost:{}/demo/",
        authority.in_front_of(behind.port())
    );
    let findings = async |trusted: &str| {
        let (_folder, roots) = file("roots.pem", trusted);
        let mut command = workbench(&["--port", "0"]);
        command
            .env("SSL_CERT_FILE", roots)
            .env_remove("SSL_CERT_DIR");
        let running = Running::of(command);
        let check = format!("http://127.0.0.1:{}/_workbench/page-check", running.port());
        let asked = common::client().post(check).json(&json!({ "url": page }));
        let report: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(report["status"], 200, "{report}");
        let findings = report["findings"].as_array().cloned().unwrap();
        findings
            .iter()
            .map(|it| it["code"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(findings(&authority.pem()).await, [] as [Value; 0]);
    assert_eq!(findings(&Authority::new().pem()).await, ["certificate"]);
    assert_eq!(
        findings("").await,
        ["certificate"],
        "Mozilla has not signed it"
    );
}
