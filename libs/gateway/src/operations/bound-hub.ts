import type { DeclaredHub } from '../hubs/declared-hub.js';
import type { Binding } from './binding.js';

/** A hub at its place in Fastify's router. */
export interface BoundHub {
  readonly declared: DeclaredHub;
  /** Of its negotiation. */
  readonly binding: Binding;
}
