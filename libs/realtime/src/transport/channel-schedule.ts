import type { Clock } from '@portico/core';
import type { HubOptions } from '../hub/hub-options.js';
import { BroadcastFrames } from './broadcast-frames.js';
import { DelayQueue } from './delay-queue.js';
import { TickEnd } from './tick-end.js';

/** Time in which a client has to take something of what is sent to it, in ms. */
const stuckAfterMs = 10_000;

/** What the channels of one hub share: when what they put off is to happen, and what they send alike. */
export class ChannelSchedule {
  readonly tickEnd = new TickEnd();
  readonly frames = new BroadcastFrames();
  /** For sends that are stuck, and for clients that leave a closed WebSocket open. */
  readonly stuck: DelayQueue;
  /** For connections without a request of their transport: before the first, and between two polls. */
  readonly idle: DelayQueue;
  /** For polls that nothing comes for. */
  readonly polls: DelayQueue;

  constructor(clock: Clock, { disconnectTimeoutMs, pollTimeoutMs }: Pick<HubOptions, 'disconnectTimeoutMs' | 'pollTimeoutMs'>) {
    this.stuck = new DelayQueue(clock, stuckAfterMs);
    this.idle = new DelayQueue(clock, disconnectTimeoutMs);
    this.polls = new DelayQueue(clock, pollTimeoutMs);
  }
}
