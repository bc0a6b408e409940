//! A page in a window or in a frame, and the operations of a user on it.

use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::wait::{brief, poll};

/// Whether a page has run its scripts and is not the initial empty document of a frame.
const LOADED: &str = "return location.href !== 'about:blank' && document.readyState === 'complete'";

/// A page, identified by its window and the path of frames to it.
///
/// WebDriver has one current frame for the whole session. A view switches to its own frame before an operation, unless it
/// is the current one already, so tests can use several views in any order.
///
/// A `target` is a CSS selector, or a single word: the `id` or `data-testid` of an element. An operation on a target is
/// retried until it succeeds, because pages change while tests run.
///
/// # Panics
/// Every method panics with the caller's location if its operation does not succeed within
/// [`PATIENCE`](crate::PATIENCE).
#[derive(Clone)]
pub struct View {
    driver: WebDriver,
    window: WindowHandle,
    frames: Vec<String>,
    current: Current,
}

/// The frame that the session is in, shared by all views of a session; `None` if it is not known. Entering a frame takes a
/// request for the window, one for the top, and two for each frame on the path.
#[derive(Clone, Default)]
pub(crate) struct Current(Arc<Mutex<Option<Place>>>);

/// A window, and the path of frames in it.
type Place = (WindowHandle, Vec<String>);

impl Current {
    /// The next operation of any view enters its frame again.
    pub fn forget(&self) {
        self.set(None);
    }

    fn set(&self, frame: Option<Place>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = frame;
    }

    fn is(&self, window: &WindowHandle, frames: &[String]) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .as_ref()
            .is_some_and(|(its_window, its_frames)| its_window == window && its_frames == frames)
    }
}

impl View {
    pub(crate) fn of_window(driver: WebDriver, window: WindowHandle, current: Current) -> View {
        View {
            driver,
            window,
            frames: Vec::new(),
            current,
        }
    }

    /// The page in the iframe `target` of this one.
    pub fn frame(&self, target: &str) -> View {
        let mut frames = self.frames.clone();
        frames.push(selector(target));
        View {
            frames,
            ..self.clone()
        }
    }

    /// The page in another window.
    pub fn window(&self, window: WindowHandle) -> View {
        View::of_window(self.driver.clone(), window, self.current.clone())
    }

    /// The underlying driver, for operations that a view does not have. Its current frame is the last one used.
    pub fn driver(&self) -> &WebDriver {
        self.current.forget();
        &self.driver
    }

    /// Runs `operation` in the view's frame. The frame may have been removed, and another may be in its place: then it is
    /// entered again, before the operation has had an effect.
    async fn within<T>(
        &self,
        mut operation: impl AsyncFnMut() -> WebDriverResult<T>,
    ) -> WebDriverResult<T> {
        let known = self.current.is(&self.window, &self.frames);
        if !known {
            self.enter().await?;
        }
        let result = operation().await;
        match result {
            Err(error) if known && is_gone(&error) => {
                self.enter().await?;
                operation().await
            }
            Err(error) => {
                self.current.forget();
                Err(error)
            }
            ok => ok,
        }
    }

    async fn enter(&self) -> WebDriverResult<()> {
        self.current.forget();
        self.driver.switch_to_window(self.window.clone()).await?;
        self.driver.enter_default_frame().await?;
        for frame in &self.frames {
            self.driver
                .find(By::Css(frame))
                .await?
                .enter_frame()
                .await?;
        }
        self.current
            .set(Some((self.window.clone(), self.frames.clone())));
        Ok(())
    }

    async fn element(&self, target: &str) -> WebDriverResult<WebElement> {
        self.within(async || self.driver.find(By::Css(selector(target))).await)
            .await
    }

    /// The element, scrolled to the middle. Drivers scroll only an edge of it into view, and then another element may cover
    /// its centre.
    async fn shown(&self, target: &str) -> WebDriverResult<WebElement> {
        let element = self.element(target).await?;
        let script = "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })";
        self.driver
            .execute(script, vec![element.to_json()?])
            .await?;
        Ok(element)
    }

