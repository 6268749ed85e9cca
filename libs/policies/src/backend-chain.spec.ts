import { PassThrough, Readable } from 'node:stream';
import type { PolicySteps } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { forward, routeContext, serviceAnswer } from '../test/fixtures.js';
import { CompiledPipeline } from './compiled-pipeline.js';

type Backend = NonNullable<PolicySteps['backend']>;

const pipelineOf = (...backends: Backend[]) => new CompiledPipeline(backends.map((backend, index) => ({ name: `p${index}`, origin: 'pipeline', steps: { backend } })));

function run(backends: Backend[], send = () => Promise.resolve(serviceAnswer()), request = forward()) {
  return pipelineOf(...backends).backend(routeContext(request), request, send);
}

describe('the backend section', () => {
  it('is the call itself where no policy has a backend step', () => {
    const sent = Promise.resolve(serviceAnswer());
    expect(run([], () => sent)).toBe(sent);
  });

  it('runs around the call, the first policy outermost', async () => {
    const seen: string[] = [];
    const around = (name: string): Backend => async (_context, _request, next) => {
      seen.push(`${name} before`);
      const answer = await next();
      seen.push(`${name} after`);
      return answer;
    };
    await run([around('a'), around('b')], () => {
      seen.push('call');
      return Promise.resolve(serviceAnswer());
    });
    expect(seen).toEqual(['a before', 'b before', 'call', 'b after', 'a after']);
  });

  it('lets a policy answer without a call', async () => {
    const own = serviceAnswer({ status: 418 });
    const send = () => Promise.reject(new Error('called'));
    expect(await run([() => Promise.resolve(own)], send)).toBe(own);
  });

  it('lets a policy call again what has ended', async () => {
    let calls = 0;
    const retry: Backend = (_context, _request, next) => next().catch(next);
    const send = () => (++calls < 2 ? Promise.reject(new Error('first')) : Promise.resolve(serviceAnswer()));
    expect(await run([retry, (_c, _r, next) => next()], send)).toMatchObject({ status: 200 });
    expect(calls).toBe(2);
  });

  it('refuses a second call while the first one runs', async () => {
    const race: Backend = (_context, _request, next) => Promise.all([next(), next()]).then(([first]) => first);
    await expect(run([race])).rejects.toThrow('The policy p0 called next() while its earlier call runs');
  });

  it.each([
    ['read', (stream: Readable) => stream.on('data', () => {})],
    ['destroyed', (stream: Readable) => stream.destroy()],
  ])('refuses to call again with a stream that was %s', async (_, use) => {
    const body = new PassThrough();
    body.end('once');
    const request = forward({ body });
    const twice: Backend = async (_context, _request, next) => {
      await next();
      return next();
    };
    const send = async () => {
      use(body);
      await new Promise((resolve) => body.once('close', resolve));
      return serviceAnswer();
    };
    await expect(run([twice], send, request)).rejects.toThrow('with a body that has been read');
  });

  it('calls again with a stream that nobody has read yet, and with what a policy put in its place', async () => {
    const request = forward({ body: Readable.from(['x']) });
    const replace: Backend = async (_context, changed, next) => {
      await next();
      for await (const chunk of changed.body as Readable) changed.body = Buffer.from(String(chunk));
      return next();
    };
    expect(await run([replace], undefined, request)).toMatchObject({ status: 200 });
    expect(request.body).toEqual(Buffer.from('x'));
  });

  it('rejects with what a policy throws, at once or later, and lets outer ones catch it', async () => {
    const throws: Backend = () => {
      throw new Error('at once');
    };
    await expect(run([throws])).rejects.toThrow('at once');
    const caught: Backend = (_context, _request, next) => next().catch((error: Error) => serviceAnswer({ status: error.message === 'at once' ? 299 : 500 }));
    expect(await run([caught, throws])).toMatchObject({ status: 299 });
  });
});
