//! The options of the tag and of `init`, as the documentation describes them. The names in `pkg-template/src/option-names.js` and the
//! tables in the package's readmes are generated from them. `src/tests/generated.rs` checks that every text written by hand mentions each
//! option.

/// An option.
pub(crate) struct Declared {
    /// Its name in `init` and in `window.juziHelperOptions`.
    pub name: &'static str,
    /// The attribute of the script tag.
    pub attribute: &'static str,
    /// Whether `options.rs` reads it. The others are read by JavaScript, which has to know them before the module runs.
    pub is_rule: bool,
    /// What it means, and its default.
    pub english: (&'static str, &'static str),
    /// The same in Chinese.
    pub chinese: (&'static str, &'static str),
}

/// All options, in the order in which the tables have them.
pub(crate) const OPTIONS: &[Declared] = &[
    Declared {
        name: "allowedHosts",
        attribute: "data-allowed-hosts",
        is_rule: true,
        english: (
            "origins allowed to be the console, separated by spaces: exact, or `https://*.example.com`, or `localhost` for one on your machine while the page is there too. If it is given without a usable origin, no console is allowed",
            "any",
        ),
        chinese: (
            "允许作为控制台的源，用空格分隔：完整的源，或 `https://*.example.com`，或 `localhost`（页面也在本机时，允许本机上的控制台）。设置了但没有一个可用的源时，不允许任何控制台",
            "任意",
        ),
    },
    Declared {
        name: "timeout",
        attribute: "data-timeout",
        is_rule: true,
        english: (
            "milliseconds after which an unanswered call fails",
            "10 s; 60 s for sending and opening chats",
        ),
        chinese: (
            "调用等待应答的毫秒数，超过则失败",
            "10 秒；发送消息和打开聊天为 60 秒",
        ),
    },
    Declared {
        name: "force",
        attribute: "data-force",
        is_rule: true,
        english: (
            "treat the page as in the sidebar even if a redirect lost `juziSidebar` from the URL",
            "off",
        ),
        chinese: (
            "重定向丢了 URL 里的 `juziSidebar` 时，仍视为在侧边栏中",
            "关",
        ),
    },
    Declared {
        name: "bridge",
        attribute: "data-bridge",
        is_rule: true,
        english: ("`false`: do not provide `WeixinJSBridge`", "on"),
        chinese: ("`false`：不提供 `WeixinJSBridge`", "开"),
    },
    Declared {
        name: "debug",
        attribute: "data-debug",
        is_rule: true,
        english: (
            "log every message and decision to the browser's console",
            "off",
        ),
        chinese: ("在浏览器控制台里记录每条消息和每个判断", "关"),
    },
    Declared {
        name: "userAgent",
        attribute: "data-user-agent",
        is_rule: true,
        english: (
            "`wxwork`: in the sidebar `navigator.userAgent` says WeCom, for pages that refuse to start elsewhere",
            "the browser's own",
        ),
        chinese: (
            "`wxwork`：在侧边栏里，`navigator.userAgent` 说自己是企业微信，供在别处拒绝启动的页面使用",
            "浏览器自己的",
        ),
    },
    Declared {
        name: "record",
        attribute: "data-record",
        is_rule: false,
        english: (
            "keep what happens, for `juziWx.report()`; keys such as `ctrl+alt+r` also save the report as a file",
            "off",
        ),
        chinese: (
            "记下发生的事，供 `juziWx.report()` 使用；写成 `ctrl+alt+r` 这样的按键时，按下即把报告存成文件",
            "关",
        ),
    },
];
