//! The option `record`: what has happened in a page is a report, in the format that the workbench opens.

use juzi_e2e::{Case, Framed, Page, Stage, tests, without_wasm};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        a_report_has_what_happened_from_the_start,
        a_report_has_no_code_and_no_secret_of_the_address,
        a_report_has_nothing_of_other_windows,
        nothing_is_posted_for_a_report,
        a_report_has_the_errors_of_the_page,
        the_oldest_of_many_entries_are_dropped_and_counted,
        the_oldest_of_large_entries_are_dropped_and_counted,
        a_report_is_saved_as_a_file,
        the_keys_that_the_option_names_save_the_report,
        without_the_option_nothing_is_recorded_or_loaded,
        an_option_that_is_no_keys_records_nothing_and_is_named,
        outside_the_sidebar_the_report_says_why,
        without_webassembly_it_is_the_same,
        a_policy_of_trusted_types_allows_both_files,
        a_pinned_script_pins_the_recorder,
        debug_still_writes_to_the_console,
    ];
    if !without_wasm() {
        // These load no form of the module but WebAssembly.
        cases.extend(tests![
            a_recorder_that_is_missing_stops_no_call,
            the_package_records_too,
        ]);
    }
    cases
}

const RECORDS: &str =
    "<script src=/pages/note-errors.js></script><script src=/juzi-helper.js data-record></script>";

/// The page's report, which the workbench's reader of files takes.
async fn report(framed: &Framed) -> Value {
    let read = "const { importLog } = await import('/www/console/log/file.js');
        const report = await juziWx.report();
        importLog(JSON.stringify(report));
        return report;";
    framed
        .page
        .js(&format!("return (async () => {{ {read} }})()"), &[])
        .await
}

/// One member of each entry in a list.
fn each(report: &Value, list: &str, member: &str) -> Vec<Value> {
    let entries = report[list].as_array().expect("a list");
    entries.iter().map(|entry| entry[member].clone()).collect()
}

async fn a_report_has_what_happened_from_the_start(stage: &Stage) {
    // These calls are made before the recorder can have come.
    let early = "<script>juziWx.getCurExternalContact(); juziWx.sendChatMessage({ msgtype: 'text', text: { content: '' } }).catch(() => {});</script>";
    let framed = stage
        .frame(Page::html(&format!("{RECORDS}{early}")).query("order=7"))
        .await;
    framed.contact().await;
    framed
        .host
        .js("host.fail('getCurChatInfo', 'no such chat')", &[])
        .await;
    let refused = "return juziWx.getCurChatInfo().catch((error) => error.err_msg)";
    framed.page.js(refused, &[]).await;
    framed.host.js("return host.switchTo('group')", &[]).await;
    let report = report(&framed).await;
    assert_eq!(report["format"], "juzi-report");
    assert_eq!(report["by"], "page");
    assert_eq!(report["helper"]["options"], json!({ "record": "" }));
    assert_eq!(report["helper"]["env"]["inSidebar"], true);
    let messages = report["messages"].as_array().expect("messages");
    let kinds: Vec<_> = messages
        .iter()
        .map(|entry| [&entry["kind"], &entry["api"], &entry["outcome"]])
        .collect();
    assert_eq!(
        json!(kinds),
        json!([
            ["request", "getCurExternalContact", "ok"],
            ["answer", "getCurExternalContact", "sent"],
            ["request", "getCurExternalContact", "ok"],
            ["answer", "getCurExternalContact", "sent"],
            ["request", "getCurChatInfo", "fail"],
            ["answer", "getCurChatInfo", "sent"],
        ])
    );
    assert_eq!(
        report["messages"][1]["payload"]["data"]["externalUserId"],
        "wmContact"
    );
    assert_eq!(
        report["messages"][1]["answers"],
        report["messages"][0]["seq"]
    );
    let marks = each(&report, "marks", "text");
    assert_eq!(marks[0], "ok", "{marks:?}");
    assert!(marks.contains(&json!("text content is empty")), "{marks:?}");
    assert!(
        marks.contains(&json!("getCurChatInfo:fail no such chat")),
        "{marks:?}"
    );
    let address = report["page"].as_str().expect("an address");
    assert!(
        address.contains("?order=…&juziSidebar=true&msgType=postMessage"),
        "{address}"
    );
    assert_eq!(framed.page.js("return complaints", &[]).await, json!([]));
}

