/** As much of a document as the panels need to draw rows and details in Node. */
class FakeNode {
  constructor(tag) {
    this.tag = tag;
    this.attributes = {};
    this.dataset = {};
    this.children = [];
    this.style = { setProperty() {} };
    this.listeners = {};
    this.classList = { add() {}, remove() {} };
  }
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }
  remove() {}
  get childElementCount() {
    return this.children.length;
  }
  /** The text that it shows. */
  get text() {
    return this.textContent ?? this.children.map((child) => (child instanceof FakeNode ? child.text : String(child))).join('');
  }
}

/** Installs it for the whole process. */
export function fakeDom() {
  const document = { createElement: (tag) => new FakeNode(tag), createElementNS: (_, tag) => new FakeNode(tag) };
  Object.assign(globalThis, { document, Node: FakeNode });
  return FakeNode;
}

/** The console's texts, as the panels get them. @param {typeof import('../../www/console/strings.js').strings} strings */
export const translator =
  (strings, language = 'en') =>
  (key, values = {}) => {
    const text = strings[language][key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  };
