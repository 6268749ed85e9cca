import type { Placeholders, PolicyScopes } from '@portico/policies';

/** What the files of a gateway say of its coded operations. */
export interface OperationScope {
  /** The policies of the whole gateway. */
  readonly policies: PolicyScopes;
  /** What the values of policies may hold. */
  readonly placeholders: Placeholders;
}
