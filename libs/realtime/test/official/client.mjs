import { createRequire } from 'node:module';

// Plain Node runs this, for old clients are no ES modules and look for their own packages by `require`, which a test runner resolves in another way.
const load = createRequire(import.meta.url);

const [client = '', protocol, url, ...transports] = process.argv.slice(2);
// Version 5 is older than Node's own fetch, takes it for a browser's and fails on it: without one it uses the one that it brings along.
if (client === 'signalr-5') Reflect.deleteProperty(globalThis, 'fetch');
const { HubConnectionBuilder, HttpTransportType, LogLevel, Subject } = load(client);

/**
 * A whole visit to the hub.
 * @param {string} transport as `HttpTransportType` names it
 * @returns what the client saw
 */
async function visit(transport) {
  const builder = new HubConnectionBuilder().withUrl(url, HttpTransportType[transport]).configureLogging(LogLevel.None);
  if (protocol === 'messagepack') builder.withHubProtocol(new (load('@microsoft/signalr-protocol-msgpack').MessagePackHubProtocol)());
  const connection = builder.build();
  const news = new Promise((resolve) => connection.on('news', (/** @type {unknown[]} */ ...args) => resolve(args)));
  const closed = new Promise((resolve) => connection.onclose((/** @type {Error | undefined} */ error) => resolve(error?.message ?? 'in good order')));

  await connection.start();
  await connection.invoke('tellAll', 'fresh');
  const seen = {
    echo: await connection.invoke('echo', { name: 'Zoë', tags: ['a', 'b'], nested: { count: 3, none: null } }),
    error: await connection.invoke('fail').catch((/** @type {Error} */ error) => error.message),
    items: await items(connection.stream('count', 3)),
    news: await news,
    // Version 1 cannot send streams.
    ...(Subject && { sum: await upload(connection) }),
  };
  await connection.stop();
  return { ...seen, closed: await closed };
}

/**
 * What a stream brings until its end.
 * @param {import('@microsoft/signalr').IStreamResult<unknown>} stream
 */
function items(stream) {
  return new Promise((resolve, reject) => {
    /** @type {unknown[]} */
    const seen = [];
    stream.subscribe({ next: (item) => void seen.push(item), error: reject, complete: () => resolve(seen) });
  });
}

/**
 * The answer to a call that a stream goes along with.
 * @param {import('@microsoft/signalr').HubConnection} connection
 */
function upload(connection) {
  const numbers = new Subject();
  const sum = connection.invoke('sum', numbers);
  for (const number of [1, 2, 3]) numbers.next(number);
  numbers.complete();
  return sum;
}

/** @type {Record<string, unknown>} */
const visits = {};
for (const transport of transports) visits[transport] = await visit(transport);
console.log(JSON.stringify(visits));
