import { systemClock } from '@portico/core';
import { bench, describe } from 'vitest';
import { newApiKey } from './api-key-format.js';
import type { ApiKeyRecord } from './api-key-record.js';
import type { ApiKeyStore } from './api-key-store.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import type { KeyFailures } from './key-failures.js';

const made = newApiKey();
const record: ApiKeyRecord = {
  id: made.id,
  secretDigest: made.secretDigest,
  partner: { name: 'Acme', clientId: 'acme' },
  scopes: ['shop.read'],
  slot: 'primary',
  notBeforeMs: 0,
  expiresAtMs: Number.MAX_SAFE_INTEGER,
  revokedAtMs: undefined,
};
// Nobody is blocked here, lest a block is measured.
const patient: KeyFailures = { blockedMs: () => 0, count: () => 0 };
const verifier = new ApiKeyVerifier({ find: (id: string) => (id === record.id ? record : undefined) } as ApiKeyStore, { clock: systemClock, failures: patient });

const replaced = (at: number): string => made.text.slice(0, at) + (made.text[at] === 'A' ? 'B' : 'A') + made.text.slice(at + 1);
const [firstWrong, lastWrong, unknown] = [replaced(made.text.indexOf('.') + 1), replaced(made.text.length - 1), newApiKey().text];

function refuse(text: string): void {
  try {
    void verifier.verify(text, '192.0.2.1');
  } catch {
    // As expected.
  }
}

describe('verifying an API key', () => {
  bench('good', () => void verifier.verify(made.text, '192.0.2.1'));
  bench('first character of the secret wrong', () => refuse(firstWrong));
  bench('last character of the secret wrong', () => refuse(lastWrong));
  bench('unknown id', () => refuse(unknown));
});
