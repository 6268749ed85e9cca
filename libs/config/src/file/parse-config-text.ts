import { Composer, Lexer, LineCounter, Parser, YAMLParseError, type CST, type Document } from 'yaml';
import type { FileNode, Place } from './file-node.js';
import type { FileReading } from './file-reading.js';
import { convertDocument } from './convert-document.js';
import { syntaxFaultText } from './syntax-fault-text.js';

// The composer calls itself for every level. Far beyond what a configuration needs, and far below what ends the process.
const maxDepth = 200;

/**
 * Reads YAML 1.2, of which JSON is a part; undefined when there is nothing in it. Every fault of its syntax is reported, after which the
 * result is not to be used.
 */
export function parseConfigText(text: string, file: string, reading: FileReading): FileNode | undefined {
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = compose(text, lines);
  if (typeof document === 'number') {
    reading.unreadableFile(`is nested deeper than ${maxDepth} levels`, placeOf(document));
    return undefined;
  }
  const seen = new Set<number>();
  for (const { code, pos } of [...document.errors, ...document.warnings]) {
    const place = placeOf(pos[0]);
    // The first of several in a line is the cause of the others.
    if (!seen.has(place.line)) reading.unreadableFile(syntaxFaultText(code), place);
    seen.add(place.line);
  }
  return document.errors.length > 0 ? undefined : convertDocument(document, placeOf, reading);
}

/** The document, or the offset at which it is nested too deeply. */
function compose(text: string, lines: LineCounter): Document.Parsed | number {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxDepth) return parser.offset;
  }
  tokens.push(...parser.end());
  const composer = new Composer({ schema: 'core', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false, lineCounter: lines, logLevel: 'error' });
  const [first, second] = composer.compose(tokens, true, text.length);
  // With `forceDoc` there is one, empty or not.
  if (second) first!.errors.push(...second.errors, multipleDocuments(second));
  return first!;
}

function multipleDocuments(second: Document.Parsed) {
  const [start, end] = second.range;
  return new YAMLParseError([start, end], 'MULTIPLE_DOCS', '');
}
