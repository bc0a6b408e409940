//! Runs the tests of each engine in a few browsers at once, and keeps a screenshot and a report of each failure.

use std::any::Any;
use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use crate::driver::end_all;
use crate::engine::{Build, Engine};
use crate::fixture::{Fixtures, directory};
use crate::session::Session;
use crate::stage::Stage;

/// One test. [`tests!`](crate::tests) makes them.
pub struct Case {
    name: String,
    engines: &'static [Engine],
    body: Body,
}

type Body = for<'a> fn(&'a Stage) -> LocalBoxFuture<'a, ()>;

impl Case {
    #[doc(hidden)]
    pub fn new(module: &str, name: &str, engines: &'static [Engine], body: Body) -> Case {
        // Drops the name of the binary.
        let module = module.split_once("::").map_or("", |(_, rest)| rest);
        Case {
            name: [module, name].join("::"),
            engines,
            body,
        }
    }
}

thread_local! {
    /// The location of the thread's last panic. It is printed with the test's result, so the panic hook prints nothing itself.
    /// A test runs in one thread from its beginning to its end.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The number of browsers at once, unless `--test-threads` sets another. A browser waits for its driver half of the time.
const BROWSERS: usize = 2;
/// How often a test is run before its failure counts.
const ATTEMPTS: usize = 3;
/// How many tests are named at the end as the slowest.
const SLOWEST: usize = 10;

/// Makes a list of tests from functions `async fn name(stage: &Stage)`. With engines and `=>` before the names, they run
/// only in these engines.
#[macro_export]
macro_rules! tests {
    ($engines:expr => $($name:ident),+ $(,)?) => {
        vec![$($crate::Case::new(module_path!(), stringify!($name), $engines, |stage| Box::pin($name(stage)))),+]
    };
    ($($name:ident),+ $(,)?) => { $crate::tests![&$crate::Engine::ALL => $($name),+] };
}

/// Runs the tests in the engines that `JUZI_E2E_ENGINES` names, with the arguments and the output of `cargo test`.
pub fn run(cases: Vec<Case>) -> ExitCode {
    let engines = match Engine::wanted() {
        Ok(engines) => engines,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            PLACE.set(place.to_string());
        }
    }));
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(BROWSERS);
    let runtime = Arc::new(Runtime::new().expect("a runtime"));
    runtime.spawn(leave_nothing_behind());
    let runners: Vec<_> = engines
        .iter()
        .map(|&engine| Arc::new(EngineRunner::new(engine)))
        .collect();
    let trials = runners
        .iter()
        .flat_map(|runner| {
            let of_engine = cases
                .iter()
                .filter(|case| case.engines.contains(&runner.engine));
            of_engine.map(|case| trial(&runtime, runner, case))
        })
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    for runner in &runners {
        runtime.block_on(runner.close());
    }
    tell_slowest(&runners);
    conclusion.exit_code()
}

fn tell_slowest(runners: &[Arc<EngineRunner>]) {
    let mut times: Vec<_> = runners.iter().flat_map(|it| take(&it.times)).collect();
    times.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    for (name, time) in times.iter().take(SLOWEST) {
        println!("{:>6.1} s  {name}", time.as_secs_f64());
    }
}

fn take<T: Default>(shared: &Mutex<T>) -> T {
    std::mem::take(&mut *lock(shared))
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Browsers are in process groups of their own, so a signal that ends this process does not reach them.
async fn leave_nothing_behind() {
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        return;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    end_all();
    // The exit code that shells use for a process ended by Ctrl-C.
    std::process::exit(130);
}

fn trial(runtime: &Arc<Runtime>, runner: &Arc<EngineRunner>, case: &Case) -> Trial {
    let name = format!("{}::{}", runner.engine.name(), case.name);
    let (runtime, runner, body) = (runtime.clone(), runner.clone(), case.body);
    Trial::test(name.clone(), move || {
        runtime
            .block_on(runner.run_with_retry(&name, body))
            .map_err(Failed::from)
    })
}

/// The browsers of one engine. Each runs one test after another, and is replaced after one that failed.
struct EngineRunner {
    engine: Engine,
    /// The browsers that run no test at the moment.
    idle: Mutex<Vec<(Arc<Session>, Arc<Fixtures>)>>,
    /// How long each test took.
    times: Mutex<Vec<(String, Duration)>>,
}

impl EngineRunner {
    fn new(engine: Engine) -> EngineRunner {
        EngineRunner {
            engine,
            idle: Mutex::default(),
            times: Mutex::default(),
        }
    }

    /// A driver loses a browser now and then, also twice in a row on a machine that compiles beside it. A failed test is run again in a new
    /// browser, and its failure is printed. The last failure counts.
    async fn run_with_retry(&self, name: &str, body: Body) -> Result<(), String> {
        let start = Instant::now();
        let mut result = self.run_once(name, body).await;
        for _ in 1..ATTEMPTS {
            let Err(why) = &result else { break };
            eprintln!("\n{name} once more, in a new browser, after: {why}");
            result = self.run_once(name, body).await;
        }
        lock(&self.times).push((name.to_owned(), start.elapsed()));
        result
    }

    async fn run_once(&self, name: &str, body: Body) -> Result<(), String> {
        let ready = lock(&self.idle).pop();
        let (session, fixtures) = match ready {
            Some(ready) => ready,
            None => (
                Arc::new(Session::start(self.engine, Build::Quickest, &[]).await?),
                Arc::new(Fixtures::start().await.map_err(|error| error.to_string())?),
            ),
        };
        let stage = Stage::new(session.clone(), fixtures.clone());
        let result = AssertUnwindSafe(body(&stage)).catch_unwind().await;
        let outcome = match result {
            Ok(()) => session
                .clean()
                .await
                .map_err(|error| format!("after the test: {error}")),
            Err(panic) => Err(self.record(&session, name, message(&*panic)).await),
        };
        match outcome {
            Ok(()) => lock(&self.idle).push((session, fixtures)),
            Err(_) => session.quit().await,
        }
        outcome
    }

    /// Adds the path of the screenshot to the reason.
    async fn record(&self, session: &Session, name: &str, why: String) -> String {
        let folder: PathBuf = directory("target/e2e");
        let file = folder.join(name.replace("::", "-"));
        let recorded = async {
            std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
            session
                .record(&file, &why)
                .await
                .map_err(|error| error.to_string())
        };
        match recorded.await {
            Ok(()) => format!("{why}\nsee target/e2e/{}.png", name.replace("::", "-")),
            Err(error) => format!("{why}\n(no picture: {error})"),
        }
    }

    async fn close(&self) {
        for (session, _) in take(&self.idle) {
            session.quit().await;
        }
    }
}

/// The panic's location and message. A view's panic message already begins with the location in the test.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "it panicked".to_owned());
    let place = PLACE.take();
    if place.contains("tests/e2e/src/") {
        text
    } else {
        format!("{place}: {text}")
    }
}
