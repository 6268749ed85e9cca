import { Readable } from 'node:stream';
import { PorticoError } from '@portico/core';
import type { ViewModel } from '@portico/view-model';
import type { GatewayReply } from '../accept/gateway-request.js';
import { settleFailure } from '../problems/problem-answer.js';
import { toPorticoError } from '../problems/to-portico-error.js';
import type { AnswerWriter } from './answer-writer.js';
import { csvHeader, csvLine } from './csv.js';
import { HeldRows } from './held-rows.js';
import { prefersCsv } from './prefers-csv.js';

/** Bytes gathered before a chunk is handed to the socket: one write per row would cost more than the row. */
const chunkBytes = 16 * 1024;

/** Streams rows as NDJSON or CSV, as fast as the client reads and no faster. A failure after the first chunk breaks the connection off. */
export class RowsWriter implements AnswerWriter {
  readonly #row: ViewModel;
  readonly #columns: readonly string[];

  constructor(row: ViewModel) {
    row.compile();
    this.#row = row;
    this.#columns = Object.keys((row.schema as { properties?: object }).properties ?? {});
  }

  write(reply: GatewayReply, result: unknown): void {
    const rows = result instanceof HeldRows ? result.rows : undefined;
    if (typeof rows !== 'object' || rows === null || !(Symbol.asyncIterator in rows) || rows instanceof Readable) {
      throw new PorticoError('VIEW_MODEL_BYPASSED', { cause: new Error(`${this.#row.name} rows must come as an async iterable of objects`) });
    }
    const csv = prefersCsv(reply.request.headers.accept);
    reply.header('content-type', csv ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8');
    reply.header('vary', 'accept');
    const body = reply.request.method === 'HEAD' ? [] : this.#chunks(reply, rows as AsyncIterable<never>, csv);
    reply.send(Readable.from(body, { objectMode: false }));
  }

  async *#chunks(reply: GatewayReply, rows: AsyncIterable<never>, csv: boolean): AsyncGenerator<Buffer> {
    let text = csv ? csvHeader(this.#columns) : '';
    try {
      for await (const row of rows) {
        const line = this.#row.write(row);
        text += csv ? csvLine(this.#columns, JSON.parse(line) as Record<string, unknown>) : `${line}\n`;
        if (text.length < chunkBytes) continue;
        yield Buffer.from(text);
        text = '';
      }
    } catch (error) {
      // Before the first chunk the error goes its usual way and becomes a problem answer.
      throw reply.raw.headersSent ? settleFailure(reply.request, toPorticoError(error)) : error;
    }
    if (text !== '') yield Buffer.from(text);
  }
}
