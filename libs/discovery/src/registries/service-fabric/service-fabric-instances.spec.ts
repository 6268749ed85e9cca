import { expect, it } from 'vitest';
import { optionsOf } from '../../../test/registry-fixtures.js';
import { ServiceFabricOptions } from './service-fabric.config.js';
import { serviceFabricInstances } from './service-fabric-instances.js';

it.each([
  ['http://127.0.0.1:19081', '/Shop/Catalog'],
  ['http://127.0.0.1:19081/', '/Shop/Catalog'],
  ['http://127.0.0.1:19081/fabric/', '/fabric/Shop/Catalog'],
])('a service of Service Fabric is its reverse proxy at %s, under the path %s', (url, pathPrefix) => {
  const source = serviceFabricInstances(optionsOf(ServiceFabricOptions, { url, service: 'Shop/Catalog' }));
  expect(source.current()).toEqual([{ id: 'http://127.0.0.1:19081', origin: 'http://127.0.0.1:19081', weight: 1, pathPrefix }]);
});
