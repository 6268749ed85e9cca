import { createRequire } from 'node:module';

// Plain Node runs this, for the client looks for its own packages by `require`, which a test runner resolves in another way.
const load = createRequire(import.meta.url);
const { HubConnectionBuilder, HttpTransportType, LogLevel } = load('@microsoft/signalr');

const [url = '', transport = '', protocol = ''] = process.argv.slice(2);
const builder = new HubConnectionBuilder().withUrl(url, HttpTransportType[transport]).configureLogging(LogLevel.None);
if (protocol === 'messagepack') builder.withHubProtocol(new (load('@microsoft/signalr-protocol-msgpack').MessagePackHubProtocol)());
const connection = builder.build();
const news = new Promise((resolve) => connection.on('news', (/** @type {unknown[]} */ ...args) => resolve(args)));
await connection.start();
const answer = await connection.invoke('tellMe', 'Zoë', { tags: ['a'] });
const error = await connection.invoke('fail').catch((/** @type {Error} */ reason) => reason.message);
console.log(JSON.stringify({ answer, error, news: await news }));
await connection.stop();
