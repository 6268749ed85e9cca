import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { settle } from '@portico/core/testing';
import { RouteWorld, type Made } from '../../test/route-world.js';

const headers = { 'cache-control': 'max-age=60' };

/** A body whose bytes come when the test says so. */
function slowBody(): Readable {
  return new Readable({ read() {} });
}

/** What the client has of a body so far. */
function reading(body: Buffer | Readable): { text: () => string; error: () => Error | undefined } {
  const chunks: Buffer[] = [];
  let failure: Error | undefined;
  (body as Readable).on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', (error) => (failure = error));
  return { text: () => Buffer.concat(chunks).toString(), error: () => failure };
}

describe('A body that streams', () => {
  it('reaches the client as it comes, and is kept once it is complete', async () => {
    const world = new RouteWorld();
    const body = slowBody();
    const client = reading((await world.open({ made: { headers, body } })).body);
    body.push('one ');
    await settle();
    expect(client.text()).toBe('one ');
    expect(world.entries.size).toBe(0);
    body.push('two');
    body.push(null);
    await settle();
    expect(client.text()).toBe('one two');
    const again = await world.ask();
    expect([again.text, again.headers.get('content-length'), world.calls, world.store.underWay]).toEqual(['one two', '7', 1, 0]);
  });

  it('is kept byte by byte, whatever they are', async () => {
    const world = new RouteWorld();
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256));
    const chunks = [bytes.subarray(0, 1), bytes.subarray(1, 70_000), bytes.subarray(70_000)];
    const first = await world.open({ made: { headers: { ...headers, 'content-encoding': 'br', 'content-length': '100000' }, body: Readable.from(chunks) } });
    expect(Buffer.concat(await (first.body as Readable).toArray()).equals(bytes)).toBe(true);
    const second = await world.open();
    expect((second.body as Buffer).equals(bytes)).toBe(true);
    expect(second.headers.get('content-encoding')).toBe('br');
  });

  it('is kept as it came, whatever its reader does with his bytes', async () => {
    const world = new RouteWorld();
    const first = await world.open({ made: { headers, body: Readable.from([Buffer.from('good')]) } });
    for await (const chunk of first.body as Readable) (chunk as Buffer).fill('x');
    expect((await world.ask()).text).toBe('good');
  });

  it.each<[string, (body: Readable) => void]>([
    ['is broken off', (body) => body.destroy(new Error('reset'))],
    ['ends without an end', (body) => body.destroy()],
  ])('is not kept when it %s, and the client is told', async (_how, breakOff) => {
    const world = new RouteWorld();
    const body = slowBody();
    const client = reading((await world.open({ made: { headers, body } })).body);
    body.push('part');
    await settle();
    breakOff(body);
    await settle();
    expect([client.text(), client.error()]).toEqual(['part', expect.any(Error)]);
    expect([world.entries.size, world.store.underWay]).toEqual([0, 0]);
  });

  it('is not kept when it is not as long as announced, even if the announcement was taken away meanwhile', async () => {
    const world = new RouteWorld();
    const answer = await world.open({ made: { headers: { ...headers, 'content-length': '10' }, body: Readable.from([Buffer.from('short')]) } });
    answer.headers.delete('content-length');
    expect((await (answer.body as Readable).toArray()).join('')).toBe('short');
    expect(world.entries.size).toBe(0);
  });

  it('is let go, and not kept, when the client leaves', async () => {
    const world = new RouteWorld();
    const body = slowBody();
    const answer = await world.open({ made: { headers, body } });
    body.push('part');
    (answer.body as Readable).destroy();
    await settle();
    expect([body.destroyed, world.entries.size, world.store.underWay]).toEqual([true, 0, 0]);
  });

  it('waits for a client that reads slowly', async () => {
    const world = new RouteWorld({}, {}, { maxEntryBytes: 10_000_000, maxBytes: 100_000_000 });
    let made = 0;
    const body = new Readable({
      read() {
        made++;
        this.push(made <= 100 ? Buffer.alloc(16_384) : null);
      },
    });
    const answer = await world.open({ made: { headers, body } });
    for (let round = 0; round < 10; round++) await settle();
    expect(made).toBeLessThan(20);
    expect(Buffer.concat(await (answer.body as Readable).toArray()).length).toBe(1_638_400);
    expect(world.entries.size).toBe(1);
  });

  it('is read on past a client that reads slowly while others wait for it', async () => {
    const world = new RouteWorld();
    let made = 0;
    const body = new Readable({
      read() {
        made++;
        this.push(made <= 30 ? Buffer.alloc(16_384, 'a') : null);
      },
    });
    const slow = await world.open({ made: { headers, body } });
    await settle();
    const other = await world.ask();
    expect([other.text.length, world.calls]).toEqual([491_520, 1]);
    expect(Buffer.concat(await (slow.body as Readable).toArray()).length).toBe(491_520);
  });

  it('is shared only once it is complete; when its client leaves before, it is fetched once again', async () => {
    const world = new RouteWorld();
    const body = slowBody();
    const first = await world.open({ made: { headers, body } });
    body.push('part');
    const waiting = [world.ask({ made: { headers } }), world.ask({ made: { headers } })];
    await settle();
    expect(world.calls).toBe(1);
    (first.body as Readable).destroy();
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual(['answer 2', 'answer 2']);
  });
});

