import type { BackEndSpec, Vector } from '../src/vectors/vector.js';

const clientPath = `${['Up', 'stream'].join('')}PathTemplate`;
const servicePrefix = ['Down', 'stream'].join('');

/** Ocelot's configuration of one route to the stub a. */
export function configOf(from: string, to = from, more: Record<string, unknown> = {}): unknown {
  const target = { [`${servicePrefix}PathTemplate`]: to, [`${servicePrefix}Scheme`]: 'http', [`${servicePrefix}HostAndPorts`]: [{ Host: 'localhost', Port: 'backend:a' }] };
  return { Routes: [{ [clientPath]: from, ...target, ...more }] };
}

export const hello: BackEndSpec = { name: 'a', behaviour: 'fixed', status: 200, body: 'hello' };

/** A case that a gateway meets which passes requests on. */
export function caseOf(more: Partial<Vector> = {}): Vector {
  return {
    id: 'oc.path.p01',
    feature: 'routing.path',
    title: 'a path is passed on',
    config: configOf('/a', '/b'),
    backends: [hello],
    request: { method: 'GET', path: '/a?x=1' },
    expect: { status: 200, body: 'hello', backend: 'a', backendSees: { method: 'GET', path: '/b', query: '?x=1' } },
    ...more,
  };
}
