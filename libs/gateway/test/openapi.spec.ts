import { Body, Controller, Delete, Get, Module, Param, Post, Query } from '@nestjs/common';
import { AllowClients, apiKeys, authenticate, Public, RequireApiKey, Scopes, webSession } from '@portico/auth';
import { Section } from '@portico/config';
import { defineViewModel, Nullable } from '@portico/view-model';
import { Type as TypeOf } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsPositive, IsString, Length, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayConfig, NoContent, Rows, SessionConfig, Summary, View, WebSessionModule } from '../src/index.js';
import { openApiFaults } from './openapi-rules.js';
import { ThingInput as OtherThingInput } from './thing.input.js';
import { startApp, type AppParts, type TestApp } from './start-app.js';

const Thing = defineViewModel(
  'Thing',
  Type.Object({
    id: Type.String(),
    kind: Type.Union([Type.Literal('small'), Type.Literal('large')]),
    fixed: Type.Literal('always'),
    size: Type.Integer({ exclusiveMinimum: 0 }),
    note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    price: Nullable(Type.Object({ cents: Type.Integer() })),
  }),
);
const ThingRow = defineViewModel('ThingRow', Type.Object({ id: Type.String() }));

class Part {
  @IsString()
  @Length(1, 40)
  name!: string;

  @Min(1)
  @Max(9)
  @IsInt()
  count!: number;
}

class ThingInput {
  @IsEmail()
  @MaxLength(254)
  owner!: string;

  @IsArray()
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @TypeOf(() => Part)
  parts!: Part[];

  @IsOptional()
  @ValidateNested()
  @TypeOf(() => Part)
  main?: Part;

  @IsBoolean()
  gift: boolean = false;
}

class ThingQuery {
  @IsInt()
  @Min(1)
  page: number = 1;

  @IsOptional()
  @IsIn(['name', 'price'])
  sort?: string;

  @IsPositive()
  ratio!: number;

  @IsOptional()
  @IsArray()
  @IsInt({ each: true })
  sizes?: number[];
}

class ThingParams {
  @Matches(/^[\w-]{1,40}$/)
  id!: string;
}

const thing = () => ({ id: '1', kind: 'small' as const, fixed: 'always' as const, size: 1, price: null });

@Controller('api/things')
@Scopes('things.read', 'things.list')
class ThingsController {
  @Get()
  @Public()
  @Summary('All things')
  @View(Thing)
  list(@Query() _query: ThingQuery) {
    return thing();
  }

  @Get('rows')
  @Rows(ThingRow)
  rows() {
    return (async function* () {
      yield { id: '1' };
    })();
  }

  @Get(':id/sizes/:size')
  @View(Thing)
  size(@Param('id') _id: string, @Param('size') _size: number) {
    return thing();
  }

  @Post(':id')
  @Scopes('things.write')
  @View(Thing)
  write(@Param() _params: ThingParams, @Body() _input: ThingInput) {
    return thing();
  }

  @Delete(':id')
  @NoContent()
  remove(@Param() _params: ThingParams) {}
}

class ForeignInput {
  @IsString()
  foreign!: string;
}

@Controller('api/other')
@Public()
class OtherController {
  @Post()
  @View(ThingRow)
  write(@Body() _input: ForeignInput) {
    return { id: '1' };
  }

  @Post('same')
  @View(ThingRow)
  same(@Body() _input: OtherThingInput) {
    return { id: '1' };
  }
}

@Controller('api/partners')
@Scopes('things.read')
class PartnersController {
  @Get()
  @View(ThingRow)
  users() {
    return { id: '1' };
  }

  @Get('key')
  @Public()
  @RequireApiKey()
  @View(ThingRow)
  key() {
    return { id: '1' };
  }

  @Get('both')
  @RequireApiKey()
  @View(ThingRow)
  both() {
    return { id: '1' };
  }

  @Get('either')
  @AllowClients()
  @View(ThingRow)
  either() {
    return { id: '1' };
  }

  @Get('open')
  @Public()
  @View(ThingRow)
  open() {
    return { id: '1' };
  }
}

