//! `juzi-workbench check`: a script against a page, in the browser that the check starts by itself.

use juzi_e2e::{Case, Engine, Page, Stage, tests};
use juzi_workbench::Options;
use juzi_workbench::check::browser::{Choice, Name};
use juzi_workbench::check::{CheckOptions, Report, StepOutcome, check};

pub fn cases() -> Vec<Case> {
    // WebKit cannot be started without its driver.
    tests![
        &[Engine::Chromium, Engine::Firefox] =>
        a_page_that_follows_the_script_passes,
        a_page_with_a_mistake_fails_at_the_step_and_the_rest_is_skipped,
        the_demo_page_does_nothing_by_itself,
    ]
}

/// A page that logs in, and at each switch asks for the conversation and greets the customer.
const GREETER: &str = "<script src=/juzi-helper.js></script><script>
  juziWx.on('updateBaseInfo', async (res) => {
    await juziWx.getCurChatInfo();
    juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'hello ' + res.data.baseInfo.juziChatId } });
  });
  juziWx.invoke('sidebarAuth', {});
</script>";

async fn run(stage: &Stage, page: Option<&str>, script: &str) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.toml");
    std::fs::write(&path, script).unwrap();
    let page = page.map(|source| stage.serve(&Page::html(source)));
    let options = CheckOptions {
        workbench: Options {
            port: 0,
            page: page.map(|it| it.parse().unwrap()),
            ..Options::default()
        },
        script: path,
        browser: match stage.engine {
            Engine::Firefox => Choice::Named(Name::Firefox),
            _ => Choice::Any,
        },
        browser_arguments: vec![],
        wait: None,
    };
    check(options, |_| {})
        .await
        .unwrap_or_else(|error| panic!("{error}"))
}

fn outcomes(report: &Report) -> Vec<StepOutcome> {
    report.steps.iter().map(|it| it.outcome).collect()
}

/// The second conversation of the default scenario.
fn second() -> String {
    let scenario: serde_json::Value =
        serde_json::from_str(juzi_workbench::scenario::DEFAULT).unwrap();
    scenario["conversations"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn script() -> String {
    let second = second();
    format!(
        "[[steps]]
expectCall = {{ api = 'sidebarAuth', outcome = 'ok' }}
[[steps]]
switch = '{second}'
[[steps]]
expectCall = {{ api = 'getCurChatInfo', outcome = 'ok' }}
[[steps]]
expectMessage = {{ chat = '{second}', msgtype = 'text', text = {{ content = 'hello {second}' }} }}
[[steps]]
fault = {{ errors = {{ sendChatMessage = 'no permission' }} }}
[[steps]]
push = true
[[steps]]
expectCall = {{ api = 'sendChatMessage', outcome = 'fail' }}
[[steps]]
fault = {{}}
[[steps]]
reload = true
[[steps]]
expectCall = {{ api = 'sidebarAuth' }}
"
    )
}

async fn a_page_that_follows_the_script_passes(stage: &Stage) {
    let report = run(stage, Some(GREETER), &script()).await;
    assert!(report.passed, "{report:?}");
    assert_eq!(outcomes(&report), [StepOutcome::Passed; 10]);
    assert!(report.junit().unwrap().contains("failures=\"0\""));
}

async fn a_page_with_a_mistake_fails_at_the_step_and_the_rest_is_skipped(stage: &Stage) {
    // This page greets the same name at every switch.
    let stale = GREETER.replace(
        "'hello ' + res.data.baseInfo.juziChatId",
        "'hello ' + (window.first ??= 'somebody')",
    );
    // Only the step that fails waits for its time in vain.
    let short = "[[steps]]\ntimeoutMs = 1000\nexpectMessage";
    let script = script().replace("[[steps]]\nexpectMessage", short);
    assert!(script.contains(short));
    let report = run(stage, Some(&stale), &script).await;
    assert!(!report.passed);
    use StepOutcome::{Failed, Passed, Skipped};
    let expected = [[Passed; 3].as_slice(), &[Failed], &[Skipped; 6]].concat();
    assert_eq!(outcomes(&report), expected, "{report:?}");
    let message = report.steps[3].message.as_deref().unwrap();
    let says = format!(
        "text.content: expected \"hello {}\", got \"hello somebody\"",
        second()
    );
    assert!(message.contains(&says), "{message}");
}

async fn the_demo_page_does_nothing_by_itself(stage: &Stage) {
    let script = format!(
        "mode = 'reload'
[[steps]]
switch = '{}'
[[steps]]
expectNoCall = {{ api = 'sidebarAuth', withinMs = 500 }}
[[steps]]
expectCall = {{ api = 'sidebarAuth' }}
timeoutMs = 500
",
        second()
    );
    let report = run(stage, None, &script).await;
    use StepOutcome::{Failed, Passed};
    assert_eq!(outcomes(&report), [Passed, Passed, Failed], "{report:?}");
    assert_eq!(report.findings, [], "{report:?}");
}
