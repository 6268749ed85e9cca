import { readFileSync } from 'node:fs';
import type { ImportOptions } from '../src/index.js';

/** What the importer needs of a case. */
export interface VectorCase {
  readonly id: string;
  readonly title: string;
  readonly config: unknown;
  readonly steps?: readonly { readonly replaceConfig?: unknown }[];
  readonly expect?: { readonly startup?: 'accepted' | 'rejected'; readonly reason?: string };
  readonly setup?: {
    readonly auth?: { readonly schemes: Readonly<Record<string, unknown>> };
    readonly discovery?: { readonly services: Readonly<Record<string, readonly string[]>> };
    readonly registry?: { readonly kind: string };
  };
}

const lines = readFileSync(new URL('vectors.jsonl', import.meta.url), 'utf8').trim().split('\n');

/** The conformance cases, with port numbers in place of the stubs. */
export const vectorCases: readonly VectorCase[] = lines.map((line) => {
  const ports = new Map<string, number>();
  const portOf = (stub: string): number => ports.get(stub) ?? (ports.set(stub, 5_001 + ports.size), 5_000 + ports.size);
  return JSON.parse(line, (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (/^(?:backend|registry):\w+$/.test(value)) return portOf(value);
    return value.replace(/\$\{(backend:\w+)\}/g, (_, stub: string) => `localhost:${portOf(stub)}`);
  }) as VectorCase;
});

/** What stands in the code of a case's host. */
export function optionsOf({ setup }: VectorCase): ImportOptions {
  const services = setup?.discovery && Object.fromEntries(Object.entries(setup.discovery.services).map(([name, stubs]) => [name, stubs.map((stub) => `http://localhost:${stub}`)]));
  return {
    ...(setup?.auth && { schemes: Object.keys(setup.auth.schemes) }),
    ...(services && { services }),
    ...(setup?.registry?.kind === 'eureka' && { eureka: 'http://localhost:8761/eureka' }),
  };
}
