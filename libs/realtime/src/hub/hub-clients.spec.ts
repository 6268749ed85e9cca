import { settle } from '@portico/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { closing, completion } from '../../test/hub/test-client.js';
import { deferred, plain, testHub, user } from '../../test/hub/test-hub.js';
import { jsonHubProtocol } from '../protocol/json-hub.protocol.js';
import { messagePackHubProtocol } from '../protocol/message-pack-hub.protocol.js';
import type { HubConnection } from './hub-connection.js';
import type { HubScope } from './hub-scope.js';
import { InProcessBackplane } from './in-process.backplane.js';

const sent = (target: string, ...args: unknown[]): object => ({ type: 1, target, arguments: args });

describe('the clients of a hub', () => {
  it('are reached all at once, or all but some', () => {
    const { hub, connect } = testHub();
    const clients = [connect(), connect(), connect()];
    hub.clients.all.send('news', 1, { two: 2 });
    hub.clients.allExcept([clients[0]!.id, 'unknown']).send('more');
    expect(clients.map((client) => client.hear())).toEqual([[sent('news', 1, { two: 2 })], [sent('news', 1, { two: 2 }), sent('more')], [sent('news', 1, { two: 2 }), sent('more')]]);
  });

  it('are reached one by one, and by user on each connection of that user', () => {
    const { hub, connect } = testHub();
    const [ann, annToo, ben, nobody] = [connect('ann'), connect('ann'), connect('ben'), connect()];
    hub.clients.connection(annToo.id).send('one');
    hub.clients.user('ann').send('hello');
    hub.clients.user('').send('anonymous clients are no user');
    hub.clients.connection('unknown').send('nobody');
    expect([ann, annToo, ben, nobody].map((client) => client.hear())).toEqual([[sent('hello')], [sent('one'), sent('hello')], [], []]);
    ann.leave();
    hub.clients.user('ann').send('again');
    expect([ann.hear(), annToo.hear()]).toEqual([[], [sent('again')]]);
  });

  it('are reached by groups that they join and leave, and belong to none after their end', async () => {
    const connections: HubConnection[] = [];
    const { hub, connect } = testHub({ connected: (connection) => void connections.push(connection) });
    const [one, two] = [connect(), connect()];
    const [first, second] = connections as [HubConnection, HubConnection];
    first.join('order:1');
    first.join('order:1');
    second.join('order:1');
    hub.clients.group('order:1').send('both');
    hub.clients.group('order:1', [one.id]).send('second');
    second.leave('order:1');
    second.leave('never joined');
    hub.clients.group('order:1').send('first');
    expect([one.hear(), two.hear()]).toEqual([[sent('both'), sent('first')], [sent('both'), sent('second')]]);
    one.leave();
    first.join('order:1');
    first.send('too late');
    // It would throw if anybody were there to serialise it for.
    hub.clients.group('order:1').send('nobody', 1n);
    expect([one.hear(), two.hear()]).toEqual([[], []]);
  });

  it('get a call that is serialised once for each protocol that one of them speaks', () => {
    const json = vi.spyOn(jsonHubProtocol, 'write');
    const messagePack = vi.spyOn(messagePackHubProtocol, 'write');
    const { hub, connect, open } = testHub();
    const clients = [connect(), connect(), connect()];
    hub.clients.all.send('news', 1);
    expect([json.mock.calls.length, messagePack.mock.calls.length]).toEqual([1, 0]);
    const [binary, binaryToo] = [open(), open()];
    for (const client of [binary, binaryToo]) client.say({ protocol: 'messagepack', version: 1 });
    hub.clients.all.send('news', 2);
    expect([json.mock.calls.length, messagePack.mock.calls.length]).toEqual([2, 1]);
    expect(clients[0]!.channel.sent.at(-1)).toBe(clients[2]!.channel.sent.at(-1));
    expect(binary.channel.sent.at(-1)).toBe(binaryToo.channel.sent.at(-1));
    vi.restoreAllMocks();
  });

  it('are not called with what cannot be serialised: whoever sends it hears of that', () => {
    const { hub, connect } = testHub();
    const client = connect();
    expect(() => hub.clients.all.send('news', 1n)).toThrow(TypeError);
    expect(client.hear()).toEqual([]);
  });

  it('who do not read are cut off when something is sent to them, and the others get it', async () => {
    const ends: unknown[] = [];
    const { hub, connect, clock } = testHub({ disconnected: (_, error) => void ends.push(error?.message) });
    const [slow, good] = [connect('ann'), connect('ann')];
    slow.channel.bufferedBytes = 1_048_576;
    hub.clients.user('ann').send('one');
    slow.channel.bufferedBytes = 1_048_577;
    hub.clients.user('ann').send('two');
    hub.clients.all.send('three');
    await clock.advance(0);
    expect([slow.hear(), good.hear(), slow.channel.ended, ends]).toEqual([[sent('one')], [sent('one'), sent('two'), sent('three')], 'aborted', ['The client does not read what it is sent.']]);
  });
});