async fn a_report_has_no_code_and_no_secret_of_the_address(stage: &Stage) {
    let page = Page::html(RECORDS).query("token=abcdefghijkl&code=0123456789ab");
    let framed = stage.frame(page).await;
    let carry = "location.hash = 'access_token=mnopqrstuvwx';
        const { data } = await juziWx.sidebarAuth();
        const { code } = data.baseInfo;
        await juziWx.sendChatMessage({ msgtype: 'text', text: { content: `see https://a.example/?next=${code}&code=0123456789ab` } });
        await juziWx.sendChatMessage({ msgtype: 'news', news: { link: 'https://a.example/?session=yzabcdefghij', title: 'kept' } });
        console.error = () => {};
        dispatchEvent(new ErrorEvent('error', { message: `bad code ${code}` }));
        return code;";
    let code = framed
        .page
        .js(&format!("return (async () => {{ {carry} }})()"), &[])
        .await;
    let code = code.as_str().expect("a code").to_owned();
    let report = report(&framed).await;
    let text = report.to_string();
    for secret in [
        &code,
        "abcdefghijkl",
        "0123456789ab",
        "mnopqrstuvwx",
        "yzabcdefghij",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // Enough of it is left to tell two apart.
    assert!(text.contains(&format!("{}…", &code[..6])), "{text}");
    assert!(text.contains("kept"), "{text}");
    assert!(report["page"].as_str().expect("an address").ends_with("#…"));
}

async fn a_report_has_nothing_of_other_windows(stage: &Stage) {
    let framed = stage.frame_with_helper(RECORDS).await;
    framed.contact().await;
    let post = "return new Promise((resolve) => {
        addEventListener('message', resolve, { once: true });
        postMessage({ secretOfAPopup: 'of another window' }, '*');
    }).then(() => null)";
    framed.page.js(post, &[]).await;
    framed
        .host
        .js(
            "tell('stray text of the parent', { api: 'getCurChatInfo', reqId: 'nobody', data: { late: 1 } })",
            &[],
        )
        .await;
    framed
        .page
        .until(
            "return juziWx.report().then(({ ignored }) => ignored.length === 3)",
            &[],
        )
        .await;
    let report = report(&framed).await;
    assert_eq!(
        each(&report, "ignored", "reason"),
        [json!("not-host"), json!("not-protocol"), json!("no-call")]
    );
    assert_eq!(report["ignored"][2]["payload"]["data"]["late"], 1);
    let text = report.to_string();
    assert!(!text.contains("of another window"), "{text}");
    assert!(!text.contains("stray text"), "{text}");
}

async fn nothing_is_posted_for_a_report(stage: &Stage) {
    let framed = stage.frame_with_helper(RECORDS).await;
    framed.contact().await;
    report(&framed).await;
    framed.contact().await;
    let posted = framed
        .host
        .js("return [asked.length, ignored.length]", &[])
        .await;
    assert_eq!(posted, json!([2, 0]));
}

