import { Readable } from 'node:stream';
import { PorticoError } from '@portico/core';
import type { ViewModel } from '@portico/view-model';
import type { GatewayReply } from '../accept/gateway-request.js';
import type { AnswerWriter } from './answer-writer.js';
import { csvHeader, csvLine } from './csv.js';
import { prefersCsv } from './prefers-csv.js';

/** Bytes gathered before a chunk is handed to the socket: one write per row would cost more than the row. */
const chunkBytes = 16 * 1024;

/** Streams rows as NDJSON or CSV, as fast as the client reads and no faster. */
export class RowsWriter implements AnswerWriter {
  readonly #row: ViewModel;
  readonly #columns: readonly string[];

  constructor(row: ViewModel) {
    row.compile();
    this.#row = row;
    this.#columns = Object.keys((row.schema as { properties?: object }).properties ?? {});
  }

  write(reply: GatewayReply, result: unknown): void {
    if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result) || result instanceof Readable) {
      throw new PorticoError('VIEW_MODEL_BYPASSED', { cause: new Error(`${this.#row.name} rows must come as an async iterable of objects`) });
    }
    const csv = prefersCsv(reply.request.headers.accept);
    reply.header('content-type', csv ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8');
    reply.header('vary', 'accept');
    reply.send(Readable.from(this.#chunks(result as AsyncIterable<never>, csv), { objectMode: false }));
  }

  async *#chunks(rows: AsyncIterable<never>, csv: boolean): AsyncGenerator<Buffer> {
    let text = csv ? csvHeader(this.#columns) : '';
    for await (const row of rows) {
      const line = this.#row.write(row);
      text += csv ? csvLine(this.#columns, JSON.parse(line) as Record<string, unknown>) : `${line}\n`;
      if (text.length < chunkBytes) continue;
      yield Buffer.from(text);
      text = '';
    }
    if (text !== '') yield Buffer.from(text);
  }
}
