import { fileURLToPath } from 'node:url';
import { webSessionEndpoints, type GatewayDefinition } from '@portico/gateway';
import { pipeline } from './pipeline.js';
import { tryOutPages } from './try-out/try-out.page.js';
import { WebConfig } from './web.config.js';
import { WebModule } from './web.module.js';

/** The gateway of the web front end. */
export const webBff: GatewayDefinition<WebConfig> = {
  name: 'web-bff',
  config: WebConfig,
  module: WebModule,
  pipeline,
  identityEndpoints: webSessionEndpoints,
  pages: tryOutPages,
  // Beside the sources as beside the bundle.
  routeFiles: [fileURLToPath(new URL('../gateway.yaml', import.meta.url))],
};
