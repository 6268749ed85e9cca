import { Setting } from '@portico/config';
import { IsInt, Max, Min } from 'class-validator';

/** Times and bounds of the connections to hubs; the defaults are those that official clients expect. */
export class HubOptions {
  @Setting({ description: 'Time in which the handshake must come', unit: 'ms' })
  @IsInt()
  @Min(100)
  handshakeTimeoutMs: number = 15_000;

  @Setting({ description: 'Time without sending after which a ping is sent', unit: 'ms' })
  @IsInt()
  @Min(100)
  keepAliveMs: number = 15_000;

  @Setting({ description: 'Time without a message after which a client is taken for gone; twice the pings of the client', unit: 'ms' })
  @IsInt()
  @Min(100)
  clientTimeoutMs: number = 30_000;

  @Setting({ description: 'Time for which a connection lives between negotiate and its transport, and between two polls', unit: 'ms' })
  @IsInt()
  @Min(100)
  disconnectTimeoutMs: number = 15_000;

  @Setting({ description: 'Time after which a poll without messages is answered', unit: 'ms' })
  @IsInt()
  @Min(100)
  pollTimeoutMs: number = 90_000;

  @Setting({ description: 'Largest message that is taken from a client', unit: 'bytes' })
  @IsInt()
  @Min(64)
  @Max(16_777_216)
  maxMessageBytes: number = 32_768;

  @Setting({ description: 'Messages that a client may send in a second; one that sends more is closed', unit: 'messages' })
  @IsInt()
  @Min(1)
  messagesPerSecond: number = 200;

  @Setting({ description: 'What may wait for a client that does not read; one with more is cut off', unit: 'bytes' })
  @IsInt()
  @Min(1_024)
  maxBufferedBytes: number = 1_048_576;

  @Setting({ description: 'What is kept for a client that asked for stateful reconnect until it says that it has it, to be sent again over another socket; 0 offers none', unit: 'bytes' })
  @IsInt()
  @Min(0)
  reconnectBufferBytes: number = 100_000;

  @Setting({ description: 'Items that may wait in a stream that a client sends along; one that is further ahead fails', unit: 'items' })
  @IsInt()
  @Min(1)
  streamBufferItems: number = 200;

  @Setting({ description: 'Connections at a time; more are refused', unit: 'connections' })
  @IsInt()
  @Min(1)
  maxConnections: number = 20_000;
}
