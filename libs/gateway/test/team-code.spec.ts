import {
  BadRequestException, CanActivate, Catch, Controller, createParamDecorator, Get, HttpException, Injectable, Module, NestInterceptor, NestModule, Param, ParseIntPipe, UseFilters,
  UseGuards, UseInterceptors, type ArgumentsHost, type CallHandler, type ExceptionFilter, type ExecutionContext, type MiddlewareConsumer,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import { Public } from '@portico/auth';
import { PorticoError, type Policy } from '@portico/core';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { map, type Observable } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { View } from '../src/index.js';
import { startApp, type TestApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));

interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): void;
}

class RefusingGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

class SendingGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getResponse<Reply>().header('x-secret', 'secret').send({ secret: 'secret' });
    return true;
  }
}

@Injectable()
class RenamingInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value: { id: string }) => ({ id: `${value.id}!`, secret: 'secret' })));
  }
}

@Injectable()
class TextInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((value) => JSON.stringify({ ...value, secret: 'secret' })));
  }
}

class OutOfStock extends Error {}
class Legacy extends Error {}
class Odd extends Error {}
class Broken extends Error {}

@Catch(OutOfStock)
class OutOfStockFilter implements ExceptionFilter {
  catch(): never {
    throw new PorticoError('STATE_CONFLICT', { detail: 'Sold out.' });
  }
}

@Catch(Legacy)
class LegacyFilter implements ExceptionFilter {
  catch(_: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().code(409).send({ message: 'secret', stack: 'secret' });
  }
}

@Catch(Odd)
class OddFilter implements ExceptionFilter {
  catch(_: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Reply>().send('secret');
  }
}

@Catch(Broken)
class BrokenFilter extends BaseExceptionFilter {
  override catch(_: unknown, host: ArgumentsHost): void {
    super.catch(new HttpException({ message: 'The shop is closed.', secret: 'secret' }, 410), host);
  }
}

const UserAgent = createParamDecorator((_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['user-agent'] ?? '');

@Controller('team')
@Public()
@UseFilters(OutOfStockFilter, LegacyFilter, OddFilter, BrokenFilter)
class TeamController {
  @Get('plain/:id')
  @View(Thing)
  plain(@Param('id', ParseIntPipe) id: number) {
    return { id: String(id + 1) };
  }

  @Get('agent')
  @View(Thing)
  agent(@UserAgent() agent: string) {
    return { id: agent };
  }

  @Get('guarded')
  @UseGuards(RefusingGuard)
  @View(Thing)
  guarded() {
    return { id: 'secret' };
  }

  @Get('sent')
  @UseGuards(SendingGuard)
  @View(Thing)
  sent() {
    return { id: '1' };
  }

  @Get('renamed')
  @UseInterceptors(RenamingInterceptor)
  @View(Thing)
  renamed() {
    return { id: '1' };
  }

  @Get('text')
  @UseInterceptors(TextInterceptor)
  @View(Thing)
  text() {
    return { id: '1' };
  }

  @Get('fails/:kind')
  @View(Thing)
  fails(@Param('kind') kind: string): { id: string } {
    const kinds: Record<string, Error> = { stock: new OutOfStock(), legacy: new Legacy('secret'), odd: new Odd('secret'), broken: new Broken('secret'), http: new BadRequestException('Not like that.') };
    throw kinds[kind] ?? new Error('secret');
  }
}

@Catch(RangeError)
class GlobalFilter implements ExceptionFilter {
  catch(): never {
    throw new PorticoError('STATE_CONFLICT', { detail: 'Global.' });
  }
}

@Controller('global')
@Public()
class GlobalController {
  @Get()
  @View(Thing)
  read(): { id: string } {
    throw new RangeError('secret');
  }
}

@Module({ controllers: [TeamController, GlobalController], providers: [{ provide: APP_FILTER, useClass: GlobalFilter }] })
class TeamModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((request: { url: string; headers: Record<string, string> }, response: { setHeader(name: string, value: string): void }, next: (error?: Error) => void) => {
        if (request.headers['x-throw'] === 'now') throw new Error('secret');
        if (request.headers['x-throw'] === 'http') throw new BadRequestException('Refused early.');
        response.setHeader('x-middleware', 'ran');
        next();
      })
      .forRoutes('*path');
  }
}