describe('connections of a hub', () => {
  it('are put into groups, taken out of them and ended from outside, one by one, by user and by group', async () => {
    const { hub, connect } = testHub();
    const [ann, annToo, ben] = [connect('ann'), connect('ann'), connect('ben')];
    const heard = (): unknown[][] => [ann, annToo, ben].map((client) => client.hear());
    const { clients } = hub;
    expect(await Promise.all([clients.user('ann').join('a'), clients.connection(ben.id).join('a'), clients.connection('unknown').join('a')])).toEqual([true, true, false]);
    clients.group('a').send('1');
    expect(await clients.connection(annToo.id).leave('a')).toBe(true);
    clients.group('a').send('2');
    await clients.user('ann').leave();
    clients.group('a').send('3');
    expect(heard()).toEqual([[sent('1'), sent('2')], [sent('1')], [sent('1'), sent('2'), sent('3')]]);
    clients.group('a', [ben.id]).close('not Ben');
    clients.allExcept([ben.id, ann.id]).close('Enough.');
    clients.user('ben').close();
    expect(heard()).toEqual([[], [closing('Enough.', true)], [closing(undefined, true)]]);
    expect([ann, annToo, ben].map(({ channel }) => channel.ended)).toEqual([undefined, 1000, 1000]);
  });

  it('can be asked for: a connection, a user, a group', async () => {
    const { hub, connect } = testHub({ connected: (connection) => connection.join('a') });
    const ann = connect('ann');
    await settle();
    const exist = (): Promise<boolean[]> => Promise.all([hub.clients.connection(ann.id), hub.clients.user('ann'), hub.clients.group('a'), hub.clients.connection('b'), hub.clients.user('ben'), hub.clients.group('b')].map((each) => each.exists()));
    expect(await exist()).toEqual([true, true, true, false, false, false]);
    ann.leave();
    expect(await exist()).toEqual([false, false, false, false, false, false]);
  });

  it('are served once others reach them: the hub hears of them, and their calls begin, when the backplane watches for their user', async () => {
    const watching = deferred();
    const heard: string[] = [];
    const backplane = Object.assign(new InProcessBackplane(), { watch: (): Promise<void> => watching.promise });
    const { connect } = testHub({ backplane, connected: () => void heard.push('connected'), methods: [plain('Ask', () => void heard.push('called'))] });
    const ann = connect('ann');
    ann.call(undefined, 'Ask');
    await settle();
    expect(heard).toEqual([]);
    watching.resolve();
    await settle();
    expect(heard).toEqual(['connected', 'called']);
  });
});

describe('the clients of one replica', () => {
  it('are reached alone, past the backplane', () => {
    const published: HubScope[] = [];
    const backplane = Object.assign(new InProcessBackplane(), { publish: (scope: HubScope): void => void published.push(scope) });
    const { hub, connect } = testHub({ backplane });
    const client = connect('ann');
    hub.clientsHere.all.send('news');
    hub.clients.group('a', ['c9']).send('elsewhere');
    expect(client.hear()).toEqual([sent('news')]);
    expect(published).toEqual([{ kind: 'group', name: 'a', except: new Set(['c9']) }]);
  });
});

