import { noEndpoint, PorticoError, type Policy } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { definePipeline } from './index.js';

const resolve = () => {
  throw new Error('nothing to resolve');
};

function recorder() {
  const seen: string[] = [];
  const sync = (name: string): Policy => ({ name, compile: () => ({ inbound: () => void seen.push(name) }) });
  const later = (name: string): Policy => ({
    name,
    compile: () => ({
      inbound: async () => {
        await null;
        seen.push(name);
      },
    }),
  });
  return { seen, sync, later };
}

describe('Pipeline', () => {
  it('runs the steps in declared order, whether they wait or not', async () => {
    const { seen, sync, later } = recorder();
    await definePipeline(sync('a'), later('b'), sync('c'), later('d')).compile(noEndpoint, resolve).inbound(testContext());
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  it('waits for nothing when no step does', () => {
    const { sync } = recorder();
    expect(definePipeline(sync('a'), sync('b')).compile(noEndpoint, resolve).inbound(testContext())).toBeUndefined();
  });

  it('stops as soon as a policy has the answer', async () => {
    const { seen, sync } = recorder();
    const answer: Policy = { name: 'answer', compile: () => ({ inbound: (context) => void (context.ready = { status: 200, headers: {}, body: '' }) }) };
    await definePipeline(sync('a'), answer, sync('b')).compile(noEndpoint, resolve).inbound(testContext());
    expect(seen).toEqual(['a']);
  });

  it('passes a refusal on and runs nothing behind it', async () => {
    const { seen, sync } = recorder();
    const refuse: Policy = { name: 'refuse', compile: () => ({ inbound: () => Promise.reject(new PorticoError('TOKEN_MISSING')) }) };
    const pipeline = definePipeline(refuse, sync('b')).compile(noEndpoint, resolve);
    await expect(pipeline.inbound(testContext())).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
    expect(seen).toEqual([]);
  });

  it('leaves out policies that have nothing to do at an endpoint', () => {
    const { sync } = recorder();
    const pipeline = definePipeline(sync('a'), { name: 'absent', compile: () => undefined });
    expect(pipeline.compile(noEndpoint, resolve).policies).toEqual(['a']);
  });

  it('lets on-error steps replace the error in order', () => {
    const policy = (name: string, detail: string): Policy => ({
      name,
      compile: () => ({ onError: (_, error) => new PorticoError(error.code, { detail: `${error.detail ?? ''}${detail}` }) }),
    });
    const pipeline = definePipeline(policy('a', '1'), policy('b', '2')).compile(noEndpoint, resolve);
    expect(pipeline.onError(testContext(), new PorticoError('INTERNAL')).detail).toBe('12');
  });

  it('refuses two policies of one name', () => {
    const { sync } = recorder();
    expect(() => definePipeline(sync('a'), sync('a'))).toThrow('two policies called a');
  });
});

describe('CompiledPipeline', () => {
  const answer = { status: 200, body: undefined, header: () => undefined, headerValues: () => [], setHeader: () => {}, appendHeader: () => {}, setStatus: () => {}, removeHeader: () => {}, replace: () => {} };

  it('runs the outbound steps in declared order too, whether they wait or not', async () => {
    const seen: string[] = [];
    const outbound = (name: string, wait: boolean): Policy => ({
      name,
      compile: () => ({ outbound: () => (wait ? Promise.resolve().then(() => void seen.push(name)) : void seen.push(name)) }),
    });
    const pipeline = definePipeline(outbound('a', true), outbound('b', false), outbound('c', true)).compile(noEndpoint, resolve);
    expect(pipeline.hasOutbound).toBe(true);
    await pipeline.outbound(testContext(), answer);
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('stops behind a policy that has the answer only after waiting', async () => {
    const { seen, sync } = recorder();
    const later: Policy = { name: 'later', compile: () => ({ inbound: async (context) => void (context.ready = { status: 200, headers: {}, body: '' }) }) };
    await definePipeline(later, sync('behind')).compile(noEndpoint, resolve).inbound(testContext());
    expect(seen).toEqual([]);
  });

  it('has no outbound section where no policy has one', () => {
    const { sync } = recorder();
    expect(definePipeline(sync('a')).compile(noEndpoint, resolve).hasOutbound).toBe(false);
  });

  it('keeps an error that no on-error step replaces', () => {
    const error = new PorticoError('INTERNAL');
    const silent: Policy = { name: 'silent', compile: () => ({ onError: () => undefined }) };
    expect(definePipeline(silent).compile(noEndpoint, resolve).onError(testContext(), error)).toBe(error);
  });

  it('asks each policy once per endpoint what it has to do there', () => {
    const asked: string[] = [];
    const curious: Policy = { name: 'curious', compile: (endpoint) => void asked.push(endpoint.name) };
    const pipeline = definePipeline(curious);
    pipeline.compile(noEndpoint, resolve);
    pipeline.compile({ ...noEndpoint, name: 'Other.read' }, resolve);
    expect(asked).toEqual(['none', 'Other.read']);
  });
});
