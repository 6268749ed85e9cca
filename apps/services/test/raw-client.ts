import { connect } from 'node:net';

/** What came over the wire: the bytes as text and how the connection ended. */
export interface RawAnswer {
  readonly head: string;
  readonly body: string;
  readonly end: 'closed' | 'reset';
}

/** Sends one GET over a bare socket and reads until the connection ends: what an HTTP client would hide stays visible. */
export function rawGet(origin: string, path: string): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`));
    const finish = (end: RawAnswer['end']): void => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n');
      resolve({ head, body: rest.join('\r\n\r\n'), end });
    };
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => finish('closed'));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? finish('reset') : reject(error)));
  });
}
