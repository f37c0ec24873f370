import type { Acceptance } from '../flux';
import type { Finding } from '../flux/finding';

/** A finding, and where it may be accepted. */
export interface Reported {
  readonly finding: Finding;
  /**
   * Each place it is wrong in, for it may be said once of several clusters: annotations of the object, then those of the Flux
   * Kustomization that applies it, the very objects that `Accepted.annotated` has. It passes where all of them accept it.
   */
  readonly places: readonly (readonly Annotations[])[];
  /** Source files whose authors may accept it: the component's, the cluster's, the repository's. */
  readonly sources: readonly string[];
}

export type Annotations = Readonly<Record<string, unknown>>;

/** Everything that is accepted anywhere. */
export interface Accepted {
  /** In code, by source file: `src/components/monitoring.ts`. */
  readonly code: ReadonlyMap<string, readonly Acceptance[]>;
  /** Whatever carries annotations. An object that several clusters apply stands here once for each. */
  readonly annotated: Iterable<Annotated>;
  /** Names of all rules. */
  readonly known: ReadonlySet<string>;
  /** Names of the rules that were asked this time: of the others nobody knows whether anything breaks them. @default all */
  readonly asked?: ReadonlySet<string>;
}

/** One object with annotations. */
export interface Annotated {
  readonly annotations: Annotations;
  readonly file: string;
  readonly line?: number;
  readonly kustomization?: string;
  /** `HelmRelease redis/redis`. */
  readonly name: string;
}

/** What an annotation's name begins with; a rule's name follows. */
export const ANNOTATION = 'accept.strata/';

/** An acceptance wherever it stands. */
interface Grant extends Acceptance {
  /** What goes into a finding about it. */
  readonly at: Pick<Finding, 'file' | 'line' | 'kustomization' | 'where'>;
  readonly problem: string | undefined;
}

/**
 * The findings that nobody accepts, then what is wrong with the acceptances themselves: one that nothing needs any more, one whose day has
 * passed, one that cannot be understood. Those accept nothing.
 *
 * @param today `2027-01-31`; an acceptance holds through the day it names
 */
export function applyAcceptances(reported: readonly Reported[], accepted: Accepted, today: string): readonly Finding[] {
  const inCode = new Map([...accepted.code].map(([source, ones]) => [source, byRule(ones.map((one) => fromCode(source, one, accepted)))]));
  const inTree = fromAnnotations(accepted);
  const used = new Set<Grant>();
  const findings: Finding[] = [];
  for (const { finding, places, sources } of reported) {
    const everywhere = sources.flatMap((source) => inCode.get(source)?.get(finding.rule) ?? []);
    const each = (places.length === 0 ? [[]] : places).map((annotations) => [
      ...annotations.flatMap((one) => inTree.byObject.get(one)?.get(finding.rule) ?? []),
      ...everywhere,
    ]);
    for (const grant of each.flat()) used.add(grant);
    if (!each.every((grants) => grants.some((grant) => holds(grant, today)))) findings.push(finding);
  }
  const grants = [...inTree.all, ...[...inCode.values()].flatMap((rules) => [...rules.values()].flat())];
  return [...findings, ...grants.flatMap((grant) => about(grant, used.has(grant), today, accepted.asked))];
}

function holds({ problem, until }: Grant, today: string): boolean {
  return problem === undefined && (until === undefined || until >= today);
}

function byRule(grants: readonly Grant[]): ReadonlyMap<string, readonly Grant[]> {
  const sorted = new Map<string, Grant[]>();
  for (const grant of grants) {
    const others = sorted.get(grant.rule);
    if (others) others.push(grant);
    else sorted.set(grant.rule, [grant]);
  }
  return sorted;
}

