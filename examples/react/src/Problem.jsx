import { explain } from './explain.js';

export function Problem({ error }) {
  return <p role="alert">{explain(error)}</p>;
}
