import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './render.js';

interface RouteFile {
  readonly services?: Readonly<Record<string, { readonly discovery: { readonly kubernetes: { readonly service: string } }; readonly token: { readonly audience: string } }>>;
  readonly routes: Readonly<Record<string, { readonly to: { readonly service: string } }>>;
}

const read = (path: string): RouteFile => parse(readFileSync(join(root, path), 'utf8')) as RouteFile;

it.each(['web-bff', 'mobile-bff', 'desktop-bff'])('the routes of %s that find pods are its own in all else, and call each service with its token', (bff) => {
  const { services = {}, ...found } = read(`deploy/kubernetes/components/kubernetes-discovery/${bff}.gateway.yaml`);
  const own = read(`apps/${bff}/gateway.yaml`);
  const renamed = Object.entries(own.routes).map(([name, route]) => [name, { ...route, to: { ...route.to, service: `${route.to.service}-pods` } }]);
  expect(found).toEqual({ ...own, routes: Object.fromEntries(renamed) });
  const called = [...new Set(Object.values(own.routes).map(({ to }) => to.service))];
  expect(services).toEqual(Object.fromEntries(called.map((service) => [`${service}-pods`, { discovery: { kubernetes: { service } }, token: { audience: `https://${service}.portico.example` } }])));
});
