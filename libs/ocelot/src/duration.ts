const factors: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration as Ocelot writes it, as `1.5s` or `10m`; without a unit they are milliseconds. Undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = factors[unit?.toLowerCase() ?? 'none'];
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}
