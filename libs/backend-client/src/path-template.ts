/** Names of the placeholders in a path template: `'/products/:id'` has `'id'`. */
export type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** Fills a path template; compiled once per endpoint. */
export type FillPath = (params: Readonly<Record<string, string | number>>) => string;

const unreserved = /^[A-Za-z0-9._~-]+$/;

/** One path segment, percent-encoded (RFC 3986); refuses what would change the path's shape. */
function encodeSegment(value: string | number): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..') throw new TypeError('A path parameter must not be empty or a dot segment');
  return unreserved.test(text) ? text : encodeURIComponent(text);
}

/**
 * Compiles a template such as `/customers/:id/picks`.
 * @throws TypeError for a template that does not begin with a slash, has a nameless placeholder or carries a query
 */
export function compilePath(template: string): FillPath {
  if (!template.startsWith('/') || /[?#]/.test(template)) throw new TypeError(`${template} is no path template: it begins with a slash and has no query`);
  const pieces = template.split(/:([A-Za-z_]\w*)?/);
  const names = pieces.filter((_, index) => index % 2 === 1);
  if (names.some((name) => !name)) throw new TypeError(`${template} has a placeholder without a name`);
  const literals = pieces.filter((_, index) => index % 2 === 0);
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
