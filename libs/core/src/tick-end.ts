import { setImmediate } from 'node:timers';

let end: Promise<void> | undefined;

/**
 * Settles at the end of the present tick of the event loop, when all that could be read has been read. Who waits for it goes on together with everybody else who does, and not
 * each by itself between two reads: the same work for many requests, one right after the other, finds its code and data in the processor's caches (docs/adr/0020-ticks.md).
 * It is one promise for all of them, and carries each one's asynchronous context on, as every promise does.
 */
export function tickEnd(): Promise<void> {
  return (end ??= new Promise((resolve) => {
    setImmediate(() => {
      end = undefined;
      resolve();
    });
  }));
}