const closed: Policy = {
  name: 'closed',
  compile: () => ({
    inbound: (context) => {
      if (context.header('x-closed')) throw new PorticoError('TOKEN_MISSING');
    },
  }),
};

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ module: TeamModule, policies: [closed] });
});
afterAll(() => app.close());

const problem = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await app.client.get(path).set(headers);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.body.correlationId).toBe(answer.headers['x-correlation-id']);
  expect(answer.text + JSON.stringify(answer.headers)).not.toContain('secret');
  return { status: answer.status, code: answer.body.code as string, detail: answer.body.detail as string | undefined };
};

describe("a team's own Nest classes", () => {
  it('pipe: converts what it takes and refuses the rest as a problem with its message', async () => {
    await app.client.get('/team/plain/41').expect(200, '{"id":"42"}');
    expect(await problem('/team/plain/x')).toEqual({ status: 400, code: 'REQUEST_INVALID', detail: 'Validation failed (numeric string is expected)' });
  });

  it('parameter decorator: hands over what it finds in the request', async () => {
    await app.client.get('/team/agent').set('user-agent', 'spec').expect(200, '{"id":"spec"}');
  });

  it('guard: refuses as a problem', async () => {
    expect(await problem('/team/guarded')).toEqual({ status: 403, code: 'OPERATION_FORBIDDEN', detail: 'Forbidden resource' });
  });

  it('guard that sends something itself: none of it leaves', async () => {
    expect(await problem('/team/sent')).toMatchObject({ status: 500, code: 'VIEW_MODEL_BYPASSED' });
  });

  it('interceptor: changes the answer, and what it adds is trimmed', async () => {
    await app.client.get('/team/renamed').expect(200, '{"id":"1!"}');
  });

  it('interceptor that makes text of the answer: none of it leaves', async () => {
    expect(await problem('/team/text')).toMatchObject({ status: 500, code: 'VIEW_MODEL_BYPASSED' });
  });

  it('filter: turns an error into one of the table by throwing it', async () => {
    expect(await problem('/team/fails/stock')).toEqual({ status: 409, code: 'STATE_CONFLICT', detail: 'Sold out.' });
    expect(await problem('/global')).toEqual({ status: 409, code: 'STATE_CONFLICT', detail: 'Global.' });
  });

  it('filter that sends a refusal itself: its status counts, its words do not leave', async () => {
    expect(await problem('/team/fails/legacy')).toEqual({ status: 409, code: 'STATE_CONFLICT', detail: undefined });
  });

  it('filter that sends a success itself: none of it leaves', async () => {
    expect(await problem('/team/fails/odd')).toMatchObject({ status: 500, code: 'VIEW_MODEL_BYPASSED' });
  });

  it("filter that answers by Nest's own base: its status and message count, nothing else leaves", async () => {
    expect(await problem('/team/fails/broken')).toEqual({ status: 404, code: 'RESOURCE_NOT_FOUND', detail: 'The shop is closed.' });
  });

  it('middleware: runs behind the pipeline', async () => {
    const { headers } = await app.client.get('/team/agent').set('user-agent', 'spec').expect(200);
    expect(headers['x-middleware']).toBe('ran');
    const refused = await app.client.get('/team/agent').set('x-closed', 'yes').expect(401);
    expect(refused.headers['x-middleware']).toBeUndefined();
  });

  it('middleware that throws: becomes a problem, with the message of an HttpException only', async () => {
    expect(await problem('/team/agent', { 'x-throw': 'now' })).toMatchObject({ status: 500, code: 'INTERNAL', detail: undefined });
    expect(await problem('/team/agent', { 'x-throw': 'http' })).toMatchObject({ status: 400, code: 'REQUEST_INVALID', detail: 'Refused early.' });
  });

  it('log: names what passed by the view model', async () => {
    const id = 'team-log-0001';
    await app.client.get('/team/fails/odd').set('x-correlation-id', id);
    const line = await app.logged((candidate) => candidate.id === id);
    expect(line).toMatchObject({ status: 500, code: 'VIEW_MODEL_BYPASSED', error: { causes: [{ message: 'TeamController.fails was answered by something that passed by its view model' }] } });
  });
});
