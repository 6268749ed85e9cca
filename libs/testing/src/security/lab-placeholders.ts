import { createHash } from 'node:crypto';
import { k1, type LabCredentials } from './lab-credentials.js';
import type { SecurityLab } from './security-lab.js';

/** What a BFF has in place of the things that the cases name. */
export interface LabBindings {
  /** A collection of objects, as `/api/products`. */
  readonly items: string;
  /** One of them. */
  readonly item: string;
  /** Names of the fields that this device class gets of it, sorted. */
  readonly itemFields: readonly string[];
  /** What answers everybody with his own data, as `/api/account`. */
  readonly own: string;
  /** An order of somebody else. */
  readonly foreignOrder: string;
  /** What changes data, with a good body for it. */
  readonly write: { readonly method: string; readonly path: string; readonly body: Readonly<Record<string, unknown>> };
  /** Path of the BFF's hub. */
  readonly hub: string;
  /** Origin of the service that has the orders. */
  readonly ordering: string;
  /** Audience of another BFF. */
  readonly otherAudience: string;
}

/** The addresses that need a credential, which is added where a case names none. */
export const closedAddresses: ReadonlySet<string> = new Set(['protected', 'write', 'item', 'whoami', 'graphql', 'xmlRoute', 'hub']);

// A token of five parts: an encrypted one, as far as its form goes.
const jwe = ['{"alg":"RSA-OAEP","enc":"A256GCM"}', 'key', 'iv', 'text', 'tag'].map((part) => Buffer.from(part).toString('base64url')).join('.');
const certificate = Buffer.from('not a certificate of anybody').toString('base64');

/** Replaces `{{…}}` in a text: a text that is one placeholder alone becomes its value, which may be an object. */
export function placeholderFiller(lab: SecurityLab, bindings: LabBindings, credentials: () => LabCredentials): (text: string) => unknown {
  const other = (): string => credentials().good('bob');
  const values: Readonly<Record<string, () => unknown>> = {
    m: () => '/bff',
    protected: () => '/lab/protected',
    write: () => bindings.write.path,
    item: () => bindings.items,
    whoami: () => '/lab/protected',
    admin: () => '/admin/secret',
    apikeyRoute: () => '/lab/partner',
    public: () => '/public/hello',
    graphql: () => '/lab/graphql',
    routeWithoutPolicy: () => '/lab/protected',
    host: () => `127.0.0.1:${lab.port}`,
    'self.aud': () => lab.audience,
    'otherBff.aud': () => bindings.otherAudience,
    'idp.iss': () => lab.issuer.origin,
    tester: () => lab.tester.origin,
    'token.good': () => credentials().good(),
    'token.other': other,
    'token.nonCanonicalLastChar': () => nonCanonical(credentials().good()),
    'token.jwe': () => jwe,
    'k1.thumb': () => k1.thumbprint,
    'k1.private': () => k1.private,
    'evil.cert': () => certificate,
    'sha256(other)': () => createHash('sha256').update(other()).digest('base64url'),
    i: () => '1',
  };
  const valueOf = (name: string): unknown => {
    const value = values[name];
    if (!value) throw new Error(`Nothing is bound to {{${name}}}`);
    return value();
  };
  return (text) => {
    const whole = /^\{\{([^{}]+)\}\}$/.exec(text);
    if (whole) return valueOf(whole[1] as string);
    return text
      .replaceAll('{{item}}/{{bob.order}}', bindings.foreignOrder)
      .replace(/\{\{item\}\}\/1(?=$|\?)/, bindings.item)
      .replaceAll('http://{{tester}}', lab.tester.origin)
      .replace(/\{\{([^{}]+)\}\}/g, (_, name: string) => String(valueOf(name)));
  };
}

/** The same token, its last character written with other unused bits. */
function nonCanonical(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1) as string);
  // A signature of 256 bytes ends in two bits of meaning and four of none.
  return token.slice(0, -1) + alphabet[last ^ 1];
}