describe('a result that is asked of a client', () => {
  const asked = (client: { hear(): unknown[] }): string => (client.hear()[0] as { invocationId: string }).invocationId;

  it('is what the client answers with, or nothing', async () => {
    const { hub, connect } = testHub();
    const client = connect();
    const result = hub.clients.invoke(client.id, 'getName', ['en']);
    const [question] = client.hear() as { invocationId: string }[];
    expect(question).toEqual({ type: 1, invocationId: 's1', target: 'getName', arguments: ['en'] });
    client.say(completion(question!.invocationId, 'Ann'), completion(question!.invocationId, 'twice'));
    expect(await result).toBe('Ann');
    const nothing = hub.clients.invoke(client.id, 'getName', []);
    client.say(completion(asked(client)));
    expect(await nothing).toBeUndefined();
  });

  it('is an error when the client answers with one, which other clients must not read', async () => {
    const { hub, connect, clock, takeErrors } = testHub({ methods: [plain('Ask', async ({ arguments: [id] }) => hub.clients.invoke(id as string, 'getName', []))] });
    const [client, other] = [connect(), connect()];
    other.call('1', 'Ask', client.id);
    client.say({ type: 3, invocationId: asked(client), error: 'my secret' });
    await clock.advance(0);
    expect(other.hear()).toEqual([{ type: 3, invocationId: '1', error: "An unexpected error occurred invoking 'Ask' on the server." }]);
    expect(takeErrors()).toEqual(['The client answered with an error: my secret']);
  });

  it('is taken from that client alone', async () => {
    const { hub, connect } = testHub();
    const [client, other] = [connect(), connect()];
    const result = hub.clients.invoke(client.id, 'getName', []);
    const id = asked(client);
    other.say(completion(id, 'Mallory'));
    client.say(completion(id, 'Ann'));
    expect(await result).toBe('Ann');
  });

  it('is an error when the client leaves, or is not connected', async () => {
    const { hub, connect } = testHub();
    const client = connect();
    const result = hub.clients.invoke(client.id, 'getName', []);
    client.leave();
    await expect(result).rejects.toThrow('The client left before it answered.');
    await expect(hub.clients.invoke(client.id, 'getName', [])).rejects.toThrow(`The connection '${client.id}' is not here.`);
  });

  it('is no longer waited for when the signal of whoever asks aborts, and a late answer is ignored', async () => {
    const { hub, connect, clock } = testHub();
    const client = connect();
    const given = new AbortController();
    const removed = vi.spyOn(given.signal, 'removeEventListener');
    const result = hub.clients.invoke(client.id, 'getName', [], given.signal);
    given.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    client.say(completion(asked(client), 'Ann'));
    await clock.advance(0);
    expect(removed).toHaveBeenCalledTimes(1);
    await expect(hub.clients.invoke(client.id, 'getName', [], given.signal)).rejects.toThrow('enough');
    expect([client.hear(), client.channel.ended]).toEqual([[], undefined]);
  });

  it('is an error when the question cannot be serialised', async () => {
    const { hub, connect } = testHub();
    const client = connect();
    await expect(hub.clients.invoke(client.id, 'getName', [1n])).rejects.toThrow(TypeError);
  });

  it('may be awaited inside a method of the same client, though its other calls wait', async () => {
    const { hub, connect, clock } = testHub({ methods: [plain('Greet', async ({ connection }) => `Hello ${await hub.clients.invoke(connection.id, 'getName', [])}`), plain('One', () => 1)] });
    const client = connect();
    client.call('1', 'Greet');
    client.call('2', 'One');
    await clock.advance(0);
    client.say(completion(asked(client), 'Ann'));
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1', 'Hello Ann'), completion('2', 1)]);
  });

  it('may be awaited while the hub takes the client up', async () => {
    const named = deferred<unknown>();
    const { hub, connect } = testHub({ connected: async ({ id }) => named.resolve(await hub.clients.invoke(id, 'getName', [])) });
    const client = connect(user('ann'));
    client.say(completion('s1', 'Ann'));
    expect(await named.promise).toBe('Ann');
  });
});
