//! Constructors and the parser of messages, for the server of a sidebar page.

#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;

use super::{Medium, Miniprogram, News, SendParams, Text};

impl SendParams {
    /// A text message.
    ///
    /// ```
    /// use juzi_helper::message::{SendParams, Text};
    /// let text = Text { content: "hello".into() };
    /// assert_eq!(SendParams::text("hello"), SendParams::Text { text });
    /// ```
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text {
            text: Text {
                content: content.into(),
            },
        }
    }

    /// A picture.
    ///
    /// ```
    /// use juzi_helper::message::{Medium, SendParams};
    /// let image = Medium::at("https://example.com/cat.png").titled("cat.png");
    /// assert_eq!(SendParams::image(image.clone()), SendParams::Image { image });
    /// ```
    #[must_use]
    pub fn image(image: Medium) -> Self {
        Self::Image { image }
    }

    /// A video.
    ///
    /// ```
    /// use juzi_helper::message::{Medium, SendParams};
    /// let video = Medium::at("https://example.com/tour.mp4");
    /// assert_eq!(SendParams::video(video.clone()), SendParams::Video { video });
    /// ```
    #[must_use]
    pub fn video(video: Medium) -> Self {
        Self::Video { video }
    }

    /// A file of any other kind.
    ///
    /// ```
    /// use juzi_helper::message::{Medium, SendParams};
    /// let file = Medium::at("https://example.com/offer.pdf").titled("offer.pdf");
    /// assert_eq!(SendParams::file(file.clone()), SendParams::File { file });
    /// ```
    #[must_use]
    pub fn file(file: Medium) -> Self {
        Self::File { file }
    }

    /// A link.
    ///
    /// ```
    /// use juzi_helper::message::{News, SendParams};
    /// let news = News { title: Some("Offer".into()), ..News::to("https://example.com/offer") };
    /// assert_eq!(SendParams::news(news.clone()), SendParams::News { news });
    /// ```
    #[must_use]
    pub fn news(news: News) -> Self {
        Self::News { news }
    }

    /// A mini program.
    ///
    /// ```
    /// use juzi_helper::message::{Miniprogram, SendParams};
    /// let miniprogram = Miniprogram {
    ///     appid: "wx1234567890abcdef".into(),
    ///     title: "Orders".into(),
    ///     img_url: "https://example.com/cover.png".into(),
    ///     page: "pages/order?id=1".into(),
    ///     desc: "Your order".into(),
    ///     icon_url: "https://example.com/icon.png".into(),
    ///     official_account_id: "gh_1234567890ab".into(),
    /// };
    /// assert_eq!(SendParams::miniprogram(miniprogram.clone()), SendParams::Miniprogram { miniprogram });
    /// ```
    #[must_use]
    pub fn miniprogram(miniprogram: Miniprogram) -> Self {
        Self::Miniprogram { miniprogram }
    }

    /// Parses a message by the rules that apply in the page, with the same error messages. Unknown members are dropped.
    ///
    /// ```
    /// use juzi_helper::message::SendParams;
    /// use serde_json::json;
    ///
    /// let message = SendParams::parse(&json!({ "msgtype": "text", "text": { "content": "你好" } }))?;
    /// assert_eq!(message, SendParams::text("你好"));
    ///
    /// let invalid = SendParams::parse(&json!({ "msgtype": "image", "image": { "url": "" } })).unwrap_err();
    /// assert_eq!(invalid.to_string(), "url is empty");
    /// # Ok::<(), juzi_helper::message::InvalidMessage>(())
    /// ```
    ///
    /// # Errors
    /// The first fault of the message.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn parse(params: &serde_json::Value) -> Result<Self, InvalidMessage> {
        let checked = super::check(params).map_err(|fault| InvalidMessage(fault.reason()))?;
        // A checked message has the form of these types.
        Self::deserialize(checked).map_err(|error| InvalidMessage(error.to_string()))
    }
}

/// Why a message cannot be sent. Its `Display` names the member; it is the part of the page's `err_msg` after `sendChatMessage:fail `.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidMessage(String);

#[cfg(not(target_arch = "wasm32"))]
impl core::fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl core::error::Error for InvalidMessage {}

impl Medium {
    /// The file at a URL.
    ///
    /// ```
    /// use juzi_helper::message::Medium;
    /// assert_eq!(Medium::at("https://example.com/cat.png").title, None);
    /// ```
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            title: None,
        }
    }

    /// The same with a title.
    ///
    /// ```
    /// use juzi_helper::message::Medium;
    /// let image = Medium::at("https://example.com/cat.png").titled("cat.png");
    /// assert_eq!(image.title.as_deref(), Some("cat.png"));
    /// ```
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self {
            title: Some(title.into()),
            ..self
        }
    }
}

impl News {
    /// A link to a URL, with nothing on its card yet.
    ///
    /// ```
    /// use juzi_helper::message::News;
    /// assert_eq!(News::to("https://example.com").link, "https://example.com");
    /// ```
    #[must_use]
    pub fn to(link: impl Into<String>) -> Self {
        Self {
            link: link.into(),
            title: None,
            desc: None,
            img_url: None,
        }
    }
}
