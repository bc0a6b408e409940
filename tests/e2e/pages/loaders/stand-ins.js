// What loaders do with a script tag, each way in its simplest form. The functions in `load` take an element or a URL first.
(() => {
  const textOf = async (url) => (await fetch(url)).text();
  const nextTo = (element) => element.before.bind(element);
  /** A tag with only the address. */
  const bare = (src) => Object.assign(document.createElement('script'), { src });
  const addressOf = (element) => element.dataset.src ?? element.src;

  window.load = {
    /** Fetches the text and runs it, without any tag. */
    text: async (url) => (0, eval)(await textOf(url)),
    /** The same within a function, as sandboxes do. */
    inFunction: async (url) => new Function(await textOf(url))(),
    /** The same with a proxy in place of the document. The platform's getters refuse the proxy. */
    inSandbox: async (url) => {
      const get = (target, name) => (typeof target[name] == 'function' ? target[name].bind(target) : target[name]);
      new Function('document', await textOf(url))(new Proxy(document, { get }));
    },
    /** Puts the text into a tag without attributes, as jQuery does. */
    inline: async (url) => {
      const script = document.createElement('script');
      script.text = await textOf(url);
      document.head.append(script);
      script.remove();
    },
    /** A deferred loader, such as those of consent managers: it adds a tag and keeps the waiting one. */
    beside: (element) => nextTo(element)(bare(addressOf(element))),
    /** Replaces the tag by a comment, as micro-front-ends do, and runs the text. */
    replaced: async (element, comment) => {
      element.replaceWith(document.createComment(comment));
      await load.inFunction(addressOf(element));
    },
    /** Removes the tag and sets it as the current script, as qiankun does. */
    told: async (element) => {
      const text = await textOf(addressOf(element));
      element.remove();
      Object.defineProperty(document, 'currentScript', { get: () => element, configurable: true });
      (0, eval)(text);
      delete document.currentScript;
    },
    /** Runs the text of a template's tag. */
    fromTemplate: (template) => load.text(template.content.querySelector('script').getAttribute('src')),
  };
})();
