/** What happens to a field on its way to a service, or back. */
export type Treatment =
  /** Passed on. */
  | 'keep'
  /** Ends here. */
  | 'drop'
  /** Names further fields that end here (RFC 9110 7.6.1). */
  | 'connection'
  /** Only `trailers` may be said on (RFC 9110 10.1.4). */
  | 'te'
  /** Ends here, and so does a length beside it (RFC 9112 6.3). */
  | 'transfer-encoding'
  /** Says who asked for what, and is believed from trusted proxies only. */
  | 'client';

/** Fields of one connection (RFC 9110 7.6.1, and RFC 7230's list), besides those that start with `proxy-`. */
export const hopByHop: Readonly<Record<string, Treatment>> = {
  connection: 'connection',
  'keep-alive': 'drop',
  te: 'te',
  trailer: 'drop',
  'transfer-encoding': 'transfer-encoding',
  upgrade: 'drop',
  'http2-settings': 'drop',
  proxy: 'drop',
};

/** Fields that a Connection field cannot take away: they frame the message, address it, or are dealt with already. */
const staying = new Set(['', 'close', 'keep-alive', 'te', 'upgrade', 'host', 'content-length']);

/** The fields that a Connection field takes away; undefined when there are none. */
export function fieldsNamedBy(connection: string): ReadonlySet<string> | undefined {
  if (connection === 'keep-alive' || connection === 'close') return undefined;
  const names = connection.toLowerCase().split(',').map((name) => name.trim()).filter((name) => !staying.has(name));
  return names.length > 0 ? new Set(names) : undefined;
}

/** Whether a TE field has `trailers` among what it names. */
export function takesTrailers(te: string): boolean {
  return te === 'trailers' || te.toLowerCase().split(',').some((coding) => coding.trim() === 'trailers');
}

/** Names and values in turn without the fields of some names. */
export function withoutFields(fields: readonly string[], names: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let index = 0; index < fields.length; index += 2) if (!names.has(fields[index] as string)) kept.push(fields[index] as string, fields[index + 1] as string);
  return kept;
}
