// Behind the helper's tag: whether its core is there already.
window.engine = juziWx.env?.engine;
