import { Module, type Provider, type Type } from '@nestjs/common';
import type { DeepPartial } from '@portico/config';
import { definePipeline, type PipelineEntry } from '@portico/policies';
import request from 'supertest';
import { createGateway, GatewayConfig, type Gateway, type GatewayDefinition } from '../src/index.js';
import type { RouteSet } from '../src/routes/route-definition.js';

/** A line of the log, parsed. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

export interface AppParts {
  readonly controllers?: readonly Type<unknown>[];
  readonly providers?: readonly Provider[];
  /** A root module of its own, instead of one made of controllers and providers. */
  readonly module?: Type<unknown>;
  readonly policies?: readonly PipelineEntry[];
  readonly overrides?: DeepPartial<GatewayConfig>;
  readonly routes?: RouteSet;
  /** The rest of the definition: configuration, files of routes, policies of the team. */
  readonly definition?: Partial<Pick<GatewayDefinition, 'config' | 'routeFiles' | 'policies' | 'aggregators' | 'identityEndpoints' | 'pages'>>;
}

/** A gateway that really listens, and what it logged. */
export interface TestApp {
  readonly gateway: Gateway;
  readonly url: string;
  readonly port: number;
  readonly client: ReturnType<typeof request>;
  /** The log so far. */
  readonly lines: readonly LogLine[];
  /** The access log line of a request, as soon as it is written. */
  logged(match: (line: LogLine) => boolean): Promise<LogLine>;
  /** Value of a series in `/metrics`; 0 when it is not there. */
  metric(series: string): Promise<number>;
  close(): Promise<void>;
}

/** Starts a gateway of the given parts on a free port. */
export async function startApp({ controllers = [], providers = [], module, policies = [], overrides = {}, routes, definition = {} }: AppParts): Promise<TestApp> {
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  const write = (text: string): void => {
    lines.push(JSON.parse(text) as LogLine);
    for (const look of waiting) look();
  };
  const gateway = await createGateway(
    { name: 'test-bff', config: GatewayConfig, module: module ?? moduleOf(controllers, providers), pipeline: () => definePipeline(...policies), ...definition },
    { env: {}, overrides: { auth: { issuer: 'http://127.0.0.1:1' }, ...overrides, port: 0 }, logDestination: { write }, ...(routes && { routes }) },
  );
  return {
    gateway,
    url: gateway.url,
    port: Number(new URL(gateway.url).port),
    client: request(gateway.url),
    lines,
    logged: (match) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = lines.find(match);
          if (!line) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
    metric: async (series) => {
      const { text } = await request(gateway.url).get('/metrics');
      const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
      return line ? Number(line.slice(series.length + 1)) : 0;
    },
    close: () => gateway.close(),
  };
}

/** A root module of controllers and providers. */
export function moduleOf(controllers: readonly Type<unknown>[], providers: readonly Provider[]): Type<unknown> {
  class TestModule {}
  Module({ controllers: [...controllers], providers: [...providers] })(TestModule);
  return TestModule;
}
