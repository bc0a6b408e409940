//! The tables of `tests/vectors/`, checked in a page.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Page, Setup, console_during};

fn table(text: &str) -> Value {
    serde_json::from_str(text).expect("the table is JSON")
}

fn rows<'a>(table: &'a Value, name: &str) -> &'a Vec<Value> {
    table[name].as_array().expect(name)
}

/// A page with replaced members of its window, and these options.
async fn disguised(overrides: &str, options: &str) -> Page {
    Setup {
        overrides,
        options,
        ..Setup::default()
    }
    .open()
    .await
}

const VALUES: &str = include_str!("../vectors/values.json");

#[wasm_bindgen_test]
async fn texts_in_errors_are_what_the_table_says() {
    let page = Page::open().await;
    for row in rows(&table(VALUES), "texts") {
        let reason = page
            .run(&format!(
                "return juziWx.sendChatMessage({{ msgtype: {} }}).catch((error) => error.err_msg)",
                row["given"]
            ))
            .await;
        let reason: String = serde_json::from_str(&reason).expect("a text");
        let shown = row["shown"].as_str().expect("a text");
        assert!(reason.ends_with(&format!("it is {shown}")), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn numbers_are_what_the_table_says() {
    for row in rows(&table(VALUES), "numbers") {
        let options = format!("{{ timeout: {} }}", row["given"]);
        let written = console_during(async {
            Page::with(&options).await;
        })
        .await;
        let refused = written.contains("timeout must be a number of milliseconds");
        assert_eq!(refused, row["milliseconds"].is_null(), "{row}: {written}");
    }
}

#[wasm_bindgen_test]
async fn origins_are_what_the_table_says() {
    for row in rows(&table(VALUES), "origins") {
        // No browser reports this for a host whose origin it does not know.
        if row["origin"] == "null" {
            continue;
        }
        let overrides = format!(
            "{{ location: {{ search: '?juziSidebar', ancestorOrigins: [{}] }} }}",
            row["origin"]
        );
        let options = format!("{{ allowedHosts: [{}] }}", row["allowed"]);
        let page = disguised(&overrides, &options).await;
        let host: Value = serde_json::from_str(&page.json("juziWx.env.hostOrigin")).expect("JSON");
        let lets = host == row["origin"];
        assert_eq!(Value::Bool(lets), row["lets"], "{row}");
    }
}

#[wasm_bindgen_test]
async fn environments_are_what_the_table_says() {
    let table = table(include_str!("../vectors/environments.json"));
    for row in table.as_array().expect("rows") {
        let parent = if row["framed"] == true {
            ""
        } else {
            "parent: 'self',"
        };
        let overrides = format!(
            "{{ {parent} navigator: {{ userAgent: {} }}, location: {{ search: {} }},
                performance: {{ getEntriesByType: () => [{{ name: 'https://page.example/' + {} }}] }},
                sessionStorage: {{ getItem: () => {}, setItem() {{}} }} }}",
            row["agent"],
            row["query"],
            row["opened"].as_str().map_or(json!(""), |it| json!(it)),
            row["stored"]
        );
        let options = row["options"].to_string();
        let page = disguised(&overrides, &options).await;
        assert_eq!(
            page.json("juziWx.env.reason"),
            row["reason"].to_string(),
            "{row}"
        );
        if let Some(by) = row.get("detectedBy") {
            assert_eq!(page.json("juziWx.env.detectedBy"), by.to_string(), "{row}");
        }
    }
}
