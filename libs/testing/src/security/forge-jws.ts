import { createHmac, sign, type KeyObject } from 'node:crypto';
import type { TokenRecipe } from './security-case.js';

/** What the recipes of a run refer to. */
export interface Forge {
  /** The private keys by the names that recipes use, besides `none`, `keep-old-signature` and `hmac(…)`. */
  readonly keys: Readonly<Record<string, KeyObject>>;
  /** The secret of `hmac(…)`: a public key, misused. */
  readonly hmacSecret: string;
  /** Replaces what stands between `{{` and `}}`. */
  readonly fill: (text: string) => unknown;
  /** The time, in s since the Unix epoch. */
  readonly nowS: () => number;
}

type Members = Readonly<Record<string, unknown>>;

/** Makes a compact JWS by a recipe over its defaults: also such as no library would make. */
export function forgeJws(recipe: TokenRecipe, defaults: { readonly header: Members; readonly claims: Members }, forge: Forge): string {
  const header = membersText(defaults.header, recipe.header ?? {}, forge);
  const claims = membersText(defaults.claims, recipe.claims ?? {}, forge);
  const input = `${encoded(header)}.${encoded(claims)}`;
  if (recipe.key === 'none') return `${input}.`;
  if (recipe.key === 'keep-old-signature') return `${input}.${signatureOf(`${encoded(membersText(defaults.header, {}, forge))}.${encoded(membersText(defaults.claims, {}, forge))}`, 'idp.rs256', forge)}`;
  return `${input}.${signatureOf(input, recipe.key, forge)}`;
}

function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function signatureOf(input: string, name: string, { keys, hmacSecret }: Forge): string {
  if (name.startsWith('hmac(')) return createHmac('sha256', hmacSecret).update(input).digest('base64url');
  const key = keys[name];
  if (!key) throw new Error(`A recipe names the key ${name}, which nobody has`);
  const data = Buffer.from(input);
  return (key.asymmetricKeyType === 'ec' ? sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }) : sign('RSA-SHA256', data, key)).toString('base64url');
}

/** The JSON of the members: as text, so that a member called `__proto__` is one of its own. */
function membersText(defaults: Members, changes: Members, forge: Forge): string {
  if (typeof changes['__raw'] === 'string') return changes['__raw'];
  const members = new Map<string, string>();
  for (const [name, value] of Object.entries(defaults)) members.set(name, JSON.stringify(value));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) members.delete(name);
    else members.set(name, valueText(value, forge));
  }
  return `{${[...members].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function valueText(value: unknown, forge: Forge): string {
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, forge)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return membersText({}, value as Members, forge);
  if (typeof value !== 'string') return JSON.stringify(value);
  const moment = /^now(?:([+-])(\d+))?$/.exec(value);
  if (moment) return String(forge.nowS() + (moment[1] === '-' ? -1 : 1) * Number(moment[2] ?? 0));
  const repeated = /^(.)\*(\d+)$/.exec(value);
  if (repeated) return JSON.stringify((repeated[1] as string).repeat(Number(repeated[2])));
  if (value.startsWith('"') && value.endsWith('"')) return value;
  const filled = forge.fill(value);
  return JSON.stringify(filled);
}
