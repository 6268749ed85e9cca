import { Controller, Get, UseInterceptors, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Public } from '@portico/auth';
import { PorticoError, type RequestContext } from '@portico/core';
import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { map } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Context, Rows } from '../src/index.js';
import { openRaw } from './raw-client.js';
import { startApp, type TestApp } from './start-app.js';

const Row = defineViewModel('Row', Type.Object({ id: Type.Integer(), name: Type.String(), note: Nullable(Type.String()), tags: Type.Array(Type.String()) }));
interface Source {
  id: number;
  name: string;
  note: string | null;
  tags: string[];
}

const row = (id: number, name = `name ${id}`, note: string | null = null): Source & { secret: string } => ({ id, name, note, tags: ['a', 'b'], secret: 'secret' });

let source: () => AsyncIterable<Source> | Promise<AsyncIterable<Source>>;
let context: RequestContext;
let pulled = 0;
let ended = 0;

class EvenInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(
      map(async function* (rows: AsyncIterable<Source>) {
        for await (const item of rows) if (item.id % 2 === 0) yield item;
      }),
    );
  }
}

@Controller('rows')
@Public()
class RowsController {
  @Get()
  @Rows(Row)
  rows(@Context() given: RequestContext) {
    context = given;
    return source();
  }

  @Get('even')
  @UseInterceptors(EvenInterceptor)
  @Rows(Row)
  even() {
    return source();
  }
}

async function* count(to: number, name?: string): AsyncGenerator<Source> {
  try {
    for (let id = 1; id <= to; id++) {
      pulled++;
      yield row(id, name);
    }
  } finally {
    ended++;
  }
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ controllers: [RowsController] });
});
afterAll(() => app.close());
beforeEach(() => {
  pulled = 0;
  ended = 0;
});

const read = (accept?: string, path = '/rows') => {
  const asked = app.client.get(path).buffer(true).parse((response, done) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (text += chunk));
    response.on('end', () => done(null, text));
  });
  return accept === undefined ? asked : asked.set('accept', accept);
};

describe('rows', () => {
  it('leave as NDJSON, each trimmed to its view model', async () => {
    source = () => count(2);
    const { body, headers } = await read().expect(200);
    expect(body).toBe('{"id":1,"name":"name 1","note":null,"tags":["a","b"]}\n{"id":2,"name":"name 2","note":null,"tags":["a","b"]}\n');
    expect(headers).toMatchObject({ 'content-type': 'application/x-ndjson; charset=utf-8', vary: 'accept' });
    expect(headers['x-correlation-id']).toBeDefined();
  });

  it('leave as CSV to a client that prefers it, header first, and there may be none', async () => {
    source = () => Promise.resolve(count(1));
    const { body, headers } = await read('text/csv').expect(200);
    expect(body).toBe('id,name,note,tags\r\n1,name 1,,"[""a"",""b""]"\r\n');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    source = () => count(0);
    expect((await read('text/csv').expect(200)).body).toBe('id,name,note,tags\r\n');
    expect((await read().expect(200)).body).toBe('');
  });

  it('are all there, however many', async () => {
    source = () => count(20_000);
    const { body } = await read().expect(200);
    const lines = (body as string).trimEnd().split('\n');
    expect(lines).toHaveLength(20_000);
    expect(JSON.parse(lines.at(-1) as string)).toMatchObject({ id: 20_000 });
  });

  it('pass through the interceptors of a team', async () => {
    source = () => count(4);
    const { body } = await read(undefined, '/rows/even').expect(200);
    expect((body as string).match(/"id":\d/g)).toEqual(['"id":2', '"id":4']);
  });

  it('are not made for HEAD', async () => {
    source = () => count(3);
    const { headers } = await app.client.head('/rows').expect(200);
    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(pulled).toBe(0);
  });

  it('must be an async iterable of objects', async () => {
    for (const wrong of ['text', [row(1)], { id: 1 }, null, new Response('secret')]) {
      source = () => wrong as never;
      const { body, status } = await read().catch((error: { response: never }) => error.response);
      expect({ status, code: (JSON.parse(body as string) as { code: string }).code }).toEqual({ status: 500, code: 'VIEW_MODEL_BYPASSED' });
      expect(body).not.toContain('secret');
    }
  });

  it('become a problem when the first of them fails', async () => {
    source = async function* () {
      yield* [];
      throw new PorticoError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '2' }, cause: new Error('secret') });
    };
    const { body, headers } = await read().expect(503);
    expect(JSON.parse(body as string)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(headers).toMatchObject({ 'retry-after': '2', 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' });
  });

  it('break the connection off when one in the middle fails, and the log says why', async () => {
    source = async function* () {
      yield* count(2_000);
      throw new Error('the disk is full');
    };
    const id = 'rows-broken-01';
    const text = await openRaw(app.port, `GET /rows HTTP/1.1\r\nhost: a\r\nx-correlation-id: ${id}\r\nconnection: close\r\n\r\n`).closed;
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    // RFC 9112 8: a chunked answer without its last chunk is incomplete.
    expect(text).not.toMatch(/\r\n0\r\n\r\n$/);
    const line = await app.logged((candidate) => candidate.id === id);
    expect(line).toMatchObject({ status: 500, code: 'INTERNAL', error: { causes: [{ message: 'the disk is full' }] } });
    expect(line.aborted).toBeUndefined();
  });

  it('break off too when one of them does not fit its view model', async () => {
    source = async function* () {
      yield* count(2_000);
      yield { id: 'secret' } as never;
    };
    await expect(read()).rejects.toThrow('aborted');
  });
});

describe('a reader that stalls', () => {
  it('is cut off when he takes nothing for too long', async () => {
    const impatient = await startApp({ controllers: [RowsController], overrides: { http: { stallTimeoutMs: 200 } } });
    try {
      source = () => count(Number.MAX_SAFE_INTEGER, 'x'.repeat(10_000));
      const { socket } = openRaw(impatient.port, 'GET /rows HTTP/1.1\r\nhost: a\r\n\r\n');
      socket.pause();
      expect(await impatient.logged(({ msg }) => msg === 'request')).toMatchObject({ path: '/rows', aborted: true });
      await expect.poll(() => ended).toBe(1);
      socket.destroy();
    } finally {
      await impatient.close();
    }
  });

  it('holds the rows up: only what fits into the buffers is pulled, and all of it is let go when he leaves', async () => {
    const name = 'x'.repeat(1_000);
    source = () => count(1_000_000, name);
    const id = 'rows-stalled-1';
    const connection = openRaw(app.port, `GET /rows HTTP/1.1\r\nhost: a\r\nx-correlation-id: ${id}\r\n\r\n`);
    connection.socket.pause();
    const atRest = await quiet(() => pulled);
    // Kernel buffers take a few megabytes; a million rows would be a gigabyte.
    expect(atRest).toBeGreaterThan(16);
    expect(atRest).toBeLessThan(20_000);
    connection.socket.destroy();
    await app.logged((line) => line.id === id);
    expect(context.cancellation.cancelled).toBe(true);
    await quiet(() => ended);
    expect(ended).toBe(1);
    expect(pulled).toBeLessThan(atRest + 100);
  });
});

/** The value of a counter once the event loop has gone round many times without it moving. */
async function quiet(read: () => number): Promise<number> {
  let last = read();
  for (let still = 0; still < 200; still++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (read() !== last) still = 0;
    last = read();
  }
  return last;
}
