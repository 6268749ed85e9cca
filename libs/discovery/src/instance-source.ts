import type { Instance } from './instance.js';

/** Says who the instances of one service are. Static now; a registry or DNS behind it changes nothing for its users. */
export interface InstanceSource {
  /** The instances known now. */
  current(): readonly Instance[];
  /** Calls `listener` with all instances on every change, not at once; the result ends that. */
  subscribe(listener: (instances: readonly Instance[]) => void): () => void;
  /** Ends watching and frees what it holds. */
  close(): Promise<void>;
}
