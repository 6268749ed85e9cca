import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { readBody } from './request-body.js';

describe('readBody', () => {
  it('hands over once that a body is too large, whatever follows and whoever reads it', async () => {
    const request = Object.assign(new PassThrough(), { headers: {} });
    const bodies: (Buffer | undefined)[] = [];
    readBody(request as unknown as IncomingMessage, 4, (body) => bodies.push(body));
    request.write('12345');
    await settle();
    expect([bodies, request.isPaused()]).toEqual([[undefined], true]);
    request.end('6');
    request.resume();
    await settle();
    expect(bodies).toEqual([undefined]);
  });
});
