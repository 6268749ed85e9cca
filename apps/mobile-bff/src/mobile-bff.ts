import { fileURLToPath } from 'node:url';
import { signOutEndpoint, type GatewayDefinition } from '@portico/gateway';
import { MobileConfig } from './mobile.config.js';
import { MobileModule } from './mobile.module.js';
import { pipeline } from './pipeline.js';

/** The gateway of the mobile front end. */
export const mobileBff: GatewayDefinition<MobileConfig> = {
  name: 'mobile-bff',
  config: MobileConfig,
  module: MobileModule,
  pipeline,
  identityEndpoints: (resolve) => [signOutEndpoint(resolve)],
  // Beside the sources as beside the bundle.
  routeFiles: [fileURLToPath(new URL('../gateway.yaml', import.meta.url))],
};
