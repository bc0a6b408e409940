// Before the helper: keeps what it makes, so that a test can count afterwards.
window.maps = [];
window.Map = class extends Map {
  constructor(...entries) {
    super(...entries);
    maps.push(this);
  }
};
window.sets = [];
window.Set = class extends Set {
  constructor(...entries) {
    super(...entries);
    sets.push(this);
  }
};
window.listening = { message: 0 };
const { addEventListener: add } = EventTarget.prototype;
window.addEventListener = function (type, ...rest) {
  listening[type] = (listening[type] ?? 0) + 1;
  return add.call(window, type, ...rest);
};
/** The longest array that something was pushed to: the shell's values. */
window.longest = [];
const { push } = Array.prototype;
Array.prototype.push = function (...items) {
  if (this.length > longest.length) window.longest = this;
  return push.apply(this, items);
};
window.instances = [];
const { Instance } = globalThis.WebAssembly ?? {};
if (Instance) {
  WebAssembly.Instance = function (...source) {
    const instance = new Instance(...source);
    instances[instances.length] = instance;
    return instance;
  };
}
