import { anonymousCaller, type Caller } from '@portico/core';
import { ManualClock, settle } from '@portico/core/testing';
import { expect, onTestFinished } from 'vitest';
import { HubServer, type HubDependencies } from '../../src/hub/hub-server.js';
import type { HubCall, HubDefinition, HubMethodDefinition } from '../../src/hub/hub-definition.js';
import { HubOptions } from '../../src/hub/hub-options.js';
import { jsonHubProtocol } from '../../src/protocol/json-hub.protocol.js';
import { messagePackHubProtocol } from '../../src/protocol/message-pack-hub.protocol.js';
import { FakeChannel } from './fake-channel.js';
import { TestClient } from './test-client.js';

export interface TestHubPlan extends Partial<Omit<HubDefinition, 'name'>>, Pick<HubDependencies, 'backplane' | 'observer'> {
  readonly options?: Partial<HubOptions>;
  readonly protocols?: HubDependencies['protocols'];
}

/** A hub on a clock that stands still. At the end of the test it is closed, must have left nothing behind, and every error that it reported must have been taken. */
export function testHub({ methods = [], fallback, connected, disconnected, options, protocols = [jsonHubProtocol, messagePackHubProtocol], backplane, observer }: TestHubPlan = {}) {
  const clock = new ManualClock();
  const errors: unknown[] = [];
  const definition: HubDefinition = { name: 'test', methods, ...(fallback && { fallback }), ...(connected && { connected }), ...(disconnected && { disconnected }) };
  const hub = new HubServer(definition, Object.assign(new HubOptions(), options), { clock, protocols, backplane, observer, onError: (error) => errors.push(error) });
  let last = 0;
  onTestFinished(async () => {
    await hub.close();
    await settle();
    expect([hub.connections, clock.pending, errors]).toEqual([0, 0, []]);
  });

  /** A connection before its handshake. */
  const open = (caller: string | Caller = anonymousCaller, channel = new FakeChannel()): TestClient => {
    const id = `${backplane?.node === undefined ? '' : `${backplane.node}.`}c${++last}`;
    channel.listener = hub.open({ id, token: `t${last}`, caller: typeof caller === 'string' ? user(caller) : caller }, channel);
    return new TestClient(id, channel);
  };

  return {
    hub,
    clock,
    open,
    /** A connection whose handshake is done, and what it was answered is heard. */
    connect: (caller?: string | Caller, channel?: FakeChannel): TestClient => open(caller, channel).shakeHands(),
    /** The messages of the errors that were reported since the last time. */
    takeErrors: (): string[] => errors.splice(0).map((error) => (error as Error).message),
  };
}

export function user(id: string): Caller {
  return { ...anonymousCaller, kind: 'user', id, key: `user:${id}` };
}

/** A method that is answered once. */
export function plain(name: string, invoke: (call: HubCall) => unknown, ...streamParameters: number[]): HubMethodDefinition {
  return { name, streams: false, streamParameters, invoke };
}

/** A method that answers with a stream. */
export function streaming(name: string, invoke: (call: HubCall) => unknown, ...streamParameters: number[]): HubMethodDefinition {
  return { name, streams: true, streamParameters, invoke };
}

/** A promise for a test to settle. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