async fn a_report_has_the_errors_of_the_page(stage: &Stage) {
    let source = format!(
        "{RECORDS}<script>setTimeout(() => {{ throw new Error('thrown early') }}); Promise.reject(new Error('rejected early')); Promise.reject({{ get message() {{ throw 1 }} }});</script>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    framed
        .page
        .until("return complaints.length === 3", &[])
        .await;
    let report = report(&framed).await;
    let marks = report["marks"].as_array().expect("marks");
    let errors: Vec<_> = marks
        .iter()
        .filter(|entry| entry["mark"] == "error" || entry["mark"] == "rejection")
        .map(|entry| [&entry["mark"], &entry["text"]])
        .collect();
    assert!(
        json!(errors)
            .to_string()
            .contains("[\"rejection\",\"rejected early\"]"),
        "{errors:?}"
    );
    assert!(errors.iter().any(|error| {
        error[1]
            .as_str()
            .unwrap_or_default()
            .contains("thrown early")
    }));
    assert!(
        errors.contains(&[&json!("rejection"), &json!("unreadable error")]),
        "{errors:?}"
    );
    assert!(
        marks
            .iter()
            .any(|entry| entry["stack"].as_str().unwrap_or_default().contains("/p/"))
    );
}

/// Makes calls one after the other, without the console: they fail before anything is posted.
const MANY: &str = "return (async (count, text) => {
    for (let i = 0; i < count; i++) await juziWx.invoke(`a${i}${text}`).catch(() => {});
    return null;
})(...arguments)";

async fn the_oldest_of_many_entries_are_dropped_and_counted(stage: &Stage) {
    let framed = stage.frame_with_helper(RECORDS).await;
    framed.page.js(MANY, &[json!(1200), json!("")]).await;
    let report = report(&framed).await;
    let marks = each(&report, "marks", "text");
    assert_eq!(marks.len(), 1000);
    // With what was detected: 1,201 entries.
    assert_eq!(report["dropped"], 201);
    assert_eq!(marks[0], "a200:fail function not exist");
    assert_eq!(marks[999], "a1199:fail function not exist");
}

async fn the_oldest_of_large_entries_are_dropped_and_counted(stage: &Stage) {
    let framed = stage.frame_with_helper(RECORDS).await;
    // 100 messages of 7,000 bytes: as much as an entry holds, almost four times in 2 MB.
    let send = "return (async () => {
        const text = (i) => ({ msgtype: 'text', text: { content: `${i}`.padEnd(2500, '你') } });
        for (let i = 0; i < 20; i++) await juziWx.sendMultiChatMessage(Array.from({ length: 30 }, () => text(i)));
        await juziWx.sendMultiChatMessage(Array.from({ length: 100 }, () => text(20)));
        await juziWx.sendChatMessage({ msgtype: 'text', text: { content: 'x'.repeat(3e6) } });
        return null;
    })()";
    framed.page.js(send, &[]).await;
    let report = report(&framed).await;
    let text = report.to_string();
    assert!(text.len() < 2 * 1024 * 1024 + 100_000, "{}", text.len());
    assert!(report["dropped"].as_u64().unwrap_or_default() > 10);
    let requests = report["messages"].as_array().expect("messages");
    let last = |at: usize| &requests[requests.len() - at];
    // What is too large for one entry is left out, and a long text is cut.
    assert_eq!(
        last(4)["payload"]["data"]["leftOut"],
        "more than 262144 bytes"
    );
    let cut = last(2)["payload"]["data"]["params"]["text"]["content"]
        .as_str()
        .expect("a text");
    assert!(cut.ends_with("… (3000000 characters)"), "{}", cut.len());
}

/// Notes the file that the page saves, in place of the browser's own download.
const SAVED: &str = "<script>
    URL.createObjectURL = (blob) => (window.saved = blob, 'blob:');
    HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };
</script>";

async fn saved(framed: &Framed) -> Value {
    let read = "return window.saved && (async () => {
        const { importLog } = await import('/www/console/log/file.js');
        const text = await saved.text();
        importLog(text);
        return [savedAs, saved.type, JSON.parse(text).by];
    })()";
    framed.page.until(read, &[]).await
}

