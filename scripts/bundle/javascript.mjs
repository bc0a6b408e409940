// Makes JavaScript of a template in TypeScript: the same program and comments without the types, as Prettier writes it.
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { blankSourceFile } from 'ts-blank-space';
import ts from 'typescript';

/** What the path of a file becomes, and the paths in it. */
const renamed = (text) => text.replace(/\.ts(x?)(?=$|['"])/g, '.js$1');

/** @param {string} path @param {string} text @returns {Promise<[path: string, text: string]>} */
export async function javascriptOf(path, text) {
  const options = { ...(await resolveConfig(fileURLToPath(import.meta.url))), filepath: renamed(path) };
  if (/\.tsx?$/.test(path)) return [renamed(path), await format(renamed(withoutTypes(path, text)), options)];
  if (path.endsWith('.vue')) {
    const script = /(<script[^>]*?) lang="ts">\n([\s\S]*?)(?=<\/script>)/;
    return [
      path,
      await format(
        text.replace(script, (_, tag, code) => `${tag}>\n${renamed(withoutTypes('a.ts', code))}`),
        options,
      ),
    ];
  }
  return [path, path.endsWith('.html') ? renamed(text) : text];
}

function withoutTypes(path, text) {
  const parse = (code) =>
    ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const source = parse(text);
  // With its comment, which would stay.
  let code = text;
  for (const node of source.statements.filter((it) => ts.isInterfaceDeclaration(it) || ts.isTypeAliasDeclaration(it)).reverse())
    code = code.slice(0, node.getStart(source, true)) + code.slice(node.end).trimStart();
  return blankSourceFile(parse(code), (node) => {
    throw new Error(`${path}: not only types: ${node.getText()}`);
  });
}
