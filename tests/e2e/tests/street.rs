//! A street of pages. Each is written in a way that is typical of WeCom pages, and runs with one tag, or with the package instead.
//! `docs/wecom-sdks.md` has the same table; a test compares.

use juzi_e2e::{Case, Engine, Page, Stage, tests};

pub fn cases() -> Vec<Case> {
    let mut cases = tests![
        every_page_runs_with_one_tag,
        every_page_runs_with_the_package,
        a_page_that_asks_for_wecom_does_not_start_without_the_option,
        a_page_that_mocks_itself_shows_its_own_customer_without_the_option,
    ];
    cases.extend(tests![&Engine::ONE => the_documentation_has_this_table]);
    cases
}

/// A page of `tests/e2e/pages/street/`.
struct House {
    name: &'static str,
    /// Whether it needs the option `userAgent`.
    as_wecom: bool,
    /// The scripts that it loads before its own: WeChat's SDK, unless the page includes it.
    sdk: &'static str,
}

const SDK: &str = "<script src=/node_modules/jweixin-module/lib/index.js></script>";
const STREET: [House; 7] = [
    House {
        name: "user-agent-gate",
        as_wecom: true,
        sdk: SDK,
    },
    House {
        name: "self-mocking",
        as_wecom: true,
        sdk: SDK,
    },
    House {
        name: "react-redirect",
        as_wecom: false,
        sdk: SDK,
    },
    House {
        name: "vue-redirect",
        as_wecom: false,
        sdk: SDK,
    },
    House {
        name: "login-redirect",
        as_wecom: false,
        sdk: SDK,
    },
    House {
        name: "polling",
        as_wecom: false,
        sdk: SDK,
    },
    House {
        name: "injected-sdk",
        as_wecom: false,
        sdk: "",
    },
];

/// Kinds of page that other modules test, in the order of the documentation's table.
const ELSEWHERE: [&str; 9] = [
    "detection::the_answer_of_juzis_login_is_known",
    "login::the_code_of_sidebar_auth_logs_in",
    "loaders::what_jquery_inserts_has_its_options",
    "arrivals::a_script_that_is_joined_minified_or_inside_a_page_is_the_same",
    "wecom_flows::beside_jwxwork_a_page_runs_in_every_order",
    "micro_frontends::a_sub_application_of_qiankun_calls",
    "micro_frontends::a_sub_application_of_micro_app_calls",
    "micro_frontends::a_sub_application_of_wujie_calls_by_the_main_application",
    "wecom_sdks::every_call_works_through_the_sdk_of_wecom",
];

/// How the page gets the helper.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Tag,
    Package,
}

impl House {
    /// The page. It has an origin of its own, because the tab remembers the origins that were in its sidebar.
    fn page(&self, stage: &Stage, way: Way, as_wecom: bool) -> Page {
        let (name, sdk) = (self.name, self.sdk);
        let helper = match (way, as_wecom) {
            (Way::Tag, false) => "<script src=/juzi-helper.js></script>",
            (Way::Tag, true) => "<script src=/juzi-helper.js data-user-agent=wxwork></script>",
            (Way::Package, false) => "<script src=/bundled/street/package.js></script>",
            (Way::Package, true) => {
                "<script>options = { userAgent: 'wxwork' }</script><script src=/bundled/street/package.js></script>"
            }
        };
        let at = match way {
            Way::Tag => format!("{name}.localhost"),
            Way::Package => format!("{name}-package.localhost"),
        };
        let login =
            stage.serve(&Page::html("<script src=/bundled/street/login.js></script>").at(&at));
        Page::html(&format!(
            "<meta charset=utf-8><title>{name}</title>{sdk}{helper}<body><div id=app></div>
             <script src=/bundled/street/{name}.js data-login={login}></script>"
        ))
        .at(&at)
    }
}

async fn every_page_runs(stage: &Stage, way: Way) {
    for house in &STREET {
        let page = house.page(stage, way, house.as_wecom);
        let framed = stage.frame(page).await;
        let script = "return document.getElementById('customer')?.textContent";
        assert_eq!(
            framed.page.until(script, &[]).await,
            "wmContact",
            "{}",
            house.name
        );
    }
}

async fn every_page_runs_with_one_tag(stage: &Stage) {
    every_page_runs(stage, Way::Tag).await;
}

async fn every_page_runs_with_the_package(stage: &Stage) {
    // The package's default entry is WebAssembly; tests/npm tries the others.
    if !juzi_e2e::without_wasm() {
        every_page_runs(stage, Way::Package).await;
    }
}

async fn a_page_that_asks_for_wecom_does_not_start_without_the_option(stage: &Stage) {
    let framed = stage.frame(STREET[0].page(stage, Way::Tag, false)).await;
    framed.page.sees("body").await;
    let script = "return document.body.textContent.includes('请在企业微信客户端中打开')";
    framed.page.until(script, &[]).await;
}

async fn a_page_that_mocks_itself_shows_its_own_customer_without_the_option(stage: &Stage) {
    let framed = stage.frame(STREET[1].page(stage, Way::Tag, false)).await;
    let script = "return document.getElementById('customer')?.textContent";
    assert_eq!(framed.page.until(script, &[]).await, "mock");
}

/// The columns that are the same in every language: how the page gets the helper, and what tests it.
async fn the_documentation_has_this_table(_: &Stage) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let cell = |code: &str| match code {
        "" => String::new(),
        code => format!("`{code}`"),
    };
    let mut expected: Vec<_> = STREET
        .iter()
        .map(|house| {
            let option = |text| if house.as_wecom { cell(text) } else { cell("") };
            [
                option("data-user-agent=\"wxwork\""),
                option("userAgent: 'wxwork'"),
                cell(&format!("street/{}.js", house.name)),
            ]
        })
        .collect();
    expected.extend(ELSEWHERE.map(|test| [cell(""), cell(""), cell(test)]));
    for file in ["docs/wecom-sdks.md", "docs/wecom-sdks.zh-CN.md"] {
        let text = std::fs::read_to_string(root.join(file)).expect(file);
        let rows = text
            .split("<!-- street -->")
            .nth(1)
            .expect("the mark before the table")
            .trim_start()
            .lines()
            .take_while(|line| line.starts_with('|'))
            .skip(2);
        let found: Vec<_> = rows
            .map(|row| {
                let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
                [1, 2, 3].map(|at| cells[at].to_owned())
            })
            .collect();
        assert_eq!(found, expected, "{file}");
    }
    for test in ELSEWHERE {
        let (module, name) = test.split_once("::").expect("a module and a name");
        let source = root.join(format!("tests/e2e/tests/{module}.rs"));
        let source = std::fs::read_to_string(source).expect(module);
        assert!(source.contains(&format!("async fn {name}(")), "{test}");
    }
}
