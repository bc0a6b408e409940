//! The paths that the hub answers.

/// Where a browser is sent to log in.
pub(crate) const AUTHORIZE: &str = "/oauth/connect/authorize";
/// Where a page's server redeems a code.
pub(crate) const GET_USER_INFO: &str = "/api/v1/oauth/getUserInfo";
/// The prefix of all the console's requests.
pub(crate) const CONSOLE: &str = "/_workbench/";
pub(crate) const CONFIG: &str = "/_workbench/config";
pub(crate) const EVENTS: &str = "/_workbench/events";
pub(crate) const CODES: &str = "/_workbench/codes";
pub(crate) const CONVERSATION: &str = "/_workbench/conversation";
pub(crate) const FAULTS: &str = "/_workbench/faults";
pub(crate) const PAGE_CHECK: &str = "/_workbench/page-check";
/// Where the console saves a scenario. The body is a whole scenario, so a server must accept a longer body here than elsewhere.
pub const SCENARIO: &str = "/_workbench/scenario";
