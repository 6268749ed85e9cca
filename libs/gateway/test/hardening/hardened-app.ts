import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { Public } from '@portico/auth';
import type { DeepPartial } from '@portico/config';
import type { Policy } from '@portico/core';
import { defineViewModel } from '@portico/view-model';
import { IsString } from 'class-validator';
import Type from 'typebox';
import type { GatewayConfig } from '../../src/index.js';
import { View } from '../../src/index.js';
import { openRaw, parseAnswer, type RawAnswer } from '../raw-client.js';
import { routeOf, stubService, type RouteParts, type StubService } from '../routes/route-app.js';
import { startApp, type AppParts, type TestApp } from '../start-app.js';
import { serviceAt } from '../../src/gateway.config.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));

class ThingBody {
  @IsString()
  id!: string;
}

/** Coded operations as any BFF has them. */
@Controller('things')
@Public()
export class ThingsController {
  @Get(':id')
  @View(Thing)
  read(@Param('id') id: string) {
    return { id };
  }

  @Get(':id/kept')
  @Header('cache-control', 'public, max-age=60')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Header('vary', 'accept-language')
  @View(Thing)
  kept(@Param('id') id: string) {
    return { id };
  }

  @Post()
  @HttpCode(200)
  @View(Thing)
  write(@Body() { id }: ThingBody) {
    return { id };
  }

  @Delete(':id')
  @View(Thing)
  remove(@Param('id') id: string) {
    return { id };
  }
}

/** A gateway with coded operations and, where `routes` are given, configured ones; what it lets through to policies and services can be seen. */
export interface HardenedApp extends TestApp {
  /** Targets of the requests that reached a policy. */
  readonly reached: string[];
  readonly shop: StubService;
}

export async function startHardened({ routes, overrides = {}, ...parts }: { routes?: readonly RouteParts[]; overrides?: DeepPartial<GatewayConfig> } & Pick<AppParts, 'policies'> = {}, shop?: StubService): Promise<HardenedApp> {
  const service = shop ?? (await stubService());
  const reached: string[] = [];
  const note: Policy = {
    name: 'note',
    compile: () => ({
      inbound: ({ url }) => void reached.push(url),
      onError: ({ url }) => void reached.push(`failed ${url}`),
    }),
  };
  const app = await startApp({
    controllers: [ThingsController],
    policies: [note, ...(parts.policies ?? [])],
    overrides: { services: { shop: { ...serviceAt(service.origin), maxAttempts: 1 } }, ...overrides },
    ...(routes && { routes: { routes: routes.map(routeOf), settings: { wrongMethodStatus: 405, timeoutStatus: 504, unreachableStatus: 503 }, services: {}, issuers: {} } }),
  });
  const close = async (): Promise<void> => {
    await app.close();
    service.close();
  };
  return { ...app, reached, shop: service, close };
}

/** Sends bytes on a connection of their own, and takes the one answer apart that comes back. */
export async function exchange({ port }: Pick<TestApp, 'port'>, text: string): Promise<RawAnswer> {
  return parseAnswer(await openRaw(port, text).closed);
}

/** The code of a problem answer. */
export function codeOf({ body }: RawAnswer): string {
  return (JSON.parse(body) as { code: string }).code;
}
