/**
 * A plugin for Vite's dev server: the workbench's console at `/__juzi/`, with the page in its sidebar.
 *
 * ```ts
 * import juzi from 'vite-plugin-juzi';
 *
 * export default { plugins: [juzi()] };
 * ```
 *
 * `vite` prints the console's address beside its own. Hot module replacement works in the sidebar as it does in a tab. The plugin has no
 * effect on builds. It also simulates the OAuth hub, at `/__juzi` of the dev server: pass `base: 'http://localhost:5173/__juzi'` to the
 * functions of `juzi-helper-wasm/oauth`.
 *
 * The console has the same origin as the page. The real console has another one. To see what a browser does with the cookies of a page in
 * another site's frame, use `juzi-workbench --page http://localhost:5173/`.
 *
 * @packageDocumentation
 */

/** Options of the plugin. */
export interface JuziOptions {
  /** The sidebar page: a path from Vite's `base` on, or an absolute address. Default: the dev server's first page. */
  page?: string | undefined;
  /** The conversations, the account and the faults: a JSON or TOML file, from Vite's `root` on. It is read again when it changes. */
  scenario?: string | undefined;
  /** Seconds that an unused login code lives; default 300. */
  codeTtl?: number | undefined;
  /** Whether the page shows its calls in an overlay; default true. */
  overlay?: boolean | undefined;
}

/** What Vite needs of the plugin. It fits Vite 6, 7 and 8, whichever the project has. */
export interface JuziPlugin {
  name: 'juzi';
  apply: 'serve';
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Vite's own types differ between its versions.
  configureServer(server: any): Promise<void>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  transformIndexHtml(html: string, context: any): { tag: string; attrs: Record<string, string>; injectTo: 'head-prepend' }[];
}

/**
 * Makes the plugin.
 *
 * ```ts
 * export default defineConfig({ plugins: [juzi({ scenario: 'juzi.scenario.json' })] });
 * ```
 *
 * @throws TypeError if there is no option of that name, or its value is of the wrong kind
 */
export default function juzi(options?: JuziOptions): JuziPlugin;
