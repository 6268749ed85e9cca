import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Public } from '@portico/auth';
import { defineViewModel } from '@portico/view-model';
import { Type as TypeOf } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { View } from '../src/index.js';
import { startApp, type TestApp } from './start-app.js';

const Echo = defineViewModel('Echo', Type.Object({ seen: Type.String() }));

class SearchQuery {
  @IsOptional()
  @IsString()
  @MaxLength(10)
  q?: string;

  @IsInt()
  @Min(1)
  @Max(100)
  page: number = 1;

  @IsOptional()
  @IsNumber()
  ratio?: number;

  @IsOptional()
  @IsBoolean()
  all?: boolean;

  @IsOptional()
  @IsIn(['name', 'price'])
  sort?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @Matches(/^\w+$/, { each: true })
  ids?: string[];

  @IsOptional()
  @IsArray()
  @IsInt({ each: true })
  sizes?: number[];
}

class PathParams {
  @Matches(/^p-\d+$/)
  product!: string;

  @IsInt()
  @Min(1)
  line!: number;
}

class Line {
  @Matches(/^p-\d+$/)
  productId!: string;

  @IsInt()
  @Min(1)
  quantity!: number;
}

class OrderBody {
  @IsString()
  note!: string;

  @IsBoolean()
  gift: boolean = false;

  @IsArray()
  @ValidateNested({ each: true })
  @TypeOf(() => Line)
  lines!: Line[];
}

@Controller('input')
@Public()
class InputController {
  @Get('search')
  @View(Echo)
  search(@Query() query: SearchQuery) {
    return { seen: JSON.stringify(query) };
  }

  @Get(':product/lines/:line')
  @View(Echo)
  path(@Param() params: PathParams) {
    return { seen: JSON.stringify(params) };
  }

  @Post(':product/lines/:line')
  @HttpCode(200)
  @View(Echo)
  order(@Param() params: PathParams, @Body() body: OrderBody, @Query() query: SearchQuery) {
    return { seen: JSON.stringify({ params, body, query, made: body instanceof OrderBody && body.lines.every((line) => line instanceof Line) }) };
  }
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ controllers: [InputController] });
});
afterAll(() => app.close());

const seen = async (path: string): Promise<unknown> => JSON.parse((await app.client.get(path).expect(200)).body.seen as string);
const faults = async (path: string): Promise<string[]> => {
  const { body } = await app.client.get(path).expect(400);
  expect(body.code).toBe('REQUEST_INVALID');
  return (body.faults as { path: string; message: string }[]).map((fault) => `${fault.path}: ${fault.message}`);
};

describe('a query', () => {
  it('takes its declared types and defaults', async () => {
    expect(await seen('/input/search')).toEqual({ page: 1 });
    expect(await seen('/input/search?q=12&page=7&ratio=-0.5&all=false&sort=name')).toEqual({ q: '12', page: 7, ratio: -0.5, all: false, sort: 'name' });
  });

  it('takes a list with commas, by repetition, or both', async () => {
    expect(await seen('/input/search?ids=a')).toEqual({ page: 1, ids: ['a'] });
    expect(await seen('/input/search?ids=a,b&sizes=1,2')).toEqual({ page: 1, ids: ['a', 'b'], sizes: [1, 2] });
    expect(await seen('/input/search?ids=a&ids=b,c')).toEqual({ page: 1, ids: ['a', 'b', 'c'] });
    expect(await seen('/input/search?ids=')).toEqual({ page: 1, ids: [] });
  });

  it.each(['12abc', '', 'NaN', 'Infinity', '0x10', '1e3', ' 1', '1.5', '1&page=2', '١'])('takes no number from "%s"', async (text) => {
    expect(await faults(`/input/search?page=${text.includes('&') ? text : encodeURIComponent(text)}`)).toContain('query.page: page must be an integer number');
  });

  it.each(['yes', '1', 'TRUE', ''])('takes no boolean from "%s"', async (text) => {
    expect(await faults(`/input/search?all=${text}`)).toEqual(['query.all: all must be a boolean value']);
  });

  it('is refused with every fault and its path', async () => {
    expect(await faults('/input/search?q=12345678901&page=0&sort=age&ids=a,-,c,d&extra=1&__proto__=1&constructor=1')).toEqual([
      'query.__proto__: property __proto__ should not exist',
      'query.constructor: property constructor should not exist',
      'query.extra: property extra should not exist',
      'query.q: q must be shorter than or equal to 10 characters',
      'query.page: page must not be less than 1',
      'query.sort: sort must be one of the following values: name, price',
      expect.stringMatching(/^query\.ids: each value in ids must match/),
      'query.ids: ids must contain no more than 3 elements',
    ]);
  });
});

describe('a path', () => {
  it('takes its declared types', async () => {
    expect(await seen('/input/p-7/lines/2')).toEqual({ product: 'p-7', line: 2 });
  });

  it('is refused with every fault and its path', async () => {
    expect(await faults('/input/7/lines/zero')).toEqual([
      expect.stringMatching(/^path\.product: product must match/),
      expect.stringMatching(/^path\.line: line must not be less than 1/),
      'path.line: line must be an integer number',
    ]);
  });
});

describe('a body', () => {
  const post = (body: unknown) => app.client.post('/input/p-1/lines/1').send(body as object);

  it('becomes instances of the declared classes, with their defaults', async () => {
    const { body } = await post({ note: 'n', lines: [{ productId: 'p-1', quantity: 2 }] }).expect(200);
    expect(JSON.parse(body.seen as string)).toEqual({ params: { product: 'p-1', line: 1 }, body: { gift: false, note: 'n', lines: [{ productId: 'p-1', quantity: 2 }] }, query: { page: 1 }, made: true });
  });

  it('is taken at its word: a text is no number', async () => {
    const { body } = await post({ note: 'n', lines: [{ productId: 'p-1', quantity: '2' }] }).expect(400);
    expect(body.faults.map((fault: { path: string }) => fault.path)).toContain('body.lines[0].quantity');
  });

  it('is refused with every fault and its path, at every depth', async () => {
    const { body } = await post({ note: 1, gift: 'no', extra: 1, lines: [{ productId: 'p-1', quantity: 1 }, { productId: 'x', quantity: 0, price: 1, hasOwnProperty: 1 }] }).expect(400);
    expect(body.faults.map((fault: { path: string }) => fault.path)).toEqual([
      'body.lines[1].hasOwnProperty',
      'body.extra',
      'body.note',
      'body.gift',
      'body.lines[1].price',
      'body.lines[1].productId',
      'body.lines[1].quantity',
    ]);
  });

  it('is refused when a nested value is no object', async () => {
    for (const lines of [1, 'x', null, [1], [null], {}]) {
      const { body } = await post({ note: 'n', lines }).expect(400);
      expect(body.faults.every((fault: { path: string }) => fault.path.startsWith('body.lines'))).toBe(true);
    }
  });
});
