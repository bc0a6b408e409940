// Loaded after the helper's tag: records whether its core has been loaded.
window.engine = juziWx.env?.engine;
