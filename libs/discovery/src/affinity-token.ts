import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instance } from './instance.js';

const form = /^([\w-]{16})\.([0-9a-z]{1,11})\.([\w-]{43})$/;

/**
 * Writes and reads the value of an affinity cookie: a tag that stands for the instance, the moment at which it expires, and an HMAC-SHA256 of both and the
 * cookie's name. The tag is a keyed hash: who has it can neither tell nor try out which address it means.
 */
export class AffinityToken {
  readonly #cookie: string;
  readonly #secret: string;

  constructor(cookie: string, secret: string) {
    this.#cookie = cookie;
    this.#secret = secret;
  }

  /** The tag of an instance: the same in every process that has the secret. */
  tagOf(instance: Instance): string {
    return this.#hmac(`tag\n${instance.id}\n${instance.origin}`).subarray(0, 12).toString('base64url');
  }

  /** @param expiresAt ms since the epoch */
  write(tag: string, expiresAt: number): string {
    const signed = `${tag}.${Math.round(expiresAt).toString(36)}`;
    return `${signed}.${this.#sign(signed).toString('base64url')}`;
  }

  /** The tag and the expiry of a value that was written with this secret for this cookie; undefined for any other. */
  read(value: string): { readonly tag: string; readonly expiresAt: number } | undefined {
    const [, tag, expiry, signature] = form.exec(value) ?? [];
    if (!tag || !expiry || !signature) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(`${tag}.${expiry}`);
    return given.length === right.length && timingSafeEqual(given, right) ? { tag, expiresAt: parseInt(expiry, 36) } : undefined;
  }

  #sign(signed: string): Buffer {
    return this.#hmac(`cookie\n${this.#cookie}\n${signed}`);
  }

  #hmac(text: string): Buffer {
    return createHmac('sha256', this.#secret).update(text).digest();
  }
}
