import { PorticoError } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { askOf, clientOf, rejection } from '../test/fixtures.js';
import type { ServiceTask } from './index.js';

function taskOf<T>(run: ServiceTask<T>['run']): ServiceTask<T> {
  return { service: 'legacy', run };
}

describe('a service task', () => {
  const client = clientOf('http://127.0.0.1:9');

  it('is given what it may take, and brings what it brings', async () => {
    const ask = askOf(testContext());
    await expect(client.run(taskOf(async (given) => given === ask), ask)).resolves.toBe(true);
    await expect(client.stale(taskOf(async () => 1), ask.context)).resolves.toBeUndefined();
  });

  it('fails as SERVICE_ANSWER_INVALID when it fails in a way of its own, and keeps that for the log', async () => {
    const cause = new Error('soap:Server at 10.0.0.7');
    const error = (await rejection(client.run(taskOf(() => Promise.reject(cause)), askOf(testContext())))) as PorticoError;
    expect(error).toMatchObject({ code: 'SERVICE_ANSWER_INVALID', detail: undefined, message: 'A needed service answered wrongly' });
    expect((error.cause as Error).cause).toBe(cause);
  });

  it.each([
    ['itself', (known: Error) => known],
    ['behind another error', (known: Error) => new Error('soap client failed', { cause: known })],
  ])('fails with a coded error that it threw %s', async (_, wrapped) => {
    const known = new PorticoError('SERVICE_UNAVAILABLE');
    expect(await rejection(client.run(taskOf(() => Promise.reject(wrapped(known))), askOf(testContext())))).toBe(known);
  });

  it('that throws instead of rejecting fails alike', async () => {
    const task = taskOf(() => {
      throw new TypeError('no such operation');
    });
    await expect(client.run(task, askOf(testContext()))).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
  });

  it('that does not keep to its time is left alone', async () => {
    const clock = new ManualClock();
    const slow = clientOf('http://127.0.0.1:9', {}, { clock });
    const failed = rejection(slow.run(taskOf(() => new Promise(() => {})), askOf(testContext({ clock }), 250, clock)));
    await clock.advance(250);
    expect(await failed).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect(clock.pending).toBe(0);
  });

  it('ends with the request, and is not begun after it', async () => {
    const ask = askOf(testContext());
    const failed = rejection(client.run(taskOf(() => new Promise(() => {})), ask));
    const reason = new PorticoError('CLIENT_CLOSED');
    ask.cancellation.cancel(reason);
    expect(await failed).toBe(reason);
    let begun = false;
    const late = taskOf(async () => void (begun = true));
    expect(await rejection(client.run(late, ask))).toBe(reason);
    expect(begun).toBe(false);
  });
});
