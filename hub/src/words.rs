//! What the hub's texts say of the program that it is in.

/// The parts of texts that differ by program. They advise what to do, so they are clauses of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Why a request for another host is refused.
    pub(crate) wrong_host: &'static str,
    /// Why there is no file to write a scenario to.
    pub(crate) no_file: &'static str,
    /// What helps against too many codes, besides waiting.
    pub(crate) anew: &'static str,
    /// The same in Chinese.
    pub(crate) anew_zh: &'static str,
    /// How the hub learns where the sidebar page is.
    pub(crate) name_page: &'static str,
    /// The same in Chinese.
    pub(crate) name_page_zh: &'static str,
}

impl Words {
    /// For `juzi-workbench`.
    pub const WORKBENCH: Words = Words {
        wrong_host: "the workbench answers to loopback names only; to reach it by another name, start it with --host NAME",
        no_file: "the scenario is the built-in one; start the workbench with --scenario FILE",
        anew: "start the workbench anew, with a shorter --code-ttl",
        anew_zh: "重启工作台",
        name_page: "start the workbench with <code>--page</code> and the\npage's address",
        name_page_zh: "用 <code>--page</code> 指定该页面启动工作台",
    };

    /// For the plugin for Vite.
    pub const VITE: Words = Words {
        wrong_host: "the hub answers to this machine's names only; add others to Vite's server.allowedHosts",
        no_file: "the scenario is the built-in one; give the plugin the option `scenario`",
        anew: "restart the dev server, with a shorter `codeTtl`",
        anew_zh: "重启开发服务器",
        name_page: "give the plugin the option <code>page</code> with the\npage's address",
        name_page_zh: "用插件的选项 <code>page</code> 指定该页面",
    };
}