function fromCode(source: string, acceptance: Acceptance, { known }: Accepted): Grant {
  const { rule, because, until } = acceptance;
  const call = /^src\/clusters\//.test(source) ? 'cluster.accept' : source === 'src/platform.ts' ? 'repo.accept' : 'this.accept';
  const where = `${call}(${[rule, because, ...(until === undefined ? [] : [until])].map((text) => `'${text}'`).join(', ')})`;
  return { ...acceptance, at: { file: source, where }, problem: problemOf(acceptance, known) };
}

interface FromAnnotations {
  readonly all: readonly Grant[];
  readonly byObject: ReadonlyMap<Annotations, ReadonlyMap<string, readonly Grant[]>>;
}

/** An annotation of an object that several clusters apply is one acceptance, and one that is needed in any of them is needed. */
function fromAnnotations({ annotated, known }: Accepted): FromAnnotations {
  const grants = new Map<string, Grant>();
  const byObject = new Map<Annotations, ReadonlyMap<string, readonly Grant[]>>();
  for (const { annotations, file, line, kustomization, name } of annotated) {
    const own: Grant[] = [];
    for (const [key, value] of Object.entries(annotations)) {
      if (!key.startsWith(ANNOTATION)) continue;
      const place = JSON.stringify([file, name, key, value]);
      const where = `${name}, metadata.annotations["${key}"]`;
      const grant = grants.get(place) ?? {
        ...fromAnnotation(key.slice(ANNOTATION.length), value, known),
        at: { file, where, ...(line !== undefined && { line }), ...(kustomization !== undefined && { kustomization }) },
      };
      grants.set(place, grant);
      own.push(grant);
    }
    if (own.length > 0) byObject.set(annotations, byRule(own));
  }
  return { all: [...grants.values()], byObject };
}

/** `because …`, or `until 2027-01-31: because …`. */
const FORM = /^\s*(?:until\s+([^\s:]*)\s*:\s*)?because(?:\s+([\s\S]*))?$/;

function fromAnnotation(rule: string, value: unknown, known: ReadonlySet<string>): Omit<Grant, 'at'> {
  const [form, until, because = ''] = FORM.exec(typeof value === 'string' ? value : '') ?? [];
  if (form === undefined) return { rule, because: '', problem: `its text is ${short(value)}` };
  return { rule, because, ...(until !== undefined && { until }), problem: problemOf({ rule, because, until }, known) };
}

function problemOf({ rule, because, until }: Acceptance, known: ReadonlySet<string>): string | undefined {
  if (!known.has(rule)) return `there is no rule ${short(rule)}`;
  if (because.trim() === '') return 'it gives no reason';
  return until === undefined || isDay(until) ? undefined : `${short(until)} is no day`;
}

/** Whether there is such a day in the calendar. */
function isDay(text: string): boolean {
  const [form, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (form === undefined || year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function about(grant: Grant, isUsed: boolean, today: string, asked: ReadonlySet<string> | undefined): readonly Finding[] {
  const { at, rule, problem, until } = grant;
  if (problem !== undefined) {
    return [
      {
        ...at,
        rule: 'invalid-acceptance',
        what: `it accepts nothing: ${problem}`,
        why: 'an exception that cannot be understood lets nothing through, and looks as if it did',
        fix: `write "because …" or "until 2027-01-31: because …", with the name of a rule that there is`,
      },
    ];
  }
  if (asked && !asked.has(rule)) return [];
  if (!isUsed) {
    return [
      {
        ...at,
        rule: 'unused-acceptance',
        what: `it accepts ${rule}, which nothing in it breaks`,
        why: 'a leftover exception would let the next mistake through',
        fix: 'remove the line, or correct the name of the rule',
      },
    ];
  }
  if (holds(grant, today)) return [];
  return [
    {
      ...at,
      rule: 'expired-acceptance',
      what: `it accepted ${rule} until ${until}, and that day has passed`,
      why: 'what it let through for a while is there still',
      fix: 'put right what breaks the rule and remove the line, or give it another day and a reason for that',
    },
  ];
}
