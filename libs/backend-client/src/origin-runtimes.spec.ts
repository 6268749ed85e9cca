import { startFakeService } from '@portico/core/testing';
import axios from 'axios';
import { describe, expect, it } from 'vitest';
import { clientOf, closing, gate } from '../test/fixtures.js';
import { createAxiosAdapter } from './axios-adapter.js';

describe('a stack for an origin that is no service', () => {
  it('is made once for each origin', () => {
    const client = clientOf('http://127.0.0.1:9');
    expect(client.origin('http://127.0.0.1:10')).toBe(client.origin('http://127.0.0.1:10'));
    expect(client.origin('http://127.0.0.1:10')).not.toBe(client.origin('http://127.0.0.1:11'));
  });

  it('goes when 32 others have been used since, and not before', () => {
    const client = clientOf('http://127.0.0.1:9');
    const first = client.origin('http://127.0.0.1:1000');
    for (let port = 1001; port < 1032; port++) client.origin(`http://127.0.0.1:${port}`);
    expect(client.origin('http://127.0.0.1:1000')).toBe(first);
    const second = client.origin('http://127.0.0.1:1001');
    for (let port = 2000; port < 2031; port++) client.origin(`http://127.0.0.1:${port}`);
    expect(client.origin('http://127.0.0.1:1001')).toBe(second);
    expect(client.origin('http://127.0.0.1:1000')).not.toBe(first);
  });

  it('lets its calls end when it goes', async () => {
    const asked = gate();
    const answer = gate();
    const issuer = closing(await startFakeService(() => (asked.open(), answer.opened.then(() => ({ keys: [] })))));
    const client = clientOf('http://127.0.0.1:9');
    const running = axios.create({ adapter: createAxiosAdapter(client) }).get(`${issuer.origin}/jwks`);
    await asked.opened;
    for (let port = 1001; port < 1040; port++) client.origin(`http://127.0.0.1:${port}`);
    answer.open();
    await expect(running).resolves.toMatchObject({ data: { keys: [] } });
  });
});