async fn a_report_is_saved_as_a_file(stage: &Stage) {
    let framed = stage.frame_with_helper(&format!("{SAVED}{RECORDS}")).await;
    framed.contact().await;
    framed
        .page
        .js("return juziWx.saveReport().then(() => null)", &[])
        .await;
    let saved = saved(&framed).await;
    let name = saved[0].as_str().expect("a name");
    assert!(
        name.starts_with("juzi-report-2") && name.ends_with("Z.json"),
        "{name}"
    );
    assert_eq!(
        (&saved[1], &saved[2]),
        (&json!("application/json"), &json!("page"))
    );
}

async fn the_keys_that_the_option_names_save_the_report(stage: &Stage) {
    let source = format!(
        "{SAVED}<script src=/juzi-helper.js data-record=ctrl+alt+r></script><input id=field>"
    );
    let framed = stage.frame(Page::html(&source)).await;
    framed.contact().await;
    framed
        .page
        .js("return juziWx.report().then(() => null)", &[])
        .await;
    // Control and R; an event that a script makes; then Control, Alt and R.
    framed.page.fill("field", "\u{e009}r").await;
    let forged = "dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyR', ctrlKey: true, altKey: true })); return !window.saved";
    assert_eq!(framed.page.js(forged, &[]).await, true);
    framed.page.fill("field", "\u{e009}\u{e00a}r").await;
    assert_eq!(saved(&framed).await[2], "page");
}

async fn without_the_option_nothing_is_recorded_or_loaded(stage: &Stage) {
    for attribute in ["", "data-record=false"] {
        let source = format!(
            "<script>globalThis.heard = []; const listen = addEventListener; globalThis.addEventListener = (type, ...more) => {{ heard.push(type); listen(type, ...more) }};</script>
             <script src=/juzi-helper.js {attribute}></script>"
        );
        let framed = stage.frame_with_helper(&source).await;
        framed.contact().await;
        let found = framed
            .page
            .js(
                "return Promise.allSettled([juziWx.report(), juziWx.saveReport()]).then((ended) => [
                    ended.map(({ reason }) => reason.message),
                    performance.getEntriesByType('resource').filter(({ name }) => name.includes('recorder')).length,
                    heard.filter((type) => type !== 'message'),
                ])",
                &[],
            )
            .await;
        let why = "the option record is off";
        assert_eq!(found, json!([[why, why], 0, []]), "{attribute}");
    }
}

async fn an_option_that_is_no_keys_records_nothing_and_is_named(stage: &Stage) {
    let source = "<script src=/pages/note-errors.js></script><script src=/juzi-helper.js data-record=r></script>";
    let framed = stage.frame_with_helper(source).await;
    framed.contact().await;
    let why = framed
        .page
        .js(
            "return juziWx.report().catch((error) => error.message)",
            &[],
        )
        .await;
    assert_eq!(
        why,
        "record must be true, false, or keys such as ctrl+alt+r"
    );
    let complained = framed
        .page
        .until("return complaints.length && complaints", &[])
        .await;
    assert!(
        complained[0]
            .as_str()
            .unwrap_or_default()
            .starts_with("juzi-helper: nothing is recorded"),
        "{complained}"
    );
}

async fn outside_the_sidebar_the_report_says_why(stage: &Stage) {
    let framed = stage.frame(Page::html(RECORDS).unregistered()).await;
    let refused = framed.contact().await;
    assert_eq!(
        refused["err_msg"],
        "getCurExternalContact:fail not in sidebar"
    );
    let report = report(&framed).await;
    assert_eq!(
        each(&report, "marks", "text"),
        [json!("no-sidebar-param"), refused["err_msg"].clone()]
    );
    assert_eq!(report["helper"]["env"]["inSidebar"], false);
    assert_eq!(report["messages"], json!([]));
}

