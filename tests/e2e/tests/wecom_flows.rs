//! Complete pages as companies have written them for WeCom. In the sidebar each works, and elsewhere each behaves as it does
//! without the helper.

use juzi_e2e::{Case, Framed, Page, Stage, tests};
use serde_json::{Value, json};

pub fn cases() -> Vec<Case> {
    tests![
        a_plain_page_finds_its_customer_and_sends,
        a_plain_page_finds_its_group,
        beside_jwxwork_a_page_runs_in_every_order,
        a_vue_application_with_reactive_messages_finds_its_customer_and_sends,
        a_vue_application_follows_its_router_to_the_group,
        a_react_application_finds_its_customer_and_sends,
        a_page_that_knows_of_no_sidebar_does_not_die_in_one,
        the_group_that_is_not_made_is_reported_once,
        outside_the_sidebar_every_page_does_the_same_as_without_the_helper,
        framed_by_others_in_wecom_every_page_does_the_same_as_without_the_helper,
    ]
}

const HELPER: &str = "<script src=/juzi-helper.js></script>";

/// A page of `tests/e2e/pages/wecom/` with everything that it loads, and the helper at its documented place.
struct Flow {
    name: &'static str,
    /// Tags before the helper's.
    sdk: &'static str,
    /// Markup after the helper's tag.
    page: &'static str,
    /// The beginning of the last step that the page takes by itself.
    last_step: &'static str,
}

const PLAIN: Flow = Flow {
    name: "plain",
    sdk: "<script src=/node_modules/jweixin-module/lib/index.js></script><script src=/pages/wecom/jwxwork.js></script>",
    page: "<ol id=steps></ol><ww-open-data type=userName openid=zhangsan></ww-open-data>
        <button id=text>Text</button><button id=image>Picture</button><button id=video>Video</button>
        <button id=file>File</button><button id=news>Link</button><button id=miniprogram>Mini program</button>
        <button id=open>Open a chat</button>
        <script src=/pages/wecom/plain.js></script>",
    last_step: "chat ",
};
/// The steps of the page beside a contact, without a click.
const PLAIN_STEPS: [&str; 5] = [
    "ready",
    "checked {\"agentConfig\":true,\"sendChatMessage\":true}",
    "agentConfig succeeded",
    "entry single_chat_tools",
    "chat wmContact",
];
const SHARE: Flow = Flow {
    name: "share",
    sdk: "<script src=/node_modules/jweixin-module/lib/index.js></script>",
    page: "<ol id=steps></ol><button id=preview>Preview</button><script src=/pages/wecom/share.js></script>",
    last_step: "chooseImage complete",
};
const VUE: Flow = Flow {
    name: "vue",
    sdk: "",
    page: "<div id=app></div><script src=/bundled/wecom/vue.js></script>",
    last_step: "chat ",
};
const REACT: Flow = Flow {
    name: "react",
    sdk: "",
    page: "<div id=app></div><script src=/bundled/wecom/react.js></script>",
    last_step: "chat ",
};
const FLOWS: [Flow; 4] = [PLAIN, SHARE, VUE, REACT];

impl Flow {
    fn page(&self, helper: &str) -> Page {
        let record = "<script src=/pages/wecom/record.js></script>";
        Page::html(&[record, self.sdk, helper, self.page].concat())
    }

    async fn in_sidebar(&self, stage: &Stage, chat: &str) -> Framed {
        let page = self.page(HELPER).host(json!({ "current": chat }));
        stage.frame(page).await
    }
}

/// Waits until the page shows these steps and no others.
async fn shows(framed: &Framed, steps: &[&str]) {
    let script = "return JSON.stringify([...document.querySelectorAll('li')].map((item) => item.textContent)) \
                  === JSON.stringify(arguments[0]) || null";
    framed.page.until(script, &[json!(steps)]).await;
    let errors = "return effects.filter(([what]) => /error|rejection/.test(what))";
    assert_eq!(framed.page.js(errors, &[]).await, json!([]));
}

/// The params of the page's calls to this API.
async fn posted(framed: &Framed, api: &str) -> Value {
    let script = "return asked.filter((entry) => entry.api === arguments[0]).map(({ payload }) => payload.data.params)";
    framed.host.js(script, &[api.into()]).await
}

