//! The paths that the hub answers.

/// Where a browser is sent to log in.
pub(crate) const AUTHORIZE: &str = "/oauth/connect/authorize";
/// Where a page's server redeems a code.
pub(crate) const GET_USER_INFO: &str = "/api/v1/oauth/getUserInfo";
/// What all of the console's requests begin with.
pub(crate) const CONSOLE: &str = "/_workbench/";
pub(crate) const CONFIG: &str = "/_workbench/config";
pub(crate) const EVENTS: &str = "/_workbench/events";
pub(crate) const CODES: &str = "/_workbench/codes";
pub(crate) const CONVERSATION: &str = "/_workbench/conversation";
pub(crate) const FAULTS: &str = "/_workbench/faults";
pub(crate) const PAGE_CHECK: &str = "/_workbench/page-check";
/// Where the console writes a scenario back. The body is a whole scenario, so a server must let it be longer than others.
pub const SCENARIO: &str = "/_workbench/scenario";
