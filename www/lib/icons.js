/** The icons of the workbench and the demo: 24 by 24, one stroke, the colour of the text around them. */

const PATHS = {
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  reload: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4h-4',
  external: 'M13.5 5H19v5.5M19 5l-8 8M10 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V14',
  send: 'M4 12 20 4.5 15 20l-3.5-6.5zM11.5 13.5 20 4.5',
  close: 'M6 6l12 12M18 6 6 18',
  left: 'M14.5 5.5 8 12l6.5 6.5',
  right: 'M9.5 5.5 16 12l-6.5 6.5',
  down: 'M5.5 9 12 15.5 18.5 9',
  in: 'M19 12H6M11 6.5 5.5 12l5.5 5.5',
  out: 'M5 12h13M13 6.5l5.5 5.5-5.5 5.5',
  pause: 'M9 6v12M15 6v12',
  code: 'M8.5 7 4 12l4.5 5M15.5 7 20 12l-4.5 5M13 5l-2 14',
  folder: 'M4 18.5v-13h6l2 2.5h8v10.5z',
  pin: 'M12 14v6.5M8 4h8l-1 6 3 3.5v.5H6v-.5L9 10z',
  pencil: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  hand:
    'M7 12V7.5a1.3 1.3 0 0 1 2.6 0V11M9.6 11V5.3a1.3 1.3 0 0 1 2.6 0V11M12.2 11V6.3a1.3 1.3 0 0 1 2.6 ' +
    '0V12M14.8 9a1.3 1.3 0 0 1 2.6 0v5.5a6 6 0 0 1-6 6c-3 0-4.2-1.7-6.4-6l1.3-1 1.7 1.5',
  play: 'M8 5.5v13l10.5-6.5z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12h8.4L17 7M10.5 10.5v5M13.5 10.5v5',
  download: 'M12 4.5v10M7.5 10.5 12 15l4.5-4.5M5 19h14',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  check: 'M5 12.5 10 17.5 19 7',
  alert: 'M12 4 21 19.5H3zM12 10v4.5M12 16.8v.4',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 7.8v.4',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  auto: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16M12 8l5-2M12 12l7.5-2.5M12 16l7-2.5',
  language: 'M4 6h9M8.5 4v2M11 6c-.8 3.5-3.2 6.5-6.5 8M6.5 9c1 2.2 3 4 5.5 5M12.5 20l4-9.5 4 9.5M14 17h5',
  panel: 'M4 5h16v14H4zM4 13.5h16',
  file: 'M7 3.5h7L18.5 8v12.5H7zM14 3.5V8h4.5',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.5v.2',
  video: 'M4 6h11v12H4zM15 10.5 20 7.5v9l-5-3z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  app: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 9.2v5.6a2.3 2.3 0 1 1-2.3-2.3M12 9.2a2.3 2.3 0 1 1 2.3 2.3',
  chats: 'M4 5h16v11H10l-4.5 3.5V16H4z',
  side: 'M4 5h16v14H4zM14 5v14',
  plus: 'M12 5v14M5 12h14',
  flask: 'M9.5 4h5M10.5 4v6L5.5 18.5A1.3 1.3 0 0 0 6.6 20.5h10.8a1.3 1.3 0 0 0 1.1-2L13.5 10V4M8 15h8',
  key: 'M8.5 18a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM11.7 10.3 19 3.5M16 6.3l2.5 2.5',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0',
  group:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14a6.5 6.5 0 0 1 3.5 5.5',
};

/**
 * An icon. It is decorative: the control that contains it has the accessible name.
 * @param {keyof typeof PATHS} name
 * @param {number} [size] Pixels.
 */
export function icon(name, size = 18) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 24 24',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.6,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
    class: 'icon',
  }))
    svg.setAttribute(attribute, String(value));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