/// The page of `RECORDS` under a policy that refuses WebAssembly. The report has its calls.
async fn is_recorded_under(stage: &Stage, policy: &str, source: &str) -> Framed {
    let page = Page::html(source).header("Content-Security-Policy", policy);
    let framed = stage.frame(page).await;
    assert_eq!(framed.contact().await["userId"], "wmContact");
    let report = report(&framed).await;
    assert_eq!(report["helper"]["env"]["engine"], "js");
    assert_eq!(
        each(&report, "messages", "kind"),
        [json!("request"), json!("answer")]
    );
    let left = "return Object.getOwnPropertySymbols(juziWx).length";
    assert_eq!(framed.page.js(left, &[]).await, 0);
    framed
}

async fn without_webassembly_it_is_the_same(stage: &Stage) {
    for file in ["juzi-helper.js", "juzi-helper.compat.js"] {
        let source = format!("<script src=/pkg/{file} data-record></script>");
        is_recorded_under(stage, "default-src 'self'", &source).await;
    }
}

async fn a_policy_of_trusted_types_allows_both_files(stage: &Stage) {
    let policy =
        "default-src 'self'; require-trusted-types-for 'script'; trusted-types juzi-helper";
    is_recorded_under(
        stage,
        policy,
        "<script src=/pkg/juzi-helper.js data-record></script>",
    )
    .await;
}

async fn a_pinned_script_pins_the_recorder(stage: &Stage) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../pkg/integrity.json");
    let integrity: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("pkg/ is built"))
            .expect("integrity.json is JSON");
    let hash = |file: &str| integrity["files"][file]["integrity"].clone();
    let source = format!(
        "<script src=/pkg/juzi-helper.js data-record integrity={}></script>",
        hash("juzi-helper.js").as_str().expect("a hash")
    );
    let framed = is_recorded_under(stage, "default-src 'self'", &source).await;
    let pinned = "return document.querySelector('script[src$=\"recorder.js\"]').integrity";
    assert_eq!(
        framed.page.js(pinned, &[]).await,
        hash("juzi-helper.recorder.js")
    );
}

async fn a_recorder_that_is_missing_stops_no_call(stage: &Stage) {
    let source = "<script src=/pages/note-errors.js></script><script src=/alone/juzi-helper.js data-record></script>";
    let framed = stage.frame_with_helper(source).await;
    framed
        .page
        .until("return complaints.length && true", &[])
        .await;
    assert_eq!(framed.contact().await["userId"], "wmContact");
    let refused = "return juziWx.report().then(() => 'a report', () => 'none')";
    assert_eq!(framed.page.js(refused, &[]).await, "none");
}

async fn debug_still_writes_to_the_console(stage: &Stage) {
    for (attributes, expected) in [("data-record", 0), ("data-record data-debug", 3)] {
        let source = format!(
            "<script>globalThis.logged = []; console.log = (text) => logged.push(text);</script><script src=/juzi-helper.js {attributes}></script>"
        );
        let framed = stage.frame_with_helper(&source).await;
        framed.contact().await;
        let logged = framed
            .page
            .js(
                "return juziWx.report().then(() => logged.filter((text) => !text.includes('origin is')).length)",
                &[],
            )
            .await;
        assert_eq!(logged, expected, "{attributes}");
    }
}

async fn the_package_records_too(stage: &Stage) {
    let source = "<script type=module>
        import { init, juziWx } from '/pkg/index.js';
        window.before = juziWx.report().catch((error) => error.message);
        await init({ record: true, log: (entry) => (window.logged ??= []).push(entry.type) });
        window.after = await juziWx.report();
    </script>";
    let framed = stage.frame(Page::html(source)).await;
    framed.page.until("return !!window.after", &[]).await;
    framed.contact().await;
    let report = report(&framed).await;
    assert_eq!(
        each(&report, "messages", "kind"),
        [json!("request"), json!("answer")]
    );
    assert_eq!(report["helper"]["options"], json!({ "record": true }));
    let found = framed
        .page
        .js("return before.then((why) => [why, logged])", &[])
        .await;
    assert_eq!(
        found[0],
        "juzi-helper: nothing is recorded: call init({ record: true }) before"
    );
    assert!(found[1].to_string().contains("received"), "{found}");
}
