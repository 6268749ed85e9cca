import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of somebody else, which should never be asked. */
export interface CountingListener {
  readonly origin: string;
  /** Requests that came. */
  count(): number;
  close(): Promise<void>;
}

/** Starts one on a free port; it answers 200 to everything. */
export async function startCountingListener(): Promise<CountingListener> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
