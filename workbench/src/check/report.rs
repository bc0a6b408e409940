//! What a check found: for people, as JSON, and as JUnit XML, which CI services read.

use std::time::Duration;

use juzi_hub::page::Finding;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;

/// The outcome of a check. Also the JSON of `--json`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub passed: bool,
    pub page: String,
    pub script: String,
    pub browser: String,
    pub duration_ms: f64,
    pub steps: Vec<StepReport>,
    /// What the server found wrong with the page before the browser loaded it, and whether the page made no call.
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    pub title: String,
    pub outcome: StepOutcome,
    /// Why it failed, or what is worth knowing although it passed.
    pub message: Option<String>,
    pub duration_ms: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepOutcome {
    Passed,
    Failed,
    /// A step before it failed.
    Skipped,
}

impl StepReport {
    /// One line, and the message below it.
    pub fn line(&self, number: usize) -> String {
        let mark = match self.outcome {
            StepOutcome::Passed => "ok  ",
            StepOutcome::Failed => "FAIL",
            StepOutcome::Skipped => "skip",
        };
        let mut text = format!("  {mark} {number}. {}", self.title);
        if self.outcome != StepOutcome::Skipped {
            text += &format!(" ({:.0} ms)", self.duration_ms);
        }
        for line in self.message.iter().flat_map(|it| it.lines()) {
            text += &format!("\n         {line}");
        }
        text + "\n"
    }
}

impl Report {
    fn count(&self, outcome: StepOutcome) -> usize {
        self.steps.iter().filter(|it| it.outcome == outcome).count()
    }

    /// The last line for people.
    pub fn summary(&self) -> String {
        format!(
            "{}: {} passed, {} failed, {} skipped\n",
            if self.passed { "Passed" } else { "Failed" },
            self.count(StepOutcome::Passed),
            self.count(StepOutcome::Failed),
            self.count(StepOutcome::Skipped)
        )
    }

    pub fn json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    pub fn junit(&self) -> Result<String, quick_junit::SerializeError> {
        let mut suite = TestSuite::new(self.script.clone());
        suite.set_time(millis(self.duration_ms));
        suite.add_property(("page", self.page.as_str()));
        suite.add_property(("browser", self.browser.as_str()));
        for (index, step) in self.steps.iter().enumerate() {
            suite.add_test_case(test_case(index + 1, step, &self.script));
        }
        let mut report = quick_junit::Report::new("juzi-workbench check");
        report.add_test_suite(suite);
        report.to_string()
    }
}

fn test_case(number: usize, step: &StepReport, script: &str) -> TestCase {
    let status = match step.outcome {
        StepOutcome::Passed => TestCaseStatus::success(),
        StepOutcome::Skipped => TestCaseStatus::skipped(),
        StepOutcome::Failed => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(step.message.clone().unwrap_or_default());
            status
        }
    };
    // CI services tell cases apart by name, and two steps may have the same title.
    let mut case = TestCase::new(format!("{number}. {}", step.title), status);
    case.set_classname(script);
    case.set_time(millis(step.duration_ms));
    case
}

fn millis(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1_000.0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let step = |title: &str, outcome, message: Option<&str>| StepReport {
            title: title.to_owned(),
            outcome,
            message: message.map(str::to_owned),
            duration_ms: 12.0,
        };
        Report {
            passed: false,
            page: "http://localhost:5173/".to_owned(),
            script: "side.toml".to_owned(),
            browser: "chromium".to_owned(),
            duration_ms: 1_500.0,
            steps: vec![
                step("登录", StepOutcome::Passed, None),
                step(
                    "a <b> & \"c\"",
                    StepOutcome::Failed,
                    Some("no call\u{1}\n]]>"),
                ),
                step("last", StepOutcome::Skipped, None),
            ],
            findings: vec![],
        }
    }

    #[test]
    fn the_xml_has_a_case_for_each_step_and_holds_any_text() {
        let xml = report().junit().unwrap();
        for part in [
            r#"tests="3""#,
            r#"failures="1""#,
            r#"name="1. 登录""#,
            "a &lt;b&gt; &amp; &quot;c&quot;",
            "<skipped",
            r#"time="1.500""#,
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
        assert!(!xml.contains('\u{1}') && !xml.contains("]]>"), "{xml}");
    }

    #[test]
    fn people_see_what_failed_and_why() {
        let report = report();
        assert_eq!(report.steps[0].line(1), "  ok   1. 登录 (12 ms)\n");
        assert!(report.steps[1].line(2).contains("\n         no call"));
        assert_eq!(report.summary(), "Failed: 1 passed, 1 failed, 1 skipped\n");
    }
}