@Module({ imports: [WebSessionModule.forRoot()], controllers: [PartnersController] })
class SessionsModule {}

class SessionsConfig extends GatewayConfig {
  @Section(() => SessionConfig, { description: 'Sessions' })
  session: SessionConfig = Object.assign(new SessionConfig(), { publicOrigin: 'https://shop.example' });
}

interface Document {
  readonly paths: Record<string, Record<string, { operationId: string; summary: string; parameters: object[]; requestBody?: object; security: object[]; responses: Record<string, { content?: object }> }>>;
  readonly components: { readonly schemas: Record<string, object>; readonly securitySchemes: Record<string, object> };
}

let app: TestApp;
let other: TestApp;
let document: Document;
beforeAll(async () => {
  app = await startApp({ controllers: [ThingsController] });
  other = await startApp({ controllers: [OtherController] });
  document = (await app.client.get('/openapi.json').expect(200)).body as Document;
});
afterAll(async () => {
  await app.close();
  await other.close();
});

/** The document of a gateway that is there for it alone. */
async function documentOf(parts: AppParts): Promise<Document> {
  const one = await startApp(parts);
  const { body } = await one.client.get('/openapi.json').expect(200);
  await one.close();
  expect(openApiFaults(body)).toEqual([]);
  return body as Document;
}

const securityIn = (paths: Document['paths']): object => Object.fromEntries(Object.entries(paths).map(([path, { get }]) => [path.replace('/api/partners', ''), get?.security]));

