import { expect } from 'vitest';
import type { CaseSurroundings } from './case-runner.js';
import { KeptConnection } from './kept-connection.js';
import type { SecurityCase } from './security-case.js';
import { compareSamples } from './timing-comparison.js';

/** A machine that has other work to do may make equal sides differ once; sides that are not equal differ every time. */
const rounds = 3;

/** So many pairs come from one address: wrong keys are counted by it. */
const pairsPerAddress = 400;

/** Compares how long keys take to be refused whose secret is wrong in its first or in its last character: the sides in turn, the order within each pair by chance. */
export async function keyTiming({ lab }: CaseSurroundings, { request: { samples = 0 }, expect: { status } }: SecurityCase): Promise<void> {
  const { text } = await lab.keys.create({ partner: { name: 'Timed', clientId: 'timed' }, scopes: ['shop.read'] });
  const asked = await lab.sibling({ http: { trustedProxies: ['127.0.0.1'] } });
  const line = new KeptConnection(asked.port);
  const keys = [wrongAt(text, text.indexOf('.') + 1), wrongAt(text, text.length - 1)] as const;
  try {
    // The gateway knows the key: with another character its secret is what is wrong.
    await expect.poll(async () => (await line.ask(requestWith(text, '10.0.0.0'))).answer.status, { timeout: 3_000 }).toBe(200);
    for (let round = 1; ; round++) {
      const statuses = new Set<number>();
      const sides: readonly [number[], number[]] = [[], []];
      for (let pair = 0; pair < samples; pair++) {
        const address = `10.0.${round}.${Math.floor(pair / pairsPerAddress)}`;
        for (const side of Math.random() < 0.5 ? ([0, 1] as const) : ([1, 0] as const)) {
          const { answer, tookMs } = await line.ask(requestWith(keys[side], address));
          statuses.add(answer.status);
          sides[side].push(tookMs);
        }
      }
      expect([...statuses]).toEqual(status);
      const { medians, t } = compareSamples(...sides);
      if (medians < 0.05 && t < 4.5) return;
      expect(round, `the medians differ by ${medians}, Welch's t is ${t}`).toBeLessThan(rounds);
    }
  } finally {
    line.close();
    await asked.close();
  }
}

const requestWith = (key: string, address: string): string => `GET /lab/partner HTTP/1.1\r\nHost: lab\r\nX-Api-Key: ${key}\r\nX-Forwarded-For: ${address}\r\n\r\n`;

/** The key with another character there; one whose unused bits are none, as in a last character that was made. */
function wrongAt(key: string, index: number): string {
  return key.slice(0, index) + (key[index] === 'A' ? 'E' : 'A') + key.slice(index + 1);
}
