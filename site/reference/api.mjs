/** The calls and types of the npm packages, from their `.d.ts` files, by TypeDoc. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Application, Converter } from 'typedoc';
import { root } from '../lib/places.mjs';
import { entries } from './entries.mjs';
import { SENTENCE } from './symbols.mjs';

/** Corrections of TypeDoc's own Chinese. */
const LOCALES = { zh: { kind_plural_reference: '重新导出', theme_extended_by: '子类型', theme_overrides: '重写' } };

/**
 * Pages by their path.
 * @param {'en' | 'zh'} language @param {(text: string) => string} translate
 */
export async function apiPages(language, translate) {
  const listed = entries();
  const work = join(root, 'target/site');
  mkdirSync(work, { recursive: true });
  const out = mkdtempSync(join(work, 'typedoc-'));
  try {
    const tsconfig = join(out, 'tsconfig.json');
    writeFileSync(
      tsconfig,
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          moduleResolution: 'nodenext',
          target: 'es2022',
          lib: ['es2023', 'dom'],
          strict: true,
          skipLibCheck: true,
          noEmit: true,
          types: [],
        },
        files: listed.map(({ built, types }) => join(root, built, types)),
      }),
    );
    const app = await Application.bootstrapWithPlugins({
      entryPoints: listed.map(({ built, types }) => join(root, built, types)),
      tsconfig,
      lang: language,
      locales: LOCALES,
      out: join(out, 'md'),
      plugin: [new URL(import.meta.resolve('typedoc-plugin-markdown')).pathname],
      // The types of Playwright and of bundlers are not installed here.
      skipErrorChecking: true,
      readme: 'none',
      disableSources: true,
      excludeExternals: true,
      logLevel: 'Error',
      // The markdown plugin's options.
      outputFileStrategy: 'modules',
      entryFileName: 'modules',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      hidePageTitle: true,
      useCodeBlocks: true,
      expandObjects: false,
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      propertyMembersFormat: 'table',
      classPropertiesFormat: 'table',
      typeDeclarationFormat: 'table',
      enumMembersFormat: 'table',
      sanitizeComments: true,
      hideGroupHeadings: false,
    });
    if (language === 'zh') app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => translateComments(project, translate));
    const project = await app.convert();
    if (!project) throw new Error('TypeDoc cannot read the types of the packages');
    await app.generateOutputs(project);
    return Object.fromEntries(listed.map((entry) => [`reference/api/${entry.page}.md`, page(entry, join(out, 'md'), language)]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** TypeDoc names a page after the file that the build makes; one of an `index` after its folder. */
const typeDocName = ({ built, types }) => `${built}/${types.replace(/\.d\.ts$/, '')}`.replace(/\/index$/, '');
const nameOf = (file) => file.replace(/(\.d)?\.md$/, '');

function page(entry, dir, language) {
  const file = readdirSync(dir, { recursive: true })
    .map(String)
    .find((one) => one.endsWith('.md') && nameOf(one) === typeDocName(entry));
  if (!file || !existsSync(join(dir, file)))
    throw new Error(`TypeDoc wrote no page for ${typeDocName(entry)}: ${readdirSync(dir, { recursive: true }).join(', ')}`);
  const text = readFileSync(join(dir, file), 'utf8')
    // Links between entries.
    .replace(/\]\(([\w./-]+\.md)(#[^)]*)?\)/g, (whole, target, anchor = '') => {
      const other = entries().find((one) => typeDocName(one) === nameOf(posix.join(posix.dirname(file), target)));
      return other ? `](./${other.page}.md${anchor})` : whole;
    })
    .replaceAll(/^\*\*\*$/gm, '');
  return `---\noutline: [2, 3]\n---\n\n# ${entry.name}\n\n${entry.summary[language]}\n\n${text.trim()}\n`;
}

/** @param {any} project @param {(text: string) => string} translate */
function translateComments(project, translate) {
  for (const reflection of Object.values(project.reflections)) {
    for (const comment of [reflection.comment, reflection.type?.declaration?.comment]) {
      if (!comment || comment.translated) continue;
      comment.translated = true;
      comment.summary = inLanguage(comment.summary, translate);
      for (const tag of comment.blockTags) tag.content = inLanguage(tag.content, translate);
    }
  }
}

/** Translates a paragraph as a whole, with its links and code. In examples only the comments are translated. */
function inLanguage(parts, translate) {
  /** @type {any[][]} */
  const paragraphs = [[]];
  for (const part of parts) {
    if (part.kind === 'text') {
      const [first, ...rest] = part.text.split(/(\n{2,})/);
      paragraphs.at(-1).push({ ...part, text: first });
      for (let i = 0; i < rest.length; i += 2) paragraphs.push([{ kind: 'text', text: rest[i] }], [{ ...part, text: rest[i + 1] }]);
    } else if (part.kind === 'code' && part.text.startsWith('```'))
      paragraphs.push([{ ...part, text: commentsInLanguage(part.text, translate) }], []);
    else paragraphs.at(-1).push(part);
  }
  return paragraphs.flatMap((paragraph) => {
    const text = paragraph.map((part) => part.text).join('');
    if (text.trim() === '' || text.startsWith('```')) return paragraph;
    const links = paragraph.filter((part) => part.kind === 'inline-tag');
    return withLinks(/^\s*/.exec(text)[0] + translate(text.trim()) + /\s*$/.exec(text)[0], links);
  });
}

const commentsInLanguage = (code, translate) => code.replace(SENTENCE, (_, text) => `// ${translate(text)}`);

/** Adds links to the Chinese for the names that the source links. */
function withLinks(text, links) {
  if (links.length === 0) return [{ kind: 'text', text }];
  const names = links.map((link) => link.text.replace(/\W/g, '\\$&'));
  return text
    .split(new RegExp(`(?<![\\w\`])(${names.join('|')})(?![\\w\`])`))
    .map((part) => links.find((link) => link.text === part) ?? { kind: 'text', text: part });
}
