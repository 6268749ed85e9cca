import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Result = Type.Object({
  id: Type.String(),
  ok: Type.Boolean(),
  /** Why it could not be done; null when it was. */
  reason: Nullable(Type.String()),
});

/** What became of each order, in the order of the ids. */
export const OrderActionsView = defineViewModel('DesktopOrderActions', Type.Object({ results: Type.Array(Result) }));
