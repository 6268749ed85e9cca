import { describe, expect, it } from 'vitest';
import { FakeChannel } from '../../test/hub/fake-channel.js';
import { completion } from '../../test/hub/test-client.js';
import { plain, testHub } from '../../test/hub/test-hub.js';
import { jsonHubProtocol } from '../protocol/json-hub.protocol.js';

const echo = plain('Echo', ({ arguments: [value] }) => value);

describe('the handshake of a hub', () => {
  it('is answered before anything else is sent, and bytes glued behind it are messages already', async () => {
    const { open, clock } = testHub({ methods: [echo], connected: (connection) => connection.send('hello') });
    const client = open();
    client.say({ protocol: 'json', version: 1 }, { type: 1, invocationId: '1', target: 'Echo', arguments: [7] });
    await clock.advance(0);
    expect(client.hear()).toEqual([{}, { type: 1, target: 'hello', arguments: [] }, completion('1', 7)]);
  });

  it('may come in pieces, and in version 2', () => {
    const { open } = testHub();
    const client = open();
    client.sayText('{"protocol":"json",');
    expect(client.hear()).toEqual([]);
    client.sayText('"version":2}\u001e');
    expect([client.hear(), client.channel.ended]).toEqual([[{}], undefined]);
  });

  it.each([
    ['an unknown protocol', { protocol: 'xml', version: 1 }, /xml/],
    ['an unknown version', { protocol: 'json', version: 3 }, /3/],
    ['no protocol', {}, /protocol/],
    ['what is no object', [1], /protocol|object/],
  ])('with %s is answered with an error that names it, and ends the connection', (_, request, error) => {
    const { open } = testHub();
    const client = open();
    client.say(request);
    expect(client.hear()).toEqual([{ error: expect.stringMatching(error) }]);
    expect(client.channel.ended).toBe(1002);
  });

  it('that is no JSON, or endless, is answered with an error', () => {
    const { open } = testHub();
    for (const text of ['GET / HTTP/1.1\r\n\u001e', 'x'.repeat(100_000)]) {
      const client = open();
      client.sayText(text);
      expect(client.hear()).toEqual([{ error: expect.any(String) }]);
      expect(client.channel.ended).toBe(1002);
    }
  });

  it('refuses a protocol of bytes on a transport for text', () => {
    const { open } = testHub();
    const client = open(undefined, new FakeChannel('ServerSentEvents'));
    client.say({ protocol: 'messagepack', version: 1 });
    expect(client.hear()).toEqual([{ error: expect.stringContaining('messagepack') }]);
    expect(client.channel.ended).toBe(1002);
  });

  it('refuses a protocol that this hub does not speak', () => {
    const { open } = testHub({ protocols: [jsonHubProtocol] });
    const client = open();
    client.say({ protocol: 'messagepack', version: 1 });
    expect(client.hear()).toEqual([{ error: "The protocol 'messagepack' is not spoken here." }]);
  });

  it('must come in time, also from a client that sends pieces of it', async () => {
    const { open, clock } = testHub();
    const client = open();
    await clock.advance(14_000);
    client.sayText('{');
    expect(client.channel.ended).toBeUndefined();
    await clock.advance(1_000);
    expect(client.hear()).toEqual([{ error: 'The handshake did not come in time.' }]);
    expect(client.channel.ended).toBe(1008);
  });

  it('is not waited for once the client has gone, and the hub never hears of that client', async () => {
    const events: string[] = [];
    const { hub, open, clock } = testHub({ connected: () => void events.push('connected'), disconnected: () => void events.push('disconnected') });
    const client = open();
    expect(hub.connections).toBe(1);
    client.leave(new Error('gone'));
    await clock.advance(0);
    expect([hub.connections, clock.pending, events]).toEqual([0, 0, []]);
    client.say({ protocol: 'json', version: 1 });
    expect(client.hear()).toEqual([]);
  });
});
