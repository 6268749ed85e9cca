import { ManualClock } from '@portico/core/testing';
import type { Instance } from '../src/index.js';
import type { Registry } from '../src/registries/registry.js';

/** What a registry needs from outside, with a clock that stands still and a list of what was reported. */
export function registryDeps() {
  const clock = new ManualClock();
  const reports: string[] = [];
  return { clock, random: () => 1, reports, report: (error: unknown) => void reports.push((error as Error).message) };
}

/** Options of a class, with some of them set. */
export const optionsOf = <T extends object>(type: new () => T, given: Partial<T>): T => Object.assign(new type(), given);

/** An instance in short: its address, and its weight unless that is 1. */
export const inShort = ({ origin, weight }: Instance): string => (weight === 1 ? origin : `${origin} ${weight}`);

/** Asks a registry once; the result is every list that it gave meanwhile, in short. */
export async function askOnce(registry: Registry, signal: AbortSignal = new AbortController().signal): Promise<string[][]> {
  const taken: string[][] = [];
  await registry.ask((instances) => void taken.push(instances.map(inShort)), signal);
  return taken;
}
