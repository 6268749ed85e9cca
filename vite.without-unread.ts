import type { Plugin } from 'vite';

/** What a gateway imports and does not use is another module in its bundle, or none until it is asked for. */
interface Replacement {
  readonly id: RegExp;
  readonly importer?: RegExp;
  /** The module instead. @param file what the import would have been */
  readonly code: (file: string) => string;
}

const replacements: readonly Replacement[] = [
  // What compiles schemas of Fastify: a gateway has none (libs/gateway/src/schema-compilers.ts).
  { id: /^@fastify\/(?:ajv|fast-json-stringify)-compiler$/, code: () => "export default () => { throw new Error('A gateway has no schemas of Fastify'); };" },
  // Nest takes the whole of it, by its name, where it wants these: without it go the rules that nobody uses, with every phone number plan of the world.
  { id: /^class-validator$/, importer: /[\\/]@nestjs[\\/]/, code: (file) => `export { getMetadataStorage, IsOptional, validate, ValidateIf } from ${JSON.stringify(file)};` },
  // HttpService calls through the gateway's own client; axios' own is there for who names it.
  { id: /^\.\/http\.js$/, importer: /[\\/]axios[\\/]lib[\\/]adapters[\\/]adapters\.js$/, code: (file) => `export default (config) => import(${JSON.stringify(file)}).then(({ default: adapter }) => adapter(config));` },
  // Without this one axios makes its forms of Node's own class, and the table of all media types stays out.
  { id: /^form-data$/, importer: /[\\/]axios[\\/]/, code: () => 'export default null;' },
];

/** What a package does as it is loaded, and a gateway may never need, is done when somebody asks for it. */
interface Edit {
  readonly file: RegExp;
  readonly text: string;
  readonly instead: string;
}

const loggersOfNest = /[\\/]@nestjs[\\/]common[\\/]services[\\/](?:console-)?logger\.service\.js$/;

const edits: readonly Edit[] = [
  // As a variable, TypeBox's default export holds all there is to describe a type with; as a name for a namespace, what is read of it: a third of its code.
  { file: /[\\/]typebox[\\/]build[\\/]index\.mjs$/, text: 'export default Type;', instead: 'export { Type as default };' },
  // To look at the classes of `fetch` has Node load its own undici, a twentieth of a start.
  { file: /[\\/]axios[\\/]lib[\\/]adapters[\\/]fetch\.js$/, text: 'const adapter = getFetch();', instead: 'const adapter = /* @__PURE__ */ getFetch();' },
  { file: /[\\/]axios[\\/]lib[\\/]utils\.js$/, text: "const FormDataCtor = typeof G.FormData !== 'undefined' ? G.FormData : undefined;", instead: '' },
  { file: /[\\/]axios[\\/]lib[\\/]utils\.js$/, text: 'if (FormDataCtor && thing instanceof FormDataCtor) return true;', instead: "if (typeof G.FormData !== 'undefined' && thing instanceof G.FormData) return true;" },
  // Node takes 3 % of a start to learn of all languages how they write a date, for lines that a gateway writes in its own form (libs/gateway/src/nest-log.ts).
  { file: loggersOfNest, text: 'const dateTimeFormatter = new Intl.DateTimeFormat(', instead: 'const dateTimeFormatter = () => new Intl.DateTimeFormat(' },
  { file: loggersOfNest, text: 'dateTimeFormatter.format(', instead: 'dateTimeFormatter().format(' },
];

/** The modules that stand for others, by the ids they got. */
const standIns = new Map<string, string>();

/** Keeps out of a gateway's bundle what would only be read, or done, at its start. */
export const withoutUnread: Plugin = {
  name: 'without-unread',
  enforce: 'pre',
  resolveId: async function (id, importer = '') {
    const replacement = replacements.find((one) => one.id.test(id) && (one.importer?.test(importer) ?? true));
    if (!replacement) return undefined;
    const file = (await this.resolve(id, importer, { skipSelf: true }))?.id ?? id;
    const standIn = `\0instead:${file}`;
    standIns.set(standIn, replacement.code(file));
    return standIn;
  },
  load: (id) => standIns.get(id),
  transform: (code, id) => {
    const found = edits.filter(({ file }) => file.test(id));
    if (found.length === 0) return undefined;
    for (const { text } of found) if (!code.includes(text)) throw new Error(`${id} has changed: see what it does as it is loaded, and whether this still has to be kept from it: ${text}`);
    return { code: found.reduce((edited, { text, instead }) => edited.replace(text, instead), code), map: null };
  },
};
