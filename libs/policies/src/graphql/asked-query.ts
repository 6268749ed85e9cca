import { jsonMembers, writeMembers } from './json-pieces.js';
import { invalidQuery } from './invalid-query.js';

/** One query of a request: its text, or the digest of a persisted one, or both. */
export interface AskedQuery {
  /** Where it stands, for faults. */
  readonly path: string;
  readonly text: string | undefined;
  /** SHA-256 in lower-case hex. */
  readonly digest: string | undefined;
  /** Its JSON with `text` as its query and without the digest; everything else as it was written. */
  write(text: string): string;
}

const memberNames = new Set(['query', 'operationName', 'variables', 'extensions']);
const lowerNames = new Set([...memberNames].map((name) => name.toLowerCase()));
const digestForm = /^[0-9a-f]{64}$/;

/**
 * Reads one JSON object of a GraphQL request.
 * @throws PorticoError REQUEST_INVALID for members that are given twice, in another case or with a wrong type: a service might read another one than is checked here
 */
export function askedQuery(json: string, path: string): AskedQuery {
  const members = jsonMembers(json);
  const names = members.map(([key]) => key);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidQuery({ path: `${path}.${twice}`, message: 'stands there twice' });
  // Some services read member names in any case.
  const odd = names.find((name) => !memberNames.has(name) && lowerNames.has(name.toLowerCase()));
  if (odd !== undefined) throw invalidQuery({ path: `${path}.${odd}`, message: 'is written in another case than the member that it looks like' });
  const value = (name: string): unknown => JSON.parse(members.find(([key]) => key === name)?.[1] ?? 'null');
  const extensions = objectOf(value('extensions'), `${path}.extensions`);
  objectOf(value('variables'), `${path}.variables`);
  textOf(value('operationName'), `${path}.operationName`);
  return {
    path,
    text: textOf(value('query'), `${path}.query`),
    digest: digestOf(extensions, path),
    write(text) {
      const rest = members.filter(([key]) => key !== 'query' && key !== 'extensions');
      const { persistedQuery: _, ...others } = extensions ?? {};
      const written = Object.keys(others).length > 0 ? [['extensions', JSON.stringify(others)] as const] : [];
      return writeMembers([['query', JSON.stringify(text)], ...rest, ...written]);
    },
  };
}

/**
 * The digest in the extension `persistedQuery`, as Apollo's clients send it; undefined when it has none.
 * @throws PorticoError REQUEST_INVALID when it has another version or form
 */
export function digestOf(extensions: Readonly<Record<string, unknown>> | undefined, path: string): string | undefined {
  const persisted = objectOf(extensions?.['persistedQuery'], `${path}.extensions.persistedQuery`);
  if (!persisted) return undefined;
  const { version, sha256Hash } = persisted;
  if (version !== 1) throw invalidQuery({ path: `${path}.extensions.persistedQuery.version`, message: 'must be 1' });
  if (typeof sha256Hash !== 'string' || !digestForm.test(sha256Hash)) throw invalidQuery({ path: `${path}.extensions.persistedQuery.sha256Hash`, message: 'must be 64 lower-case hex digits' });
  return sha256Hash;
}

/** A value that must be an object where it is there at all. */
export function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidQuery({ path, message: 'must be an object' });
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidQuery({ path, message: 'must be a string' });
  return value;
}
