import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { createGateway, GatewayConfig, type CreateGatewayOptions, type GatewayDefinition } from '@portico/gateway';
import type { JsonObject } from '@portico/ocelot';
import type { GatewaySetup, StartGateway, TrustedIssuer } from './gateway-under-test.js';
import { GatewayFolder } from './gateway-folder.js';
import { pipeline } from './pipeline.js';
import { ReloadLog } from './reload-log.js';

class NoControllers {}
Module({})(NoControllers);

/** Where nobody is: the gateway's own issuer, whose tokens no case uses. */
const nobody = 'http://127.0.0.1:1';

/** Starts a gateway of its own for one case: no controllers, no limits but those of the file, which it reads and follows as any BFF does. */
export const startGateway: StartGateway = async (file, setup) => {
  const folder = await GatewayFolder.create();
  const log = new ReloadLog();
  const write = (content: JsonObject): Promise<void> => folder.write(complete(content, setup));
  try {
    await write(file);
    const gateway = await createGateway(definitionOf(folder.file, setup), optionsOf(setup, log));
    return {
      url: gateway.url,
      async replaceFile(next) {
        const reloaded = log.next();
        await write(next);
        await reloaded;
      },
      async close() {
        await gateway.close();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
};

function definitionOf(file: string, { aggregators, policies }: GatewaySetup): GatewayDefinition {
  return { name: 'conformance', config: GatewayConfig, module: NoControllers, pipeline, routeFiles: [file], aggregators, policies };
}

function optionsOf({ trustForwardedFor }: GatewaySetup, log: ReloadLog): CreateGatewayOptions<GatewayConfig> {
  return {
    env: {},
    overrides: {
      port: 0,
      auth: { issuer: nobody },
      shutdown: { drainMs: 0, graceMs: 0 },
      http: { trustedProxies: trustForwardedFor ? ['127.0.0.1', '::1'] : [] },
    },
    logDestination: log,
  };
}

/** What the host of a case says in code stands in the file of a gateway. */
function complete(file: JsonObject, { issuers, maxBodyBytes }: GatewaySetup): JsonObject {
  return {
    ...file,
    settings: { ...(file.settings as JsonObject | undefined), ...(maxBodyBytes !== undefined && { maxBodyBytes }) },
    issuers: Object.fromEntries(issuers.map(issuerOf)),
  };
}

/** Ocelot takes any token with the right issuer, audience and signature. */
function issuerOf({ name, ...issuer }: TrustedIssuer): [name: string, issuer: JsonObject] {
  return [name, { ...issuer, profile: 'plain' }];
}