async fn a_plain_page_finds_its_customer_and_sends(stage: &Stage) {
    let framed = PLAIN.in_sidebar(stage, "contact").await;
    let mut steps = PLAIN_STEPS.to_vec();
    shows(&framed, &steps).await;
    for (button, step) in [
        ("text", "text sendChatMessage:ok"),
        (
            "image",
            "image sendChatMessage:fail image.url is empty: Juzi cannot read WeCom's mediaid",
        ),
        (
            "video",
            "video sendChatMessage:fail video.url is empty: Juzi cannot read WeCom's mediaid",
        ),
        (
            "file",
            "file sendChatMessage:fail file.url is empty: Juzi cannot read WeCom's mediaid",
        ),
        ("news", "news sendChatMessage:ok"),
        (
            "miniprogram",
            "miniprogram sendChatMessage:fail miniprogram.desc is empty: Juzi needs desc, iconUrl and officialAccountId too",
        ),
        (
            "open",
            "open said openEnterpriseChat:ok openEnterpriseChat:ok",
        ),
    ] {
        framed.page.click(button).await;
        steps.push(step);
        shows(&framed, &steps).await;
    }
    assert_eq!(
        posted(&framed, "sendChatMessage").await,
        json!([
            { "msgtype": "text", "text": { "content": "你好 👋" } },
            { "msgtype": "news", "news": {
                "link": "https://example.com/", "title": "News", "desc": "What is new", "imgUrl": "https://example.com/news.png" } },
        ])
    );
    assert_eq!(
        posted(&framed, "openEnterpriseChat").await,
        json!([{ "userIds": "zhangsan", "externalUserIds": "wmContact" }])
    );
}

async fn a_plain_page_finds_its_group(stage: &Stage) {
    let framed = PLAIN.in_sidebar(stage, "group").await;
    let steps = [
        "ready",
        "checked {\"agentConfig\":true,\"sendChatMessage\":true}",
        "agentConfig succeeded",
        "entry group_chat_tools",
        "chat wrGroup",
    ];
    shows(&framed, &steps).await;
}

/// WeCom's second script gives a page `WWOpenData` only where it finds no `agentConfig`.
async fn beside_jwxwork_a_page_runs_in_every_order(stage: &Stage) {
    let jweixin = "<script src=/node_modules/jweixin-module/lib/index.js></script>";
    let jwxwork = "<script src=/pages/wecom/jwxwork.js></script>";
    let wecom = "<script src=/juzi-helper.js data-user-agent=wxwork></script>";
    let late = |tag: &str| tag.replace("<script", "<script defer");
    let ask = "<script>WWOpenData.on('update', () => {}); WWOpenData.checkSession({ success() {}, fail() {} })</script>";
    for tags in [
        vec![jweixin, jwxwork, HELPER, ask],
        vec![jweixin, HELPER, jwxwork, ask],
        vec![HELPER, jweixin, jwxwork, ask],
        vec![HELPER, jweixin, ask],
        vec![wecom, jweixin, jwxwork, ask],
        vec![jweixin, HELPER, &late(jwxwork)],
        vec![jweixin, jwxwork, &late(HELPER)],
    ] {
        let tags = tags.concat();
        let record = "<script src=/pages/wecom/record.js></script>";
        let page = PLAIN.page.replace("<script", "<script defer");
        let framed = stage
            .frame(Page::html(&[record, &tags, &page].concat()))
            .await;
        shows(&framed, &PLAIN_STEPS).await;
        // A page may await it or print it by mistake: this neither hangs nor throws.
        let script = "return Promise.resolve(WWOpenData).then((data) => typeof data + typeof JSON.stringify(data))";
        assert!(framed.page.js(script, &[]).await.is_string(), "{tags}");
    }
}

async fn a_vue_application_with_reactive_messages_finds_its_customer_and_sends(stage: &Stage) {
    let framed = VUE.in_sidebar(stage, "contact").await;
    shows(&framed, &["ready", "chat wmContact"]).await;
    framed.page.fill("content", "changed in the page").await;
    framed.page.click("text").await;
    shows(&framed, &["ready", "chat wmContact", "sent text"]).await;
    framed.page.click("news").await;
    let steps = ["ready", "chat wmContact", "sent text", "sent news"];
    shows(&framed, &steps).await;
    framed.page.click("preview").await;
    shows(&framed, &[&steps[..], &["previewed"]].concat()).await;
    assert_eq!(
        posted(&framed, "sendChatMessage").await,
        json!([
            { "msgtype": "text", "text": { "content": "changed in the page" } },
            { "msgtype": "news", "news": { "link": "https://example.com/", "title": "News" } },
        ])
    );
    let picture = format!("{}a.png", framed.url);
    assert_eq!(
        posted(&framed, "previewImage").await,
        json!([{ "urls": [picture], "current": picture }])
    );
}

async fn a_vue_application_follows_its_router_to_the_group(stage: &Stage) {
    let framed = VUE.in_sidebar(stage, "group").await;
    shows(&framed, &["ready", "chat wrGroup"]).await;
    assert_eq!(framed.page.js("return location.hash", &[]).await, "#/group");
}