describe('/openapi.json', () => {
  it('is valid OpenAPI 3.0', () => {
    expect(openApiFaults(document as never)).toEqual([]);
  });

  it('names every operation of the gateway, and no system endpoint', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((operation) => operation.operationId));
    expect(ids.sort()).toEqual(['ThingsController.list', 'ThingsController.remove', 'ThingsController.rows', 'ThingsController.size', 'ThingsController.write']);
    expect(document.paths['/api/things']?.get?.summary).toBe('All things');
  });

  it('has the view models as components, in the words of OpenAPI 3.0', () => {
    expect(document.components.schemas.Thing).toEqual({
      type: 'object',
      required: ['id', 'kind', 'fixed', 'size', 'price'],
      properties: {
        id: { type: 'string' },
        kind: { type: 'string', enum: ['small', 'large'] },
        fixed: { type: 'string', enum: ['always'] },
        size: { type: 'integer', minimum: 0, exclusiveMinimum: true },
        note: { type: 'string', nullable: true },
        price: { type: 'object', required: ['cents'], properties: { cents: { type: 'integer' } }, nullable: true },
      },
    });
    expect(document.paths['/api/things/rows']?.get?.responses['200']?.content).toEqual({
      'application/x-ndjson': { schema: { $ref: '#/components/schemas/ThingRow' } },
      'text/csv': { schema: { type: 'string' } },
    });
  });

  it('has the inputs with their constraints and defaults', () => {
    expect(document.components.schemas.ThingInput).toMatchObject({
      type: 'object',
      required: ['owner', 'parts'],
      properties: {
        owner: { type: 'string', format: 'email', maxLength: 254 },
        parts: { type: 'array', maxItems: 5, items: { $ref: '#/components/schemas/Part' } },
        gift: { type: 'boolean', default: false },
      },
    });
    expect(document.components.schemas.Part).toMatchObject({ required: ['name', 'count'], properties: { name: { type: 'string', minLength: 1, maxLength: 40 }, count: { type: 'integer', minimum: 1, maximum: 9 } } });
    expect(document.paths['/api/things']?.get?.parameters).toEqual([
      { name: 'page', in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 1 }, style: 'form', explode: false },
      { name: 'sort', in: 'query', required: false, schema: { type: 'string', enum: ['name', 'price'] }, style: 'form', explode: false },
      { name: 'ratio', in: 'query', required: true, schema: expect.objectContaining({ type: 'number' }), style: 'form', explode: false },
      { name: 'sizes', in: 'query', required: false, schema: { type: 'array', items: { type: 'integer' } }, style: 'form', explode: false },
    ]);
    expect(document.paths['/api/things/{id}']?.post?.parameters).toEqual([{ name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[\\w-]{1,40}$' } }]);
    expect(document.paths['/api/things/{id}/sizes/{size}']?.get?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'size', in: 'path', required: true, schema: { type: 'number' } },
    ]);
  });

  it('says who may do what', () => {
    const { paths } = document;
    expect(paths['/api/things']?.get?.security).toEqual([]);
    expect(paths['/api/things/rows']?.get?.security).toEqual([{ bearer: ['things.read', 'things.list'] }]);
    expect(paths['/api/things/{id}']?.post?.security).toEqual([{ bearer: ['things.write'] }]);
    expect(document.components.securitySchemes).toEqual({ bearer: { type: 'openIdConnect', openIdConnectUrl: 'http://127.0.0.1:1/.well-known/openid-configuration', description: expect.any(String) } });
  });

  it('says where a key is needed besides a token, or instead of one', async () => {
    const overrides = { apiKeys: { header: 'x-partner-key' } };
    const { paths, components } = await documentOf({ controllers: [PartnersController], policies: [authenticate(), apiKeys({ header: 'x-partner-key' })], overrides });
    expect(components.securitySchemes.apiKey).toEqual({ type: 'apiKey', in: 'header', name: 'x-partner-key', description: expect.any(String) });
    expect(securityIn(paths)).toEqual({
      '': [{ bearer: ['things.read'] }],
      '/key': [{ apiKey: [] }],
      '/both': [{ bearer: ['things.read'], apiKey: [] }],
      '/either': [{ bearer: ['things.read'] }, { apiKey: [] }],
      '/open': [],
    });
  });

  it('has the cookie of a session, and the field that goes with it', async () => {
    const sessions = { module: SessionsModule, policies: [webSession(), apiKeys()], definition: { config: SessionsConfig } };
    const { paths, components } = await documentOf(sessions);
    expect(components.securitySchemes).toEqual({
      session: { type: 'apiKey', in: 'cookie', name: '__Host-portico', description: expect.any(String) },
      csrf: { type: 'apiKey', in: 'header', name: 'x-csrf', description: expect.stringContaining('`1`') },
      apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: expect.any(String) },
    });
    expect(securityIn(paths)).toEqual({
      '': [{ session: [], csrf: [] }],
      '/key': [{ apiKey: [] }],
      '/both': [{ session: [], csrf: [], apiKey: [] }],
      '/either': [{ session: [], csrf: [] }, { apiKey: [] }],
      '/open': [],
    });
  });

  it('takes either where a gateway has sessions and tokens', async () => {
    const { paths } = await documentOf({ module: SessionsModule, policies: [webSession({ bearer: true }), authenticate(), apiKeys()], definition: { config: SessionsConfig } });
    expect(paths['/api/partners']?.get?.security).toEqual([{ session: [], csrf: [] }, { bearer: ['things.read'] }]);
  });

  it('says what is answered: the status of each success, and problems', () => {
    const { paths } = document;
    expect(Object.keys(paths['/api/things/{id}']?.post?.responses ?? {})).toEqual(['201', 'default']);
    expect(paths['/api/things/{id}']?.delete?.responses['204']).toEqual({ description: 'Done' });
  });

  it('has nothing of another gateway in the same process, though names are the same', async () => {
    expect(Object.keys(document.components.schemas).sort()).toEqual(['Part', 'Problem', 'Thing', 'ThingInput', 'ThingRow']);
    expect(JSON.stringify(document)).not.toContain('foreign');
    expect(JSON.stringify(document.components.schemas.ThingInput)).not.toContain('other');
    const { body } = await other.client.get('/openapi.json').expect(200);
    expect(Object.keys(body.components.schemas).sort()).toEqual(['ForeignInput', 'Problem', 'ThingInput', 'ThingRow']);
    expect(openApiFaults(body)).toEqual([]);
    expect(body.components.schemas.ThingInput.properties).toEqual({ other: { type: 'string' } });
  });
});