describe('A body that is too large', () => {
  const bounds = { maxEntryBytes: 1_000, maxBytes: 100_000 };
  const large = () => Readable.from(Array.from({ length: 5 }, () => Buffer.alloc(300, 'a')));

  it.each<[string, () => Made]>([
    ['announced', () => ({ headers: { ...headers, 'content-length': '1500' }, body: large() })],
    ['not announced', () => ({ headers, body: large() })],
    ['whole', () => ({ headers, body: Buffer.alloc(1_500, 'a') })],
  ])('passes through, %s, and is not kept', async (_how, made) => {
    const world = new RouteWorld({}, {}, bounds);
    expect((await world.ask({ made: made() })).text.length).toBe(1_500);
    expect([world.entries.size, world.store.underWay]).toEqual([0, 0]);
  });

  it('sets those who wait free as soon as that shows', async () => {
    const world = new RouteWorld({}, {}, bounds);
    const body = slowBody();
    const first = await world.open({ made: { headers, body } });
    const waiting = world.ask();
    await settle();
    body.push(Buffer.alloc(1_001));
    expect((await waiting).text).toBe('answer 2');
    (first.body as Readable).destroy();
  });

  it('of exactly the bound is kept', async () => {
    const world = new RouteWorld({}, {}, bounds);
    await world.ask({ made: { headers, body: Buffer.alloc(1_000) } });
    expect(world.entries.size).toBe(1);
  });
});

describe('An answer that the client already has', () => {
  it('is read to its end for the cache when it streams', async () => {
    const world = new RouteWorld();
    const made = { headers: { ...headers, etag: '"v1"' }, body: Readable.from([Buffer.from('all of it')]) };
    expect((await world.ask({ made, headers: { 'if-none-match': '"v1"' } })).status).toBe(304);
    await settle();
    expect((await world.ask()).text).toBe('all of it');
  });

  it('is let go when it is not to be kept', async () => {
    const world = new RouteWorld();
    const body = slowBody();
    await world.ask({ made: { headers: { etag: '"v1"', 'cache-control': 'no-store' }, body }, headers: { 'if-none-match': '"v1"' } });
    expect(body.destroyed).toBe(true);
  });
});

describe('The body of a request', () => {
  const options = { honour: 'ttl-only', ttlMs: 60_000, methods: ['POST'] } as const;
  const echo = async (request: { body: Readable | Buffer | undefined }): Promise<Made> => {
    const { body } = request;
    return { body: Buffer.isBuffer(body) ? body : Buffer.concat(((await body?.toArray()) ?? []) as Buffer[]) };
  };
  const post = (body: string | Readable) => ({ method: 'POST', body, made: echo });

  it.each<[string, (text: string) => string | Readable]>([
    ['bytes', (text) => text],
    ['a stream', (text) => Readable.from([Buffer.from(text.slice(0, 3)), Buffer.from(text.slice(3))])],
  ])('is part of the key and still reaches the service, as %s', async (_how, make) => {
    const world = new RouteWorld({ ...options, methods: [...options.methods] });
    const texts = [];
    for (const text of ['{"n":1}', '{"n":2}', '{"n":1}', '{"n":2}']) texts.push((await world.ask(post(make(text)))).text);
    expect([texts, world.calls]).toEqual([['{"n":1}', '{"n":2}', '{"n":1}', '{"n":2}'], 2]);
  });

  it('that is too large for that goes to the service whole, past the cache', async () => {
    const world = new RouteWorld({ ...options, methods: [...options.methods] }, {}, { maxEntryBytes: 10, maxBytes: 100_000 });
    const parts = ['12345', '67890', 'abc', 'def'];
    for (let round = 1; round <= 2; round++) {
      const got = await world.ask(post(Readable.from(parts.map((part) => Buffer.from(part)))));
      expect([got.text, got.did, world.calls]).toEqual(['1234567890abcdef', 'fwd=bypass', round]);
    }
  });

  it('that is too large is let go when what is sent is let go', async () => {
    const world = new RouteWorld({ ...options, methods: [...options.methods] }, {}, { maxEntryBytes: 10, maxBytes: 100_000 });
    const body = new PassThrough();
    body.write('more than ten bytes');
    await world.ask({ method: 'POST', body, made: async (request) => ((request.body as Readable).destroy(), {}) });
    await settle();
    expect(body.destroyed).toBe(true);
  });

  it('that breaks off fails the request', async () => {
    const world = new RouteWorld({ ...options, methods: [...options.methods] });
    const body = new PassThrough();
    const asked = world.ask(post(body));
    body.write('part');
    body.destroy(new Error('client left'));
    await expect(asked).rejects.toThrow('client left');
    expect(world.calls).toBe(0);
  });
});
