import type { Severity } from '../flux/finding';

/** `error`: a credential, whatever it opens. `warning`: it has the name of one, and might be something else. */
export type Certainty = Exclude<Severity, 'info'>;

/** A field that holds a credential itself, and not the name of a Secret or of its key. */
const CREDENTIAL =
  /(password|passwd|passphrase|token|client[-_]?secret|(secret|access|private|encryption|api|auth)[-_]?(access[-_]?)?key|erlang[-_]?cookie|connection[-_]?string)(\[\d+\])?$/i;

const PASSWORD = /(password|passwd|passphrase)(\[\d+\])?$/i;

/** Where a chart takes names: `existingPassword`, `secretKeyRef.key`, annotations. */
const NAMES =
  /(^|\.)(existing[^.]*|annotations|labels|nodeSelector|[^.]*(KeyRef|SecretRef|valueFrom)(\..*)?)$|(^|\.)(annotations|labels|[^.]*KeyRef|valueFrom)\./i;

/** Words that are no value. */
const NO_VALUE =
  /^(true|false|null|none|yes|no|on|off|enabled|disabled|auto|default|optional|required|(not[ -]?|un)used|ignored|dummy|fake|placeholder|n\/a)$/i;

/** The name of a key, a file or a variable, and not what is in it. */
const NAME = /^(?=.*(pass|token|secret|key|cred))[a-z_.-]+$/i;
const FILE = /^(\.{0,2}\/|~\/)|\.(key|pem|crt|cer|txt|json|ya?ml|conf|ini)$/i;
const ELSEWHERE = /^(env|file|vault|ref\+[a-z0-9]+|op|secret|awssm|k8s|sops):|\$\{|\$\(|\{\{|^\$|^<[^>]*>$|^(\*+|x+|\.+)$/i;

/** Whether a field of a name that credentials have holds one, and how sure that is. */
export function namedCredential(name: string, value: unknown): Certainty | undefined {
  if (!CREDENTIAL.test(name) || NAMES.test(name)) return undefined;
  const isPassword = PASSWORD.test(name);
  if (typeof value === 'number') return isPassword ? 'error' : undefined;
  if (typeof value !== 'string' || value.trim() === '' || value.includes('\n') || value.startsWith('ENC[')) return undefined;
  if (NO_VALUE.test(value) || NAME.test(value) || FILE.test(value) || ELSEWHERE.test(value)) return undefined;
  const inAddress = passwordInAddress(value);
  if (value.includes('://')) return inAddress;
  return isPassword || looksRandom(value) ? 'error' : 'warning';
}

function looksRandom(value: string): boolean {
  return value.length >= 16 && /[A-Za-z]/.test(value) && /\d/.test(value) && !/\s/.test(value);
}

/** Keys of Secrets that go with a credential, and are none. */
const HARMLESS_KEY =
  /(^|[._-])(user(name)?|login|email|host(name)?|port|db|database|db-?name|name(space)?|server|endpoint|region|bucket|uri|url|scheme|protocol|issuer|driver|mode|level|enabled|type|ca\.crt|tls\.crt|client[._-]?id)$/i;

/** A field of a text that holds a credential: `token: …`, `password=…`. */
const IN_TEXT = /(pass(word|wd|phrase)?|token|secret|key-data|private[-_]?key|api[-_]?key)["']?\s*[:=]\s*["']?([^\s"',}]+)/gi;

/** Whether what a Secret holds in clear is a credential, as far as its key and its form say. */
export function isSecretValue(key: string, value: string): boolean {
  const text = value.trim();
  if (issuedIn(text) || passwordInAddress(text)) return true;
  if (NO_VALUE.test(text) || /^\d{1,5}$/.test(text) || isEmptyRegistry(key, text)) return false;
  if (/\n/.test(text)) return [...text.matchAll(IN_TEXT)].some(([, , , found = '']) => !NO_VALUE.test(found) && !ELSEWHERE.test(found));
  return !HARMLESS_KEY.test(key) && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text);
}

/** Credentials of no registry. */
function isEmptyRegistry(key: string, text: string): boolean {
  return key === '.dockerconfigjson' && /^\{\s*("auths"\s*:\s*\{\s*\}\s*)?\}$/.test(text);
}

/** Forms that issuers give to what they issue, so that it is recognised. */
const ISSUED: readonly (readonly [what: string, form: RegExp])[] = [
  ['a token of GitHub', /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/],
  ['a token of GitLab', /\bglpat-[A-Za-z0-9_-]{20}/],
  ['an access key of AWS', /\bAKIA(?![0-9A-Z]*EXAMPLE)[0-9A-Z]{16}\b/],
  ['a token of Slack', /\bxox[abeoprs]-[0-9]+-[0-9A-Za-z-]{10,}/],
  ['a webhook of Slack', /hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20,}/],
  ['a webhook of Discord', /discord(app)?\.com\/api\/webhooks\/\d{16,}\/[A-Za-z0-9_-]{60,}/],
  ['a key of Google', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a key of Stripe', /\b[rs]k_live_[0-9A-Za-z]{20,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a token of Docker Hub', /\bdckr_pat_[A-Za-z0-9_-]{20,}/],
  ['a token of Vault', /\bhvs\.[A-Za-z0-9_-]{24,}/],
  ['a key of Tailscale', /\btskey-(auth|client|api)-[A-Za-z0-9]+-[A-Za-z0-9]{20,}/],
  ['a private key of age', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/],
  ['a private key', /-----BEGIN (?:[A-Z]+ ){0,2}PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=:,\s-]{40}/],
];

/** What a part of these texts has to hold before the forms are tried: most texts hold none. */
const HINT =
  /gh[pousr]_|github_pat_|glpat-|AKIA|xox[abeoprs]-|hooks\.slack|webhooks|AIza|k_live_|npm_|dckr_pat_|hvs\.|tskey-|AGE-SECRET|PRIVATE KEY/;

/** What credential a text holds whose form gives it away: `a token of GitHub`. */
export function issuedIn(text: string): { readonly what: string; readonly index: number } | undefined {
  if (!HINT.test(text)) return undefined;
  for (const [what, form] of ISSUED) {
    const found = form.exec(text);
    if (found) return { what, index: found.index };
  }
  return undefined;
}

/** `user:password@` right behind the `://` of an address, and the first character of a host. */
const USER = /^[^\s:/@"'<>]{0,100}:([^\s/@"'<>]{1,200})@[\w.[]/;

/** Words that stand for a password in an example. */
const EXAMPLE = /^(password|passwd|pass|pwd|secret)$/i;

/** Whether a text holds an address with a password in it. */
export function passwordInAddress(text: string): Certainty | undefined {
  let found: Certainty | undefined;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const [, password] = USER.exec(text.slice(at + 3, at + 310)) ?? [];
    if (password === undefined || /[${}%*]/.test(password) || /^[A-Z_]+$/.test(password) || /^\.+$|^…+$|^x+$/i.test(password)) continue;
    if (!EXAMPLE.test(password)) return 'error';
    found = 'warning';
  }
  return found;
}
