import type { Capture } from './captures.js';
import { encodeParameter, encodeSegment } from './percent-encode.js';
import { decodeQuery, parseQuery } from './query-list.js';
import { isPlaceholder, parseTemplate, type TemplatePiece } from './text-template.js';

/** Where a route sends to, and what becomes of the query. */
export interface RouteTargetOptions {
  /** Template of the service's path, perhaps with a query: `/items/{id}?unit={unit}`. Its placeholders are those of the route. */
  readonly path: string;
  /** Whether the parameters that the client sent go along; `drop` sends those of the template only. */
  readonly query: 'keep' | 'drop';
  /**
   * Which of the client's parameters are left out although they are kept in general: `used`, those whose placeholder stands in the target;
   * `named`, those that bear the name of a placeholder of the route; `named-any-case`, likewise whatever their case.
   */
  readonly omit: 'used' | 'named' | 'named-any-case';
  /** `template`: the path ends as the template does; `request`: a `/` at its end is left out when the request's path has none there. */
  readonly trailingSlash: 'template' | 'request';
}

interface ParameterTemplate {
  readonly name: string;
  /** As it is written before the value, with the equals sign where there is one. */
  readonly head: string;
  readonly value: readonly TemplatePiece[];
}

/** Writes the path and query that a route sends to its service; compiled from its template at start. */
export class RouteTarget {
  readonly #path: readonly TemplatePiece[];
  readonly #parameters: readonly ParameterTemplate[];
  readonly #options: RouteTargetOptions;
  readonly #own: ReadonlySet<string>;
  /** Names of the placeholders it needs. */
  readonly placeholders: readonly string[];

  /** @throws TypeError for a template that cannot be read */
  constructor(options: RouteTargetOptions) {
    const mark = options.path.indexOf('?');
    const path = mark < 0 ? options.path : options.path.slice(0, mark);
    if (!path.startsWith('/')) throw new TypeError('must begin with "/"');
    this.#options = options;
    this.#path = parseTemplate(path);
    this.#parameters = mark < 0 ? [] : options.path.slice(mark + 1).split('&').filter((text) => text !== '').map(parameterOf);
    this.#own = new Set(this.#parameters.map(({ name }) => name));
    this.placeholders = [...new Set([...this.#path, ...this.#parameters.flatMap(({ value }) => value)].filter(isPlaceholder).map(({ name }) => name))];
  }

  /**
   * @param values decoded values by name; one that differs from what was caught was set by a policy, and counts
   * @param requestPath path of the request
   */
  path(captures: readonly Capture[], values: Readonly<Record<string, string>>, requestPath: string): string {
    let path = '';
    for (const piece of this.#path) {
      if (!isPlaceholder(piece)) path += piece.literal;
      else {
        const capture = captures.find(({ name }) => name === piece.name);
        const value = values[piece.name] ?? '';
        // A rest that was left out takes the slash before it along, unless a policy put something there.
        if (capture?.from === 'path' && capture.raw === undefined && value === capture.value && path.length > 1 && path.endsWith('/')) path = path.slice(0, -1);
        path += pathValue(capture, value);
      }
    }
    if (this.#options.trailingSlash === 'request' && path.length > 1 && path.endsWith('/') && !requestPath.endsWith('/')) path = path.slice(0, -1);
    return path;
  }

  /** The query without its question mark: the template's parameters first, then those of the client that are kept, as they were sent and in their order. */
  query(captures: readonly Capture[], values: Readonly<Record<string, string>>, sent: string): string {
    const { query: kept } = this.#options;
    if (this.#parameters.length === 0 && (captures.length === 0 || sent === '')) return kept === 'keep' ? sent : '';
    const own = this.#parameters.map(({ head, value }) => head + value.map((piece) => (isPlaceholder(piece) ? queryValue(captures, piece.name, values[piece.name] ?? '') : piece.literal)).join(''));
    if (kept === 'drop' || sent === '') return own.join('&');
    const omitted = this.#omitted(captures);
    const anyCase = this.#options.omit === 'named-any-case';
    const others = parseQuery(sent).filter(({ name }) => !this.#own.has(name) && !omitted.has(anyCase ? name.toLowerCase() : name));
    return [...own, ...others.map(({ text }) => text)].join('&');
  }

  #omitted(captures: readonly Capture[]): ReadonlySet<string> {
    const { omit } = this.#options;
    if (omit === 'used') return new Set(captures.flatMap(({ name, from, parameter }) => (from === 'query' && parameter !== undefined && this.placeholders.includes(name) ? [parameter] : [])));
    return new Set(captures.map(({ name }) => (omit === 'named' ? name : name.toLowerCase())));
  }
}

function parameterOf(text: string): ParameterTemplate {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  return { name: decodeQuery(name), head: equals < 0 ? name : `${name}=`, value: equals < 0 ? [] : parseTemplate(text.slice(equals + 1)) };
}

function pathValue(capture: Capture | undefined, value: string): string {
  // What stood in a path may stand there again. Anything else must not become several segments.
  return capture?.from === 'path' && capture.value === value ? (capture.raw ?? '') : encodeSegment(value);
}

function queryValue(captures: readonly Capture[], name: string, value: string): string {
  const capture = captures.find((candidate) => candidate.name === name);
  return capture?.from === 'query' && capture.value === value ? (capture.raw ?? '') : encodeParameter(value);
}
