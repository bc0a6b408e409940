// The look of the panel of `juzi-helper-wasm/dev`.

export const STYLE = `
:host {
  all: initial;
  color-scheme: light dark;
  position: fixed;
  right: 12px;
  bottom: 12px;
  z-index: 2147483647;
  font: 13px/1.45 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: light-dark(#1a1f29, #e6e9ef);
}
* { box-sizing: border-box; font: inherit; color: inherit; }
[hidden] { display: none !important; }
button, select, input {
  min-height: 28px;
  padding: 2px 8px;
  border: 1px solid light-dark(#8a93a2, #6b7484);
  border-radius: 6px;
  background: light-dark(#fff, #262b33);
}
button { cursor: pointer; }
:focus-visible { outline: 2px solid light-dark(#1f5fd1, #7aa7ff); outline-offset: 1px; }
.open {
  display: block;
  margin-left: auto;
  max-width: 260px;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  border-radius: 16px;
  padding: 4px 14px;
  background: light-dark(#1f5fd1, #7aa7ff);
  color: light-dark(#fff, #0c1526);
  border: 0;
  box-shadow: 0 2px 10px rgb(0 0 0 / 30%);
}
section {
  display: grid;
  grid-template-rows: auto minmax(0, 1fr);
  width: min(360px, calc(100vw - 24px));
  max-height: min(600px, calc(100vh - 24px));
  background: light-dark(#f8f9fb, #191c22);
  border: 1px solid light-dark(#c9ced6, #434a56);
  border-radius: 10px;
  box-shadow: 0 6px 24px rgb(0 0 0 / 30%);
}
header { display: flex; gap: 6px; align-items: center; padding: 8px 8px 8px 12px; border-bottom: 1px solid light-dark(#e2e5ea, #2b3039); }
h2 { flex: 1; margin: 0; font-weight: 600; }
.body { overflow: auto; display: grid; gap: 12px; padding: 10px 12px 12px; }
p { margin: 0; color: light-dark(#4b5462, #b0b8c5); }
label, fieldset { display: grid; gap: 4px; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend, .heading { padding: 0; font-weight: 600; margin-bottom: 4px; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 118px; gap: 4px 8px; align-items: center; }
.row code, .log code { overflow-wrap: anywhere; font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px; }
.row [type=text] { grid-column: 1 / -1; }
.check { grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: 8px; }
.check input { min-height: 0; margin: 0; }
.log { margin: 0; padding: 0; list-style: none; display: grid; gap: 2px; }
.log li { display: flex; justify-content: space-between; gap: 8px; overflow-wrap: anywhere; }
.ok { color: light-dark(#177245, #6fcf97); }
.bad { color: light-dark(#b3261e, #ff8a80); }
@media (prefers-reduced-motion: no-preference) {
  .open { transition: filter 0.15s; }
  .open:hover { filter: brightness(1.1); }
}
`;
