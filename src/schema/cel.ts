import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { addKubernetesFunctions } from './cel-functions';
import { readableHas } from './cel-has';

/** What an expression gives: its value; or why there is none. */
export type CelResult =
  | { readonly value: unknown }
  /** A field or an item that is not there: the API server refuses the object too. */
  | { readonly absent: string }
  /** Something that cannot be evaluated here: an unknown function, a pattern that JavaScript lacks. */
  | { readonly unknown: string };

type Program = (variables: Readonly<Record<string, unknown>>) => CelResult;

let made: Environment | undefined;
const programs = new Map<string, Program>();

function environment(): Environment {
  if (made) return made;
  // Loaded here: most objects have no rule.
  const cel: typeof import('@marcbachmann/cel-js') = require('@marcbachmann/cel-js');
  made = new cel.Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: { maxAstNodes: 100_000, maxListElements: 10_000, maxMapEntries: 10_000 },
  });
  addKubernetesFunctions(made);
  return made;
}

/** The value of an expression; each is parsed once. Never throws. */
export function evaluate(expression: string, variables: Readonly<Record<string, unknown>>): CelResult {
  const program = programs.get(expression) ?? compile(expression);
  programs.set(expression, program);
  return program(variables);
}

function compile(expression: string): Program {
  try {
    const run = environment().parse(readableHas(expression));
    return (variables) => {
      try {
        return { value: run(variables) };
      } catch (error) {
        const reason = reasonOf(error);
        return ABSENT.has(codeOf(error)) ? { absent: reason } : { unknown: reason };
      }
    };
  } catch (error) {
    const unknown = reasonOf(error);
    return () => ({ unknown });
  }
}

/** What is wrong with the syntax of an expression, in a sentence without its full stop; undefined where it can be read. */
export function celSyntax(expression: string): string | undefined {
  try {
    environment().parse(readableHas(expression));
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Whether an expression asks `filter(…).all(…)`, which is true of an empty list: of an object without the condition that is looked for.
 * False for one that cannot be read.
 */
export function isTrueOfNothing(expression: string): boolean {
  try {
    return asksAllOfFiltered(environment().parse(readableHas(expression)).ast);
  } catch {
    return false;
  }
}

function asksAllOfFiltered(node: ASTNode): boolean {
  if (node.op === 'rcall' && node.args[0] === 'all') {
    const [, list] = node.args;
    if (list.op === 'rcall' && list.args[0] === 'filter') return true;
  }
  return partsOf(node.args).some(asksAllOfFiltered);
}

function partsOf(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** Reasons of the library that mean: the object does not have what the rule takes for granted. */
const ABSENT: ReadonlySet<string> = new Set(['no_such_key', 'index_out_of_bounds', 'unknown_index']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = 'summary' in error ? String(error.summary) : error.message;
  const first = (text.split('\n')[0] ?? '').replace(/[.]$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
