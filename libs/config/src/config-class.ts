/** A class whose property initialisers are the defaults of a configuration. */
export type ConfigClass<T extends object = object> = new () => T;

/** `T` with every property optional at every depth; lists are replaced whole. */
export type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> | undefined } : T;
