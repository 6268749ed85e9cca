import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TransactionSeal } from './transaction-seal.js';

const transaction = { state: 's', nonce: 'n', verifier: 'v', returnUrl: '/app', silent: false, former: '', endsAtMs: 1 };

describe('TransactionSeal', () => {
  it('opens what was sealed with the same key', () => {
    const key = randomBytes(32);
    expect(new TransactionSeal(key).open(new TransactionSeal(key).seal(transaction))).toEqual(transaction);
  });

  it('opens nothing that was changed, cut or sealed with another key', () => {
    const seal = new TransactionSeal();
    const sealed = seal.seal(transaction);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let index = 0; index < bytes.length; index += 7) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      expect(seal.open(changed.toString('base64url'))).toBeUndefined();
    }
    expect([seal.open(''), seal.open('a'), seal.open(sealed.slice(0, -2)), new TransactionSeal().open(sealed)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('never looks the same, and shows nothing', () => {
    const seal = new TransactionSeal();
    expect(seal.seal(transaction)).not.toBe(seal.seal(transaction));
    expect(Buffer.from(seal.seal(transaction), 'base64url').toString('latin1')).not.toContain('/app');
  });

  it('takes no key of another length', () => {
    expect(() => new TransactionSeal(randomBytes(16))).toThrow(TypeError);
  });
});
