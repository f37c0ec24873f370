import type { Files } from '../kustomize';
import { textOf } from './kustomization-files';

/**
 * How a number, a boolean or a date is spelled in a file, where it stands behind its key without quotes: `0755` for 493, `1.10` for 1.1,
 * `2026-01-31` for `2026-01-31T00:00:00Z`. The first
 * such spelling in the file; undefined where there is none, as for what a patch has set.
 */
export function spelling(files: Files, path: string, key: string, value: number | boolean | string): string | undefined {
  const text = textOf(files, path);
  if (text === undefined || !text.includes(key)) return undefined;
  for (const line of text.split('\n')) {
    const at = line.indexOf(`${key}`);
    if (at < 0 || !/^[\s{,"'-]*$/.test(line.slice(0, at).replace(/^.*[{,]/, ''))) continue;
    const [, written] = /^["']?:\s+([^\s,}#"']+)/.exec(line.slice(at + key.length)) ?? [];
    if (written !== undefined && read(written) === value) return written;
  }
  return undefined;
}

/** A plain scalar as YAML 1.1 reads it, as far as numbers, booleans and days go. */
function read(text: string): number | boolean | string | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`;
  if (/^(y|yes|true|on)$/i.test(text)) return true;
  if (/^(n|no|false|off)$/i.test(text)) return false;
  const plain = text.replaceAll('_', '').replace(/^\+/, '');
  if (/^-?0o?[0-7]+$/.test(plain))
    return plain.startsWith('-') ? -Number.parseInt(plain.replace(/^-0o?/, ''), 8) : Number.parseInt(plain.replace(/^0o?/, '0'), 8);
  const number = Number(plain);
  return plain === '' || Number.isNaN(number) ? undefined : number;
}
