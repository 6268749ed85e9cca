import { BadGatewayException, BadRequestException, ConflictException, Controller, ForbiddenException, Get, GoneException, HttpException, NotFoundException, Query, UnprocessableEntityException } from '@nestjs/common';
import { Public } from '@portico/auth';
import { PorticoError, type Policy } from '@portico/core';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Context, View } from '../src/index.js';
import type { RequestContext } from '@portico/core';
import { startApp, type TestApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));
let thrown: unknown;

@Controller('problems')
@Public()
class ProblemsController {
  @Get('throw')
  @View(Thing)
  throw(): { id: string } {
    throw thrown;
  }

  @Get('header')
  @View(Thing)
  header(@Query('value') value: string, @Context() context: RequestContext) {
    context.setAnswerHeader('x-note', value);
    return { id: '1' };
  }
}

const shaping: Policy = {
  name: 'shaping',
  compile: () => ({
    onError: (context, error) => {
      if (context.header('x-on-error') === 'replace') return new PorticoError('STATE_CONFLICT', { detail: 'Replaced.', cause: error });
      if (context.header('x-on-error') === 'throw') throw new Error('secret of the policy');
      return undefined;
    },
  }),
};

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ controllers: [ProblemsController], policies: [shaping] });
});
afterAll(() => app.close());

describe('an error on its way out', () => {
  it.each([
    [new NotFoundException('No such thing.'), 404, 'RESOURCE_NOT_FOUND', 'No such thing.'],
    [new ConflictException({ message: 'Taken.', internal: 'secret' }), 409, 'STATE_CONFLICT', 'Taken.'],
    [new BadRequestException(['a is wrong', 'b is wrong']), 400, 'REQUEST_INVALID', 'a is wrong; b is wrong'],
    [new UnprocessableEntityException('Makes no sense.'), 400, 'REQUEST_INVALID', 'Makes no sense.'],
    [new ForbiddenException({ internal: 'secret' }), 403, 'OPERATION_FORBIDDEN', undefined],
    [new GoneException('It was here.'), 404, 'RESOURCE_NOT_FOUND', 'It was here.'],
    [new HttpException('Not so fast.', 429), 429, 'LIMIT_EXCEEDED', 'Not so fast.'],
    [new HttpException('A teapot.', 418), 400, 'REQUEST_INVALID', 'A teapot.'],
    [new BadGatewayException('secret at 10.0.0.7:4001'), 500, 'INTERNAL', undefined],
    [new HttpException('secret', 503), 500, 'INTERNAL', undefined],
    [new PorticoError('SERVICE_UNAVAILABLE', { cause: new Error('secret at 10.0.0.7:4001'), headers: { 'retry-after': '3' } }), 503, 'SERVICE_UNAVAILABLE', undefined],
    [new PorticoError('LIMIT_EXCEEDED', { headers: { 'retry-after': '7' } }), 429, 'LIMIT_EXCEEDED', undefined],
    [Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:4001 secret'), { code: 'ECONNREFUSED' }), 500, 'INTERNAL', undefined],
    [Object.assign(new Error('secret'), { statusCode: 500 }), 500, 'INTERNAL', undefined],
    ['secret', 500, 'INTERNAL', undefined],
    [undefined, 500, 'INTERNAL', undefined],
    [null, 500, 'INTERNAL', undefined],
    [{ secret: 'secret' }, 500, 'INTERNAL', undefined],
  ])('%s becomes one of the table', async (error, status, code, detail) => {
    thrown = error;
    const answer = await app.client.get('/problems/throw');
    expect({ status: answer.status, code: answer.body.code, detail: answer.body.detail, stated: answer.body.status }).toEqual({ status, code, detail, stated: status });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatchObject({ type: expect.stringMatching(/^https:/), title: expect.any(String), action: expect.any(String), correlationId: answer.headers['x-correlation-id'] });
    expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(/secret|10\.0\.0\.7|at .*\.ts|node_modules/);
  });

  it('says when to try again where that is known, and always for too many requests', async () => {
    thrown = new PorticoError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '3' } });
    expect((await app.client.get('/problems/throw')).headers['retry-after']).toBe('3');
    thrown = new HttpException('Not so fast.', 429);
    expect((await app.client.get('/problems/throw')).headers['retry-after']).toBe('1');
  });

  it('lists the faults of an input by path', async () => {
    const faults = [{ path: 'body.a', message: 'is wrong' }];
    thrown = new PorticoError('REQUEST_INVALID', { faults });
    expect((await app.client.get('/problems/throw').expect(400)).body.faults).toEqual(faults);
  });

  it('leaves its causes and stack in the log', async () => {
    thrown = new Error('outer', { cause: new Error('connect ECONNREFUSED 10.0.0.7:4001') });
    const id = 'problem-log-01';
    await app.client.get('/problems/throw').set('x-correlation-id', id);
    const line = await app.logged((candidate) => candidate.id === id);
    expect(line).toMatchObject({ level: 'warn', status: 500, code: 'INTERNAL', error: { causes: [{ message: 'outer' }, { message: 'connect ECONNREFUSED 10.0.0.7:4001' }] } });
    expect(JSON.stringify(line.error)).toContain('problems.spec.ts');
  });

  it('may be replaced by an on-error policy', async () => {
    thrown = new Error('secret');
    const { body } = await app.client.get('/problems/throw').set('x-on-error', 'replace').expect(409);
    expect(body).toMatchObject({ code: 'STATE_CONFLICT', detail: 'Replaced.' });
  });

  it('becomes a failure of the gateway when an on-error policy fails itself, and nothing of either leaves', async () => {
    thrown = new NotFoundException('secret');
    const { text, body } = await app.client.get('/problems/throw').set('x-on-error', 'throw').expect(500);
    expect(body.code).toBe('INTERNAL');
    expect(text).not.toContain('secret');
  });
});

describe('a header field that cannot be written', () => {
  it('costs the answer, not the connection, and nothing of it leaves', async () => {
    await app.client.get('/problems/header?value=plain').expect(200).expect('x-note', 'plain');
    const { body, headers, text } = await app.client.get(`/problems/header?value=${encodeURIComponent('sécret ✓')}`).expect(500);
    expect(body.code).toBe('INTERNAL');
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['x-correlation-id']).toBe(body.correlationId);
    expect(text + JSON.stringify(headers)).not.toContain('cret');
  });

  it('cannot smuggle a second field in', async () => {
    const { headers } = await app.client.get(`/problems/header?value=${encodeURIComponent('a\r\nset-cookie: b=c')}`).expect(500);
    expect(headers['set-cookie']).toBeUndefined();
  });
});
