import { Readable } from 'node:stream';
import { Controller, Get, Header, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { Public } from '@portico/auth';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { of } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoContent, View } from '../src/index.js';
import { startApp, type TestApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String(), tags: Type.Array(Type.Object({ name: Type.String() })) }));
const Loose = defineViewModel('Loose', Type.Object({ id: Type.Optional(Type.String()) }));

// What an operation returns is given by the test: its declared type says nothing about that.
let result: unknown;
const given = (): never => result as never;

@Controller('gate')
@Public()
class GateController {
  @Get('thing')
  @View(Thing)
  thing() {
    return given();
  }

  @Get('loose')
  @Header('x-internal', 'host-17')
  @View(Loose)
  loose() {
    return given();
  }

  @Get('teapot')
  @HttpCode(418)
  @View(Loose)
  teapot() {
    return given();
  }

  @Post('nothing')
  @NoContent()
  nothing() {
    return given();
  }
}

class Holder {
  readonly id = 'h-1';
  readonly secret = 'secret';
  toJSON(): object {
    return { id: this.id, secret: this.secret };
  }
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ controllers: [GateController] });
});
afterAll(() => app.close());

describe('what leaves the gateway', () => {
  it('is what the view model names, at every depth', async () => {
    result = { id: 't-1', secret: 'secret', tags: [{ name: 'a', secret: 'secret' }] };
    const { text, headers } = await app.client.get('/gate/thing').expect(200);
    expect(text).toBe('{"id":"t-1","tags":[{"name":"a"}]}');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('is trimmed whatever status the operation declares', async () => {
    result = { id: 't-1', secret: 'secret' };
    await app.client.get('/gate/teapot').expect(418, '{"id":"t-1"}');
  });

  it('is trimmed when the object writes itself', async () => {
    result = new Holder();
    await app.client.get('/gate/loose').expect(200, '{"id":"h-1"}');
  });

  it('is trimmed when it comes as an observable or a promise', async () => {
    result = of({ id: 't-1', secret: 'secret' });
    await app.client.get('/gate/loose').expect(200, '{"id":"t-1"}');
    result = Promise.resolve({ id: 't-2', secret: 'secret' });
    await app.client.get('/gate/loose').expect(200, '{"id":"t-2"}');
  });

  it('is nothing at all where that is declared', async () => {
    result = { secret: 'secret' };
    const { text, headers } = await app.client.post('/gate/nothing').expect(204);
    expect(text).toBe('');
    expect(headers['content-type']).toBeUndefined();
  });

  it.each([
    ['a string', () => '{"id":"secret"}'],
    ['a Buffer', () => Buffer.from('secret')],
    ['bytes', () => new TextEncoder().encode('secret')],
    ['a number', () => 7],
    ['an array', () => [{ id: 'secret' }]],
    ['null', () => null],
    ['undefined', () => undefined],
    ['a function', () => () => 'secret'],
    ['a stream', () => Readable.from(['secret'])],
    ['a web stream', () => new Blob(['secret']).stream()],
    ['a StreamableFile', () => new StreamableFile(Buffer.from('secret'))],
    ['an async iterable', () => (async function* () { yield { id: 'secret' }; })()],
    ['a Response', () => new Response('secret', { headers: { 'x-secret': 'secret' } })],
    ['a Response with the status of a refusal', () => new Response('secret', { status: 404, headers: { 'x-secret': 'secret' } })],
    ['a Response without a body', () => new Response(null, { headers: { 'x-secret': 'secret', 'set-cookie': 'a=secret' } })],
    ['an observable of a string', () => of('secret')],
  ])('is never %s', async (_what, make) => {
    result = make();
    const { status, body, text, headers } = await app.client.get('/gate/loose');
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'VIEW_MODEL_BYPASSED' });
    expect(text + JSON.stringify(headers)).not.toMatch(/secret|host-17/);
  });

  it.each([
    ['lacks a field', () => ({ id: 'secret' })],
    ['has a field of another kind', () => ({ id: 'secret', tags: 'secret' })],
  ])('is nothing of an answer that %s', async (_what, make) => {
    result = make();
    const { status, body, text } = await app.client.get('/gate/thing');
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'VIEW_MODEL_MISMATCH' });
    expect(text).not.toContain('secret');
  });

  it('says in the log which operation returned what', async () => {
    result = '{"id":"secret"}';
    const id = 'gate-log-0001';
    await app.client.get('/gate/thing').set('x-correlation-id', id).expect(500);
    const line = await app.logged((candidate) => candidate.id === id);
    expect(line).toMatchObject({ route: '/gate/thing', status: 500, code: 'VIEW_MODEL_BYPASSED', error: { causes: [{ message: 'Thing was given a string' }] } });
  });

  it('is headers alone for HEAD', async () => {
    result = { id: 't-1', secret: 'secret' };
    const { headers, text } = await app.client.head('/gate/loose').expect(200);
    expect(headers['content-length']).toBe('12');
    expect(text).toBeUndefined();
  });
});
