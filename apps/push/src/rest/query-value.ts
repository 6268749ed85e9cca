/** The first value that a query has under a name, in whatever case that is written. */
export function queryValue(query: URLSearchParams, name: string): string | undefined {
  return [...query].find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Every value of it. */
export function queryValues(query: URLSearchParams, name: string): string[] {
  return [...query].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}
