// Generated from src/api.rs by `./build.sh generate`: edit that.
//! The calls that a page posts to the console.

/// Each call's name, and the console's for it.
pub const CALLS: &[(&str, &str)] = &[
    ("getCurExternalContact", "getCurExternalContact"),
    ("getCurExternalChat", "getCurExternalChat"),
    ("getCurChatInfo", "getCurChatInfo"),
    ("getContext", "getCurChatInfo"),
    ("sidebarAuth", "sidebarAuth"),
    ("sendChatMessage", "sendChatMessage"),
    ("sendMultiChatMessage", "sendMultiChatMessage"),
    ("openEnterpriseChat", "openEnterpriseChat"),
    ("previewImage", "previewImage"),
];
