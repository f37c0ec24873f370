import { type CelResult, evaluate } from './cel';
import { celValue } from './cel-value';
import type { SchemaProblem } from './problem';
import type { CelRule } from './schema-node';
import type { Ruled } from './structure';

/**
 * Holds a value against the rules in CEL that its schema brings. A rule that compares with the object before (`oldSelf`) does not apply to
 * one that is made anew, unless it says so. What cannot be evaluated is never taken for kept.
 */
export function* brokenRules({ node, value, at }: Ruled): Generator<SchemaProblem> {
  let self: unknown;
  for (const rule of node.rules) {
    const compares = /\boldSelf\b/.test(rule.rule);
    if (compares && !rule.optionalOldSelf) continue;
    self ??= celValue(node, value);
    const variables = rule.optionalOldSelf ? { self, oldSelf: nothing() } : { self };
    const problem = verdict(rule, evaluate(rule.rule, variables), variables);
    if (problem) yield { at: `${at}${rule.fieldPath ?? ''}`.replace(/^[.]/, ''), ...problem };
  }
}

/** What `oldSelf` is where there was no object before. */
function nothing(): unknown {
  const result = evaluate('optional.none()', {});
  return 'value' in result ? result.value : undefined;
}

function verdict(rule: CelRule, result: CelResult, variables: Readonly<Record<string, unknown>>): Omit<SchemaProblem, 'at'> | undefined {
  if ('value' in result && result.value === true) return undefined;
  const text = oneLine(rule.rule);
  if ('value' in result && result.value === false) {
    return { kind: 'rule', what: messageOf(rule, variables) ?? `it breaks the rule ${text}`, fix: `keep to the rule ${cut(text)}` };
  }
  if ('absent' in result) {
    return {
      kind: 'rule',
      what: `the rule ${text} does not come to an end: ${result.absent}`,
      fix: 'add the field that the rule asks for',
    };
  }
  const why = 'unknown' in result ? result.unknown : 'it gives no true or false';
  return { kind: 'rule', what: `the rule ${text} could not be checked: ${why}`, fix: 'check it yourself', notChecked: true };
}

function messageOf(rule: CelRule, variables: Readonly<Record<string, unknown>>): string | undefined {
  if (rule.messageExpression !== undefined) {
    const result = evaluate(rule.messageExpression, variables);
    if ('value' in result && typeof result.value === 'string' && result.value.trim() !== '') return sentence(result.value);
  }
  return rule.message === undefined ? undefined : sentence(rule.message);
}

function sentence(text: string): string {
  return oneLine(text).replace(/[.]$/, '');
}

/** Rules can be as long as a page; the first line tells what they are about. */
function cut(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 160)}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
