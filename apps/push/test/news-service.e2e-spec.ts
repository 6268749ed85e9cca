import { freePorts } from '@portico/core/testing';
import { connectHub } from '@portico/realtime/testing';
import { afterEach, expect, it } from 'vitest';
import { createNewsService } from './news-service.js';
import { startPush, type TestPush } from './start-push.js';

let push: TestPush;
let service: ReturnType<typeof createNewsService>;

afterEach(async () => {
  service?.closeAllConnections();
  await new Promise((resolve) => service?.close(resolve));
  await push?.close();
});

it('the service of the page sends its clients to the push service, tells them news and answers them', async () => {
  // It has to be known before it is there.
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  push = await startPush({ rules: [{ urlTemplate: `${url}/events/{category}/{event}`, hubPattern: 'news', categoryPattern: 'messages' }] });
  service = createNewsService(push.endpoint, () => 'ann');
  await new Promise<void>((resolve) => service.listen(Number(new URL(url).port), '127.0.0.1', resolve));
  const heard: unknown[] = [];
  const client = await connectHub(url, { prepare: (connection) => connection.on('published', (headline) => heard.push(headline)) });
  expect((await fetch(`${url}/publish`, { method: 'POST', body: '{"title":"Sold out"}' })).status).toBe(202);
  await expect.poll(() => heard).toEqual([{ title: 'Sold out' }]);
  expect(await client.invoke('readersOf', 'Sold out')).toEqual({ title: 'Sold out', readers: 3 });
  expect((await fetch(`${url}/events/messages/readersOf`, { method: 'POST', body: '{}' })).status).toBe(404);
  await client.stop();
});
