// The templates and servers to choose from.

export const TEMPLATES = {
  plain: 'no framework',
  react: 'React',
  vue: 'Vue',
  leptos: 'Leptos (Rust)',
};

export const SERVERS = {
  none: 'none: static files',
  node: 'Node',
  rust: 'Rust (axum)',
};

/**
 * Whether the project is in TypeScript. Leptos is Rust, and what little JavaScript it has stays.
 * @param {{ template: string, js?: boolean }} project
 */
export const hasTypes = ({ template, js = false }) => !js && template !== 'leptos';

/** A name that npm accepts, from a folder's name. @param {string} folder */
export function packageName(folder) {
  return (
    folder
      .toLowerCase()
      .replace(/[^a-z0-9~-]+/g, '-')
      .replace(/^[-.~]+|-+$/g, '') || 'juzi-sidebar'
  );
}
