import { fileURLToPath } from 'node:url';
import { appLinkEndpoints, ClientIdentity, nativeClientEndpoint, signOutEndpoint, type GatewayDefinition } from '@portico/gateway';
import { MobileConfig } from './mobile.config.js';
import { MobileModule } from './mobile.module.js';
import { pipeline } from './pipeline.js';

/** The gateway of the mobile front end. */
export const mobileBff: GatewayDefinition<MobileConfig> = {
  name: 'mobile-bff',
  config: MobileConfig,
  module: MobileModule,
  pipeline,
  identityEndpoints: (resolve, config) => [signOutEndpoint(resolve), resolve(ClientIdentity).endpoint, nativeClientEndpoint(config), ...appLinkEndpoints(config)],
  // Beside the sources as beside the bundle.
  routeFiles: [fileURLToPath(new URL('../gateway.yaml', import.meta.url))],
};
