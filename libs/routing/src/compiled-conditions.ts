import type { Capture } from './captures.js';
import { encodeParameter } from './percent-encode.js';
import { decodeQuery, parseQuery } from './query-list.js';
import type { RouteConditions, RouteRequest } from './route-conditions.js';
import { TextPattern } from './text-pattern.js';
import { isPlaceholder, parseTemplate } from './text-template.js';

interface ValuePattern {
  readonly name: string;
  /** Undefined: any value. */
  readonly pattern: Pick<TextPattern, 'match'> | undefined;
}

/** The conditions of a route besides its path and method, compiled. */
export class CompiledConditions {
  readonly #host: string;
  readonly #hostHasPort: boolean;
  readonly #headers: readonly ValuePattern[];
  readonly #query: readonly ValuePattern[];

  constructor({ host, headers, query, caseSensitive }: RouteConditions) {
    this.#host = host.toLowerCase();
    this.#hostHasPort = hasPort(host);
    this.#headers = patterns(headers, caseSensitive);
    this.#query = patterns(query, caseSensitive);
  }

  /** Which of them fails first; undefined when all are met. */
  failure(request: RouteRequest): 'host' | 'header' | 'query' | undefined {
    if (this.#host !== '' && !this.#isHost(request.host)) return 'host';
    for (const { name, pattern } of this.#headers) {
      const value = request.header(name);
      if (value === undefined || (pattern && !pattern.match(value))) return 'header';
    }
    if (this.#query.length === 0) return undefined;
    const parameters = parseQuery(request.query);
    for (const { name, pattern } of this.#query) {
      if (!parameters.some((parameter) => parameter.name === name && (!pattern || pattern.match(decodeQuery(parameter.rawValue))))) return 'query';
    }
    return undefined;
  }

  /** What the placeholders among them catch of a request that meets them. */
  capture(request: RouteRequest, into: Capture[]): void {
    for (const { name, pattern } of this.#headers) pattern?.match(request.header(name) as string, (placeholder, value) => into.push({ name: placeholder, raw: value, value, from: 'header' }));
    if (this.#query.length === 0) return;
    const parameters = parseQuery(request.query);
    for (const { name, pattern } of this.#query) {
      for (const { name: sent, rawValue } of parameters) {
        if (sent !== name || !pattern) continue;
        const taken: Capture[] = [];
        const value = decodeQuery(rawValue);
        // A placeholder that is the whole value is passed on as it was sent.
        const rawOf = (piece: string): string => (piece === value ? rawValue : encodeParameter(piece));
        if (!pattern.match(value, (placeholder, piece) => taken.push({ name: placeholder, raw: rawOf(piece), value: piece, from: 'query', parameter: name }))) continue;
        into.push(...taken);
        break;
      }
    }
  }

  #isHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    const sent = host.toLowerCase();
    return sent === this.#host || (!this.#hostHasPort && sent.replace(/:\d*$/, '') === this.#host);
  }
}

function hasPort(host: string): boolean {
  return /:\d+$/.test(host) && !host.endsWith(']');
}

function patterns(templates: Readonly<Record<string, string>>, caseSensitive: boolean): ValuePattern[] {
  return Object.entries(templates).map(([name, template]) => ({ name, pattern: patternOf(template, caseSensitive) }));
}

function patternOf(template: string, caseSensitive: boolean): ValuePattern['pattern'] {
  const pieces = parseTemplate(template);
  const [only] = pieces;
  if (only === undefined) return undefined;
  if (pieces.length > 1 || !isPlaceholder(only)) return new TextPattern(pieces, caseSensitive);
  // A whole value may also be empty, unlike a piece of one.
  return { match: (text, caught) => (caught?.(only.name, text), true) };
}
