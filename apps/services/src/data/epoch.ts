/** The shop's "today": every date of the seeded data is counted from here, so that no answer depends on the wall clock. */
export const epochMs = Date.UTC(2026, 0, 15, 9, 0, 0);

const dayMs = 86_400_000;

/** The ISO 8601 moment `days` after the shop's today (before it when negative), `ms` later. */
export function daysFromEpoch(days: number, ms = 0): string {
  return new Date(epochMs + days * dayMs + ms).toISOString();
}
