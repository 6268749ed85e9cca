import { connect, type Socket } from 'node:net';

/** A connection on which a test sends what no client library would. */
export interface RawConnection {
  readonly socket: Socket;
  /** Everything that came until the other side closed. */
  readonly closed: Promise<string>;
}

/** Opens a connection and sends `text` on it. */
export function openRaw(port: number, text: string): RawConnection {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
  return {
    socket,
    closed: new Promise((resolve) => {
      socket.on('error', () => {});
      socket.on('close', () => resolve(received));
    }),
  };
}

/** An answer taken apart. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes an answer apart that announced its length. */
export function parseAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body };
}
