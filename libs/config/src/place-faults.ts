import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { ConfigurationFault } from './configuration-error.js';

/** A file by its name and content. */
export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

/**
 * Gives faults that were found after a file had been read their places in it: of the key that their path names, or of the nearest one around it.
 * A fault that has a place keeps it; of several files the last one that has the path counts.
 */
export function placeFaults(faults: readonly ConfigurationFault[], texts: readonly ConfigText[]): ConfigurationFault[] {
  const documents = texts.map(({ file, text }) => {
    const lines = new LineCounter();
    return { file, lines, root: parseDocument(text, { lineCounter: lines, logLevel: 'silent' }).contents as Node | null };
  });
  return faults.map((fault) => {
    if (fault.file !== undefined) return fault;
    const found = documents
      .map(({ file, lines, root }) => ({ file, lines, ...nearest(root, fault.path) }))
      .reduce((best, candidate) => (candidate.depth >= best.depth ? candidate : best));
    if (found.offset === undefined) return { ...fault, file: found.file };
    const { line, col } = found.lines.linePos(found.offset);
    return { ...fault, file: found.file, line, column: col };
  });
}

/** Offset of the deepest key on the way along `path`, and how much of the path led there. */
function nearest(root: Node | null, path: string): { offset: number | undefined; depth: number } {
  let node: unknown = root;
  let rest = path;
  let offset: number | undefined;
  for (;;) {
    const step: { key: Node; value: unknown; rest: string } | undefined = isMap(node) ? inMap(node.items, rest) : isSeq(node) ? inList(node.items, rest) : undefined;
    if (!step) return { offset, depth: path.length - rest.length };
    offset = step.key.range?.[0] ?? offset;
    node = step.value;
    rest = step.rest;
  }
}

/** The pair whose key begins `rest`; the longest one, for names may hold dots. */
function inMap(items: readonly { key: unknown; value: unknown }[], rest: string): { key: Node; value: unknown; rest: string } | undefined {
  const fitting = items.filter(({ key }) => isScalar(key) && (rest === key.value || rest.startsWith(`${String(key.value)}.`) || rest.startsWith(`${String(key.value)}[`)));
  const [longest] = fitting.sort((a, b) => String((b.key as { value: unknown }).value).length - String((a.key as { value: unknown }).value).length);
  if (!longest) return undefined;
  return { key: longest.key as Node, value: longest.value, rest: rest.slice(String((longest.key as { value: unknown }).value).length).replace(/^\./, '') };
}

function inList(items: readonly unknown[], rest: string): { key: Node; value: unknown; rest: string } | undefined {
  const match = /^\[(\d+)\]\.?/.exec(rest);
  const item = match ? items[Number(match[1])] : undefined;
  return match && item ? { key: item as Node, value: item, rest: rest.slice(match[0].length) } : undefined;
}
