import { fileURLToPath } from 'node:url';
import { ClientIdentity, nativeClientEndpoint, signOutEndpoint, type GatewayDefinition } from '@portico/gateway';
import { pipeline } from './pipeline.js';
import { DesktopConfig } from './desktop.config.js';
import { DesktopModule } from './desktop.module.js';

/** The gateway of the desktop front end. */
export const desktopBff: GatewayDefinition<DesktopConfig> = {
  name: 'desktop-bff',
  config: DesktopConfig,
  module: DesktopModule,
  pipeline,
  identityEndpoints: (resolve, config) => [signOutEndpoint(resolve), resolve(ClientIdentity).endpoint, nativeClientEndpoint(config)],
  // Beside the sources as beside the bundle.
  routeFiles: [fileURLToPath(new URL('../gateway.yaml', import.meta.url))],
};
