import Type, { type Static, type TSchema, type TUnsafe } from 'typebox';

/** A value that may be null, written as OpenAPI 3.0 spells it (`nullable: true`): cheaper to serialise than a union. */
export function Nullable<S extends TSchema>(schema: S): TUnsafe<Static<S> | null> {
  return Type.Unsafe<Static<S> | null>({ ...schema, nullable: true });
}
