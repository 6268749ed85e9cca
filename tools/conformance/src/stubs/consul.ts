import type { RegistryAnswer, RegistrySpec } from './registry.js';

const index = '7';

/** Consul's health endpoint. A blocking query is held: nothing will change. */
export function consulAnswer(url: URL, { services }: RegistrySpec): RegistryAnswer {
  const [, name] = /^\/v1\/health\/service\/([^/]+)$/.exec(url.pathname) ?? [];
  if (name === undefined) return undefined;
  if (url.searchParams.get('index') === index) return { held: 'all' };
  const ports = (services[decodeURIComponent(name)] ?? []) as readonly unknown[];
  return {
    headers: { 'x-consul-index': index },
    json: ports.map((port, at) => ({
      Node: { Node: 'localhost', Address: '127.0.0.1' },
      Service: { ID: `${name}-${at}`, Service: name, Address: 'localhost', Port: Number(port), Tags: [] },
      Checks: [{ Status: 'passing' }],
    })),
  };
}
