import { describe, expect, it } from 'vitest';
import { EventFeed } from './event-feed.js';

describe('a feed of events', () => {
  it('numbers what it tells, and tells it to everybody who listens', () => {
    const feed = new EventFeed<string>();
    const heard: unknown[] = [];
    feed.publish('nobody heard this');
    const stop = feed.listen(({ id, data }) => heard.push(['one', id, data]));
    feed.listen(({ id, data }) => heard.push(['other', id, data]));
    feed.publish('a');
    stop();
    feed.publish('b');
    expect(heard).toEqual([['one', 2, 'a'], ['other', 2, 'a'], ['other', 3, 'b']]);
    expect(feed.listeners).toBe(1);
  });

  it('makes events only while somebody listens', () => {
    const made: string[] = [];
    const feed = new EventFeed({ source: () => (made.push('begins'), () => void made.push('ends')) });
    expect(made).toEqual([]);
    const stops = [feed.listen(() => {}), feed.listen(() => {})];
    expect(made).toEqual(['begins']);
    stops[0]?.();
    stops[0]?.();
    expect(made).toEqual(['begins']);
    stops[1]?.();
    expect(made).toEqual(['begins', 'ends']);
    feed.listen(() => {});
    expect(made).toEqual(['begins', 'ends', 'begins']);
  });

  it('gives again what came after an event, as far as it keeps it', () => {
    const feed = new EventFeed<number>({ kept: 3 });
    for (let data = 1; data <= 5; data += 1) feed.publish(data);
    const since = (id: number) => feed.since(id).map(({ data }) => data);
    expect([since(5), since(4), since(2), since(0)]).toEqual([[], [5], [3, 4, 5], [3, 4, 5]]);
    // Of an earlier process.
    expect(since(900)).toEqual([3, 4, 5]);
  });
});
