// Loaded before the helper: records the objects that it creates, so that a test can count them afterwards.
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
// On the prototype, where the helper takes it.
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (this === window) listening[type] = (listening[type] ?? 0) + 1;
  return add.call(this, type, ...rest);
};
/** The longest array that something was pushed to, which is the shell's table of values. */
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

/** The sizes of memories (in bytes), of tables (in entries), and of the collections in `own`. */
window.own = { maps: [], sets: [] };
window.held = () => {
  const exported = instances.flatMap(({ exports }) => Object.values(exports));
  const of = (kind) => (kind ? exported.filter((value) => value instanceof kind) : []);
  const { Memory, Table } = globalThis.WebAssembly ?? {};
  return {
    maps: own.maps.map(({ size }) => size),
    sets: own.sets.map(({ size }) => size),
    values: longest.length,
    listeners: listening.message,
    memory: of(Memory).map(({ buffer }) => buffer.byteLength),
    references: of(Table).reduce((sum, { length }) => sum + length, 0),
  };
};

/** Overwrites the helper's memory, so that its next run traps. */
window.destroy = () => {
  const exported = instances.flatMap(({ exports }) => Object.values(exports));
  new Uint8Array(exported.find((value) => value instanceof WebAssembly.Memory).buffer).fill(0xff);
};
