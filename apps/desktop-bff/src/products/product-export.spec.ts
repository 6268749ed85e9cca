import { PorticoError, type RequestContext } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { ProductExport } from './product-export.js';
import type { ProductTable, TablePage, TableWindow } from './product-table.js';

const total = 500;

/** A table of 500 rows that notes which pages it was asked for. */
class LittleTable {
  readonly asked: number[] = [];
  onPage: (offset: number, context: RequestContext) => void = () => {};

  async page({ limit, offset }: TableWindow, context: RequestContext): Promise<TablePage> {
    this.asked.push(offset);
    this.onPage(offset, context);
    return { total, items: Array.from({ length: Math.min(limit, total - offset) }, (_, index) => ({ id: `p-${offset + index}` }) as TablePage['items'][number]) };
  }
}

async function begin(table: LittleTable) {
  const context = testContext();
  const rows = (await new ProductExport(table as unknown as ProductTable).rows({}, context))[Symbol.asyncIterator]();
  const take = async (count: number): Promise<void> => {
    for (let taken = 0; taken < count; taken++) await rows.next();
  };
  return { rows, take, context };
}

describe('an export', () => {
  it('asks for a page only when every row before it was taken', async () => {
    const table = new LittleTable();
    const { rows, take } = await begin(table);
    expect(table.asked).toEqual([0]);
    await take(200);
    expect(table.asked).toEqual([0]);
    await take(1);
    expect(table.asked).toEqual([0, 200]);
    await take(299);
    expect(table.asked).toEqual([0, 200, 400]);
    expect((await rows.next()).done).toBe(true);
    expect(table.asked).toEqual([0, 200, 400]);
  });

  it('asks for nothing more once it was given up', async () => {
    const table = new LittleTable();
    const { rows, take } = await begin(table);
    await take(200);
    await rows.return?.();
    expect((await rows.next()).done).toBe(true);
    expect(table.asked).toEqual([0]);
  });

  it('fails before it begins when its first page does', async () => {
    const table = new LittleTable();
    table.onPage = () => {
      throw new PorticoError('SERVICE_UNAVAILABLE');
    };
    await expect(begin(table)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('breaks off where a page lacks what the first one had', async () => {
    const table = new LittleTable();
    table.onPage = (offset, context) => offset === 200 && context.degrade('prices', 'timeout');
    const { rows, take } = await begin(table);
    await take(200);
    await expect(rows.next()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('goes on where a page lacks what the first one lacked already', async () => {
    const table = new LittleTable();
    table.onPage = (_, context) => context.degrade('prices', 'timeout');
    const { rows, take } = await begin(table);
    await take(total);
    expect((await rows.next()).done).toBe(true);
  });
});
