import type { Environment } from '@marcbachmann/cel-js';
import { isIpv4, isIpv6 } from './formats';
import { matcher } from './pattern';

/**
 * Functions that the API server adds to CEL and the library lacks: those that the CRDs we know use, and their neighbours that need no type
 * of their own. Quantities, URLs in parts, addresses with methods and versions are left out: an expression with them is not checked.
 * Source: k8s.io/apiserver, pkg/cel/library.
 */
export function addKubernetesFunctions(environment: Environment): void {
  const add = (signature: string, handler: (...values: never[]) => unknown): void => {
    try {
      environment.registerFunction(signature, handler);
    } catch {
      // The library has it already, in a later version than the one this was written for.
    }
  };
  add('string.find(string): string', (text: string, pattern: string) => found(text, pattern)[0] ?? '');
  add('string.findAll(string): list<string>', (text: string, pattern: string) => found(text, pattern));
  add('string.replace(string, string): string', (text: string, from: string, to: string) => text.replaceAll(from, to));
  add('string.charAt(int): string', (text: string, index: bigint) => [...text][Number(index)] ?? '');
  add('isURL(string): bool', (text: string) => isUrl(text));
  add('isIP(string): bool', (text: string) => isIpv4(text) || isIpv6(text));
  add('list.isSorted(): bool', (list: readonly unknown[]) => list.every((item, index) => index === 0 || !isMore(list[index - 1], item)));
  add('list.sum(): dyn', (list: readonly unknown[]) => total(list));
  add('list.indexOf(dyn): int', (list: readonly unknown[], item: unknown) => BigInt(list.indexOf(item)));
}

function found(text: string, pattern: string): readonly string[] {
  if (matcher(pattern) === undefined) throw new Error(`${pattern} is no pattern that can be tried here`);
  return [...text.matchAll(new RegExp(pattern, 'gu'))].map(([match]) => match);
}

/** As Go's url.ParseRequestURI takes it: absolute, or a path from the root. */
function isUrl(text: string): boolean {
  return text.startsWith('/') || (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) && URL.canParse(text));
}

function isMore(a: unknown, b: unknown): boolean {
  return (typeof a === 'bigint' && typeof b === 'bigint' && a > b) || (typeof a === 'string' && typeof b === 'string' && a > b);
}

function total(list: readonly unknown[]): unknown {
  if (list.every((item) => typeof item === 'bigint')) return list.reduce((sum: bigint, item) => sum + item, 0n);
  return list.reduce((sum: number, item) => sum + Number(item), 0);
}
