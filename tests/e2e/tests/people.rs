//! The conversations of the default scenario, `www/scenarios/default.json`, by the ids that tests use.

/// An outside contact, whose conversation is open at the start.
pub mod lin {
    pub const CHAT: &str = "66d2a1b0e4b0d93f7a51a001";
    pub const WXID: &str = "7881300900010001";
    pub const EXTERNAL_USER_ID: &str = "wmSonghuoAAAlinxiaotang01";
}

/// Another outside contact.
pub mod zhou {
    pub const CHAT: &str = "66d2a1b0e4b0d93f7a51a002";
    pub const WXID: &str = "7881300900010002";
    pub const EXTERNAL_USER_ID: &str = "wmSonghuoAAAzhouzimo00002";
}

/// A contact of another managed account.
pub mod mia {
    pub const CHAT: &str = "66d2a1b0e4b0d93f7a51a003";
    pub const BOT: &str = "66c1f0a2e4b0d93f7a510c02";
}

/// A group.
pub mod group {
    pub const CHAT: &str = "66d2a1b0e4b0d93f7a51a004";
    pub const NAME: &str = "松火 × 拾光小馆 开业筹备群";
    pub const CHAT_ID: &str = "wrSonghuoAAAkaiyechoubei1";
}

/// A colleague.
pub mod colleague {
    pub const CHAT: &str = "66d2a1b0e4b0d93f7a51a006";
}

/// The managed account.
pub mod account {
    pub const BOT: &str = "66c1f0a2e4b0d93f7a510c01";
    pub const USER_ID: &str = "GuYan";
    pub const CORP_ID: &str = "ww5f0c1d2e3a4b6789";
    pub const EMAIL: &str = "guyan@songhuo.example";
}
