import { fileURLToPath } from 'node:url';
import { defaultServerConditions, mergeConfig, type InlineConfig, type Plugin, type UserConfig } from 'vite';

/**
 * How every app is bundled: one minified file with all it needs, for Node 20.19 and newer.
 * Names are kept: OpenAPI operation ids and log lines come from class and method names.
 */
export function appBundle(): UserConfig {
  return {
    ssr: { noExternal: true, resolve: { conditions: ['source', ...defaultServerConditions] } },
    build: {
      ssr: 'src/main.ts',
      target: 'node20',
      outDir: 'dist',
      emptyOutDir: true,
      minify: true,
      sourcemap: false,
      rolldownOptions: {
        output: {
          format: 'esm',
          entryFileNames: 'main.mjs',
          chunkFileNames: 'chunks/[name]-[hash].mjs',
          // By not renaming, rather than by `output.keepNames`: that wraps every function in a call, at start and wherever a closure is made.
          minify: { mangle: { keepNames: true }, compress: { keepNames: { function: true, class: true } } },
        },
      },
    },
    logLevel: 'warn',
    plugins: [readOnce],
  };
}

/**
 * The same for a gateway, without what would only be read at start, and was a third of it: what compiles schemas of Fastify, for it has none
 * (`libs/gateway/src/schema-compilers.ts`), and the rules of class-validator that nobody uses, with every phone number plan of the world.
 */
export function gatewayBundle(): UserConfig {
  return mergeConfig(appBundle(), { plugins: [withoutUnread] });
}

/**
 * How a program of a spec is bundled: as `bundle` says, without a word.
 * @param folder with its `main.ts`
 */
export function programBundle(bundle: UserConfig, folder: URL, outDir: string): InlineConfig {
  return mergeConfig(bundle, { root: fileURLToPath(folder), configFile: false, logLevel: 'silent', build: { ssr: 'main.ts', outDir } });
}

const schemaCompilers = new Set(['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler']);
const noCompiler = '\0no-schema-compiler';
const validatorOfNest = '\0class-validator-of-nest';

/**
 * What axios does as it is loaded, and a gateway may never need: to look at the classes of `fetch` has Node load its own undici, a twentieth of a start.
 * Done when somebody asks for the adapter `fetch`, or sends what may be a form.
 */
const whenAsked = [
  { file: /[\\/]axios[\\/]lib[\\/]adapters[\\/]fetch\.js$/, text: 'const adapter = getFetch();', instead: 'const adapter = /* @__PURE__ */ getFetch();' },
  { file: /[\\/]axios[\\/]lib[\\/]utils\.js$/, text: "const FormDataCtor = typeof G.FormData !== 'undefined' ? G.FormData : undefined;", instead: '' },
  { file: /[\\/]axios[\\/]lib[\\/]utils\.js$/, text: 'if (FormDataCtor && thing instanceof FormDataCtor) return true;', instead: "if (typeof G.FormData !== 'undefined' && thing instanceof G.FormData) return true;" },
] as const;

const withoutUnread: Plugin = {
  name: 'without-unread',
  enforce: 'pre',
  resolveId: (id, importer = '') => {
    if (schemaCompilers.has(id)) return noCompiler;
    // Nest takes the whole of it, by its name, where it wants these.
    if (id === 'class-validator' && /[\\/]@nestjs[\\/]/.test(importer)) return validatorOfNest;
    return undefined;
  },
  load: (id) => {
    if (id === noCompiler) return "export default () => { throw new Error('A gateway has no schemas of Fastify'); };";
    if (id === validatorOfNest) return "export { getMetadataStorage, IsOptional, validate, ValidateIf } from 'class-validator';";
    return undefined;
  },
  transform: (code, id) => {
    const edits = whenAsked.filter(({ file }) => file.test(id));
    if (edits.length === 0) return undefined;
    for (const { text } of edits) if (!code.includes(text)) throw new Error(`${id} has changed: see whether it still has to be kept from loading Node's own undici`);
    return { code: edits.reduce((edited, { text, instead }) => edited.replace(text, instead), code), map: null };
  },
};

/** The runtime's function that wraps a CommonJS module, under its name for other chunks. */
const wrapperExport = /__commonJSMin as ([\w$]+)/;

/**
 * V8 reads a function twice that is not called where it stands: to see where it ends, and again when it is called. One in brackets it compiles at once, for which the bundler puts the wrappers of
 * CommonJS modules there; but V8 of Node 20 looks for the word `function`, and the wrappers are arrow functions. As they use neither `this` nor `arguments`, they may as well be functions: 9 % of a start.
 */
const readOnce: Plugin = {
  name: 'read-once',
  generateBundle: (_, bundle) => {
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
    const wrapper = chunks.map(({ code }) => wrapperExport.exec(code)?.[1]).find((name) => name !== undefined);
    if (wrapper === undefined) return;
    for (const chunk of chunks) {
      // Columns of a source map would no longer fit.
      const local = chunk.map ? undefined : localName(chunk.code, wrapper);
      if (local !== undefined) chunk.code = chunk.code.replaceAll(wrapperCall(local), (_call, before: string, list?: string, single?: string) => `${before}${local}((function(${list ?? single}){`);
    }
  },
};

/** How a chunk calls what the runtime exports as `exported`. */
function localName(code: string, exported: string): string | undefined {
  const imported = /import\{([^}]*)\}from"[^"]*rolldown-runtime[^"]*"/.exec(code)?.[1]?.split(',').map((name) => name.split(' as ')) ?? [];
  const found = imported.find(([name]) => name === exported);
  return found?.[1] ?? found?.[0];
}

/** The head of a wrapper in two brackets: what stands before it, and its parameters, as a list or as a single one. */
function wrapperCall(name: string): RegExp {
  return new RegExp(`([=,;(\\s])${name.replaceAll('$', '\\$')}\\(\\((?:\\(((?:[\\w$]+(?:,[\\w$]+)*)?)\\)|([\\w$]+))=>\\{`, 'g');
}
