//! The parts of the parameters that a call needs are copied when the call is made, however the helper has been loaded. Later changes by the
//! page have no effect, and faults are named in the same words.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        parameters_are_taken_when_the_call_is_made,
        nested_calls_run_in_order_and_end,
    ]
}

const NOTES: &str = "<script src=/pages/note-errors.js></script>";
const PARAMETERS: &str = "<script src=/pages/parameters.js></script>";
const WITHOUT: &str = "<script>delete window.WebAssembly</script>";
const HELPER: &str = "<script src=/pkg/juzi-helper.js data-timeout=600000></script>";
const COMPAT: &str = "<script src=/pkg/juzi-helper.compat.js data-timeout=600000></script>";

/// Makes all calls at once.
const NOW: &str =
    "<script>everything(juziWx, (run) => run()).then((all) => { window.all = all; })</script>";
/// Makes all calls from a getter of another call's parameters: the module is busy.
const BUSY: &str = "<script>everything(juziWx, (run) => juziWx.sendChatMessage({ get msgtype() { run(); return 'text'; }, text: { content: 'outer' } })).then((all) => { window.all = all; })</script>";
/// The package: the calls are made before `init`, and wait.
const PACKAGE: &str = "<script type=module>
    const { init, juziWx } = await import('/pkg/ENTRY.js');
    const calls = everything(juziWx, (run) => run());
    await init({ timeout: 600000 });
    window.all = await calls;
  </script>";

/// The results and the posted messages, without the parts that differ from run to run.
async fn made(stage: &Stage, source: &str) -> (Value, Value, Value) {
    let framed: Framed = stage
        .frame(Page::html(&[NOTES, PARAMETERS, source].concat()))
        .await;
    let all = framed.page.until("return window.all", &[]).await;
    let posted =
        "return asked.map(({ payload }) => JSON.stringify([payload.data.api, payload.data.params]).replace(/http:..localhost[^\"]*\\//g, 'here/'))
        .filter((entry) => !entry.includes('\"outer\"'))
        .map((entry) => (entry.length > 1000 ? entry.length + ' characters' : entry))";
    let posted = framed.host.js(posted, &[]).await;
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
    (all["results"].clone(), all["counts"].clone(), posted)
}

/// Every member that was read, was read only once.
fn read_once(counts: &Value, source: &str) {
    for (api, paths) in counts.as_object().expect("a map") {
        let paths = paths.as_object().expect("a map");
        for (path, count) in paths {
            // `timeout` and `signal` of the parameters themselves are read with the callbacks.
            assert_eq!(count, 1, "{api} {path} {source}");
        }
        assert!(!paths.contains_key("image"), "{api} {source}");
        assert!(!paths.contains_key("other"), "{api} {source}");
    }
}

async fn parameters_are_taken_when_the_call_is_made(stage: &Stage) {
    let at_once = made(stage, &[COMPAT, NOW].concat()).await;
    let results = at_once.0.as_object().expect("a map");
    assert!(results.len() > 120, "{}", results.len());
    let entries = [
        ("sent", "sendChatMessage:ok"),
        ("list", "sendMultiChatMessage:ok"),
        ("revoked", "sendChatMessage:ok"),
        ("names", "checkJsApi:ok"),
        (
            "sendMultiChatMessage wrong before it throws",
            "sendMultiChatMessage:fail messages[0]: text content is empty",
        ),
        (
            "sendMultiChatMessage length that throws",
            "sendMultiChatMessage:fail no length today",
        ),
        (
            "sendMultiChatMessage too many",
            "sendMultiChatMessage:fail messages must be an array of at most 100 messages",
        ),
    ];
    for (name, text) in entries {
        assert_eq!(at_once.0[name][0], text, "{name}");
    }
    let posted = at_once.2.to_string();
    for content in ["one", "two", "first", "second", "third", "drafted"] {
        assert!(
            posted.contains(&format!("\\\"content\\\":\\\"{content}\\\"")),
            "{content} {posted}"
        );
    }
    read_once(&at_once.1, "at once");
    let ways = [
        [HELPER, NOW].concat(),
        [WITHOUT, HELPER, NOW].concat(),
        [HELPER, BUSY].concat(),
        [COMPAT, BUSY].concat(),
        [WITHOUT, HELPER, BUSY].concat(),
        PACKAGE.replace("ENTRY", "index"),
        PACKAGE.replace("ENTRY", "compat"),
    ];
    // Without WebAssembly the default entry cannot run.
    let wasm = !juzi_e2e::without_wasm();
    for source in ways
        .iter()
        .filter(|source| wasm || !source.contains("index"))
    {
        let (results, counts, posted) = made(stage, source).await;
        for (name, result) in results.as_object().expect("a map") {
            assert_eq!(*result, at_once.0[name], "{name} {source}");
        }
        assert_eq!(results, at_once.0, "{source}");
        assert_eq!(posted, at_once.2, "{source}");
        read_once(&counts, source);
    }
}

/// A getter may make a call, whose parameters have such a getter again, and so on. Six hundred calls in this way are accepted. An endless
/// recursion is not.
async fn nested_calls_run_in_order_and_end(stage: &Stage) {
    let script = "<script>
        window.results = [];
        const within = (depth) => ({
          get msgtype() { if (depth) juziWx.sendChatMessage(within(depth - 1)).then(note, note); return 'text'; },
          text: { content: String(depth) },
        });
        const note = ({ err_msg }) => results.push(err_msg);
        juziWx.sendChatMessage(within(600)).then(note, note);
        const endless = { get msgtype() { juziWx.sendChatMessage(endless).then(note, note); return 'text'; }, text: { content: 'endless' } };
        window.begin = () => { results.length = 0; juziWx.sendChatMessage(endless).then(note, note); };
      </script>";
    for helper in [
        HELPER.to_owned(),
        COMPAT.to_owned(),
        [WITHOUT, HELPER].concat(),
    ] {
        let framed = stage
            .frame(Page::html(&[NOTES, &helper, script].concat()))
            .await;
        framed
            .page
            .until("return results.length === 601", &[])
            .await;
        let distinct = "return [...new Set(results)]";
        assert_eq!(
            framed.page.js(distinct, &[]).await,
            json!(["sendChatMessage:ok"]),
            "{helper}"
        );
        framed.page.js("begin()", &[]).await;
        framed.page.until("return results.length > 1000", &[]).await;
        let texts = framed.page.js(distinct, &[]).await.to_string();
        assert!(
            texts.contains("too many calls within calls"),
            "{helper} {texts}"
        );
        assert_eq!(
            framed.contact().await["err_msg"],
            "getCurExternalContact:ok"
        );
    }
}
