import type { Plugin } from 'vite';

/** A character that is no ASCII, with what escapes it as it is: an odd number of backslashes, as in a regular expression. */
const beyondAscii = /(?<!\\)((?:\\\\)*)\\?([^\0-\x7f])/g;

/**
 * V8 holds a source in one byte per character as long as none needs two, and the minifier writes `…` where the source said `\u2026`: a few of them doubled what a gateway keeps of its own code, 6 MB.
 * The raw text of a tagged template would change too; no package here looks at it.
 */
export const ascii: Plugin = {
  name: 'ascii',
  generateBundle: (_, bundle) => {
    for (const output of Object.values(bundle)) {
      // Columns of a source map would no longer fit.
      if (output.type === 'chunk' && !output.map) output.code = output.code.replaceAll(beyondAscii, (_match, backslashes: string, unit: string) => `${backslashes}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};
