import { settle } from '@portico/core/testing';
import { expect, it } from 'vitest';
import { Turns } from './turns.js';

/** Asks for a turn, and notes when it has come. */
function ask(turns: Turns, name: string, begun: string[]): { abort(): void; readonly failed: Promise<unknown> } {
  const control = new AbortController();
  const failed = turns.begin(control.signal).then(() => begun.push(name), (error: unknown) => error);
  return { abort: () => control.abort(new Error('late')), failed };
}

it('so many have their turn at a time, and the others in their order when one ends', async () => {
  const turns = new Turns(2);
  const begun: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ask(turns, name, begun);
  await settle();
  expect(begun).toEqual(['a', 'b']);
  turns.end();
  await settle();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (let ended = 0; ended < 3; ended += 1) turns.end();
  for (const name of ['e', 'f', 'g']) ask(turns, name, begun);
  await settle();
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('who gives up waiting is told why, and takes no turn from the others', async () => {
  const turns = new Turns(1);
  const begun: string[] = [];
  ask(turns, 'a', begun);
  const late = ask(turns, 'late', begun);
  ask(turns, 'b', begun);
  late.abort();
  expect(await late.failed).toEqual(new Error('late'));
  turns.end();
  await settle();
  expect(begun).toEqual(['a', 'b']);
});
