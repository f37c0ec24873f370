/** The day it is, in UTC: `2027-01-31`. Nothing but the end of an acceptance depends on it. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
