//! `allowedHosts` without a usable entry allows no host: nothing is posted, calls fail with the reason, and the browser
//! console shows it.

use juzi_e2e::{Case, Framed, Stage, tests};

pub fn cases() -> Vec<Case> {
    tests![
        hosts_with_nothing_usable_in_them_are_nobody,
        a_misspelt_attribute_allows_nobody_and_is_named,
        a_module_script_has_the_options_of_the_one_tag_that_is_its,
        a_module_script_whose_tag_is_not_certain_allows_nobody,
        a_module_script_without_options_works,
    ]
}

/// Nothing was posted to the host, and the console errors contain each of the words.
async fn is_closed(framed: &Framed, source: &str, words: &[&str]) {
    let res = framed.contact().await;
    let text = res["err_msg"].as_str().unwrap_or_default();
    assert!(
        text.starts_with("getCurExternalContact:fail host unreachable"),
        "{source}: {res}"
    );
    assert_eq!(framed.posted().await, 0, "{source}");
    let logged = framed.console().await;
    for word in words {
        assert!(logged.contains(word), "{source}: {word} in {logged}");
    }
}

async fn hosts_with_nothing_usable_in_them_are_nobody(stage: &Stage) {
    for given in [
        "''",
        "' '",
        "juzibot.com",
        "'* null'",
        "https://a.example/path",
    ] {
        let source = format!("<script src=/juzi-helper.js data-allowed-hosts={given}></script>");
        let framed = stage.frame_with_helper(&source).await;
        is_closed(
            &framed,
            &source,
            &["no host is allowed", "https://a.example.com"],
        )
        .await;
    }
}

async fn a_misspelt_attribute_allows_nobody_and_is_named(stage: &Stage) {
    for name in ["data-allowed-host", "data-allowedHosts", "data-allow-hosts"] {
        let source = format!("<script src=/juzi-helper.js {name}=http://127.0.0.1:1></script>");
        let framed = stage.frame_with_helper(&source).await;
        is_closed(
            &framed,
            &source,
            &["is not an option", "data-allowed-hosts"],
        )
        .await;
    }
}

async fn a_module_script_has_the_options_of_the_one_tag_that_is_its(stage: &Stage) {
    for source in [
        "<script type=module src=/juzi-helper.js data-allowed-hosts=https://console.example></script>",
        "<script type=module data-allowed-hosts=https://console.example>import '/juzi-helper.js'</script>",
    ] {
        let framed = stage.frame_with_helper(source).await;
        is_closed(&framed, source, &[]).await;
    }
}

async fn a_module_script_whose_tag_is_not_certain_allows_nobody(stage: &Stage) {
    let other = stage.url("localhost", "/");
    let host = stage.url("127.0.0.1", "");
    for source in [
        format!(
            "<script type=text/plain src={other}juzi-helper.js data-allowed-hosts={host}></script>
             <script type=module src=/juzi-helper.js data-allowed-hosts=https://console.example></script>"
        ),
        format!(
            "<script type=text/plain data-allowed-hosts={host}></script><script type=module src=/juzi-helper.js></script>"
        ),
    ] {
        let framed = stage.frame_with_helper(&source).await;
        is_closed(&framed, &source, &["2 script elements", "type=\"module\""]).await;
    }
}

async fn a_module_script_without_options_works(stage: &Stage) {
    for source in [
        "<script type=module src=/juzi-helper.js></script>",
        "<script type=module>import '/juzi-helper.js'</script>",
    ] {
        let framed = stage.frame_with_helper(source).await;
        assert_eq!(framed.contact().await["userId"], "wmContact", "{source}");
    }
}
