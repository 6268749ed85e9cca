import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { LoginTransaction } from './login-transaction.js';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const purpose = Buffer.from('portico login transaction');

/** Seals login transactions for a cookie: nobody can read, make or change one without the key (AES-256-GCM). */
export class TransactionSeal {
  readonly #key: KeyObject;

  /**
   * @param key 32 bytes, the same in every replica; without it a new one that ends with this process
   * @throws TypeError when the key has another length
   */
  constructor(key: Uint8Array = randomBytes(keyBytes)) {
    if (key.length !== keyBytes) throw new TypeError(`The key of login transactions must have ${keyBytes} bytes`);
    this.#key = createSecretKey(key);
  }

  /** The transaction as text of the base64url alphabet. */
  seal(transaction: LoginTransaction): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.#key, iv, { authTagLength: tagBytes }).setAAD(purpose);
    const body = Buffer.concat([cipher.update(JSON.stringify(transaction), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** What was sealed; undefined when it was not sealed with this key. */
  open(sealed: string): LoginTransaction | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= ivBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes }).setAAD(purpose);
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    try {
      const body = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
      return JSON.parse(body.toString('utf8')) as LoginTransaction;
    } catch {
      return undefined;
    }
  }
}
