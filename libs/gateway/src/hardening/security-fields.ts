import type { FastifyReply } from 'fastify';

interface SecurityField {
  readonly name: string;
  readonly value: string;
  /** Whether it also stands in place of what an answer says itself. */
  readonly forced: boolean;
  /** Another field that says the same, so that this one is not added. */
  readonly alias?: string;
}

/**
 * A service behind a route may say how one answer of its own is framed, cached or embedded. It may not speak for the whole host, as the fourth field does,
 * nor let answers be taken for something else.
 */
const all: readonly SecurityField[] = [
  { name: 'x-content-type-options', value: 'nosniff', forced: true },
  { name: 'referrer-policy', value: 'no-referrer', forced: false },
  { name: 'content-security-policy', value: "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'", forced: false },
  { name: 'strict-transport-security', value: 'max-age=31536000; includeSubDomains', forced: true },
  { name: 'cross-origin-resource-policy', value: 'same-origin', forced: false },
  { name: 'cache-control', value: 'no-store', forced: false, alias: 'expires' },
];

interface Looked {
  readonly name: string;
  readonly index: number;
}

const names: readonly Looked[] = all.flatMap(({ name, alias }, index) => (alias === undefined ? [{ name, index }] : [{ name, index }, { name: alias, index }]));

/** The names to look for, by their lengths, which all differ. */
const byLength = Array.from({ length: 32 }, (_, length) => names.find(({ name }) => name.length === length));

/** The fields that tell browsers and caches to be careful with an answer (OWASP ASVS 3.4, 14.3.2), added to what it says itself. */
export const securityFields = {
  /** For an answer that Fastify sends. */
  completeReply(reply: FastifyReply): void {
    for (const { name, value, forced, alias } of all) {
      if (forced || !(reply.hasHeader(name) || (alias !== undefined && reply.hasHeader(alias)))) void reply.header(name, value);
    }
  },

  /** For an answer whose names and values stand in turn. */
  completeFields(fields: string[]): void {
    let found = 0;
    for (let place = 0; place < fields.length; place += 2) {
      const name = fields[place] as string;
      const looked = name.length < byLength.length ? byLength[name.length] : undefined;
      if (looked === undefined || (name !== looked.name && name.toLowerCase() !== looked.name)) continue;
      found |= 1 << looked.index;
      const field = all[looked.index] as SecurityField;
      if (field.forced) fields[place + 1] = field.value;
    }
    for (let index = 0; index < all.length; index++) {
      const { name, value } = all[index] as SecurityField;
      if ((found & (1 << index)) === 0) fields.push(name, value);
    }
  },
};
