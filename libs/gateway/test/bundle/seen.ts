const names = ['FormData', 'Headers', 'Request', 'Response'] as const;

/** Those classes of `fetch` that somebody has looked at, for which Node loads its own undici, and `DateTimeFormat` once somebody made one. Imported first. */
export const seen = new Set<string>();

for (const name of names) {
  // Getters on Node 20 alone.
  const { get, value } = Object.getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
  Object.defineProperty(globalThis, name, { configurable: true, get: () => (seen.add(name), get ? (get.call(globalThis) as unknown) : value) });
}

Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
  construct: (format, [locale, options]: ConstructorParameters<typeof Intl.DateTimeFormat>) => (seen.add('DateTimeFormat'), new format(locale, options)),
});
