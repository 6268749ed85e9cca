import { PorticoError } from '@portico/core';
import { percentEncode } from './percent-encode.js';

/** Names of the placeholders in a path template: `'/products/:id'` has `'id'`. */
export type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** Fills a path template; compiled once per endpoint. */
export type FillPath = (params: Readonly<Record<string, string | number>>) => string;

const unreserved = /^[A-Za-z0-9._~-]+$/;

/**
 * One path segment, percent-encoded (RFC 3986).
 * @throws PorticoError RESOURCE_NOT_FOUND for what would change the path's shape: such an id, which a client may have sent, names nothing
 */
function encodeSegment(value: string | number): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..') {
    throw new PorticoError('RESOURCE_NOT_FOUND', { cause: new TypeError('A path parameter must not be empty or a dot segment') });
  }
  return unreserved.test(text) ? text : percentEncode(text);
}

const literalSegment = /^[A-Za-z0-9._~!$&'()*+,;=@%-]*$/;
const placeholder = /^:[A-Za-z_]\w*$/;

/**
 * Compiles a template such as `/customers/:id/picks`; a placeholder is a whole segment.
 * @throws TypeError for a template that is no path: no leading slash, a query, a dot segment, a placeholder without a name
 */
export function compilePath(template: string): FillPath {
  const [before, ...segments] = template.split('/');
  if (before !== '' || segments.length === 0) throw new TypeError(`${template} is no path template: it begins with a slash`);
  const literals = [''];
  const names: string[] = [];
  for (const segment of segments) {
    const at = literals.length - 1;
    if (placeholder.test(segment)) {
      names.push(segment.slice(1));
      literals[at] += '/';
      literals.push('');
    } else if (literalSegment.test(segment) && segment !== '.' && segment !== '..') literals[at] += `/${segment}`;
    else throw new TypeError(`${template} is no path template: "${segment}" is neither a plain segment nor a whole placeholder`);
  }
  if (names.length === 0) return () => template;
  return (params) => {
    let path = literals[0] as string;
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      const value = params[name];
      if (value === undefined) throw new TypeError(`${template} needs the parameter ${name}`);
      path += encodeSegment(value) + (literals[index + 1] as string);
    }
    return path;
  };
}
