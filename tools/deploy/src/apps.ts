import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './render.js';

/** What of a BFF's configuration the rules look at. */
export interface BffConfig {
  readonly port: number;
  readonly auth: { readonly issuer: string };
  readonly shutdown: { readonly drainMs: number; readonly graceMs: number };
  readonly services: Readonly<Record<string, { readonly instances: readonly string[] }>>;
  readonly session?: { readonly publicOrigin: string };
  readonly dpop: { readonly publicOrigin: string };
}

/** What of the push app's configuration the rules look at. */
export interface PushConfig {
  readonly port: number;
  readonly graceMs: number;
  readonly endpoint: string;
}

type Env = Readonly<Record<string, string>>;
type ConfigClass = new () => object;

// By path: a tool may not depend on a lib or an app, and these rules are about what the apps really take.
const load = <T>(file: string): Promise<T> => import(/* @vite-ignore */ pathToFileURL(join(root, file)).href) as Promise<T>;

const { loadConfig } = await load<{ loadConfig: (type: ConfigClass, options: { env: Env; prefix?: string }) => unknown }>('libs/config/src/index.ts');
const { WebConfig } = await load<{ WebConfig: ConfigClass }>('apps/web-bff/src/web.config.ts');
const { MobileConfig } = await load<{ MobileConfig: ConfigClass }>('apps/mobile-bff/src/mobile.config.ts');
const { DesktopConfig } = await load<{ DesktopConfig: ConfigClass }>('apps/desktop-bff/src/desktop.config.ts');
const { PushConfig, variablePrefix } = await load<{ PushConfig: ConfigClass; variablePrefix: string }>('apps/push/src/push.config.ts');
const { readEnvironment } = await load<{ readEnvironment: (names: readonly string[], env: Env) => { readonly ports: Readonly<Record<string, number>>; readonly serviceTokens: { readonly issuer?: string } } }>('apps/services/src/environment.ts');

const bffs: Readonly<Record<string, ConfigClass | undefined>> = { 'web-bff': WebConfig, 'mobile-bff': MobileConfig, 'desktop-bff': DesktopConfig };

/** Reads an environment as the BFF does at its start. @throws ConfigurationError as it would */
export function readBff(name: string, env: Env): BffConfig {
  const type = bffs[name];
  if (!type) throw new Error(`There is no BFF called ${name}`);
  return loadConfig(type, { env }) as BffConfig;
}

/** Reads an environment as the push app does at its start. @throws ConfigurationError as it would */
export const readPush = (env: Env): PushConfig => loadConfig(PushConfig, { env, prefix: variablePrefix }) as PushConfig;

/** Reads arguments and environment as the services do at their start. @throws EnvironmentError as they would */
export const readServices = readEnvironment;
