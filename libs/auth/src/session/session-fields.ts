import type { SessionChange, WebSession } from './web-session.js';

type Kind = 'text' | 'number' | 'json';

// Every member has its row, or this does not compile.
const kinds: Readonly<Record<keyof WebSession, Kind>> = {
  sub: 'text',
  sid: 'text',
  idToken: 'text',
  accessToken: 'text',
  accessTokenEndsAtMs: 'number',
  refreshAtMs: 'number',
  refreshToken: 'text',
  refreshTokenEndsAtMs: 'number',
  scope: 'text',
  claims: 'json',
  createdAtMs: 'number',
  lastSeenAtMs: 'number',
  endsAtMs: 'number',
  expiresAtMs: 'number',
  revision: 'number',
};
const members = Object.keys(kinds).length;

/** Members of a session as texts, names and values in turn. */
export function sessionFields(part: SessionChange | Omit<WebSession, 'revision'>): string[] {
  return Object.entries(part).flatMap(([name, value]) => [name, kinds[name as keyof WebSession] === 'json' ? JSON.stringify(value) : String(value)]);
}

/** The session that names and values in turn describe; undefined when a member is missing. */
export function sessionOfFields(fields: readonly string[]): WebSession | undefined {
  const session: Record<string, unknown> = {};
  let found = 0;
  for (let index = 0; index < fields.length; index += 2) {
    const name = fields[index] as keyof WebSession;
    const text = fields[index + 1] as string;
    const kind = kinds[name];
    if (kind === undefined) continue;
    session[name] = kind === 'number' ? Number(text) : kind === 'json' ? JSON.parse(text) : text;
    found++;
  }
  return found === members ? (session as unknown as WebSession) : undefined;
}
