const httpDate = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds that a `Retry-After` field asks for, in seconds or as a date (RFC 9110 10.2.3); undefined when absent or unreadable. */
export function retryAfterMs(field: string | undefined, epochMs: number): number | undefined {
  if (field === undefined) return undefined;
  if (/^\d{1,9}$/.test(field)) return Number(field) * 1000;
  const date = httpDate.test(field) ? Date.parse(field) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - epochMs);
}
