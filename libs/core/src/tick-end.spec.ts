import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { tickEnd } from './tick-end.js';

describe('the end of a tick', () => {
  it('is one for all that wait for it, who go on in their order and before anything that was put off meanwhile', async () => {
    const order: string[] = [];
    const first = tickEnd();
    expect(tickEnd()).toBe(first);
    const put = new Promise<void>((resolve) => void setImmediate(() => (order.push('later'), resolve())));
    void first.then(() => process.nextTick(() => order.push('put off by a')));
    void first.then(() => order.push('a'));
    void first.then(() => order.push('b'));
    await put;
    expect(order).toEqual(['a', 'b', 'put off by a', 'later']);
  });

  it('comes after everything that follows from what is under way', async () => {
    const order: string[] = [];
    const end = tickEnd().then(() => order.push('end'));
    process.nextTick(() => Promise.resolve().then(() => process.nextTick(() => order.push('what follows'))));
    await end;
    expect(order).toEqual(['what follows', 'end']);
  });

  it('is another one in the next tick', async () => {
    const first = tickEnd();
    await first;
    const second = tickEnd();
    expect(second).not.toBe(first);
    await second;
  });

  it('leaves everybody in the asynchronous context in which they came', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen = await Promise.all(['ann', 'ben'].map((name) => storage.run(name, () => tickEnd().then(() => storage.getStore()))));
    expect(seen).toEqual(['ann', 'ben']);
  });
});