async fn a_react_application_finds_its_customer_and_sends(stage: &Stage) {
    let framed = REACT.in_sidebar(stage, "contact").await;
    shows(&framed, &["chat wmContact"]).await;
    framed.page.fill("content", "changed in the page").await;
    framed.page.click("text").await;
    let steps = ["chat wmContact", "text sendChatMessage:ok"];
    shows(&framed, &steps).await;
    framed.page.click("image").await;
    let refused = "image sendChatMessage:fail image.url is empty: Juzi cannot read WeCom's mediaid";
    shows(&framed, &[&steps[..], &[refused]].concat()).await;
    assert_eq!(
        posted(&framed, "sendChatMessage").await,
        json!([{ "msgtype": "text", "text": { "content": "changed in the page" } }])
    );
}

async fn a_page_that_knows_of_no_sidebar_does_not_die_in_one(stage: &Stage) {
    let framed = SHARE.in_sidebar(stage, "contact").await;
    let mut steps = vec![
        "ready",
        "hideMenuItems fail hideMenuItems:fail function not exist",
        "hideMenuItems complete",
        "getNetworkType fail getNetworkType:fail",
        "getNetworkType complete",
        "chooseImage fail chooseImage:fail function not exist",
        "chooseImage complete",
    ];
    shows(&framed, &steps).await;
    framed.page.click("preview").await;
    steps.extend([
        "previewImage success previewImage:ok",
        "previewImage complete",
    ]);
    shows(&framed, &steps).await;
}

/// The environments of a page outside the sidebar.
const ELSEWHERE: [&str; 4] = [
    "client=wecom&juziSidebar",
    "client=wecom&entry=group_chat_tools",
    "juziSidebar",
    "debug=1",
];
const PLAY: &str = "return play(...arguments)";

/// The recorded interactions between the page and its environment.
fn effects(played: &Value) -> &Vec<Value> {
    played["effects"].as_array().expect("a list of effects")
}

async fn outside_the_sidebar_every_page_does_the_same_as_without_the_helper(stage: &Stage) {
    for flow in &FLOWS {
        for query in ELSEWHERE {
            let in_wecom = query.contains("client=wecom");
            let first: Vec<Value> = in_wecom
                .then(|| flow.last_step.into())
                .into_iter()
                .collect();
            let mut played = Vec::new();
            for helper in [HELPER, ""] {
                let view = stage.view();
                view.goto(&stage.serve(&flow.page(helper).query(query)))
                    .await;
                played.push(view.js(PLAY, &first).await);
            }
            assert_eq!(played[0], played[1], "{} with {query}", flow.name);
            if in_wecom {
                let reached = effects(&played[0])
                    .iter()
                    .filter(|effect| effect[0] == "WeixinJSBridge.invoke")
                    .count();
                assert!(reached >= 4, "{}: {}", flow.name, played[0]);
            }
        }
    }
}

async fn framed_by_others_in_wecom_every_page_does_the_same_as_without_the_helper(stage: &Stage) {
    for flow in &FLOWS {
        let mut played = Vec::new();
        for helper in [HELPER, ""] {
            let framed = stage.frame(flow.page(helper).query("client=wecom")).await;
            let asked = framed.host.js("return log.length", &[]).await;
            assert_eq!(asked, 0, "{}", flow.name);
            played.push(framed.page.js(PLAY, &[flow.last_step.into()]).await);
        }
        assert_eq!(played[0], played[1], "{}", flow.name);
        assert!(effects(&played[0]).len() > 4);
    }
}

/// Keeps what is written by `console.warn`. A page's own console may throw.
const WARNINGS: &str = "<script>
    window.warnings = [];
    console.warn = (...what) => { warnings.push(what.join(' ')); throw new Error('no console'); };
</script>";

async fn the_group_that_is_not_made_is_reported_once(stage: &Stage) {
    let source = format!("<meta charset=utf-8>{WARNINGS}<body>{HELPER}");
    let framed = stage.frame(Page::html(&source)).await;
    framed
        .page
        .until("return !!window.juziWx?.isJuziWx", &[])
        .await;
    let open = "return juziWx.openEnterpriseChat({ userIds: 'a', externalUserIds: 'wmContact', ...arguments[0] }).catch((error) => error.res)";
    let warned = "return window.warnings";
    for harmless in [json!({}), json!({ "groupName": "" })] {
        let res = framed.page.js(open, &[harmless]).await;
        assert_eq!(res["err_msg"], "openEnterpriseChat:ok", "{res}");
    }
    assert_eq!(framed.page.js(warned, &[]).await, json!([]));
    for _ in 0..2 {
        let res = framed
            .page
            .js(open, &[json!({ "groupName": "Club", "chatId": "" })])
            .await;
        assert_eq!(res["err_msg"], "openEnterpriseChat:ok", "{res}");
    }
    let text = "juzi-helper: openEnterpriseChat: Juzi makes no group; it opens an existing chat, whose id is chatId";
    assert_eq!(framed.page.js(warned, &[]).await, json!([text]));
}
