// Traces of the helper's tag in the document, for a running script that lacks its options because a loader has run the tag's text, or a
// copy of the tag. Injected markup can leave any trace, so two traces that differ allow no host.
import { complain } from 'juzi:calls';
import { getter, methodOf } from 'juzi:platform';
import { attribute, attributesOf, hasOptions, isScript, limits, namesUs } from './script-options.js';

const { Document, Element, HTMLTemplateElement, Node, TreeWalker, console } = globalThis;
const createTreeWalker = methodOf(Document, 'createTreeWalker');
const nextNode = methodOf(TreeWalker, 'nextNode');
const [nodeName, textContent] = ['nodeName', 'textContent'].map((name) => getter(Node, name));
const getAttribute = methodOf(Element, 'getAttribute');
const template = getter(HTMLTemplateElement, 'content');
const shadowRoot = getter(Element, 'shadowRoot');
const ELEMENTS_AND_COMMENTS = 129;
/** `data-allowed-hosts`, `dataset.allowedHosts`, and similar names. The script itself has no such text. */
const MEANT = /data(?:-|set\W+)allow[\w-]*host\w*/i;
/** A comment in a script's place: `script https://… replaced by qiankun`, `script with src='…' extract by micro-app`. */
const LEFT_BY_LOADER = /script\b[^]*juzi-helper[^]*\bby\b/i;

/** The hosts after each mention of the option in a text. */
const hostsIn = (text) =>
  text
    .split(MEANT)
    .slice(1)
    .map((rest) => /^[\s=\\"'`\],]*([^\\"'`>]*)/.exec(rest)[1]);

/** Calls `see` with each element and comment of the document, and of what is inside templates and open shadow trees. */
const walk = (document, see, root = document) => {
  const walker = createTreeWalker(document, root, ELEMENTS_AND_COMMENTS);
  for (let node; (node = nextNode(walker));) {
    see(node, root !== document);
    const inside = inner(node);
    if (inside) walk(document, see, inside);
  }
};
/** The contents of an element that are not among its children. */
const inner = (node) => {
  for (const read of [template, shadowRoot]) {
    try {
      const inside = read(node);
      if (inside) return inside;
    } catch {
      // Another type of node.
    }
  }
};

/**
 * The traces beside the running script.
 *
 * @returns {{ tags: object[], hosts: unknown[] }} the `data-*` attributes of each script element that looks like ours; the hosts that
 * anything else names, or null for hosts that are lost
 */
const tracesOf = (document, running, isPlain) => {
  const tags = [];
  const hosts = [];
  walk(document, (node, isInside) => {
    if (node === running) return;
    if (isScript(node) && !isInside) {
      const attributes = attributesOf(node);
      // The original of a copy has our file and options, or at least `allowedHosts`.
      const hasOne = hasOptions(attributes);
      if (isPlain ? limits(attributes) || (hasOne && namesUs(node)) : hasOne || namesUs(node)) tags.push(attributes);
    }
    if (!isPlain) hosts.push(...hostsBeside(node, isInside));
  });
  return { tags, hosts };
};

/** The hosts that a node other than the tag itself names, in an attribute or in its text. */
const hostsBeside = (node, isInside) => {
  const name = nodeName(node);
  const isComment = name == '#comment';
  const isText = isComment || /script$/i.test(name);
  const given = isComment || (isScript(node) && !isInside) ? null : getAttribute(node, attribute('allowedHosts'));
  const text = isText ? textContent(node) : '';
  return [...(given == null ? [] : [given]), ...hostsIn(text), ...(isComment && LEFT_BY_LOADER.test(text) ? [null] : [])];
};

const HOW =
  'Load it by a tag of its own without type="module", or set window.juziHelperOptions = { allowedHosts: ["https://..."] } before.';
const warn = (text) => {
  try {
    console.warn(`juzi-helper: ${text}`);
  } catch {
    // The page's own console.
  }
};
const CLOSED = { __proto__: null, allowedHosts: '' };

/**
 * The options of the one tag that looks like ours, if nothing contradicts it; undefined if there is none. Of several, none is read.
 *
 * @param {Node | null} running the running script
 * @param {boolean} isPlain whether that is our file. Then it lacks options, unless another element is the tag that it was copied from;
 * texts do not count.
 * @param {boolean} isKnown whether the page gives options in another way, or the tag is ours
 */
export const tracedOptions = (document, running, isPlain, isKnown) => {
  const { tags, hosts } = tracesOf(document, running, isPlain);
  const [first, second] = tags;
  if (first && !second && hosts.every((given) => given === first.allowedHosts)) return first;
  const isLimited = hosts.length > 0 || tags.some(limits);
  if (isLimited || first) {
    const which = second ? `${tags.length} script elements look like the helper's` : "the helper's own tag is not certain";
    complain(`${which}: their data-* options are not read${isLimited ? ', and no host is allowed' : ''}. ${HOW}`);
  } else if (!isKnown) {
    warn(`the helper's script element was not found, so it has no options, and any host is allowed. ${HOW}`);
  }
  return isLimited ? CLOSED : undefined;
};