    /// Read by a script in the page, because WebKit's driver treats text with `text-overflow` as invisible.
    async fn visible_text(&self, target: &str) -> WebDriverResult<String> {
        let element = self.element(target).await?.to_json()?;
        let script = "return arguments[0].checkVisibility() ? arguments[0].innerText : ''";
        self.driver.execute(script, vec![element]).await?.convert()
    }

    /// Opens an address in the window.
    #[track_caller]
    pub fn goto(&self, url: &str) -> impl Future<Output = ()> {
        let at = Location::caller();
        async move {
            self.current.forget();
            let opened = async {
                self.driver.switch_to_window(self.window.clone()).await?;
                self.driver.goto(url).await
            };
            if let Err(error) = opened.await {
                panic!("{at}: open {url}: {}", brief(&error));
            }
        }
    }

    /// Waits until the page has run its scripts and is not the initial empty document of a frame or window.
    #[track_caller]
    pub fn loaded(&self) -> impl Future<Output = Value> {
        self.until(LOADED, &[])
    }

    /// Resizes the window (pixels) until the test ends.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) -> impl Future<Output = ()> {
        let what = format!("make the window {width} by {height}");
        poll_as(Location::caller(), what, async move || {
            self.current.forget();
            self.driver.switch_to_window(self.window.clone()).await?;
            self.driver.set_window_rect(0, 0, width, height).await
        })
    }

    #[track_caller]
    pub fn click(&self, target: &str) -> impl Future<Output = ()> {
        let what = format!("click {target}");
        poll_as(Location::caller(), what, async move || {
            self.shown(target).await?.click().await
        })
    }

    /// Replaces a field's value with `text`, key by key. An empty string clears the field.
    #[track_caller]
    pub fn fill(&self, target: &str, text: &str) -> impl Future<Output = ()> {
        let what = format!("type {text:?} into {target}");
        poll_as(Location::caller(), what, async move || {
            let field = self.shown(target).await?;
            // A real click, because a script cannot focus a field in a frame without user interaction.
            field.click().await?;
            let arguments = vec![field.to_json()?];
            self.driver
                .execute("arguments[0].select()", arguments)
                .await?;
            if text.is_empty() {
                field.send_keys(Key::Backspace + "").await
            } else {
                field.send_keys(text).await
            }
        })
    }

    /// Sets a field's value to `text` at once, like pasting. For text that a driver cannot type, such as emoji.
    #[track_caller]
    pub fn paste(&self, target: &str, text: &str) -> impl Future<Output = ()> {
        let what = format!("paste into {target}");
        poll_as(Location::caller(), what, async move || {
            let field = self.element(target).await?;
            let script = "const [field, text] = arguments; field.focus(); field.value = text; \
                          field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))";
            let arguments = vec![field.to_json()?, text.into()];
            self.driver.execute(script, arguments).await.map(drop)
        })
    }

    /// Chooses the option with this value in a `<select>`.
    #[track_caller]
    pub fn choose(&self, target: &str, value: &str) -> impl Future<Output = ()> {
        let what = format!("choose {value:?} in {target}");
        poll_as(Location::caller(), what, async move || {
            let select = self.element(target).await?;
            let option = format!("option[value=\"{value}\"]");
            select.find(By::Css(option)).await?.click().await
        })
    }

    /// Presses a key while `target` has the focus.
    #[track_caller]
    pub fn press(&self, target: &str, key: Key) -> impl Future<Output = ()> {
        let what = format!("press {key:?} in {target}");
        poll_as(Location::caller(), what, async move || {
            self.element(target)
                .await?
                .send_keys(key.clone() + "")
                .await
        })
    }

    /// The visible text.
    #[track_caller]
    pub fn text(&self, target: &str) -> impl Future<Output = String> {
        let what = format!("read {target}");
        poll_as(Location::caller(), what, async move || {
            self.visible_text(target).await
        })
    }

    /// An attribute, or `None` if there is none.
    #[track_caller]
    pub fn attribute(&self, target: &str, name: &str) -> impl Future<Output = Option<String>> {
        let what = format!("read the attribute {name} of {target}");
        poll_as(Location::caller(), what, async move || {
            self.element(target).await?.attr(name).await
        })
    }

    /// How many elements there are now.
    #[track_caller]
    pub fn count(&self, target: &str) -> impl Future<Output = usize> {
        let what = format!("count {target}");
        poll_as(Location::caller(), what, async move || {
            self.within(async || Ok(self.driver.find_all(By::Css(selector(target))).await?.len()))
                .await
        })
    }

    /// Waits until an element is there.
    #[track_caller]
    pub fn sees(&self, target: &str) -> impl Future<Output = ()> {
        let what = format!("wait for {target}");
        poll_as(Location::caller(), what, async move || {
            self.element(target).await.map(drop)
        })
    }

    /// Waits until an element's text contains `text`.
    #[track_caller]
    pub fn reads(&self, target: &str, text: &str) -> impl Future<Output = ()> {
        let at = Location::caller();
        async move {
            let what = format!("wait for {text:?} in {target}");
            poll(at, &what, async || match self.visible_text(target).await {
                Ok(found) if found.contains(text) => Ok(()),
                Ok(found) => Err(format!("it reads {found:?}")),
                Err(error) => Err(error.to_string()),
            })
            .await
        }
    }

    /// Runs the body of a function in the page with `arguments`, and returns its result. A promise is awaited. It runs only
    /// once: it is not retried after an error, which a page that is being replaced may cause.
    #[track_caller]
    pub fn js(&self, script: &str, arguments: &[Value]) -> impl Future<Output = Value> {
        let at = Location::caller();
        async move {
            match self.run(script, arguments).await {
                Ok(value) => value,
                Err(error) => panic!("{at}: run {script}: {}", brief(&error)),
            }
        }
    }

    /// Adds `<script>` elements with these attributes (an array of objects) to a loaded page, each after the previous one has
    /// run.
    #[track_caller]
    pub fn add_scripts(&self, scripts: Value) -> impl Future<Output = Value> {
        const ADD: &str = "return (async (scripts) => {
            for (const attributes of scripts) {
              const script = document.createElement('script');
              for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
              await new Promise((resolve, reject) => {
                Object.assign(script, { onload: resolve, onerror: reject });
                document.head.append(script);
              });
            }
          })(...arguments)";
        let at = Location::caller();
        async move {
            match self.run(ADD, std::slice::from_ref(&scripts)).await {
                Ok(value) => value,
                Err(error) => panic!("{at}: add {scripts}: {}", brief(&error)),
            }
        }
    }

    /// Waits until a script of the page returns something other than null, undefined, false, 0 or '', and returns that.
    #[track_caller]
    pub fn until(&self, script: &str, arguments: &[Value]) -> impl Future<Output = Value> {
        let at = Location::caller();
        async move {
            poll(at, &format!("wait until {script}"), async || {
                match self.run(script, arguments).await {
                    Ok(value) if is_truthy(&value) => Ok(value),
                    Ok(value) => Err(format!("it returned {value}")),
                    Err(error) => Err(error.to_string()),
                }
            })
            .await
        }
    }

    async fn run(&self, script: &str, arguments: &[Value]) -> WebDriverResult<Value> {
        self.within(async || {
            let returned = self.driver.execute(script, arguments.to_vec()).await?;
            Ok(returned.json().clone())
        })
        .await
    }
}

/// Whether the current frame or window is no longer there. Nothing has been done in it then.
fn is_gone(error: &WebDriverError) -> bool {
    use WebDriverErrorInner::{NoSuchFrame, NoSuchWindow};
    matches!(error.as_inner(), NoSuchFrame(_) | NoSuchWindow(_))
}

async fn poll_as<T>(
    at: &Location<'_>,
    what: String,
    attempt: impl AsyncFnMut() -> WebDriverResult<T>,
) -> T {
    poll(at, &what, attempt).await
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(it) => *it,
        Value::Number(it) => it.as_f64() != Some(0.0),
        Value::String(it) => !it.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// A single word is the `id` or `data-testid` of an element.
fn selector(target: &str) -> String {
    let is_word = target
        .chars()
        .all(|one| one.is_alphanumeric() || one == '-' || one == '_')
        && !matches!(target, "iframe" | "body");
    if is_word {
        format!("[id=\"{target}\"], [data-testid=\"{target}\"]")
    } else {
        target.to_owned()
    }
}
