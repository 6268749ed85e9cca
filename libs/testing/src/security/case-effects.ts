import { expect } from 'vitest';
import type { CaseSurroundings } from './case-runner.js';
import type { SecurityLab } from './security-lab.js';
import type { Exchange } from './wire-exchange.js';

/** What else must be true after a case, by its id or its group. */
type Effect = (surroundings: CaseSurroundings, made: Exchange) => void;

const lastHeaders = ({ echo }: SecurityLab): Readonly<Record<string, string | string[] | undefined>> => echo.seen.at(-1)?.headers ?? {};

/** The service behind the protected route has been asked once more, and saw no such field. */
const notForwarded = (...names: readonly string[]): Effect => ({ lab }) => {
  const headers = lastHeaders(lab);
  expect(lab.echo.seen.length).toBeGreaterThan(0);
  for (const name of names) expect(headers[name], name).toBeUndefined();
};

const refusedOnTheWire: Effect = ({ lab }, { answers, closed }) => {
  expect(answers, 'answers on the connection').toHaveLength(1);
  expect(closed, 'the connection is closed').toBe(true);
  expect(lab.echo.seen.length).toBeLessThanOrEqual(1);
};

const effects: Readonly<Record<string, Effect>> = {
  'FRAME-001': refusedOnTheWire,
  'FRAME-003': refusedOnTheWire,
  'FRAME-005': refusedOnTheWire,
  'FRAME-007': refusedOnTheWire,
  'FRAME-009': refusedOnTheWire,
  'FRAME-011': refusedOnTheWire,
  'FRAME-013': refusedOnTheWire,
  'FRAME-020': ({ lab }) => expect(lab.echo.seen.every(({ method }) => method === 'GET')).toBe(true),
  'HDR-002': notForwarded('x-secret-forward'),
  'HDR-004': notForwarded('proxy-authorization'),
  'HDR-006': ({ lab }) => expect([undefined, 'trailers']).toContain(lab.echo.seen.at(-1)?.headers['te']),
  'HDR-008': notForwarded('upgrade'),
  'HDR-010': notForwarded('x-user-id', 'x-user-roles', 'x-authenticated-userid', 'x-device-class', 'x-internal-token'),
  'HDR-012': ({ lab }) => {
    const headers = lastHeaders(lab);
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers['x-forwarded-proto']).toBe('http');
    expect(JSON.stringify(headers)).not.toMatch(/1\.2\.3\.4|9\.9\.9\.9|evil/);
  },
  'HDR-016': ({ lab }) => expect(lab.echo.seen.every(({ headers }) => headers['x-correlation-id'] === '7f0c1c1e-6a55-4a8e-9b1e-0a6f1c2d3e4f')).toBe(true),
  'HDR-018': ({ lab }) => expect(lab.echo.seen.every(({ headers }) => !String(headers['traceparent']).includes('0'.repeat(32)))).toBe(true),
  'BODY-005': () => expect(({} as Record<string, unknown>)['polluted']).toBeUndefined(),
  'BODY-007': () => expect(({} as Record<string, unknown>)['polluted']).toBeUndefined(),
  'COOK-012': notForwarded('cookie'),
};

/** Checks what else a case says must be true; whoever the tester listens as has never been asked. */
export function expectEffect(id: string, surroundings: CaseSurroundings, made: Exchange): void {
  effects[id]?.(surroundings, made);
  expect(surroundings.lab.tester.seen).toEqual([]);
}
