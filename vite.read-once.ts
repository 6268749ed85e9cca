import type { Plugin } from 'vite';

/** The runtime's function that wraps a CommonJS module, under its name for other chunks. */
const wrapperExport = /__commonJSMin as ([\w$]+)/;

/**
 * V8 reads a function twice that is not called where it stands: to see where it ends, and again when it is called. One in brackets it compiles at once, for which the bundler puts the wrappers of
 * CommonJS modules there; but V8 of Node 20 looks for the word `function`, and the wrappers are arrow functions. As they use neither `this` nor `arguments`, they may as well be functions: 9 % of a start.
 */
export const readOnce: Plugin = {
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
