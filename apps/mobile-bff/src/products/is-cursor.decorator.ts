import { ValidateBy } from 'class-validator';
import { readCursor, type Search } from './product-list.cursor.js';

/** Holds a query's cursor to what an earlier page of the same search gave out. */
export function IsCursor(): PropertyDecorator {
  return ValidateBy({
    name: 'isCursor',
    validator: {
      validate: (cursor, at) => readCursor((at?.object ?? {}) as Search, cursor) !== undefined,
      defaultMessage: () => 'cursor must be the nextCursor of an earlier page of the same search',
    },
  });
}
