/** Types of hub messages, as they stand on the wire (SignalR Hub Protocol). */
export const messageType = { invocation: 1, streamItem: 2, completion: 3, streamInvocation: 4, cancelInvocation: 5, ping: 6, close: 7, ack: 8, sequence: 9 } as const;

/** A call. Without an id nobody waits for its end. */
export interface InvocationMessage {
  readonly type: typeof messageType.invocation;
  readonly invocationId?: string | undefined;
  readonly target: string;
  readonly arguments: readonly unknown[];
  /** Streams that the caller sends along; their items come under these ids. */
  readonly streamIds?: readonly string[] | undefined;
}

/** A call whose answer is a stream. */
export interface StreamInvocationMessage {
  readonly type: typeof messageType.streamInvocation;
  readonly invocationId: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[] | undefined;
}

/** One item of the stream that an invocation answers with, or that a caller sends along. */
export interface StreamItemMessage {
  readonly type: typeof messageType.streamItem;
  readonly invocationId: string;
  readonly item: unknown;
}

/** How a call ended: with an error, with a result (which may be null), or with neither. */
export interface CompletionMessage {
  readonly type: typeof messageType.completion;
  readonly invocationId: string;
  readonly error?: string | undefined;
  readonly hasResult: boolean;
  readonly result?: unknown;
}

/** Nobody wants the rest of a stream. */
export interface CancelInvocationMessage {
  readonly type: typeof messageType.cancelInvocation;
  readonly invocationId: string;
}

/** A sign of life. */
export interface PingMessage {
  readonly type: typeof messageType.ping;
}

/** The last message of a connection. */
export interface CloseMessage {
  readonly type: typeof messageType.close;
  readonly error?: string | undefined;
  /** Whether a client that reconnects by itself may do so. */
  readonly allowReconnect?: boolean | undefined;
}

/** Everything up to this id has been processed (stateful reconnect). */
export interface AckMessage {
  readonly type: typeof messageType.ack;
  readonly sequenceId: number;
}

/** Which id the next message has over another socket: that of the oldest that was not acknowledged, or of the next that comes (stateful reconnect). */
export interface SequenceMessage {
  readonly type: typeof messageType.sequence;
  readonly sequenceId: number;
}

export type HubMessage =
  | InvocationMessage
  | StreamInvocationMessage
  | StreamItemMessage
  | CompletionMessage
  | CancelInvocationMessage
  | PingMessage
  | CloseMessage
  | AckMessage
  | SequenceMessage;
