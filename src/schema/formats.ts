/**
 * What the API server holds text of a format against. Formats that it does not know it passes over, and so do we; and a few that it knows
 * (colours, ISBNs, addresses of machines). `quantity` is ours: the OpenAPI of Kubernetes says no more of a quantity than that it is text.
 * Source: k8s.io/apiextensions-apiserver, pkg/apiserver/validation/formats.go, and k8s.io/kube-openapi, pkg/validation/strfmt.
 */
const formats = new Map<string, readonly [wanted: string, test: (text: string) => boolean]>([
  ['byte', ['base64', (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))]],
  ['cidr', ['an address with the length of its prefix, like 10.0.0.0/16', isCidr]],
  ['date', ['a date, like 2026-01-31', (text) => /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)]],
  ['date-time', ['a time, like 2026-01-31T12:00:00Z', isTime]],
  ['duration', ['a duration, like 1h30m', isDuration]],
  ['email', ['a mail address', (text) => /^[^@\s]+@[^@\s]+$/.test(text)]],
  ['hostname', ['a host name', isHostname]],
  ['ipv4', ['an IPv4 address', isIpv4]],
  ['ipv6', ['an IPv6 address', isIpv6]],
  ['quantity', ['a quantity, like 500m or 2Gi', isQuantity]],
  ['uuid', ['a UUID', (text) => /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text)]],
]);

/** What the text should have been: `a date, like 2026-01-31`. Undefined where it is that, or the format is not known. */
export function formatProblem(format: string, text: string): string | undefined {
  const known = formats.get(format);
  return known === undefined || known[1](text) ? undefined : known[0];
}

/** A quantity of Kubernetes: a number, and a unit or an exponent. Source: k8s.io/apimachinery, pkg/api/resource/quantity.go. */
function isQuantity(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text);
}

/** Go's durations, and those of strfmt with days and weeks and words in full. */
function isDuration(text: string): boolean {
  const go = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
  const spelled =
    /^(?:\d+\s*(?:ns|nanos?|nanoseconds?|µs|us|micros?|microseconds?|ms|millis?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?))+$/;
  return go.test(text) || spelled.test(text);
}

function isTime(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])t(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.]\d+)?(?:z|[+-]\d\d:\d\d)$/i.test(text);
}

/** As kube-openapi's strfmt has it: letters and symbols of all scripts; a name without a dot has no hyphen but after its first letter. */
function isHostname(text: string): boolean {
  const one = /^[a-zA-Z0-9\p{S}\p{L}]-?[a-zA-Z0-9\p{S}\p{L}]{0,62}$/u;
  const dotted = /^(?:[a-zA-Z0-9\p{S}\p{L}](?:[-a-zA-Z0-9\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?[.])+[a-zA-Z\p{L}]{2,63}$/u;
  return (one.test(text) || dotted.test(text)) && text.length <= 255 && text.split('.').every((label) => label.length <= 63);
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  if (more.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  return (isIpv4(address) && Number(length) <= 32) || (isIpv6(address) && Number(length) <= 128);
}

/** As Go reads it: no leading zeros. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = last.includes('.');
  if (embedded && !isIpv4(last)) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
